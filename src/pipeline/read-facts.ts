import { isKind, messageOf } from "../model/airlock-error.ts";
import type { FactName, Facts } from "../model/facts.ts";
import type { Resource } from "../model/resource.ts";
import { type Reading, readers } from "./fact-readers.ts";
import type { Ports } from "./ports.ts";

/** Why a fact could not be read. `afterSeconds`: it passes by itself, and not before that. */
export type Unread = Readonly<{ because: string; afterSeconds?: number }>;

/** What could be read, and why the rest could not. `facts` holds only what was asked for. */
export type Readings = Readonly<{ facts: Facts; failed: ReadonlyMap<FactName, Unread> }>;

/** The fact that an answer lacks; one that stays unread comes before one that passes. */
export function unreadOf(
  needs: readonly FactName[] = [],
  { failed }: Pick<Readings, "failed">,
): Unread | undefined {
  const unread = needs.flatMap((it) => failed.get(it) ?? []);
  return unread.find((it) => it.afterSeconds === undefined) ?? unread[0];
}

/** Reads only what was asked for, each once; one that fails spoils no other. */
export async function readFacts(
  { reads, settings }: Pick<Ports, "reads" | "settings">,
  of: Resource,
  needs: Iterable<FactName>,
): Promise<Readings> {
  const facts: { -readonly [N in FactName]?: Facts[N] } = {};
  const failed = new Map<FactName, Unread>();
  const known = new Map<FactName, Promise<unknown>>();

  const reading: Reading = {
    of,
    reads,
    settings,
    fact<N extends FactName>(name: N): Promise<Facts[N]> {
      if (!known.has(name)) known.set(name, readers[name](reading));
      return known.get(name) as Promise<Facts[N]>; // each reader is kept under its own name
    },
  };

  async function read<N extends FactName>(name: N): Promise<void> {
    try {
      facts[name] = await reading.fact(name);
    } catch (error) {
      failed.set(name, unreadBy(name, error));
    }
  }

  await Promise.all([...new Set(needs)].map(read));
  return { facts: facts as Facts, failed }; // the types of `check` and `steps` admit no fact unasked
}

function unreadBy(name: FactName, error: unknown): Unread {
  const because = `Could not read ${name}: ${messageOf(error)}`;
  if (!isKind(error, "retry")) return { because };
  return { because, afterSeconds: error.retryAfterSeconds ?? 0 };
}
