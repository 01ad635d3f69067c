import { subscription } from "./laptop.ts";

export const group = `/subscriptions/${subscription}/resourceGroups/ai`;
const network = `${group}/providers/Microsoft.Network`;
export const accountId = `${group}/providers/Microsoft.CognitiveServices/accounts/openai-prod`;
export const endpointId = `${network}/privateEndpoints/openai-prod-pe`;
export const networkId = `${network}/virtualNetworks/hub`;

/** An OpenAI account without a private endpoint. */
export const account = (properties: object = {}) => ({
  id: accountId,
  type: "Microsoft.CognitiveServices/accounts",
  name: "openai-prod",
  kind: "OpenAI",
  location: "westeurope",
  sku: { name: "S0" },
  systemData: { createdAt: "2026-01-01T00:00:00Z" },
  properties: {
    provisioningState: "Succeeded",
    customSubDomainName: "openai-prod",
    publicNetworkAccess: "Disabled",
    ...properties,
  },
});
