import type { Stored } from "./kinds.ts";

/** All of one type, in the order of their ids; so many of them have no location. */
export type OfType = Readonly<{ all: readonly Stored[]; unplaced: number }>;
/** By type, in lower case. */
export type ByType = ReadonlyMap<string, OfType>;

type Shelf = { all: Stored[]; unplaced: number };

/** Resources by subscription and type. */
export function createTypeIndex() {
  const homes = new Map<string, Map<string, Shelf>>();
  const homeOf = (subscription: string): Map<string, Shelf> => {
    const key = subscription.toLowerCase();
    const home = homes.get(key) ?? new Map<string, Shelf>();
    homes.set(key, home);
    return home;
  };
  return {
    at: (subscription: string): ByType => homes.get(subscription.toLowerCase()) ?? nothing,
    add: (subscription: string, it: Stored): void => add(homeOf(subscription), it),
    drop: (subscription: string, it: Stored): void => drop(homeOf(subscription), it),
    replace(subscription: string, was: Stored, it: Stored): void {
      const home = homeOf(subscription);
      const shelf = home.get(it.type.toLowerCase());
      const place = shelf && was.id === it.id ? placeOf(shelf.all, it.id) : 0;
      if (shelf?.all[place] === was) {
        shelf.all[place] = it;
        shelf.unplaced += isUnplaced(it) - isUnplaced(was);
      } else {
        drop(home, was);
        add(home, it);
      }
    },
  };
}

const nothing: ByType = new Map();
const isUnplaced = (it: Stored): number => (it.location === undefined ? 1 : 0);

function add(home: Map<string, Shelf>, it: Stored): void {
  const key = it.type.toLowerCase();
  const shelf = home.get(key) ?? { all: [], unplaced: 0 };
  home.set(key, shelf);
  const last = shelf.all.at(-1);
  if (!last || last.id < it.id) shelf.all.push(it);
  else shelf.all.splice(placeOf(shelf.all, it.id), 0, it);
  shelf.unplaced += isUnplaced(it);
}

function drop(home: Map<string, Shelf>, it: Stored): void {
  const key = it.type.toLowerCase();
  const shelf = home.get(key);
  const place = shelf ? placeOf(shelf.all, it.id) : 0;
  if (shelf?.all[place]?.id !== it.id) return;
  shelf.all.splice(place, 1);
  shelf.unplaced -= isUnplaced(it);
  if (shelf.all.length === 0) home.delete(key);
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
