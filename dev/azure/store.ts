import { parsePath } from "./ids.ts";
import type { Stored } from "./kinds.ts";
import { same } from "./merge.ts";

/** Resources by id, by parent, and by subscription and type; nothing is found by a scan of all. */
export type Store = Readonly<{
  get(id: string): Stored | undefined;
  put(it: Stored): void;
  /** Removes it and everything below it, extensions included. */
  remove(id: string): void;
  /** What it holds directly, of one type or of all; extensions (locks) included. */
  children(id: string, type?: string): Stored[];
  /** Everything below it, parents first. */
  below(id: string): Stored[];
  /** All of a type in a subscription. */
  ofType(subscription: string, type: string): Stored[];
  /** Counts puts and removals: what was found is still so while this is. */
  changes(): number;
  /** Marks a run on a resource; the answer says whether it is still the latest one. */
  claim(id: string): () => boolean;
}>;

export function createStore(): Store {
  const byId = new Map<string, Stored>();
  const byParent = createIndex((it) => parsePath(it.id).parent);
  const byType = createIndex((it) => typeKey(parsePath(it.id).subscription, it.type));
  const runs = new Map<string, symbol>();
  let changes = 0;

  const found = (ids: readonly string[]): Stored[] => ids.flatMap((id) => byId.get(id) ?? []);
  const children = (id: string, type?: string): Stored[] =>
    found(byParent.at(id)).filter((it) => type === undefined || same(it.type, type));
  const below = (id: string): Stored[] => children(id).flatMap((it) => [it, ...below(it.id)]);
  const forget = (it: Stored): void => {
    byId.delete(it.id.toLowerCase());
    runs.delete(it.id.toLowerCase());
    for (const index of [byParent, byType]) index.drop(it);
  };

  return {
    get: (id) => byId.get(id.toLowerCase()),
    put(it) {
      changes += 1;
      const key = it.id.toLowerCase();
      if (!byId.has(key)) for (const index of [byParent, byType]) index.add(it);
      byId.set(key, it);
    },
    remove(id) {
      changes += 1;
      const it = byId.get(id.toLowerCase());
      for (const gone of [...below(id), ...(it ? [it] : [])]) forget(gone);
    },
    children,
    below,
    ofType: (subscription, type) => found(byType.at(typeKey(subscription, type))),
    changes: () => changes,
    claim(id) {
      const run = Symbol();
      runs.set(id.toLowerCase(), run);
      return () => runs.get(id.toLowerCase()) === run;
    },
  };
}

/** Ids by a key of their resource; both without case. */
function createIndex(keyOf: (it: Stored) => string) {
  const ids = new Map<string, Set<string>>();
  return {
    at: (key: string): string[] => [...(ids.get(key.toLowerCase()) ?? [])],
    add(it: Stored): void {
      const key = keyOf(it).toLowerCase();
      const held = ids.get(key) ?? new Set();
      ids.set(key, held.add(it.id.toLowerCase()));
    },
    drop: (it: Stored): void => void ids.get(keyOf(it).toLowerCase())?.delete(it.id.toLowerCase()),
  };
}

const typeKey = (subscription: string, type: string): string => `${subscription}|${type}`;
