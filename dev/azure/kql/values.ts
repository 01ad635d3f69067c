/** The types of Kusto that occur here; columns of objects are dynamic, and so is what lies in them. */
export type Type = "string" | "dynamic" | "long" | "bool";

/** A row gives a column when it is asked for it: most rows are never shown. */
export type Row = (column: string) => unknown;
export type Columns = ReadonlyMap<string, Type>;

/** tostring(): null is "", objects are JSON. */
export function textOf(it: unknown): string {
  if (typeof it === "string") return it;
  if (it === null || it === undefined) return "";
  return typeof it === "object" ? JSON.stringify(it) : String(it);
}

/** Kusto docs, null values: null equals nothing else, and of two nulls nothing is known. */
export function equal(one: unknown, other: unknown): boolean | undefined {
  const [left, right] = [one ?? undefined, other ?? undefined];
  if (left === undefined && right === undefined) return undefined;
  if (typeof left === "object" && typeof right === "object") return textOf(left) === textOf(right);
  return left === right;
}

export const foldedEqual = (one: string, other: string): boolean => fold(one) === fold(other);
export const fold = (it: string): string => it.toLowerCase();

export const contains = (text: string, part: string): boolean => fold(text).includes(fold(part));
export const startsWith = (text: string, part: string): boolean =>
  fold(text).startsWith(fold(part));

/** Kusto docs, `has`: a whole term, without case; terms end where letters and digits end. */
export function has(text: string, term: string): boolean {
  const [inside, wanted] = [fold(text), fold(term)];
  for (let at = inside.indexOf(wanted); at >= 0; at = inside.indexOf(wanted, at + 1)) {
    const before = at === 0 ? "" : (inside[at - 1] ?? "");
    const after = inside[at + wanted.length] ?? "";
    if (!joins(before, wanted[0]) && !joins(wanted.at(-1), after)) return true;
  }
  return false;
}

const joins = (one = "", other = ""): boolean => isLetter(one) && isLetter(other);
const isLetter = (it: string): boolean => /^[\p{L}\p{N}]$/u.test(it);

/** Ordinal; nulls first, as `asc` has them. */
export function compare(one: unknown, other: unknown): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  const [left, right] = [textOf(one), textOf(other)];
  return left < right ? -1 : left > right ? 1 : 0;
}
