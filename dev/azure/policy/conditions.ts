import type { Body } from "../answers.ts";
import { isObject } from "../merge.ts";
import { evaluate, oddExpression, type Scope } from "./expressions.ts";

type Compare = (actual: unknown, wanted: unknown) => boolean;

/** azure-docs: texts are compared without case, `true` and "true" are the same. */
const text = (it: unknown): string =>
  (typeof it === "object" ? JSON.stringify(it) : String(it)).toLowerCase();
const equals: Compare = (actual, wanted) => actual !== undefined && text(actual) === text(wanted);
const isIn: Compare = (actual, wanted) =>
  Array.isArray(wanted) && wanted.some((it) => equals(actual, it));
const contains: Compare = (actual, wanted) =>
  Array.isArray(actual)
    ? actual.some((it) => equals(it, wanted))
    : actual !== undefined && text(actual).includes(text(wanted));
const like: Compare = (actual, wanted) => {
  const [start = "", end] = text(wanted).split("*");
  if (actual === undefined) return false;
  return end === undefined ? text(actual) === start : isAround(text(actual), start, end);
};
const isAround = (it: string, start: string, end: string): boolean =>
  it.length >= start.length + end.length && it.startsWith(start) && it.endsWith(end);
const not =
  (compare: Compare): Compare =>
  (actual, wanted) =>
    !compare(actual, wanted);
const exists: Compare = (actual, wanted) =>
  (actual !== undefined && actual !== null) === (text(wanted) === "true");

const operators = new Map<string, Compare>([
  ["equals", equals],
  ["notEquals", not(equals)],
  ["in", isIn],
  ["notIn", not(isIn)],
  ["contains", contains],
  ["notContains", not(contains)],
  ["like", like],
  ["notLike", not(like)],
  ["exists", exists],
]);

/** A leaf as it was read: what a refusal shows of it. */
export type Leaf = Readonly<{
  field: string;
  operator: string;
  wanted: unknown;
  actual: unknown;
  holds: boolean;
}>;

export type Fields = Readonly<{ scope: Scope; field(name: string): unknown }>;

export function holds(condition: unknown, fields: Fields): boolean {
  const it = isObject(condition) ? condition : {};
  if (Array.isArray(it["allOf"])) return it["allOf"].every((one) => holds(one, fields));
  if (Array.isArray(it["anyOf"])) return it["anyOf"].some((one) => holds(one, fields));
  if (it["not"] !== undefined) return !holds(it["not"], fields);
  return leafOf(it, fields).holds;
}

/** The leaves that hold, in the order of the rule. */
export function evidence(condition: unknown, fields: Fields): readonly Leaf[] {
  const it = isObject(condition) ? condition : {};
  const parts = [it["allOf"], it["anyOf"]].find(Array.isArray) as unknown[] | undefined;
  if (parts) return parts.flatMap((one) => evidence(one, fields));
  if (it["not"] !== undefined) return [];
  const leaf = leafOf(it, fields);
  return leaf.holds ? [leaf] : [];
}

function leafOf(it: Body, { scope, field }: Fields): Leaf {
  const [operator = "", compare = equals] = operatorIn(it) ?? [];
  const name = String(evaluate(it["field"], scope));
  const wanted = evaluate(it[operator], scope);
  const actual = field(name);
  return { field: name, operator, wanted, actual, holds: compare(actual, wanted) };
}

const operatorIn = (it: Body): [string, Compare] | undefined =>
  [...operators].find(([name]) => it[name] !== undefined);

/** What of a condition is not simulated; undefined: all of it is. */
export function oddCondition(condition: unknown): string | undefined {
  if (!isObject(condition)) return JSON.stringify(condition);
  const parts = [condition["allOf"], condition["anyOf"]].find(Array.isArray) as
    | unknown[]
    | undefined;
  if (parts) return parts.map(oddCondition).find((it) => it !== undefined);
  if (condition["not"] !== undefined) return oddCondition(condition["not"]);
  const isLeaf = typeof condition["field"] === "string" && operatorIn(condition) !== undefined;
  const isPlain =
    Object.keys(condition).length === 2 && !String(condition["field"]).includes("[*]");
  return isLeaf && isPlain ? oddExpression(condition) : JSON.stringify(condition);
}
