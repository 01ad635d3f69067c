import { hashText } from "./hash.ts";

/** An ARM id as ARM wrote it; compare with `sameId` only, since ARM ignores its case. */
export type ResourceId = string & { readonly brand: "ResourceId" };

/** What an id says: the innermost type and the way up. `types` in lower case. */
export type ParsedId = Readonly<{
  id: ResourceId;
  subscription: string;
  resourceGroup?: string;
  type: string;
  name: string;
}>;

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Azure's naming rules allow no more than this; letters of any alphabet are allowed in group names. */
const segment = /^[\p{L}\p{N}_().-]{1,260}$/u;
const namespace = /^[a-z0-9]+(\.[a-z0-9]+)+$/i;

/** Parses an id from outside, strictly: a string says what is wrong with it. Rebuilt, never passed on. */
export function parseResourceId(text: unknown): ParsedId | string {
  if (typeof text !== "string" || text.length === 0) return "is empty";
  if (text.length > 2048) return "is longer than 2,048 characters";
  if (!text.startsWith("/")) return "does not begin with a slash";
  const segments = text.slice(1).split("/");
  const odd = segments.find((it) => !segment.test(it) || /^\.+$/.test(it));
  if (odd !== undefined) return `has a segment that no Azure name can be: "${odd.slice(0, 40)}"`;
  return fromSegments(segments);
}

function fromSegments(segments: readonly string[]): ParsedId | string {
  const [subscriptions, subscription = "", groups, group] = segments;
  if (subscriptions?.toLowerCase() !== "subscriptions") return "does not begin with /subscriptions";
  if (!guid.test(subscription)) return "names a subscription that is no GUID";
  const resourceGroup = groups?.toLowerCase() === "resourcegroups" ? group : undefined;
  const tail = segments.slice(resourceGroup === undefined ? 2 : 4);
  const at = tail.findLastIndex((it) => it.toLowerCase() === "providers");
  const [space = "", ...pairs] = tail.slice(at + 1);
  const extended = segments.slice(0, segments.length - tail.length + at);
  const problem = problemOf(at, space, pairs) ?? (at > 0 ? baseProblem(extended) : undefined);
  if (problem !== undefined) return problem;
  return {
    id: `/${segments.join("/")}` as ResourceId,
    subscription: subscription.toLowerCase(),
    ...(resourceGroup !== undefined && { resourceGroup }),
    type: [space, ...pairs.filter((_, i) => i % 2 === 0)].join("/").toLowerCase(),
    name: pairs.at(-1) ?? "",
  };
}

function problemOf(at: number, space: string, pairs: readonly string[]): string | undefined {
  if (at < 0 || !namespace.test(space)) return "names no resource provider";
  return pairs.length < 2 || pairs.length % 2 === 1 ? "has a type without a name" : undefined;
}

/** An extension's id holds the whole id of what it extends. */
function baseProblem(segments: readonly string[]): string | undefined {
  const base = fromSegments(segments);
  return typeof base === "string" ? base : undefined;
}

/** From a child or extension to what it belongs to; undefined at the top. */
export function parentOf(id: string): ResourceId | undefined {
  const segments = id.split("/").slice(0, -2);
  const isProvider = segments.at(-2)?.toLowerCase() === "providers";
  const up = isProvider ? segments.slice(0, -2) : segments;
  return up.length > 5 ? (up.join("/") as ResourceId) : undefined;
}

export const sameId = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && a.toLowerCase() === b?.toLowerCase();

/** The key of a resource in the tables: SHA-256 of the lower-cased id. */
export const keyOf = (id: string): string => hashText(id.toLowerCase());

export const subscriptionOf = (id: string): string => (id.split("/")[2] ?? "").toLowerCase();

/** The resource group of an id. */
export const groupOf = (id: string): string => id.split("/").slice(0, 5).join("/");

export const nameOf = (id: string): string => id.slice(id.lastIndexOf("/") + 1);
