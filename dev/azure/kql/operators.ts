import { type Cursor, listOf } from "./cursor.ts";
import { type Expression, mustBe, parseExpression } from "./expressions.ts";
import { type Columns, compare, type Row, textOf } from "./values.ts";

/** One step of a query: the columns behind it, and what becomes of the rows. */
export type Stage = Readonly<{
  columns: Columns;
  run(rows: readonly Row[]): readonly Row[];
  /** Only rows of these types come through (see `onlyTypes` of expressions). */
  onlyTypes?: readonly string[];
  /** `limit` and `take` switch paging off. */
  isLimit?: true;
}>;

type ParseStage = (cursor: Cursor, columns: Columns) => Stage;

const stages: readonly (readonly [words: readonly string[], parse: ParseStage])[] = [
  [["where"], parseWhere],
  [["project"], parseProject],
  [["project-away"], parseAway],
  [["extend"], parseExtend],
  [["order", "by"], parseOrder],
  [["sort", "by"], parseOrder],
  [["limit"], parseLimit],
  [["take"], parseLimit],
  [["summarize"], parseSummarize],
  [["distinct"], parseDistinct],
  [["count"], parseCount],
];

/** The operators of this subset; another one is refused, though Azure may know it. */
export function parseStage(cursor: Cursor, columns: Columns): Stage {
  const parse = stages.find(([words]) => cursor.takes(...words))?.[1] ?? cursor.fail();
  return parse(cursor, columns);
}

function parseWhere(cursor: Cursor, columns: Columns): Stage {
  const condition = parseExpression(cursor, columns);
  mustBe(["bool"], cursor, condition);
  const { onlyTypes } = condition;
  return {
    columns,
    run: (rows) => rows.filter((row) => condition.of(row) === true),
    ...(onlyTypes && { onlyTypes }),
  };
}

type Named = Readonly<{ name: string; it: Expression }>;

/** `name = expression`; a bare column or path brings its own name. */
function parseNamed(cursor: Cursor, columns: Columns): Named {
  const token = cursor.peek();
  const isNamed = token.kind === "name" && cursor.takes(token.text, "=");
  const it = parseExpression(cursor, columns);
  const name = isNamed ? token.text : it.name;
  return { name: name ?? cursor.fail("="), it };
}

function parseAllNamed(cursor: Cursor, columns: Columns): Named[] {
  const named = listOf(cursor, () => parseNamed(cursor, columns));
  mustDiffer(
    named.map(({ name }) => name),
    cursor,
  );
  return named;
}

function mustDiffer(names: readonly string[], cursor: Cursor): void {
  if (new Set(names).size < names.length) cursor.fail();
}

const columnsOf = (named: readonly Named[]): Columns =>
  new Map(named.map(({ name, it }) => [name, it.type]));

function parseProject(cursor: Cursor, columns: Columns): Stage {
  const named = parseAllNamed(cursor, columns);
  const byName = new Map(named.map(({ name, it }) => [name, it]));
  return {
    columns: columnsOf(named),
    run: (rows) => rows.map((row) => (column) => byName.get(column)?.of(row)),
  };
}

function parseExtend(cursor: Cursor, columns: Columns): Stage {
  const named = parseAllNamed(cursor, columns);
  const byName = new Map(named.map(({ name, it }) => [name, it]));
  const extended = (row: Row, column: string): unknown => {
    const made = byName.get(column);
    return made ? made.of(row) : row(column);
  };
  return {
    columns: new Map([...columns, ...columnsOf(named)]),
    run: (rows) => rows.map((row) => (column) => extended(row, column)),
  };
}

function parseAway(cursor: Cursor, columns: Columns): Stage {
  const away = listOf(cursor, () => parseColumn(cursor, columns));
  const left = [...columns].filter(([name]) => !away.includes(name));
  return { columns: new Map(left), run: (rows) => rows };
}

function parseColumn(cursor: Cursor, columns: Columns): string {
  const token = cursor.next();
  const isKnown = token.kind === "name" && columns.has(token.text);
  return isKnown ? token.text : cursor.fail(undefined, token);
}

/** Kusto docs, sort: `desc` where nothing is said; a dynamic needs a cast. */
function parseOrder(cursor: Cursor, columns: Columns): Stage {
  const keys = listOf(cursor, () => {
    const it = parseExpression(cursor, columns);
    mustBe(["string", "long", "bool"], cursor, it);
    const isUp = cursor.takes("asc");
    if (!isUp) cursor.takes("desc");
    return { it, sign: isUp ? 1 : -1 };
  });
  return { columns, run: (rows) => sorted(rows, keys) };
}

type Key = Readonly<{ it: Expression; sign: number }>;

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

function parseLimit(cursor: Cursor, columns: Columns): Stage {
  const token = cursor.next();
  if (token.kind !== "number") cursor.fail(undefined, token);
  return { columns, run: (rows) => rows.slice(0, Number(token.text)), isLimit: true };
}

function parseCount(): Stage {
  return { columns: new Map([["Count", "long"]]), run: (rows) => [() => rows.length] };
}

function parseDistinct(cursor: Cursor, columns: Columns): Stage {
  const keys = listOf(cursor, () => {
    const name = parseColumn(cursor, columns);
    const type = columns.get(name) ?? cursor.fail();
    return { name, it: { type, of: (row: Row) => row(name) } };
  });
  return grouped(cursor, keys, []);
}

function parseSummarize(cursor: Cursor, columns: Columns): Stage {
  const counts = listOf(cursor, () => parseCountOf(cursor));
  const keys = cursor.takes("by") ? parseAllNamed(cursor, columns) : [];
  return grouped(cursor, keys, counts);
}

/** `count()`, called `count_` where it is not given a name. */
function parseCountOf(cursor: Cursor): string {
  const token = cursor.peek();
  const isNamed = token.kind === "name" && cursor.takes(token.text, "=");
  if (!cursor.takes("count", "(", ")")) cursor.fail("count()");
  return isNamed ? token.text : "count_";
}

/** Keys stand before counts; dynamic keys need a cast, and without keys there is one group. */
function grouped(cursor: Cursor, keys: readonly Named[], counts: readonly string[]): Stage {
  for (const { it } of keys) mustBe(["string", "long", "bool"], cursor, it);
  mustDiffer([...keys.map(({ name }) => name), ...counts], cursor);
  return {
    columns: new Map([
      ...columnsOf(keys),
      ...counts.map((name): [string, "long"] => [name, "long"]),
    ]),
    run(rows) {
      const groups = new Map<string, Row[]>(keys.length === 0 ? [["", []]] : []);
      for (const row of rows) {
        const key = keys.map(({ it }) => textOf(it.of(row))).join("\u0000");
        const held = groups.get(key);
        if (held) held.push(row);
        else groups.set(key, [row]);
      }
      return [...groups.values()].map((group) => groupRow(group, keys));
    },
  };
}

function groupRow(group: readonly Row[], keys: readonly Named[]): Row {
  const [first] = group;
  const values = new Map(keys.map(({ name, it }) => [name, first && it.of(first)]));
  return (column) => (values.has(column) ? values.get(column) : group.length);
}
