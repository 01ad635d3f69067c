import { parsePath } from "../../ids.ts";
import type { Stored } from "../../kinds.ts";
import { mulberry32 } from "../../random.ts";
import type { ByType } from "../../type-index.ts";
import type { World } from "../../world.ts";
import { asShown } from "./columns.ts";
import { isRow } from "./tables.ts";

/** What the graph has not heard of yet. */
export type Past = Readonly<{
  /** The resources of a subscription as the graph has them. */
  seen(subscription: string, now: ByType): ByType;
  /** How much is still to come: what was found is still so while this is. */
  pending(): number;
}>;

const pasts = new WeakMap<World, Past>();
const none: Past = { seen: (_, now) => now, pending: () => 0 };

export const pastOf = (world: World): Past => pasts.get(world) ?? none;

/**
 * From here on the graph of this world lags behind ARM, deletions included. Public: 95 % of changes are
 * there within 30 s, without any bound for the others (azure-dev 540, 2022); 30 minutes were seen
 * (azure-docs 19879); a notification that is missed waits for the full scan, every 30 hours
 * (azure-webpubsub 148, ansible-collections/azure 1994). Not known: the spread within the 30 s, and how
 * often a notification is missed; here 1 in 200. Not simulated: a resource that is shown inside of
 * another one (an endpoint in its subnet) is there at once, unless it is a child; so are role assignments.
 */
export function lagBehind(world: World, seed: number): void {
  const homes = new Map<string, Pending>();
  const random = mulberry32(seed ^ 0x67726170); // of its own: what else is by chance stays as it is
  const now = (): number => world.now().getTime();
  const note = ({ id, type }: Stored, was: Stored | undefined): void => {
    const home = homeOf(id);
    const pending = homes.get(home) ?? new Map<string, Changed>();
    const at = now() + secondsBehind(random) * 1000;
    const before = pending.get(id.toLowerCase())?.rows ?? [];
    const rows = until(at, before, now(), () => was && asShown(was, world));
    homes.set(home, pending.set(id.toLowerCase(), { type: type.toLowerCase(), rows }));
    if (pending.size % 1000 === 0) unheard(pending, now()); // nobody may ever ask
  };
  world.watch((was, next) => {
    const it = was ?? next;
    if (!it || world.isStill()) return;
    if (isRow(it)) note(it, was);
    for (const row of rowsAround(it, world)) note(row, row);
  });
  pasts.set(world, {
    seen: (home, all) => overlaid(all, unheard(homes.get(home.toLowerCase()), now())),
    pending: () => [...homes.values()].reduce((sum, it) => sum + steps(unheard(it, now())), 0),
  });
}

/** What a row was until the graph heard (milliseconds) of what came then; undefined: there was none. */
type Then = Readonly<{ until: number; row: Stored | undefined }>;
type Changed = Readonly<{ type: string; rows: readonly Then[] }>;
/** By id in lower case. */
type Pending = Map<string, Changed>;

function secondsBehind(random: () => number): number {
  const chance = random();
  const within = (least: number, most: number) => least + random() * (most - least);
  if (chance < 0.95) return within(1, 30);
  return chance < 0.995 ? within(30, 1800) : within(1800, 30 * 3600);
}

/** The graph hears what is so at the time: an earlier change that it has not heard of by then is past. */
function until(
  at: number,
  before: readonly Then[],
  now: number,
  was: () => Stored | undefined,
): readonly Then[] {
  const kept = before.filter((it) => it.until > now && it.until < at);
  const shown = before.find((it) => it.until >= at);
  return [...kept, { until: at, row: shown ? shown.row : was() }];
}

/** What holds a child shows it. */
function rowsAround({ id, type }: Stored, world: World): Stored[] {
  const it = world.get(parsePath(id).parent);
  if (!it || !type.toLowerCase().startsWith(`${it.type.toLowerCase()}/`)) return [];
  const above = rowsAround(it, world);
  return isRow(it) ? [it, ...above] : above;
}

const nothing: Pending = new Map();

/** Forgets what the graph has heard of. */
function unheard(pending = nothing, now: number): Pending {
  for (const [id, { type, rows }] of pending) {
    const left = rows.filter((it) => it.until > now);
    if (left.length === 0) pending.delete(id);
    else if (left.length < rows.length) pending.set(id, { type, rows: left });
  }
  return pending;
}

const steps = (pending: Pending): number =>
  [...pending.values()].reduce((sum, { rows }) => sum + rows.length, 0);

function overlaid(all: ByType, pending: Pending): ByType {
  if (pending.size === 0) return all;
  const seen = new Map(all);
  for (const type of new Set([...pending.values()].map((it) => it.type))) {
    const past = [...pending.values()].flatMap((it) => (it.type === type && it.rows[0]?.row) || []);
    const { all: now = [], unplaced = 0 } = all.get(type) ?? {};
    const live = now.filter((it) => !pending.has(it.id.toLowerCase()));
    const rows = [...live, ...past].sort((one, other) => (one.id < other.id ? -1 : 1));
    seen.set(type, { all: rows, unplaced });
  }
  return seen;
}

const homeOf = (id: string): string => parsePath(id).subscription.toLowerCase();
