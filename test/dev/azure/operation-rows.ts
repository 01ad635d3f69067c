import { group, person, subscription } from "./local-azure.ts";

/** One of a type whose verbs are much like those of others. */
export type Row = Readonly<{
  id: string;
  version: string;
  body: object;
  /** Absent: the type has no PATCH. */
  patch?: object;
  /** Where its list stands; absent: its parent. */
  list?: string;
  /** Made with what holds it, goes with it. */
  stays?: true;
  /** PUT changes one that is there already. */
  isThere?: true;
}>;

export const location = "westeurope";
const network = `${group}/providers/Microsoft.Network`;
export const vnet = `${network}/virtualNetworks/vnet`;
export const hub = `${network}/virtualNetworks/hub`;
export const zone = `${network}/privateDnsZones/contoso.test`;
export const server = `${group}/providers/Microsoft.Sql/servers/srv`;
export const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mi`;
export const account = `${group}/providers/Microsoft.CognitiveServices/accounts/acc`;
export const endpoint = `${network}/privateEndpoints/pe`;
const at = "2025-05-01";
export const dns = "2024-06-01";
const tags = { tags: { a: "b" } };
const ttl = { properties: { ttl: 60 } };
const reader = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;

const record = (type: string, properties: object): Row => ({
  id: `${zone}/${type}/web`,
  version: dns,
  body: { properties: { ttl: 3600, ...properties } },
  patch: ttl,
});

export const rows: readonly Row[] = [
  record("A", { aRecords: [{ ipv4Address: "10.0.0.1" }] }),
  record("AAAA", { aaaaRecords: [{ ipv6Address: "::1" }] }),
  record("CNAME", { cnameRecord: { cname: "other.test" } }),
  record("MX", { mxRecords: [{ preference: 1, exchange: "mail.test" }] }),
  record("PTR", { ptrRecords: [{ ptrdname: "other.test" }] }),
  record("SRV", { srvRecords: [{ port: 1, priority: 1, target: "other.test", weight: 1 }] }),
  record("TXT", { txtRecords: [{ value: ["text"] }] }),
  {
    id: `${zone}/SOA/@`,
    version: dns,
    body: { properties: { ttl: 3600, soaRecord: { email: "a.b", refreshTime: 1 } } },
    patch: ttl,
    stays: true,
    isThere: true,
  },
  { id: `${zone}x`, version: dns, body: { location: "global" }, patch: tags },
  {
    id: `${zone}/virtualNetworkLinks/link`,
    version: dns,
    body: {
      location: "global",
      properties: { virtualNetwork: { id: vnet }, registrationEnabled: false },
    },
    patch: tags,
  },
  {
    id: `${vnet}x`,
    version: at,
    body: { location, properties: { addressSpace: { addressPrefixes: ["10.1.0.0/16"] } } },
    patch: tags,
  },
  {
    id: `${vnet}/subnets/other`,
    version: at,
    body: { properties: { addressPrefix: "10.0.1.0/24" } },
  },
  {
    id: `${vnet}/virtualNetworkPeerings/peer`,
    version: "2024-03-01",
    body: { properties: { remoteVirtualNetwork: { id: hub } } },
  },
  {
    id: `${network}/networkInterfaces/nic`,
    version: at,
    body: {
      location,
      properties: {
        ipConfigurations: [{ name: "a", properties: { subnet: { id: `${vnet}/subnets/s` } } }],
      },
    },
    patch: tags,
  },
  {
    id: endpoint,
    version: at,
    body: {
      location,
      properties: {
        subnet: { id: `${vnet}/subnets/s` },
        privateLinkServiceConnections: [
          { name: "c", properties: { privateLinkServiceId: account, groupIds: ["account"] } },
        ],
      },
    },
  },
  {
    id: `${endpoint}there/privateDnsZoneGroups/default`,
    version: at,
    body: {
      properties: {
        privateDnsZoneConfigs: [{ name: "one", properties: { privateDnsZoneId: zone } }],
      },
    },
  },
  ...[
    "applicationSecurityGroups",
    "networkSecurityGroups",
    "publicIPAddresses",
    "loadBalancers",
    "applicationGateways",
  ].map((type): Row => {
    const body = { location, properties: {} };
    return { id: `${network}/${type}/it`, version: "2024-03-01", body, patch: tags };
  }),
  { id: `${identity}x`, version: "2023-01-31", body: { location }, patch: tags },
  {
    id: `${identity}/federatedIdentityCredentials/fic`,
    version: "2023-01-31",
    body: { properties: { issuer: "https://i.test", subject: "s", audiences: ["a"] } },
  },
  {
    id: server,
    version: "2023-08-01",
    body: { location, properties: { administratorLogin: "a" } },
    patch: tags,
  },
  {
    id: `${account}/providers/Microsoft.Authorization/locks/lock`,
    version: "2020-05-01",
    body: { properties: { level: "CanNotDelete" } },
  },
  {
    id: `${group}/providers/Microsoft.Authorization/roleAssignments/aab463b4-d1c7-43d2-ab6f-d208a9ebda45`,
    version: "2022-04-01",
    body: { properties: { principalId: person.objectId, roleDefinitionId: reader } },
  },
  {
    id: `${account}/providers/Microsoft.Resources/tags/default`,
    version: "2021-04-01",
    body: { properties: tags },
    patch: { operation: "Merge", properties: tags },
    stays: true,
    isThere: true,
  },
  {
    id: `${group}x`,
    version: "2021-04-01",
    body: { location },
    patch: tags,
    list: `${subscription}/resourceGroups`,
  },
];
