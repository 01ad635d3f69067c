import type { Call } from "../../call.ts";
import type { Stored } from "../../kinds.ts";
import type { Query, TableName } from "../../kql/query.ts";
import type { Rows } from "../../kql/rows.ts";
import type { Row } from "../../kql/values.ts";
import type { ByType } from "../../type-index.ts";
import type { World } from "../../world.ts";
import type { Access } from "./access.ts";
import { graphType, rowOf, shownBy } from "./columns.ts";
import { pastOf } from "./past.ts";
import { isIndexed } from "./tables.ts";

/** What a query looks at, as the caller may see it, in the order of ids. */
export function rowsFor(
  { principal }: Call,
  world: World,
  access: Access,
  homes: readonly Stored[],
  query: Query,
): Rows {
  const wanted = query.onlyTypes && new Set(query.onlyTypes);
  const past = pastOf(world);
  const parts = homes.flatMap((home) => {
    const all = past.seen(home.name, world.within(home.name));
    const lists = listsOf(all, query.table, wanted)
      .map(([type, list]) => access.readable(home, type, list))
      .filter((list) => list.length > 0);
    return lists.length > 0 ? [partOf(lists)] : [];
  });
  const show = (it: Stored) => shownBy(it, world);
  return inOrder(parts, (it) => rowOf(it, show, principal?.tenantId ?? ""));
}

type List = readonly Stored[];

function listsOf(
  byType: ByType,
  table: TableName,
  wanted: ReadonlySet<string> | undefined,
): (readonly [type: string, list: List])[] {
  return [...byType].flatMap(([key, { all, unplaced }]): (readonly [string, List])[] => {
    const type = graphType(key);
    const has = !wanted || wanted.has(type) ? isIndexed[table](type) : false;
    if (has === false) return [];
    const isWhole = has === true || unplaced === 0;
    return [[type, isWhole ? all : all.filter((it) => it.location !== undefined)]];
  });
}

/** What one subscription has to show, put in order only if somebody asks. */
type Part = Readonly<{ count: number; first: string; last: string; all(): List }>;

function partOf(lists: readonly List[]): Part {
  let merged: List | undefined;
  return {
    count: lists.reduce((sum, list) => sum + list.length, 0),
    first: lists.map((list) => list[0]?.id ?? "").sort()[0] ?? "",
    last:
      lists
        .map((list) => list.at(-1)?.id ?? "")
        .sort()
        .at(-1) ?? "",
    all() {
      merged ??= lists.length === 1 ? lists[0] : lists.flat().sort(byId);
      return merged ?? [];
    },
  };
}

const byId = (one: Stored, other: Stored): number => (one.id < other.id ? -1 : 1);

function inOrder(given: readonly Part[], row: (it: Stored) => Row): Rows {
  const sorted = given.toSorted((one, other) => (one.first < other.first ? -1 : 1));
  const isApart = sorted.every((it, i) => i === 0 || (sorted[i - 1]?.last ?? "") < it.first);
  const parts = isApart || sorted.length === 0 ? sorted : [partOf(sorted.map((it) => it.all()))];
  return {
    order: "id",
    count: () => parts.reduce((sum, part) => sum + part.count, 0),
    slice(from, to) {
      const rows: Stored[] = [];
      let start = 0;
      for (const part of parts) {
        if (start >= to) break;
        if (start + part.count > from)
          rows.push(...part.all().slice(Math.max(from - start, 0), to - start));
        start += part.count;
      }
      return rows.map(row);
    },
  };
}
