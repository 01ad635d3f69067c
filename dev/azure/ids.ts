/** What a path asks for. Names keep the case of the request; compare without case only. */
export type Target = Readonly<{
  /** The id of the resource; of a list: the path of the list. */
  id: string;
  /** `Microsoft.CognitiveServices/accounts`; ARM's own paths count as `Microsoft.Resources/…`. */
  type: string;
  /** Absent where a list is asked for. */
  name?: string;
  /** The id of what holds it: a resource, a group, a subscription, or "" at the top. */
  parent: string;
  /** What the last `/providers/` stands on: where an extension (a lock) is attached. */
  scope: string;
  subscription: string;
  group: string;
}>;

/** `//` collapses, `resourcegroups` in any case is written `resourceGroups` (recorded 1,118 times). */
export function parsePath(path: string): Target {
  const segments = segmentsOf(path);
  const home = homeOf(segments);
  if (same(segments[2], "resourceGroups")) segments[2] = "resourceGroups";
  const at = segments.findLastIndex((it) => same(it, "providers"));
  if (at >= 0 && segments.length - at <= 2) return { ...namespaceIn(segments, at), ...home };
  const space = at < 0 ? "Microsoft.Resources" : String(segments[at + 1]);
  const pairs = at < 0 ? segments : segments.slice(at + 2);
  const listed = pairs.length % 2 === 1;
  const name = listed ? undefined : pairs.at(-1);
  const held = pairs.length > 2 ? segments.length - (listed ? 1 : 2) : Math.max(at, 0);
  return {
    id: idOf(segments),
    type: [space, ...pairs.filter((_, i) => i % 2 === 0)].join("/"),
    ...(name !== undefined && { name }),
    parent: idOf(segments.slice(0, held)),
    scope: idOf(segments.slice(0, Math.max(at, 0))),
    ...home,
  };
}

function homeOf(segments: readonly string[]): Pick<Target, "subscription" | "group"> {
  return {
    subscription: valueAt(segments, 1, same(segments[0], "subscriptions")),
    group: valueAt(segments, 3, same(segments[2], "resourceGroups")),
  };
}

/** `…/providers` and `…/providers/Microsoft.Search` ask ARM itself what it offers at a scope. */
function namespaceIn(segments: readonly string[], at: number) {
  const scope = idOf(segments.slice(0, at));
  const name = segments[at + 1];
  return {
    id: idOf(segments),
    type: `${parsePath(scope).type}/providers`,
    ...(name !== undefined && { name }),
    parent: scope,
    scope,
  };
}

/** The id in the letters of a request (recorded: locks keep `resourcegroups`). */
export const asWritten = (raw: string): string => idOf(segmentsOf(raw.split("?")[0] ?? ""));

const segmentsOf = (path: string): string[] => path.split("/").filter(Boolean).map(decode);

/** The scopes that hold an id, nearest first: itself, its parents, the group, the subscription. */
export function scopesOf(id: string): string[] {
  const scopes: string[] = [];
  for (let at = parsePath(id); at.id !== ""; at = parsePath(at.parent)) scopes.push(at.id);
  return scopes;
}

/** Whether an id is the scope itself or lies below it. */
export function isWithin(id: string, scope: string): boolean {
  const [inner, outer] = [id.toLowerCase(), scope.toLowerCase()];
  return inner === outer || outer === "" || inner.startsWith(`${outer}/`);
}

const valueAt = (segments: readonly string[], at: number, there: boolean): string =>
  there ? (segments[at] ?? "") : "";

const idOf = (segments: readonly string[]): string =>
  segments.length === 0 ? "" : `/${segments.join("/")}`;

const same = (one: string | undefined, other: string): boolean =>
  one?.toLowerCase() === other.toLowerCase();

function decode(segment: string): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
