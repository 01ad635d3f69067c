import type { Body } from "../../answers.ts";
import type { Stored } from "../../kinds.ts";
import { isObject, omit, precise, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { embedded } from "./connections.ts";
import { restored } from "./deleted.ts";
import { endpointsOf, sharedHost } from "./endpoints.ts";

/** OpenAI and AIServices show TrustedServices (nsp, mn, c7n); terraform azurerm: TextAnalytics. */
const trusting = ["OpenAI", "AIServices", "TextAnalytics"];

/** Which kinds let Azure's own services in: the capability tells. */
export const isTrusting = (kind: unknown): boolean => trusting.some((it) => same(it, String(kind)));

/** `keys` is never shown: it is what listKeys answers. */
export const providerWritten = [
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
  "a365Status",
  "keys",
];

export function completeAccount(wanted: Stored, was: Stored | undefined, world: World): Stored {
  const back = was ? undefined : restored(wanted, world);
  if (back) return back;
  const sent = normal(omit(wanted.properties, ["restore", "migrationToken"]));
  const before = was?.properties["customSubDomainName"];
  const sub = sent["customSubDomainName"] ?? before;
  const it = {
    ...wanted,
    ...identityOf(wanted, world),
    properties: { ...sent, ...(sub !== undefined && { customSubDomainName: sub }) },
  };
  const isOther = was !== undefined && (before !== sub || was["kind"] !== wanted["kind"]);
  const kind = String(wanted["kind"]);
  return {
    ...it,
    properties: {
      ...endpointsOf(it),
      internalId: world.guid().replaceAll("-", ""),
      dateCreated: precise(world.now()),
      callRateLimit: { rules: [] },
      isMigrated: false,
      publicNetworkAccess: "Enabled",
      capabilities: capabilitiesOf(kind),
      ...it.properties,
      ...apiPropertiesOf(kind, sent["apiProperties"]),
      ...(isOther && { ...endpointsOf(it), capabilities: capabilitiesOf(kind) }),
    },
  };
}

/** accounts 24: a tenant also with user-assigned identities alone. */
function identityOf({ identity }: Stored, world: World): Body {
  if (!isObject(identity) || !/userassigned/i.test(String(identity["type"]))) return {};
  return { identity: { tenantId: world.directory.all()[0]?.tenantId ?? "", ...identity } };
}

/** nr, spa: what is sent is stored as sent, but `state` of a network's rule never came back. */
function normal(sent: Body): Body {
  const access = ["Enabled", "Disabled"].find((it) =>
    same(it, String(sent["publicNetworkAccess"])),
  );
  const acls = sent["networkAcls"];
  const rules = isObject(acls) ? acls["virtualNetworkRules"] : undefined;
  return {
    ...sent,
    ...regionsOf(sent["locations"]),
    ...(access !== undefined && { publicNetworkAccess: access }),
    ...(isObject(acls) &&
      Array.isArray(rules) && {
        networkAcls: {
          ...acls,
          virtualNetworkRules: rules.map((it) => (isObject(it) ? omit(it, ["state"]) : it)),
        },
      }),
  };
}

/** accounts 26: each region with its shared host. */
function regionsOf(locations: unknown): Body {
  if (!isObject(locations) || !Array.isArray(locations["regions"])) return {};
  const regions = locations["regions"].map((it) =>
    isObject(it) ? { customsubdomain: sharedHost(String(it["name"])), ...it } : it,
  );
  return { locations: { ...locations, regions } };
}

const secrets = [
  "qnaAzureSearchEndpointKey",
  "eventHubConnectionString",
  "storageAccountConnectionString",
];

/** accounts 14: a null for the key on some kinds, `{}` on OpenAI, else nothing; keys never come back. */
function apiPropertiesOf(kind: string, sent: unknown): Body {
  const withNull = ["AIServices", "TextAnalytics"].some((it) => same(it, kind));
  if (!withNull && !isObject(sent)) return same(kind, "OpenAI") ? { apiProperties: {} } : {};
  const shown = Object.entries(isObject(sent) ? sent : {}).map(([name, value]) => [
    name,
    secrets.includes(name) ? null : value,
  ]);
  return {
    apiProperties: {
      ...(withNull && { qnaAzureSearchEndpointKey: null }),
      ...Object.fromEntries(shown),
    },
  };
}

function capabilitiesOf(kind: string): Body[] {
  const names = ["VirtualNetworks", "CustomerManagedKey"];
  return [...names, ...(isTrusting(kind) ? ["TrustedServices"] : [])].map((name) => ({ name }));
}

/** From which version on what is new in it is shown: specification; 2017-04-18: c7n 10. */
const newSince: Readonly<Record<string, readonly string[]>> = {
  "2021-04-30": [
    "endpoints",
    "callRateLimit",
    "disableLocalAuth",
    "restrictOutboundNetworkAccess",
    "allowedFqdnList",
  ],
  "2024-10-01": ["amlWorkspace", "raiMonitorConfig"],
  "2025-04-01": [
    "allowProjectManagement",
    "defaultProject",
    "associatedProjects",
    "networkInjections",
  ],
  "2025-09-01": ["storedCompletionsDisabled"],
};

export function showAccount(it: Stored, version: string, world: World): Body {
  const hidden = Object.entries(newSince).flatMap(([since, names]) =>
    version < since ? names : [],
  );
  const { networkAcls, ...rest } = it.properties;
  const properties = omit(
    {
      // accounts 10, accounts 15: of every kind
      allowProjectManagement: false,
      ...agentLogging(it),
      ...rest,
      ...(isObject(networkAcls) && {
        networkAcls: version < "2023-10" ? omit(networkAcls, ["bypass"]) : networkAcls,
      }),
      privateEndpointConnections: embedded(it, world),
    },
    [...hidden, ...(isPreview(version) ? [] : ["a365LoggingEnabled", "a365Status"]), "keys"],
  );
  return { ...(version < "2021" ? omit(it, ["systemData"]) : it), properties };
}

/** accounts 18: since the end of April 2026, at the previews of that year. */
const agentLogging = (it: Stored): Body =>
  same("AIServices", String(it["kind"])) ? { a365LoggingEnabled: true, a365Status: "Enabled" } : {};

const isPreview = (version: string): boolean => version >= "2026" && version.endsWith("-preview");
