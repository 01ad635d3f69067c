import { type Cursor, listOf } from "./cursor.ts";
import { mustBe } from "./expressions.ts";
import { isNewName } from "./keywords.ts";
import { columnsOf, mustDiffer, type Named, parseAllNamed, parseColumn } from "./named.ts";
import { all, gathered } from "./rows.ts";
import type { Stage } from "./stage.ts";
import { type Columns, type Row, textOf } from "./values.ts";

export function parseCount(): Stage {
  return {
    columns: new Map([["Count", "long"]]),
    run: (rows) => gathered(() => [() => rows.count()]),
  };
}

export function parseDistinct(cursor: Cursor, columns: Columns): Stage {
  const keys = listOf(cursor, () => {
    const name = parseColumn(cursor, columns);
    const type = columns.get(name) ?? cursor.fail();
    return { name, it: { type, of: (row: Row) => row(name) } };
  });
  return grouped(cursor, keys, []);
}

export function parseSummarize(cursor: Cursor, columns: Columns): Stage {
  const counts = listOf(cursor, () => parseCountOf(cursor));
  const keys = cursor.takes("by") ? parseAllNamed(cursor, columns) : [];
  return grouped(cursor, keys, counts);
}

/** `count()`, called `count_` where it is not given a name. */
function parseCountOf(cursor: Cursor): string {
  const token = cursor.peek();
  const isNamed = token.kind === "name" && cursor.takes(token.text, "=");
  if (isNamed && !isNewName(token.text)) cursor.fail(undefined, token);
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
    run: (rows) => gathered(() => groupsOf(all(rows), keys)),
  };
}

function groupsOf(rows: readonly Row[], keys: readonly Named[]): Row[] {
  const groups = new Map<string, Row[]>(keys.length === 0 ? [["", []]] : []);
  for (const row of rows) {
    const key = keys.map(({ it }) => textOf(it.of(row))).join("\u0000");
    const held = groups.get(key);
    if (held) held.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map((group) => groupRow(group, keys));
}

function groupRow(group: readonly Row[], keys: readonly Named[]): Row {
  const [first] = group;
  const values = new Map(keys.map(({ name, it }) => [name, first && it.of(first)]));
  return (column) => (values.has(column) ? values.get(column) : group.length);
}
