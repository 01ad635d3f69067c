import type { Body } from "../answers.ts";
import { isObject, merge, omit, same } from "../merge.ts";
import { named } from "./expressions.ts";

/** A resource as a write would leave it. */
export type Subject = Body & Readonly<{ id: string; type: string; name: string }>;

/** Where a field stands: `tags['a']`, `kind`, or an alias of the type under its properties. */
export function placeOf(field: string, type: string): readonly string[] | undefined {
  const tag = /^tags(?:\.(.+)|\['(.+)'\])$/i.exec(field);
  if (tag) return ["tags", tag[1] ?? tag[2] ?? ""];
  if (!field.includes("/")) return field.split(".");
  if (!field.toLowerCase().startsWith(`${type.toLowerCase()}/`)) return undefined;
  const path = field.slice(type.length + 1);
  return path.includes("/") ? undefined : [...rootOf(path), ...path.split(".")];
}

/** The aliases of the built-in definitions: `accounts/sku.name` at the top, others under properties. */
const tops = ["sku", "identity", "kind", "zones", "plan"];
const rootOf = (path: string): readonly string[] =>
  tops.some((it) => same(it, path.split(".")[0])) ? [] : ["properties"];

export function valueAt(it: unknown, place: readonly string[] | undefined): unknown {
  if (place === undefined) return undefined;
  return place.reduce<unknown>((at, key) => (isObject(at) ? named(at, key) : undefined), it);
}

export function fieldOf(subject: Subject, field: string): unknown {
  if (same(field, "fullName")) return subject.name;
  return valueAt(subject, placeOf(field, subject.type));
}

/** The body with a value at a place; `undefined` takes it away. */
export function withValue(body: Body, place: readonly string[], value: unknown): Body {
  const [key = "", ...rest] = place;
  const own = Object.keys(body).find((it) => same(it, key)) ?? key;
  if (rest.length === 0) return value === undefined ? omit(body, [own]) : { ...body, [own]: value };
  const held = body[own];
  return { ...body, [own]: withValue(isObject(held) ? held : {}, rest, value) };
}

/** What a body would make of a resource: policy looks at the result, of a PATCH too (arm 8). */
export function resultOf(
  body: Body,
  was: Body | undefined,
  target: Readonly<{ id: string; type: string; name: string }>,
): Subject {
  const made = was
    ? { ...(merge(was, body) as Body), ...(body["tags"] ? { tags: body["tags"] } : {}) }
    : body;
  return { ...made, id: target.id, type: target.type, name: target.name };
}
