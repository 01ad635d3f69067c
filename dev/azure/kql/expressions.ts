import { type Cursor, listOf } from "./cursor.ts";
import { parseCall } from "./functions.ts";
import { parsePath } from "./paths.ts";
import {
  type Columns,
  contains,
  equal,
  fold,
  foldedEqual,
  has,
  type Row,
  startsWith,
  type Type,
  textOf,
} from "./values.ts";

export type Expression = Readonly<{
  type: Type;
  of(row: Row): unknown;
  /** What a column is called that is made of it; absent: it needs a name of its own. */
  name?: string;
  /** The column that it is, without a path. */
  column?: string;
  /** True only of rows whose `type` is one of these, in lower case; absent: nothing is known. */
  onlyTypes?: readonly string[];
  /** And true of every one of them. */
  isWhole?: true;
}>;

/** `or` binds less than `and`, comparisons bind most. */
export function parseExpression(cursor: Cursor, columns: Columns): Expression {
  let left = parseAnd(cursor, columns);
  while (cursor.takes("or")) {
    const [one, other] = [left, parseAnd(cursor, columns)];
    mustBe(["bool"], cursor, one, other);
    left = {
      type: "bool",
      of: (row) => one.of(row) === true || other.of(row) === true,
      ...(one.onlyTypes &&
        other.onlyTypes && { onlyTypes: [...one.onlyTypes, ...other.onlyTypes] }),
      ...(one.isWhole && other.isWhole && { isWhole: true }),
    };
  }
  return left;
}

function parseAnd(cursor: Cursor, columns: Columns): Expression {
  let left = parseComparison(cursor, columns);
  while (cursor.takes("and")) {
    const [one, other] = [left, parseComparison(cursor, columns)];
    mustBe(["bool"], cursor, one, other);
    const onlyTypes = one.onlyTypes ?? other.onlyTypes;
    left = {
      type: "bool",
      of: (row) => one.of(row) === true && other.of(row) === true,
      ...(onlyTypes && { onlyTypes }),
    };
  }
  return left;
}

const texts: Readonly<Record<string, (left: string, right: string) => boolean>> = {
  "=~": foldedEqual,
  "!~": (left, right) => !foldedEqual(left, right),
  contains,
  has,
  startswith: startsWith,
};

function parseComparison(cursor: Cursor, columns: Columns): Expression {
  const left = parsePrimary(cursor, columns);
  const { kind, text } = cursor.peek();
  if (kind === "text") return left;
  if (text === "==" || text === "!=") {
    cursor.next();
    return equality(cursor, left, parseLiteralOr(cursor, columns), text === "!=");
  }
  const compared = texts[text];
  if (compared) {
    cursor.next();
    return textual(cursor, left, parseLiteralOr(cursor, columns), compared, text === "=~");
  }
  return parseList(cursor, left);
}

type Operand = Readonly<{ it: Expression; literal?: string }>;

function parseLiteralOr(cursor: Cursor, columns: Columns): Operand {
  const token = cursor.peek();
  const it = parsePrimary(cursor, columns);
  return { it, ...(token.kind === "text" && { literal: token.value }) };
}

/** Rows have their types in lower case: with another letter nothing equals them that keeps to case. */
const typesOf = (left: Expression, literals: readonly string[], isFolded: boolean) =>
  left.column === "type" && {
    onlyTypes: literals.map(fold),
    ...((isFolded || literals.every((it) => it === fold(it))) && { isWhole: true as const }),
  };

/** Kusto compares a dynamic with everything, other types only with their like. */
function equality(cursor: Cursor, left: Expression, right: Operand, isNegated: boolean) {
  const { it, literal } = right;
  if (left.type !== it.type && left.type !== "dynamic" && it.type !== "dynamic") cursor.fail();
  const of = (row: Row): boolean | undefined => {
    const isEqual = equal(left.of(row), it.of(row));
    return isNegated && isEqual !== undefined ? !isEqual : isEqual;
  };
  const known = !isNegated && literal !== undefined && typesOf(left, [literal], false);
  return { type: "bool", of, ...known } as const;
}

function textual(
  cursor: Cursor,
  left: Expression,
  { it, literal }: Operand,
  compared: (left: string, right: string) => boolean,
  isEquality: boolean,
): Expression {
  mustBe(["string", "dynamic"], cursor, left, it);
  return {
    type: "bool",
    of: (row) => compared(textOf(left.of(row)), textOf(it.of(row))),
    ...(isEquality && literal !== undefined && typesOf(left, [literal], true)),
  };
}

/** `in`, `in~`, their negations and `has_any`, with a list of texts. */
function parseList(cursor: Cursor, left: Expression): Expression {
  const operator = cursor.peek().text;
  if (!["in", "in~", "!in", "!in~", "has_any"].includes(operator)) return left;
  mustBe(["string", "dynamic"], cursor, left);
  cursor.next();
  cursor.expect("(");
  const wanted = listOf(cursor, () => literalText(cursor));
  cursor.expect(")");
  if (operator === "has_any")
    return { type: "bool", of: (row) => wanted.some((it) => has(textOf(left.of(row)), it)) };
  const isNegated = operator.startsWith("!");
  const folded = operator.endsWith("~") ? fold : (it: string) => it;
  const set = new Set(wanted.map(folded));
  return {
    type: "bool",
    of: (row) => set.has(folded(textOf(left.of(row)))) !== isNegated,
    ...(!isNegated && typesOf(left, wanted, operator.endsWith("~"))),
  };
}

function literalText(cursor: Cursor): string {
  const token = cursor.next();
  return token.kind === "text" ? token.value : cursor.fail("'", token);
}

function parsePrimary(cursor: Cursor, columns: Columns): Expression {
  if (cursor.takes("(")) {
    const { name: _, column: __, ...inner } = parseExpression(cursor, columns);
    cursor.expect(")");
    return inner;
  }
  const token = cursor.next();
  if (token.kind === "text") return { type: "string", of: () => token.value };
  if (token.kind === "number") return { type: "long", of: () => Number(token.text) };
  if (token.kind !== "name") return cursor.fail(undefined, token);
  if (token.text === "true" || token.text === "false")
    return { type: "bool", of: () => token.text === "true" };
  return cursor.takes("(")
    ? parseCall(cursor, token, () => parseExpression(cursor, columns))
    : parsePath(cursor, token, columns);
}

export function mustBe(types: readonly Type[], cursor: Cursor, ...all: readonly Expression[]) {
  if (all.some((it) => !types.includes(it.type))) cursor.fail();
}
