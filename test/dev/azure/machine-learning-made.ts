import { group, localAzure, type Shown } from "./local-azure.ts";

export const space = `${group}/providers/Microsoft.MachineLearningServices/workspaces`;
export const workspace = `${space}/studio`;
export const stores = {
  storageAccount: `${group}/providers/Microsoft.Storage/storageAccounts/store`,
  keyVault: `${group}/providers/Microsoft.KeyVault/vaults/vault`,
};

/** The body of a PUT. */
export const asked = (properties: object = {}, kind?: string) => ({
  location: "westus3",
  ...(kind && { kind }),
  identity: { type: "SystemAssigned" },
  sku: { name: "Standard_S1", tier: "Free" },
  properties: { ...stores, ...properties },
});

/** A local Azure with one workspace that somebody made. */
export function withMade(body: object = asked(), options: Parameters<typeof localAzure>[0] = {}) {
  const local = localAzure(options);
  local.call("PUT", workspace, { body });
  local.advance(60);
  return local;
}

/** What the judge of requests does not know is not shown to it. */
export const at = (version: string) =>
  version < "2024" ? { version, isUnjudged: true as const } : { version };

export const network = (isolationMode: string, more: object = {}) => ({
  managedNetwork: { isolationMode, ...more },
});

export const networkOf = ({ body }: { body: Shown }): Shown | undefined =>
  body["properties"]?.["managedNetwork"];

export const internet = "AllowInternetOutbound";
export const approved = "AllowOnlyApprovedOutbound";
