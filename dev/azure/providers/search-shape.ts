import type { Body } from "../answers.ts";
import { displayName } from "../display-names.ts";
import type { Stored } from "../kinds.ts";
import { isObject, omit, pick, same } from "../merge.ts";
import type { World } from "../world.ts";
import { embeddedConnections } from "./search-connections.ts";
import { freshKeys } from "./search-keys.ts";
import { embeddedLinks } from "./search-links.ts";

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
 * Recorded defaults; `Enabled` and the region's display name are answered whatever was sent. `default`
 * of the hosting mode was answered since 2023-10, also at 2025-05-01 (1e), whose specification writes it large.
 */
export function completeService(wanted: Stored, was: Stored | undefined, world: World): Stored {
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
      hostingMode: "default",
      computeType: "Default",
      publicNetworkAccess: "Enabled",
      disableLocalAuth: false,
      dataExfiltrationProtections: [],
      semanticSearch: "free",
      statusDetails: "",
      status: "running",
      provisioningState: "succeeded",
      keys: was?.properties["keys"] ?? freshKeys(world),
      ...sent,
      ...(access !== undefined && { publicNetworkAccess: access }),
      networkRuleSet: { ipRules: [], bypass: "None", ...objectIn(sent, "networkRuleSet") },
      encryptionWithCmk: {
        enforcement: "Unspecified",
        ...objectIn(sent, "encryptionWithCmk"),
        encryptionComplianceStatus: "Compliant",
      },
      // recorded: true makes it null without a word of it in the body
      authOptions: isLocalAuthOff ? null : (sent["authOptions"] ?? { apiKeyOnly: {} }),
    },
  };
}

function objectIn(it: Body, name: string): Body {
  const value = it[name];
  return isObject(value) ? value : {};
}

/** From which version on what is new in it is shown; up to 2022-09-01: specification. */
const newSince: Readonly<Record<string, readonly string[]>> = {
  "2020-03-13": ["publicNetworkAccess", "networkRuleSet", "privateEndpointConnections"],
  "2020-08-01": ["sharedPrivateLinkResources"],
  "2022-09-01": ["encryptionWithCmk", "disableLocalAuth", "authOptions"],
  "2023-11-01": ["semanticSearch"],
  "2025-05-01": [
    "endpoint",
    "computeType",
    "dataExfiltrationProtections",
    "upgradeAvailable",
    "serviceUpgradedAt",
  ],
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
    hostingMode: hostingModeAt(version, String(it.properties["hostingMode"])),
    privateEndpointConnections: embeddedConnections(it, world),
    sharedPrivateLinkResources: embeddedLinks(it, world),
  };
  return {
    ...pick(it, ["id", "name", "type", "location", "tags"]),
    properties: omit(properties, hidden),
    ...(version >= "2025" && systemDataOf(it)),
    ...pick(it, ["sku", "identity"]),
  };
}

/** Recorded since 2023-10 at older versions: `default`, `highDensity`, whatever was sent. */
const hostingModeAt = (version: string, stored: string): string =>
  version < "2025" ? stored.slice(0, 1).toLowerCase() + stored.slice(1) : stored;

/** 2025-05-01 tells when it was made and nothing else. */
function systemDataOf(it: Stored): Body {
  const systemData = it["systemData"];
  return isObject(systemData) ? { systemData: pick(systemData, ["createdAt"]) } : {};
}
