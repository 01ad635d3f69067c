import type { Cursor } from "./cursor.ts";
import type { Expression } from "./expressions.ts";
import type { Token } from "./tokens.ts";
import { fold, type Type, textOf } from "./values.ts";

type Scalar = Readonly<{
  takes: readonly Type[];
  gives: Type;
  of(value: unknown): unknown;
}>;

const any: readonly Type[] = ["string", "dynamic", "long", "bool"];
const text: readonly Type[] = ["string", "dynamic"];
const isNull = (it: unknown): boolean => it === null || it === undefined;
const opposite = (it: unknown): unknown => (typeof it === "boolean" ? !it : undefined);

/** Those with one argument that queries here need; texts are never null. */
const scalars: Readonly<Record<string, Scalar>> = {
  tolower: { takes: text, gives: "string", of: (it) => fold(textOf(it)) },
  tostring: { takes: ["string", "dynamic", "long"], gives: "string", of: textOf },
  isempty: { takes: text, gives: "bool", of: (it) => textOf(it) === "" },
  isnotempty: { takes: text, gives: "bool", of: (it) => textOf(it) !== "" },
  isnull: { takes: any, gives: "bool", of: isNull },
  isnotnull: { takes: any, gives: "bool", of: (it) => !isNull(it) },
  not: { takes: ["bool"], gives: "bool", of: opposite },
};

/** After the opening bracket. */
export function parseCall(cursor: Cursor, name: Token, parse: () => Expression): Expression {
  const scalar = Object.hasOwn(scalars, name.text) ? scalars[name.text] : undefined;
  if (!scalar) return cursor.fail(undefined, name);
  const argument = parse();
  if (!scalar.takes.includes(argument.type)) cursor.fail();
  cursor.expect(")");
  return { type: scalar.gives, of: (row) => scalar.of(argument.of(row)) };
}
