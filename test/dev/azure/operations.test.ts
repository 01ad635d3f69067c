import { describe, expect, test } from "vitest";
import { app, group, localAzure, person, subscription } from "./local-azure.ts";

/** The verbs of types that are much like others: each once with success, each once with its refusal. */
type Row = Readonly<{
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

const location = "westeurope";
const network = `${group}/providers/Microsoft.Network`;
const vnet = `${network}/virtualNetworks/vnet`;
const hub = `${network}/virtualNetworks/hub`;
const zone = `${network}/privateDnsZones/contoso.test`;
const server = `${group}/providers/Microsoft.Sql/servers/srv`;
const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mi`;
const account = `${group}/providers/Microsoft.CognitiveServices/accounts/acc`;
const endpoint = `${network}/privateEndpoints/pe`;
const at = "2025-05-01";
const dns = "2024-06-01";
const tags = { tags: { a: "b" } };
const ttl = { properties: { ttl: 60 } };
const reader = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;

const record = (type: string, properties: object): Row => ({
  id: `${zone}/${type}/web`,
  version: dns,
  body: { properties: { ttl: 3600, ...properties } },
  patch: ttl,
});

const rows: readonly Row[] = [
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

const parentOf = (id: string): string => id.slice(0, id.lastIndexOf("/"));
const hasList = (id: string): boolean => !id.includes("/Microsoft.Resources/tags/");

/** What the rows stand on. */
function withEstate() {
  const local = localAzure();
  local.azure.load([
    {
      id: vnet,
      location,
      properties: {
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
        subnets: [{ name: "s", properties: { addressPrefix: "10.0.0.0/24" } }],
      },
    },
    { id: hub, location, properties: {} },
    { id: identity, location },
    {
      id: account,
      kind: "OpenAI",
      location,
      sku: { name: "S0" },
      properties: { provisioningState: "Succeeded", customSubDomainName: "sub" },
    },
    {
      id: `${endpoint}there`,
      location,
      properties: {
        provisioningState: "Succeeded",
        subnet: { id: `${vnet}/subnets/s` },
        privateLinkServiceConnections: [
          { name: "c", properties: { privateLinkServiceId: account, groupIds: ["account"] } },
        ],
      },
    },
  ]);
  local.call("PUT", zone, { version: dns, body: { location: "global" } });
  local.advance(60);
  return local;
}

describe.each(rows)("$id", ({ id, version, body, patch, list = parentOf(id), stays, isThere }) => {
  test("every verb succeeds", () => {
    const { call, advance } = withEstate();
    const made = call("PUT", id, { version, body });
    expect([200, 201, 202], "each its own").toContain(made.status);
    if (isThere) expect(made.status).toBe(200);
    advance(301);
    expect(call("GET", id, { version }).status).toBe(200);
    if (hasList(id)) {
      const { body: shown } = call("GET", list, { version });
      const name = id.slice(id.lastIndexOf("/") + 1);
      expect(shown["value"]?.map((it) => it["name"])).toContain(name);
    }
    if (patch) {
      expect([200, 202]).toContain(call("PATCH", id, { version, body: patch }).status);
      advance(301);
    }
    if (stays) return;
    expect([200, 202]).toContain(call("DELETE", id, { version }).status);
    advance(301);
    expect([204, 404], "manners 1.2").toContain(call("DELETE", id, { version }).status);
  });

  test("nothing of it where nothing is", () => {
    const { call } = localAzure();
    const own = elsewhere(id);
    const asked: [string, string, object?][] = [["GET", own]];
    if (hasList(id)) asked.push(["GET", elsewhere(list)]);
    if (!isGroup(own)) asked.push(["PUT", own, body], ["DELETE", own]);
    if (patch) asked.push(["PATCH", own, patch]);
    for (const [method, path, sent] of asked) {
      const { status } = call(method, path, { version, ...(sent && { body: sent }) });
      expect(refusals(method), `${method} ${path}`).toContain(status);
    }
  });
});

const isGroup = (id: string): boolean => /\/resourceGroups\/[^/]+$/.test(id);

/** In a group, or a subscription, that is not there. */
const elsewhere = (path: string): string =>
  path.endsWith("/resourceGroups")
    ? "/subscriptions/00000000-0000-4000-8000-00000000dead/resourceGroups"
    : path.replace("/resourceGroups/rg", "/resourceGroups/none");

/** 1c: a link in a zone that is not there has been deleted already. */
const refusals = (method: string): number[] => (method === "DELETE" ? [404, 204] : [404, 403]);

test("what only the platform refuses: without a token, without a role", () => {
  const { call } = withEstate();
  const version = "2022-12-01";
  const nobody = { version, headers: { authorization: "Bearer none" } };
  for (const path of ["/subscriptions", "/tenants"])
    expect(call("GET", path, nobody).status, "public text").toBe(401);
  expect(call("GET", subscription, { version }).status).toBe(200);
  const other = subscription.replace("01", "0dead");
  expect(call("GET", other, { version }).status, "manners 1.9").toBe(403);
  const groups = { version: "2021-04-01" };
  for (const [method, path] of [
    ["GET", `${subscription}/resources`],
    ["GET", `${group}/resources`],
  ] as const) {
    expect(call(method, path, groups).status).toBe(200);
    expect(call(method, path, { ...groups, as: app }).status, "manners 1.9").toBe(403);
  }
  const forbidden = { ...groups, as: app, body: { location } };
  expect(call("PUT", `${group}x`, forbidden).status, "manners 1.9").toBe(403);
  const none = `${group}none`;
  expect(call("DELETE", none, groups).body["error"]?.["code"], "public").toBe(
    "ResourceGroupNotFound",
  );
  for (const [method, path, at] of [
    ["GET", `${none}/providers/Microsoft.Authorization/permissions`, "2022-04-01"],
    ["GET", `${zone.replace("/rg/", "/none/")}/ALL`, dns],
    ["GET", `${server}none/privateEndpointConnections`, "2023-08-01"],
    ["DELETE", `${server}none/privateEndpointConnections/c`, "2023-08-01"],
  ] as const)
    expect(call(method, path, { version: at }).status, path).toBe(404);
  const setting = `${none}/providers/Microsoft.Insights/diagnosticSettings/all`;
  const logs = { location, properties: { logs: [], storageAccountId: `${group}/x` } };
  expect(call("PUT", setting, { version: "2016-09-01", body: logs }).status, "manners 1.8").toBe(
    404,
  );
});
