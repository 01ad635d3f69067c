import type { Cursor } from "./cursor.ts";
import type { Expression } from "./expressions.ts";
import { isName } from "./keywords.ts";
import type { Token } from "./tokens.ts";
import type { Columns } from "./values.ts";

/** `properties.a['b'][0]`: a column called `properties_a_b_0` where it is not given a name. */
export function parsePath(cursor: Cursor, token: Token, columns: Columns): Expression {
  const column = token.text;
  const type = (isName(column) && columns.get(column)) || cursor.fail(undefined, token);
  const steps = parseSteps(cursor);
  if (steps.length === 0) return { type, name: column, column, of: (row) => row(column) };
  if (type !== "dynamic") cursor.fail(undefined, token);
  const isPlain = steps.every((it) => /^\w+$/.test(it));
  return {
    type: "dynamic",
    ...(isPlain && { name: [column, ...steps].join("_") }),
    of: (row) => steps.reduce<unknown>(stepInto, row(column)) ?? null,
  };
}

function parseSteps(cursor: Cursor): string[] {
  const steps: string[] = [];
  for (let step = parseStep(cursor); step !== undefined; step = parseStep(cursor)) steps.push(step);
  return steps;
}

function parseStep(cursor: Cursor): string | undefined {
  if (cursor.takes(".")) {
    const token = taken(cursor, "name");
    return isName(token.text) ? token.text : cursor.fail(undefined, token);
  }
  if (!cursor.takes("[")) return undefined;
  const token = taken(cursor, "text", "number");
  cursor.expect("]");
  return token.kind === "text" ? token.value : token.text;
}

function taken(cursor: Cursor, ...kinds: readonly Token["kind"][]): Token {
  const token = cursor.next();
  return kinds.includes(token.kind) ? token : cursor.fail(undefined, token);
}

/** Names of properties are matched with their case. */
function stepInto(it: unknown, step: string): unknown {
  return typeof it === "object" && it !== null && Object.hasOwn(it, step)
    ? (it as Record<string, unknown>)[step]
    : undefined;
}
