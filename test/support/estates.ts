import { subscription } from "./laptop.ts";

export const group = `/subscriptions/${subscription}/resourceGroups/ai`;
const network = `${group}/providers/Microsoft.Network`;
export const accountId = `${group}/providers/Microsoft.CognitiveServices/accounts/openai-prod`;
export const endpointId = `${network}/privateEndpoints/openai-prod-pe`;
export const zoneGroupId = `${endpointId}/privateDnsZoneGroups/default`;
const networkId = `${network}/virtualNetworks/hub`;
const otherNetworkId = `${network}/virtualNetworks/other`;

/** An OpenAI account, closed to the public unless said otherwise. */
export const account = (properties: object = {}, more: object = {}) => ({
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
  ...more,
});

/** A search service, closed to the public. */
export const search = () => ({
  id: `${group}/providers/Microsoft.Search/searchServices/search`,
  type: "Microsoft.Search/searchServices",
  name: "search",
  location: "westeurope",
  sku: { name: "basic" },
  properties: { provisioningState: "succeeded", publicNetworkAccess: "Disabled" },
});

export const zoneId = (name: string) => `${network}/privateDnsZones/${name}`;

/** A zone, linked to the network of the endpoint. */
export const zone = (name: string, linkedTo: readonly string[] = [networkId]) => [
  { id: zoneId(name), name, type: "Microsoft.Network/privateDnsZones", location: "global" },
  ...linkedTo.map((id, n) => ({
    id: `${zoneId(name)}/virtualNetworkLinks/link${n}`,
    name: `link${n}`,
    type: "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    properties: { provisioningState: "Succeeded", virtualNetwork: { id } },
  })),
];
export const otherNetwork = otherNetworkId;

const networkOf = (id: string) => ({
  id,
  type: "Microsoft.Network/virtualNetworks",
  name: id.split("/").at(-1),
  location: "westeurope",
  properties: {
    provisioningState: "Succeeded",
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    subnets: [{ name: "endpoints", properties: { addressPrefix: "10.0.1.0/24" } }],
  },
});

/** An endpoint of the account, in the network; automatic unless said otherwise. */
export const endpoint = (array = "privateLinkServiceConnections") => [
  networkOf(networkId),
  {
    id: endpointId,
    type: "Microsoft.Network/privateEndpoints",
    name: "openai-prod-pe",
    location: "westeurope",
    properties: {
      provisioningState: "Succeeded",
      subnet: { id: `${networkId}/subnets/endpoints` },
      [array]: [
        { name: "c", properties: { privateLinkServiceId: accountId, groupIds: ["account"] } },
      ],
    },
  },
];

export const zoneGroup = (...zones: string[]) => ({
  id: zoneGroupId,
  type: "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
  name: "default",
  properties: {
    provisioningState: "Succeeded",
    privateDnsZoneConfigs: zones.map((name) => ({
      name: name.replaceAll(".", "-"),
      properties: { privateDnsZoneId: zoneId(name) },
    })),
  },
});

export const openai = "privatelink.openai.azure.com";
export const cognitive = "privatelink.cognitiveservices.azure.com";
export const foundry = "privatelink.services.ai.azure.com";

/** All that a first closing asks for: an approved endpoint, its zone group, its zone and link. */
export const reachable = () => [...endpoint(), ...zone(openai), zoneGroup(openai)];
