import { parsePath } from "./ids.ts";
import type { Stored } from "./kinds.ts";
import { same } from "./merge.ts";
import { type ByType, createTypeIndex } from "./type-index.ts";

/** Told before a resource is put (`next`) or goes away, while all is still as it was. */
export type Watcher = (was: Stored | undefined, next: Stored | undefined) => void;

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
  /** All of a type in a subscription, in the order of ids. */
  ofType(subscription: string, type: string): Stored[];
  /** All in a subscription, itself included; what stands above all of them is in "". */
  within(subscription: string): ByType;
  /** Counts puts and removals: what was found is still so while this is. */
  changes(): number;
  watch(watcher: Watcher): void;
  /** While this work runs, these ids (in lower case) are as said, to be read only; undefined: not there. */
  pretending<R>(as: ReadonlyMap<string, Stored | undefined>, work: () => R): R;
  /** Marks a run on a resource; the answer says whether it is still the latest one. */
  claim(id: string): () => boolean;
}>;

export function createStore(): Store {
  const held = createShelf();
  const { get, children, below } = held;
  const runs = new Map<string, symbol>();
  const watchers: Watcher[] = [];
  let changes = 0;
  const tell: Watcher = (...change) => {
    changes += 1;
    for (const watcher of watchers) watcher(...change);
  };
  return {
    get,
    put(it) {
      tell(get(it.id), it);
      held.put(it);
    },
    remove(id) {
      const it = get(id);
      const all = [...below(id), ...(it ? [it] : [])];
      for (const gone of all) tell(gone, undefined);
      for (const gone of all) {
        runs.delete(gone.id.toLowerCase());
        held.drop(gone);
      }
    },
    children,
    below,
    ofType: (subscription, type) => [
      ...(held.within(subscription).get(type.toLowerCase())?.all ?? []),
    ],
    within: held.within,
    changes: () => changes,
    watch: (watcher) => void watchers.push(watcher),
    pretending: held.pretending,
    claim(id) {
      const run = Symbol();
      runs.set(id.toLowerCase(), run);
      return () => runs.get(id.toLowerCase()) === run;
    },
  };
}

function createShelf() {
  const byId = new Map<string, Stored>();
  const byParent = createParentIndex();
  const byType = createTypeIndex();
  let pretended: ReadonlyMap<string, Stored | undefined> | undefined;

  const at = (id: string): Stored | undefined =>
    pretended?.has(id) ? pretended.get(id) : byId.get(id);
  const found = (ids: Iterable<string>): Stored[] => Array.from(ids).flatMap((id) => at(id) ?? []);
  const children = (id: string, type?: string): Stored[] =>
    found(byParent.at(id)).filter((it) => type === undefined || same(it.type, type));
  const below = (id: string): Stored[] => children(id).flatMap((it) => [it, ...below(it.id)]);
  return {
    get: (id: string) => at(id.toLowerCase()),
    pretending<R>(as: ReadonlyMap<string, Stored | undefined>, work: () => R): R {
      pretended = as;
      try {
        return work();
      } finally {
        pretended = undefined;
      }
    },
    put(it: Stored): void {
      const key = it.id.toLowerCase();
      const was = byId.get(key);
      const { parent, subscription } = parsePath(it.id);
      if (was) byType.replace(subscription, was, it);
      else {
        byType.add(subscription, it);
        byParent.add(parent, key);
      }
      byId.set(key, it);
    },
    drop(it: Stored): void {
      const key = it.id.toLowerCase();
      const { parent, subscription } = parsePath(it.id);
      byId.delete(key);
      byParent.drop(parent, key);
      byType.drop(subscription, it);
    },
    children,
    below,
    within: byType.at,
  };
}

/** Ids by what holds them, as they came; in lower case. */
function createParentIndex() {
  const ids = new Map<string, Set<string>>();
  return {
    at: (parent: string): ReadonlySet<string> => ids.get(parent.toLowerCase()) ?? none,
    add(parent: string, id: string): void {
      const key = parent.toLowerCase();
      const held = ids.get(key) ?? new Set();
      ids.set(key, held.add(id));
    },
    drop: (parent: string, id: string): void => void ids.get(parent.toLowerCase())?.delete(id),
  };
}

const none: ReadonlySet<string> = new Set();
