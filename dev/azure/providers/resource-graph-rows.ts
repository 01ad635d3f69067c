import type { Body } from "../answers.ts";
import type { Call } from "../call.ts";
import { regionOf } from "../display-names.ts";
import { shownGroupType, subscriptionType } from "../existence.ts";
import { isWithin, parsePath } from "../ids.ts";
import type { Stored } from "../kinds.ts";
import type { Query, TableName } from "../kql/query.ts";
import type { Row, Type } from "../kql/values.ts";
import { same } from "../merge.ts";
import { assignmentType, grantFor } from "../roles.ts";
import type { World } from "../world.ts";

/** azure-docs supported-tables-resources: the children that are rows of `resources`; all others are not. */
const indexedChildren = new Set([
  "microsoft.cognitiveservices/accounts/projects",
  "microsoft.machinelearningservices/workspaces/batchendpoints",
  "microsoft.machinelearningservices/workspaces/batchendpoints/deployments",
  "microsoft.machinelearningservices/workspaces/inferencepools",
  "microsoft.machinelearningservices/workspaces/onlineendpoints",
  "microsoft.machinelearningservices/workspaces/onlineendpoints/deployments",
  "microsoft.machinelearningservices/workspaces/serverlessendpoints",
  "microsoft.network/privatednszones/virtualnetworklinks",
]);

const recordTypes = ["a", "aaaa", "cname", "mx", "ptr", "soa", "srv", "txt"];
const recordSets = new Set(recordTypes.map((it) => `microsoft.network/privatednszones/${it}`));

const isIndexed: Readonly<Record<TableName, (type: string, it: Stored) => boolean>> = {
  resources: (type, it) =>
    indexedChildren.has(type) ||
    (it.location !== undefined && /^(?!microsoft\.resources\/)[^/]+\/[^/]+$/.test(type)),
  dnsresources: (type) => recordSets.has(type),
  resourcecontainers: (type) => type.startsWith("microsoft.resources/"),
};

/** The subscriptions in which the caller may read at least something; Azure leaves out the others. */
export function eligible({ principal }: Call, world: World): Stored[] {
  const homes = world.children("", subscriptionType);
  const scopes = principal ? assignedScopes(principal.objectId, homes, world) : [];
  return homes.filter(({ id }) => scopes.some((it) => isWithin(it, id) || isWithin(id, it)));
}

/**
 * What a query looks at, as the caller may see it. Here is also the place for a graph that lags: rows
 * are made of the store as it is now.
 */
export function rowsFor(call: Call, world: World, homes: readonly Stored[], query: Query): Row[] {
  const readable = readableBy(call, world, homes);
  const inTable = isIndexed[query.table];
  return homes
    .flatMap((home) => readable(home, candidates(home, world, query)))
    .filter((it) => inTable(typeOf(it), it))
    .map((it) => rowOf(it, call, world));
}

function candidates(home: Stored, world: World, { table, onlyTypes }: Query): Stored[] {
  if (table === "resourcecontainers") return [home, ...world.ofType(home.name, shownGroupType)];
  if (!onlyTypes) return world.below(home.id);
  return [...new Set(onlyTypes)].flatMap((type) => world.ofType(home.name, type));
}

function assignedScopes(objectId: string, homes: readonly Stored[], world: World): string[] {
  const all = ["", ...homes.map((it) => it.name)].flatMap((it) => world.ofType(it, assignmentType));
  const own = all.filter((it) => same(String(it.properties["principalId"]), objectId));
  return [...new Set(own.map((it) => parsePath(it.id).scope))];
}

/** Roles are asked once for each type and scope, not for each resource. */
function readableBy({ principal }: Call, world: World, homes: readonly Stored[]) {
  const scopes = principal ? assignedScopes(principal.objectId, homes, world) : [];
  const scopesFor = remembered((type) =>
    scopes.filter((it) => principal && grantFor(world, principal, `${type}/read`, it)),
  );
  return (home: Stored, all: readonly Stored[]): readonly Stored[] => {
    const isWhole = remembered((type) => scopesFor(type).some((it) => isWithin(home.id, it)));
    return all.filter(
      ({ id, type }) => isWhole(type) || scopesFor(type).some((it) => isWithin(id, it)),
    );
  };
}

/** There are few types and many rows. */
function remembered<Value>(make: (type: string) => Value): (type: string) => Value {
  const known = new Map<string, Value>();
  return (type) => {
    const found = known.get(type) ?? make(type);
    known.set(type, found);
    return found;
  };
}

type Source = Readonly<{ it: Stored; shown(): Body; tenantId: string }>;

/** Recorded: types, regions and groups in lower case, ids as made; absent objects null, absent texts "". */
const cells: Readonly<Record<string, readonly [Type, (source: Source) => unknown]>> = {
  id: ["string", ({ it }) => it.id],
  name: ["string", ({ it }) => it.name],
  type: ["string", ({ it }) => typeOf(it)],
  tenantId: ["string", ({ tenantId }) => tenantId],
  kind: ["string", ({ shown }) => shown()["kind"] ?? ""],
  location: ["string", ({ it }) => regionOf(it.location ?? "")],
  resourceGroup: ["string", ({ it }) => parsePath(it.id).group.toLowerCase()],
  subscriptionId: ["string", ({ it }) => parsePath(it.id).subscription],
  managedBy: ["string", ({ shown }) => shown()["managedBy"] ?? ""],
  sku: ["dynamic", ({ shown }) => shown()["sku"]],
  plan: ["dynamic", ({ shown }) => shown()["plan"]],
  properties: ["dynamic", ({ shown }) => shown()["properties"]],
  tags: ["dynamic", ({ shown }) => shown()["tags"]],
  identity: ["dynamic", ({ shown }) => shown()["identity"]],
  zones: ["dynamic", ({ shown }) => shown()["zones"]],
  extendedLocation: ["dynamic", ({ shown }) => shown()["extendedLocation"]],
};

/** The same of every table; there is no systemData and no etag (azure-docs explore-resources). */
export const columns = new Map(Object.entries(cells).map(([name, [type]]) => [name, type]));

const lowerCase = remembered((type) =>
  type === shownGroupType ? "microsoft.resources/subscriptions/resourcegroups" : type.toLowerCase(),
);
const typeOf = ({ type }: Stored): string => lowerCase(type);

function rowOf(it: Stored, { principal }: Call, world: World): Row {
  let body: Body | undefined;
  const shown = (): Body => {
    body ??= shownBy(it, world);
    return body;
  };
  const source = { it, shown, tenantId: principal?.tenantId ?? "" };
  return (column) => cells[column]?.[1](source);
}

/** arm.md 6: by an api-version that the platform chooses, none in preview; here the newest. */
function shownBy(it: Stored, world: World): Body {
  const kind = world.kind(it.type);
  const version = kind?.versions.findLast((name) => !name.includes("preview")) ?? "";
  return kind?.show?.(it, version, world) ?? it;
}
