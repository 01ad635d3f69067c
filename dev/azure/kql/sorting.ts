import { type Cursor, listOf } from "./cursor.ts";
import { type Expression, mustBe, parseExpression } from "./expressions.ts";
import { all, gathered, type Rows } from "./rows.ts";
import type { Stage } from "./stage.ts";
import { type Columns, compare, type Row } from "./values.ts";

/** Kusto docs, sort: `desc` where nothing is said; a dynamic needs a cast. */
export function parseOrder(cursor: Cursor, columns: Columns): Stage {
  const keys = listOf(cursor, () => {
    const it = parseExpression(cursor, columns);
    mustBe(["string", "long", "bool"], cursor, it);
    const isUp = cursor.takes("asc");
    if (!isUp) cursor.takes("desc");
    return { it, sign: isUp ? 1 : -1 };
  });
  return {
    columns,
    run: (rows) => (isSorted(rows, keys) ? rows : gathered(() => sorted(all(rows), keys))),
  };
}

type Key = Readonly<{ it: Expression; sign: number }>;

/** The column that rows stand in the order of is an id: no two are equal, other keys change nothing. */
function isSorted({ order }: Rows, [first]: readonly Key[]): boolean {
  return order !== undefined && first?.it.column === order && first.sign === 1;
}

/** Keys are made once, not for each comparison. */
function sorted(rows: readonly Row[], keys: readonly Key[]): Row[] {
  const values = keys.map(({ it }) => rows.map((row) => it.of(row)));
  const between = (one: number, other: number): number => {
    for (const [at, { sign }] of keys.entries()) {
      const order = compare(values[at]?.[one], values[at]?.[other]);
      if (order !== 0) return sign * order;
    }
    return 0;
  };
  return [...rows.keys()].sort(between).flatMap((at) => rows[at] ?? []);
}
