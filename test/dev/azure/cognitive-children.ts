import { group, localAzure } from "./local-azure.ts";

export const account = `${group}/providers/Microsoft.CognitiveServices/accounts/acc`;
export const network = `${account}/managedNetworks/default`;
export const rule = (name: string): string => `${network}/outboundRules/${name}`;
export const tag = {
  category: "Recommended",
  destination: { serviceTag: "Storage", protocol: "TCP", portRanges: "443" },
  type: "ServiceTag",
};

/** A Foundry account at rest, with a managed network if there is a body of one. */
export function foundry(managed?: object, properties: object = {}) {
  const local = localAzure();
  local.azure.load([
    {
      id: account,
      kind: "AIServices",
      location: "eastus",
      sku: { name: "S0" },
      systemData: { createdAt: "2026-11-01T00:00:00Z", createdBy: "somebody" },
      properties: {
        provisioningState: "Succeeded",
        allowProjectManagement: true,
        ...properties,
      },
    },
  ]);
  if (managed) {
    local.call("PUT", network, { version: "2026-03-01", body: managed });
    local.advance(456);
  }
  return local;
}
