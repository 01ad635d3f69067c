import { type Body, failure, list } from "../answers.ts";
import { type Change, type Course, type Kind, type Stored, view } from "../kinds.ts";
import { isObject, omit, precise, same } from "../merge.ts";
import type { World } from "../world.ts";
import { childKinds } from "./cognitive-children.ts";
import { cognitiveEtag, cognitiveVersions } from "./cognitive-common.ts";
import { connectionRules, connectionsKind, embedded, takeApart } from "./cognitive-connections.ts";
import { deletedAccounts, deletedKinds, softDelete } from "./cognitive-deleted.ts";
import { endpointsOf } from "./cognitive-endpoints.ts";
import { refuseAccount } from "./cognitive-refusals.ts";

/** All kinds of account. Sources: docs/sources.md unless a line says otherwise. */
const accounts: Kind = {
  type: "Microsoft.CognitiveServices/accounts",
  versions: cognitiveVersions,
  tracked: true,
  systemData: true,
  etag: cognitiveEtag,
  readOnly: [
    "endpoint",
    "endpoints",
    "internalId",
    "dateCreated",
    "callRateLimit",
    "quotaLimit",
    "isMigrated",
    "privateEndpointConnections",
    "capabilities",
    "armFeatures",
    "defaultProject",
    "associatedProjects",
  ],
  complete: completeAccount,
  refuse: refuseAccount,
  course: accountCourse,
  settled(now, was, world) {
    if (!now && was) softDelete(was, world);
  },
  loaded: takeApart,
  show: showAccount,
  actions: {
    listKeys: (it) =>
      it.properties["disableLocalAuth"] === true
        ? // public text; not recorded
          failure(400, "BadRequest", "Failed to list key. disableLocalAuth is set to be true")
        : { status: 200, body: keysOf(it) },
  },
  connections: connectionRules,
};

const trusting = ["OpenAI", "AIServices", "TextAnalytics"];

function completeAccount(wanted: Stored, was: Stored | undefined, world: World): Stored {
  const restored = deletedAccounts(world).restored(wanted);
  if (restored) return restored;
  const sent = omit(wanted.properties, ["restore", "migrationToken"]);
  const sub = sent["customSubDomainName"] ?? was?.properties["customSubDomainName"];
  const it = {
    ...wanted,
    properties: { ...sent, ...(sub !== undefined && { customSubDomainName: sub }) },
  };
  const moved = was !== undefined && was.properties["customSubDomainName"] !== sub;
  const kind = String(wanted["kind"]);
  return {
    ...it,
    properties: {
      ...endpointsOf(it),
      internalId: world.guid().replaceAll("-", ""),
      dateCreated: precise(world.now()),
      ...(kind === "OpenAI" && { apiProperties: {} }),
      ...(["AIServices", "TextAnalytics"].includes(kind) && {
        apiProperties: { qnaAzureSearchEndpointKey: null },
      }),
      callRateLimit: { rules: [] },
      isMigrated: false,
      publicNetworkAccess: "Enabled",
      capabilities: capabilitiesOf(kind),
      ...it.properties,
      ...(moved && endpointsOf(it)),
    },
  };
}

function capabilitiesOf(kind: string): Body[] {
  const names = ["VirtualNetworks", "CustomerManagedKey"];
  return [...names, ...(trusting.includes(kind) ? ["TrustedServices"] : [])].map((name) => ({
    name,
  }));
}

function accountCourse({ method, was, wanted, body, world }: Change): Course {
  const dialect = "cognitiveServices" as const;
  if (!wanted) return { status: 200 };
  if (method === "PATCH") return isSmall(body, was) ? { status: 200 } : accepted(body, world);
  const headers = ["Azure-AsyncOperation"] as const;
  if (was)
    // aso_account_20250601_crud 2 and 8: 6 s
    return {
      status: 200,
      state: "Accepted",
      seconds: 6,
      operation: { dialect, headers, word: "Updating" },
    };
  // softdelete 8, user_owned_storage 1: created at once, without headers
  if (deletedAccounts(world).isRestore(body) || body["kind"] === "SpeechServices")
    return { status: 201 };
  const seconds = body["kind"] === "AIServices" ? world.between(6, 7) : world.between(31, 41);
  return {
    status: 201,
    state: "Creating",
    seconds,
    operation: { dialect, headers, word: "Creating" },
  };
}

/** crud 5: tags, an unchanged sku and empty properties are settled at once; nr 66: equal values are not. */
function isSmall(body: Body, was: Stored | undefined): boolean {
  const properties = body["properties"];
  const empty = !isObject(properties) || Object.keys(properties).length === 0;
  const sameSku =
    body["sku"] === undefined || JSON.stringify(body["sku"]) === JSON.stringify(was?.["sku"]);
  return empty && sameSku && body["identity"] === undefined;
}

/** nr, dla, ps: 31-43 s for all of the network and keys; identity 1 s; cdom 10: sub-domain 0 s. */
function accepted(body: Body, world: World): Course {
  const changed = isObject(body["properties"]) ? Object.keys(body["properties"]) : [];
  const quick = changed.length === 0 ? 1 : 0;
  const seconds = changed.every((it) => it === "customSubDomainName")
    ? quick
    : world.between(31, 43);
  const operation = { dialect: "cognitiveServices", word: "Updating" } as const;
  return { status: 202, state: "Accepted", seconds, operation };
}

function showAccount(it: Stored, version: string, world: World): Body {
  const properties = { ...it.properties, privateEndpointConnections: embedded(it, world) };
  // c7n 10: the oldest version hides these, 2025-06-01 adds one for OpenAI
  if (version === "2017-04-18")
    return {
      ...omit(it, ["systemData"]),
      properties: omit(properties, ["endpoints", "allowProjectManagement", "callRateLimit"]),
    };
  const modern = version >= "2025-06-01" && same(String(it["kind"]), "OpenAI");
  return { ...it, properties: { ...(modern && { allowProjectManagement: false }), ...properties } };
}

/** Two keys of 32 digits, the same as long as the account lives. */
function keysOf(it: Stored): Body {
  const key1 = String(it.properties["internalId"]);
  return { key1, key2: [...key1].reverse().join("") };
}

/** pec 5, pe 5 (FormRecognizer, TextAnalytics); OpenAI and AIServices were not recorded. */
const privateLinkResources = view(
  "Microsoft.CognitiveServices/accounts/privateLinkResources",
  cognitiveVersions,
  {
    LIST: ({ target }) =>
      list([
        {
          id: `${target.parent}/privateLinkResources/account`,
          name: "account",
          type: "Microsoft.CognitiveServices/accounts/privateLinkResources",
          properties: {
            groupId: "account",
            requiredMembers: ["default"],
            requiredZoneNames: ["privatelink.cognitiveservices.azure.com"],
          },
        },
      ]),
  },
);

export const cognitiveServicesKinds: readonly Kind[] = [
  accounts,
  connectionsKind,
  ...childKinds,
  privateLinkResources,
  ...deletedKinds,
];
