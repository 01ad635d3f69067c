import { type Cursor, listOf } from "./cursor.ts";
import { type Expression, parseExpression } from "./expressions.ts";
import { isName, isNewName } from "./keywords.ts";
import type { Columns } from "./values.ts";

export type Named = Readonly<{ name: string; it: Expression }>;

/** `name = expression`; a bare column or path brings its own name. */
function parseNamed(cursor: Cursor, columns: Columns): Named {
  const token = cursor.peek();
  const isNamed = token.kind === "name" && cursor.takes(token.text, "=");
  if (isNamed && !isNewName(token.text)) cursor.fail(undefined, token);
  const it = parseExpression(cursor, columns);
  const name = isNamed ? token.text : it.name;
  return { name: name ?? cursor.fail("="), it };
}

export function parseAllNamed(cursor: Cursor, columns: Columns): Named[] {
  const named = listOf(cursor, () => parseNamed(cursor, columns));
  mustDiffer(
    named.map(({ name }) => name),
    cursor,
  );
  return named;
}

export function mustDiffer(names: readonly string[], cursor: Cursor): void {
  if (new Set(names).size < names.length) cursor.fail();
}

export const columnsOf = (named: readonly Named[]): Columns =>
  new Map(named.map(({ name, it }) => [name, it.type]));

/** The name of a column, without a path. */
export function parseColumn(cursor: Cursor, columns: Columns): string {
  const token = cursor.next();
  const isKnown = token.kind === "name" && isName(token.text) && columns.has(token.text);
  return isKnown ? token.text : cursor.fail(undefined, token);
}
