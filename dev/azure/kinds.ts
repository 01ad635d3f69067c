import type { Answer, Body } from "./answers.ts";
import type { Call } from "./call.ts";
import type { DialectName, LroHeader } from "./dialects.ts";
import type { Target } from "./ids.ts";
import type { World } from "./world.ts";

/** A resource as its provider holds it: the id keeps the case it was made with. */
export type Stored = {
  id: string;
  type: string;
  name: string;
  etag?: string;
  location?: string;
  properties: Body;
  [key: string]: unknown;
};

/** A write that is about to happen. `wanted` is what the resource would become; undefined: gone. */
export type Change = Readonly<{
  method: "PUT" | "PATCH" | "DELETE";
  call: Call;
  was: Stored | undefined;
  wanted: Stored | undefined;
  body: Body;
  world: World;
}>;

/** How a write goes on, as a function of the change: an account's tags end at once, its network takes 40 s. */
export type Course = Readonly<{
  status: number;
  /** `provisioningState` in the answer and until the end; absent: settled before the answer. */
  state?: string;
  /** Time to the end of a write that has a `state` or an `operation`; 0: over at the first poll. */
  seconds?: number;
  /** What polls answer; absent: only the resource's own state tells (Search, vaults). */
  operation?: Readonly<{
    dialect: DialectName;
    /** Those handed out; absent: all that the dialect has. */
    headers?: readonly LroHeader[];
    /** In its address; absent: the resource's own, or that of what holds it. */
    location?: string;
    /** The running word of dialects that name the verb: "Creating". */
    word?: string;
  }>;
  /** What runs on it and below it ends as Canceled, without effect (an endpoint's delete). */
  supersedes?: true;
  /** The body of this answer where it differs from the next GET; undefined inside: no body. */
  answered?: (shown: Body) => Body | string | undefined;
  headers?: Readonly<Record<string, string>>;
  /** Accepted, then failed inside the operation; nothing is written (Private DNS preconditions). */
  fails?: Readonly<{ code: string; message: string }>;
  /** Accepted and stored, then failed: the resource stays, in state Failed (a batch endpoint with keys). */
  endsFailed?: Readonly<{ code: string; message: string }>;
}>;

export type ConnectionState = Readonly<{
  status: string;
  description?: string | null;
  actionsRequired?: string;
}>;

/** A private endpoint that asks a target for a connection. */
export type ConnectionRequest = Readonly<{
  endpoint: string;
  /** The connection's name on the endpoint's side. */
  name?: string;
  /** `resourceGuid` of the endpoint: part of the connection's name on the target. */
  guid: string;
  target: string;
  groupIds: readonly string[];
  /** Manual requests wait for the target's owner: Pending. */
  manual: boolean;
  message?: string;
}>;

/** Nothing: the common behaviour answers. */
export type Serve = (call: Call, world: World) => Answer | undefined;
export type Verb = "GET" | "LIST" | "PUT" | "PATCH" | "DELETE" | "POST";

/**
 * One ARM resource type: only what differs from the common behaviour, each line with its source.
 * Common: PUT replaces, PATCH merges objects and replaces arrays and the whole tags map, null
 * removes, absent stays absent, ids ignore case, a parent must exist, a write without a `course`
 * answers 201 or 200 (DELETE 200, 204 when absent) and is settled at once.
 */
export type Kind = Readonly<{
  type: `${string}/${string}`;
  versions: readonly string[];
  /** The type that bodies show, where the one of the path differs (resource groups). */
  shownType?: string;
  /** Has a location and stands in lists of all resources; a PUT without location is refused. */
  tracked?: true;
  /** `name` in the body is `parent/name`. */
  longName?: true;
  /** The id keeps the letters of the request, down to `resourcegroups` (locks). */
  echoesId?: true;
  /** Read by all who have signed in, or by anyone at all, without a role; absent: by a role only. */
  readBy?: "everyone" | "anyone";
  /** Verbs that exist; absent: all. Others answer 405. */
  verbs?: readonly Verb[];
  /** Verbs answered by the type itself, in place of the common behaviour; POST is on the list's path. */
  serve?: Partial<Record<Verb, Serve>>;
  /** Names under `properties` that only the provider writes: dropped from bodies, kept over a PUT. */
  readOnly?: readonly string[];
  systemData?: true;
  /** A fresh etag; absent: the type has none. Moves at accept and again at success. */
  etag?(world: World): string;
  /** Which answers carry it as a header; absent: all that show it. */
  etagHeader?: "reads";
  /** How a state shows; absent: `properties.provisioningState`. "Succeeded" is the end of every success. */
  inState?(it: Stored, state: string): Stored;
  /** The merge of a PATCH, where it is not the common one. */
  patched?(was: Stored, body: Body): Stored;
  /** What the provider adds or changes by itself, before it refuses or stores; a loaded row has no call. */
  complete?(wanted: Stored, was: Stored | undefined, world: World, call?: Call): Stored;
  /** The provider's own objections; also for DELETE. */
  refuse?(change: Change): Answer | undefined;
  course?(change: Change): Course;
  /** Effects once it has ended well; `now` is undefined after a delete. May put `now` again. */
  settled?(now: Stored | undefined, was: Stored | undefined, world: World): void;
  /** Takes apart what a loaded row holds (embedded connections become children). */
  loaded?(it: Stored, world: World): Stored;
  /** What GET and lists show. */
  show?(it: Stored, version: string, world: World): Body;
  /** The answer where the resource is missing but its parents are there; absent: 404, DELETE 204. */
  absent?(target: Target, verb: Verb, world: World): Answer | undefined;
  /** Under a missing parent; absent: ResourceNotFound that names the parent. */
  orphan?(target: Target, verb: Verb, world: World): Answer | undefined;
  /** POSTs on a resource, by name in any case; long ones start an operation in `world.operations`. */
  actions?: Readonly<Record<string, (it: Stored, call: Call, world: World) => Answer>>;
  /** The resource that events name; absent: the one written (a tag write names the tagged). */
  subject?(target: Target): string;
  /** For types that private endpoints connect to (see connections.ts). */
  connections?: Readonly<{
    groupIds: readonly string[];
    /** The child type that stands for a connection on the target's side. */
    type: string;
    /** An objection of the target, answered by the endpoint's PUT (a busy account). */
    refuse?(request: ConnectionRequest, target: Stored, world: World): Answer | undefined;
    /** The child, as the target keeps it. */
    make(request: ConnectionRequest, target: Stored, world: World): Stored;
  }>;
  /** For types that connect (private endpoints): the target decided; undefined: it cut the connection. */
  decided?(it: Stored, target: string, state: ConnectionState | undefined, world: World): void;
}>;

export const shownType = (kind: Kind): string => kind.shownType ?? kind.type;

/** A type that is only read here: no side effects, everything is taken as sent. */
export function plain(type: Kind["type"], versions: readonly string[]): Kind {
  return { type, versions, tracked: true };
}

/** A type that stores nothing of its own. */
export function view(
  type: Kind["type"],
  versions: readonly string[],
  serve: Partial<Record<Verb, Serve>>,
): Kind {
  return { type, versions, serve, verbs: Object.keys(serve) as Verb[] };
}

/** For `inState` of types without a provisioningState (locks, role assignments). */
export const stateless = (it: Stored): Stored => it;

/** Whether nothing is under way; types without a state are always at rest. */
export function isTerminal(it: Stored): boolean {
  const state = it.properties["provisioningState"];
  return typeof state !== "string" || /^(succeeded|failed|canceled)$/i.test(state);
}
