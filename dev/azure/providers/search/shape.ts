import type { Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import { displayName } from "../../display-names.ts";
import type { Stored } from "../../kinds.ts";
import { isObject, omit, pick, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { embeddedConnections } from "./connections.ts";
import { freshKeys } from "./keys.ts";
import { embeddedLinks } from "./links.ts";

/** `keys` is never shown: it is what listAdminKeys and listQueryKeys answer. */
export const providerWritten = [
  "endpoint",
  "status",
  "statusDetails",
  "privateEndpointConnections",
  "sharedPrivateLinkResources",
  "eTag",
  "upgradeAvailable",
  "serviceUpgradedAt",
  "keys",
];

export const accesses = ["Enabled", "Disabled", "SecuredByPerimeter"];

/**
 * Recorded defaults; `Enabled` and the region's display name are answered whatever was sent. The hosting
 * mode keeps the letters it was made with, a PATCH's do not count (NET CanAddAndRemoveServiceIdentity);
 * unsaid it is `Default`, 2015 to 2025, at each api-version (12 of 12: NET, PS).
 */
export function completeService(
  wanted: Stored,
  was: Stored | undefined,
  world: World,
  call?: Call,
): Stored {
  const sent = wanted.properties;
  const access = accesses.find((it) => same(it, String(sent["publicNetworkAccess"])));
  const isLocalAuthOff = sent["disableLocalAuth"] === true;
  return {
    ...wanted,
    location: displayName(wanted.location ?? ""),
    tags: wanted["tags"] ?? {},
    properties: {
      replicaCount: 1,
      partitionCount: 1,
      hostingMode: "Default",
      computeType: "Default",
      publicNetworkAccess: "Enabled",
      disableLocalAuth: false,
      dataExfiltrationProtections: [],
      disabledDataExfiltrationOptions: [],
      semanticSearch: "free",
      knowledgeRetrieval: "free",
      statusDetails: "",
      status: "running",
      provisioningState: "succeeded",
      keys: was?.properties["keys"] ?? freshKeys(world),
      ...sent,
      ...(was && pick(was.properties, ["hostingMode"])),
      ...(access !== undefined && { publicNetworkAccess: access }),
      networkRuleSet: { ipRules: [], bypass: "None", ...objectIn(sent, "networkRuleSet") },
      encryptionWithCmk: {
        enforcement: "Unspecified",
        ...objectIn(sent, "encryptionWithCmk"),
        encryptionComplianceStatus: "Compliant",
      },
      // recorded: true makes it null without a word of it in the body
      authOptions: isLocalAuthOff ? null : (sent["authOptions"] ?? authUnsaid(call?.version)),
    },
  };
}

/** test_service_knowledge_retrieval 2: who asks for nothing gets Entra ID beside the keys, since 2026. */
const authUnsaid = (version = ""): Body =>
  version < "2026"
    ? { apiKeyOnly: {} }
    : { aadOrApiKey: { aadAuthFailureMode: "http401WithBearerChallenge" } };

function objectIn(it: Body, name: string): Body {
  const value = it[name];
  return isObject(value) ? value : {};
}

/** From which version on what is new in it is shown; 2020-03-13: NET, 2022-09-01: specification. */
const newSince: Readonly<Record<string, readonly string[]>> = {
  "2020-03-13": [
    "publicNetworkAccess",
    "networkRuleSet",
    "privateEndpointConnections",
    "sharedPrivateLinkResources",
  ],
  "2022-09-01": ["encryptionWithCmk", "disableLocalAuth", "authOptions"],
  "2023-11-01": ["semanticSearch"],
  "2025-05-01": [
    "endpoint",
    "computeType",
    "dataExfiltrationProtections",
    "upgradeAvailable",
    "serviceUpgradedAt",
  ],
  "2026-03-01-preview": ["disabledDataExfiltrationOptions", "knowledgeRetrieval"],
};

/** What is new in an api-version does not show in older ones (test_service_update_ip_rules 20 and 21). */
export function showService(it: Stored, version: string, world: World): Body {
  const hidden = [
    "keys",
    "eTag",
    ...Object.entries(newSince).flatMap(([since, names]) => (version < since ? names : [])),
  ];
  const properties = {
    endpoint: `https://${it.name}.search.windows.net`,
    upgradeAvailable: "notAvailable",
    serviceUpgradedAt: null,
    ...it.properties,
    provisioningState: stateAt(version, String(it.properties["provisioningState"])),
    encryptionWithCmk: encryptionAt(version, objectIn(it.properties, "encryptionWithCmk")),
    privateEndpointConnections: embeddedConnections(it, world),
    sharedPrivateLinkResources: embeddedLinks(it, world),
  };
  return {
    ...pick(it, ["id", "name", "type", "location", "tags"]),
    properties: omit(properties, hidden),
    ...(version >= "2025" && systemDataOf(it)),
    ...pick(it, ["sku"]),
    ...identityAt(version, it["identity"]),
  };
}

/** `Provisioning`, `Succeeded` at 2026-03-01-preview (test_service_knowledge_retrieval). */
const stateAt = (version: string, state: string): string =>
  version < "2026" ? state : state.slice(0, 1).toUpperCase() + state.slice(1);

/** test_service_update_service_level_encryption_key: null where there is none, since 2026-03-01-preview. */
const encryptionAt = (version: string, it: Body): Body =>
  version < "2026"
    ? omit(it, ["serviceLevelEncryptionKey"])
    : { serviceLevelEncryptionKey: null, ...it };

/** test_service_update_msi: one that was taken away showed nulls in 2021, and is gone in 2025. */
function identityAt(version: string, identity: unknown): Body {
  if (!isObject(identity)) return {};
  if (!same(String(identity["type"]), "none")) return { identity };
  return version < "2025" ? { identity: { type: "None", principalId: null, tenantId: null } } : {};
}

/** 2025-05-01 tells when it was made and nothing else. */
function systemDataOf(it: Stored): Body {
  const systemData = it["systemData"];
  return isObject(systemData) ? { systemData: pick(systemData, ["createdAt"]) } : {};
}
