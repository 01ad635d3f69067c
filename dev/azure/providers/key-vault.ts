import type { Body } from "../answers.ts";
import type { Kind, Stored } from "../kinds.ts";
import { isObject, omit, pick } from "../merge.ts";
import type { World } from "../world.ts";
import { connectionKind, connectionsIn, connectionsOf } from "./network/service-connections.ts";

const type = "Microsoft.KeyVault/vaults";
const versions = [
  "2019-09-01",
  "2020-04-01-preview",
  "2021-04-01-preview",
  "2021-06-01-preview",
  "2021-10-01",
  "2022-07-01",
  "2022-11-01",
  "2023-02-01",
  "2023-07-01",
  "2024-11-01",
  "2025-05-01",
];

/** Sources: recorded (ASO KeyVault_Vault_20230701 5 to 7), manners 1.2: all at once. Soft delete is not simulated. */
const vaults: Kind = {
  type,
  versions,
  tracked: true,
  systemData: true,
  complete: (wanted, _was, _world, call) => (call ? completed(wanted) : wanted), // a row is what it says
  course: () => ({ status: 200 }),
  show: showVault,
  connections: connectionsOf({ type, groupIds: ["vault"], named: ({ name = "" }) => name }),
};

function completed(wanted: Stored): Stored {
  return {
    tags: {},
    ...wanted,
    properties: {
      accessPolicies: [],
      enabledForDeployment: false,
      softDeleteRetentionInDays: 90,
      vaultUri: `https://${wanted.name}.vault.azure.net/`,
      publicNetworkAccess: "Enabled",
      ...omit(wanted.properties, ["createMode"]),
      enableSoftDelete: true, // manners 1.11: false comes back as true
    },
  };
}

function showVault(it: Stored, version: string, world: World): Body {
  const { networkAcls, publicNetworkAccess, ...rest } = it.properties;
  const own = connectionsIn(it, ["id", "properties"], world);
  const has = (own["privateEndpointConnections"] as unknown[] | undefined)?.length;
  return {
    ...pick(it, ["id", "name", "type", "location", "tags", "systemData"]),
    properties: {
      ...rest,
      ...(has && own),
      ...(!isDefault(networkAcls) && { networkAcls }),
      ...(version >= "2023-02-01" && publicNetworkAccess !== undefined && { publicNetworkAccess }),
    },
  };
}

/** Recorded: rules that equal the default do not come back (12 of 12). */
function isDefault(rules: unknown): boolean {
  if (!isObject(rules)) return true;
  const none = (key: string) => !Array.isArray(rules[key]) || rules[key].length === 0;
  return (
    (rules["bypass"] ?? "AzureServices") === "AzureServices" &&
    (rules["defaultAction"] ?? "Allow") === "Allow" &&
    none("ipRules") &&
    none("virtualNetworkRules")
  );
}

/** Recorded (CLI private_endpoint_connection_keyvault 17): named as the endpoint names it, with a location. */
const connections = connectionKind(type, versions, {
  show: (it, _version, world) => ({
    ...pick(it, ["id", "name", "type"]),
    location: world.get(it.id.slice(0, it.id.toLowerCase().lastIndexOf("/privateendpoint")))
      ?.location,
    properties: it.properties,
  }),
});

export const keyVaultKinds: readonly Kind[] = [vaults, connections];
