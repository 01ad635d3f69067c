import { group, localAzure } from "./local-azure.ts";

export const network = `${group}/providers/Microsoft.Network`;
export const vnet = `${network}/virtualNetworks/vnet`;
export const subnet = `${vnet}/subnets/endpoints`;
export const endpoint = `${network}/privateEndpoints/pe`;
export const account = `${group}/providers/Microsoft.CognitiveServices/accounts/acc`;
export const version = "2024-03-01";

export const workspace = `${group}/providers/Microsoft.MachineLearningServices/workspaces/ws`;
export const workspaceId = "419b3a2c-288c-4391-9f1e-236c0b6e471b";
export const workspaceRow = {
  id: workspace,
  location: "westeurope",
  properties: { provisioningState: "Succeeded", workspaceId },
};

export const vnetBody = (properties: object = {}) => ({
  location: "West Europe",
  properties: {
    addressSpace: { addressPrefixes: ["10.1.0.0/16"] },
    subnets: [{ name: "endpoints", properties: { addressPrefix: "10.1.2.0/28" } }],
    ...properties,
  },
});

export function endpointBody(target = account, properties: object = {}, groupIds = ["account"]) {
  const asked = { privateLinkServiceId: target, groupIds };
  return {
    location: "West Europe",
    properties: {
      subnet: { id: subnet },
      privateLinkServiceConnections: [{ name: "c", properties: asked }],
      ...properties,
    },
  };
}

export const manual = (requestMessage?: string) => ({
  privateLinkServiceConnections: [],
  manualPrivateLinkServiceConnections: [
    {
      name: "c",
      properties: {
        privateLinkServiceId: account,
        groupIds: ["account"],
        ...(requestMessage !== undefined && { requestMessage }),
      },
    },
  ],
});

/** A network with a subnet, and an account at rest. */
export function withTarget(kind = "OpenAI") {
  const local = localAzure();
  const call: typeof local.call = (method, id, ask) =>
    local.call(method, id, id.includes("Microsoft.Network") ? { version, ...ask } : ask);
  const sku = { name: "S0" };
  const properties = { customSubDomainName: "sub" };
  call("PUT", account, { body: { location: "westeurope", kind, sku, properties } });
  call("PUT", vnet, { body: vnetBody() });
  local.advance(60);
  return { ...local, call };
}

/** An endpoint that has ended its life's first minute. */
export function withEndpoint(kind?: string, properties?: object) {
  const local = withTarget(kind);
  local.call("PUT", endpoint, { body: endpointBody(account, properties) });
  local.advance(60);
  return local;
}
