import type { Body } from "./answers.ts";

/** RFC 7396 as ARM uses it: objects merge, all else replaces, null removes. */
export function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Body = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}

export function isObject(it: unknown): it is Body {
  return typeof it === "object" && it !== null && !Array.isArray(it);
}

export function pick(it: Body, keys: readonly string[]): Body {
  return Object.fromEntries(Object.entries(it).filter(([key]) => keys.includes(key)));
}

export function omit<Value>(
  it: Readonly<Record<string, Value>>,
  keys: readonly string[],
): Record<string, Value> {
  return Object.fromEntries(Object.entries(it).filter(([key]) => !keys.includes(key)));
}

/** ARM compares ids, types, names of actions and most enumerations without case. */
export function same(one: string | undefined, other: string | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase();
}

/** Azure writes times with seven digits. */
export function precise(at: Date): string {
  return at.toISOString().replace("Z", "0000Z");
}
