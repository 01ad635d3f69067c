import { type Answer, type Body, failure } from "../answers.ts";
import type { Call } from "../call.ts";
import type { Change, Course, Kind, Stored } from "../kinds.ts";
import { isObject, omit, pick, precise } from "../merge.ts";
import type { World } from "../world.ts";
import { objectsIn, propertiesOf } from "./network/common.ts";
import { connectionKind, connectionsIn, connectionsOf } from "./network/service-connections.ts";

const type = "Microsoft.Storage/storageAccounts";

/** azure-docs templates, change log. */
const versions = `
  2019-06-01 2020-08-01-preview 2021-01-01 2021-02-01 2021-04-01 2021-06-01 2021-08-01 2021-09-01
  2022-05-01 2022-09-01 2023-01-01 2023-04-01 2023-05-01 2024-01-01 2025-01-01 2025-06-01
`
  .trim()
  .split(/\s+/);

const services = ["blob", "queue", "table", "file", "web", "dfs"];

/** Sources: recorded (ASO Storage_20250601 3 to 33), manners 1.2, 1.13; no etag, no systemData. */
const accounts: Kind = {
  type,
  versions,
  tracked: true,
  readOnly: ["keyCreationTime", "creationTime", "primaryEndpoints", "primaryLocation"],
  complete: completeAccount,
  refuse: refuseAccount,
  course: accountCourse,
  show: showAccount,
  connections: connectionsOf({
    type,
    groupIds: services.flatMap((it) => [it, `${it}_secondary`]),
    approved: "Auto-Approved",
    named: (_request, target, world) => `${target.name}.${world.guid()}`,
  }),
};

/** A new one: 202, empty, Location only, 20 s; all else at once (26 PUTs, 92 PATCHes). */
function accountCourse({ wanted, was, world }: Change): Course {
  if (was || !wanted) return { status: 200 };
  return {
    status: 202,
    state: "Creating",
    seconds: world.between(17, 25),
    operation: { dialect: "storage" },
    answered: () => undefined,
  };
}

function completeAccount(
  wanted: Stored,
  was: Stored | undefined,
  world: World,
  call?: Call,
): Stored {
  if (!call) return wanted; // a row is what it says
  const at = precise(world.now());
  const sku = isObject(wanted["sku"]) ? wanted["sku"] : was?.["sku"];
  const region = (wanted.location ?? "").toLowerCase().replaceAll(" ", "");
  return {
    tags: {},
    ...wanted,
    location: region,
    ...(isObject(sku) && { sku: { ...sku, tier: String(sku["name"]).split("_")[0] } }),
    properties: {
      keyCreationTime: { key1: at, key2: at },
      allowCrossTenantReplication: false,
      minimumTlsVersion: "TLS1_2",
      allowBlobPublicAccess: false,
      supportsHttpsTrafficOnly: true,
      encryption: encryption(at),
      accessTier: "Hot",
      creationTime: at,
      primaryEndpoints: endpointsOf(wanted),
      primaryLocation: region,
      statusOfPrimary: "available",
      ...wanted.properties,
      networkAcls: acls(wanted.properties["networkAcls"]),
    },
  };
}

const encryption = (at: string): Body => {
  const service = { keyType: "Account", enabled: true, lastEnabledTime: at };
  return { services: { file: service, blob: service }, keySource: "Microsoft.Storage" };
};

/** Blob accounts have three. */
function endpointsOf({ name, kind }: Stored): Body {
  const own = kind === "BlobStorage" ? ["dfs", "blob", "table"] : services;
  const host = (it: string) => (it === "web" ? "z5.web" : it);
  return Object.fromEntries(own.map((it) => [it, `https://${name}.${host(it)}.core.windows.net/`]));
}

/** manners: a network rule comes back with its state, an address with its action. */
function acls(sent: unknown): Body {
  const rules = isObject(sent) ? sent : {};
  return {
    bypass: "AzureServices",
    defaultAction: "Allow",
    ...rules,
    virtualNetworkRules: objectsIn(rules["virtualNetworkRules"]).map((it) => ({
      action: "Allow",
      ...it,
      state: "Succeeded",
    })),
    ipRules: objectsIn(rules["ipRules"]).map((it) => ({ action: "Allow", ...it })),
  };
}

/** Public text: the name is part of a host. */
function refuseAccount({ wanted, was }: Change): Answer | undefined {
  if (wanted && !/^[a-z0-9]{3,24}$/.test(wanted.name))
    return failure(
      400,
      "AccountNameInvalid",
      `${wanted.name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`,
    );
  if (was?.properties["provisioningState"] === "Creating" && wanted)
    return failure(
      409,
      "StorageAccountOperationInProgress",
      "An operation is currently performing on this storage account that requires exclusive access.",
    );
  return undefined;
}

function showAccount(it: Stored, version: string, world: World): Body {
  const { networkAcls, ...rest } = it.properties;
  return {
    ...pick(it, ["sku", "kind", "id", "name", "type", "location", "tags", "identity", "managedBy"]),
    properties: {
      ...rest,
      ...connectionsIn(it, ["id", "name", "type", "properties"], world),
      ...(isObject(networkAcls) && {
        networkAcls: { ...(version >= "2023-05-01" && { ipv6Rules: [] }), ...networkAcls },
      }),
    },
  };
}

/** Recorded (CLI storage_account 17 to 22): 200 at once; its key is spelt `actionRequired`. */
const connections = connectionKind(type, versions, {
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  serve: {},
  readOnly: ["privateEndpoint"],
  complete(wanted) {
    const { status, description, actionsRequired, actionRequired } = stateIn(wanted);
    return {
      ...wanted,
      properties: {
        provisioningState: "Succeeded",
        ...wanted.properties,
        privateLinkServiceConnectionState: {
          status,
          description: description ?? "",
          actionsRequired: actionsRequired ?? actionRequired ?? "None",
        },
      },
    };
  },
  refuse: ({ was, call }) =>
    was
      ? undefined
      : failure(
          404,
          "PrivateEndpointConnectionNotFound",
          `The private endpoint connection ${call.target.name} was not found.`,
        ), // not recorded
  course: () => ({ status: 200 }),
  show(it) {
    const { actionsRequired, ...state } = stateIn(it);
    return {
      ...omit(it, ["etag"]),
      properties: {
        ...propertiesOf(it),
        privateLinkServiceConnectionState: { ...state, actionRequired: actionsRequired },
      },
    };
  },
});

const stateIn = (it: Stored): Body => {
  const state = it.properties["privateLinkServiceConnectionState"];
  return isObject(state) ? state : {};
};

export const storageKinds: readonly Kind[] = [accounts, connections];
