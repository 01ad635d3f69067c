import type { Stored } from "./kinds.ts";

/** Types in lower case, the resources of each in the order of their ids. */
export type ByType = ReadonlyMap<string, readonly Stored[]>;

/** Resources by subscription and type. */
export function createTypeIndex() {
  const homes = new Map<string, Map<string, Stored[]>>();

  const add = (subscription: string, it: Stored): void => {
    const home = made(homes, subscription.toLowerCase(), () => new Map<string, Stored[]>());
    const list = made(home, it.type.toLowerCase(), (): Stored[] => []);
    const last = list.at(-1);
    if (!last || last.id < it.id) list.push(it);
    else list.splice(placeOf(list, it.id), 0, it);
  };
  const drop = (subscription: string, it: Stored): void => {
    const home = homes.get(subscription.toLowerCase());
    const list = home?.get(it.type.toLowerCase());
    if (!list) return;
    const place = placeOf(list, it.id);
    if (list[place]?.id === it.id) list.splice(place, 1);
    if (list.length === 0) home?.delete(it.type.toLowerCase());
  };
  return {
    at: (subscription: string): ByType => homes.get(subscription.toLowerCase()) ?? nothing,
    add,
    drop,
    replace(subscription: string, was: Stored, it: Stored): void {
      const list = homes.get(subscription.toLowerCase())?.get(it.type.toLowerCase());
      const place = list && was.id === it.id ? placeOf(list, it.id) : 0;
      if (list?.[place] === was) list[place] = it;
      else {
        drop(subscription, was);
        add(subscription, it);
      }
    },
  };
}

const nothing: ByType = new Map();

function made<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = make();
  map.set(key, value);
  return value;
}

/** Where an id stands, or would stand. */
function placeOf(list: readonly Stored[], id: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.id ?? "") < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
