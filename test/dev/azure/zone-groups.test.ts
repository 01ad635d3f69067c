import { expect, test } from "vitest";
import { group, localAzure, person, subscription } from "./local-azure.ts";

const network = `${group}/providers/Microsoft.Network`;
const vnet = `${network}/virtualNetworks/vnet`;
const endpoint = `${network}/privateEndpoints/pe`;
const groups = `${endpoint}/privateDnsZoneGroups`;
const own = `${groups}/default`;
/** Answers as described: more than one zone at a recorded version is foreign to the judge. */
const version = "2025-05-01";
const recorded = "2024-03-01";
const dns = "2024-06-01";
const zoneOf = (name: string) => `${network}/privateDnsZones/privatelink.${name}`;
const cognitive = zoneOf("cognitiveservices.azure.com");
const openai = zoneOf("openai.azure.com");
const foundry = zoneOf("services.ai.azure.com");
const foreign = `${network}/privateDnsZones/www.contoso.test`;

const configs = (...zones: string[]) => ({
  properties: {
    privateDnsZoneConfigs: zones.map((privateDnsZoneId, n) => ({
      name: `config${n}`,
      properties: { privateDnsZoneId },
    })),
  },
});

const endpointBody = (array = "privateLinkServiceConnections", name = "acc") => ({
  location: "westeurope",
  properties: {
    subnet: { id: `${vnet}/subnets/endpoints` },
    [array]: [
      {
        name: "c",
        properties: {
          privateLinkServiceId: `${group}/providers/Microsoft.CognitiveServices/accounts/${name}`,
          groupIds: ["account"],
        },
      },
    ],
  },
});

/** A Foundry account with an endpoint, and four zones. */
function withZones(array?: string, at = version) {
  const local = localAzure();
  const call: typeof local.call = (method, id, ask) =>
    local.call(method, id, id.includes("Microsoft.Network") ? { version: at, ...ask } : ask);
  const subnets = [{ name: "endpoints", properties: { addressPrefix: "10.0.0.0/24" } }];
  const type = "Microsoft.CognitiveServices/accounts";
  local.azure.load([
    ...[cognitive, openai, foundry, foreign].map((id) => ({ id, location: "global" })),
    { id: vnet, location: "westeurope", properties: { subnets } },
    {
      id: `${group}/providers/${type}/acc`,
      kind: "AIServices",
      location: "westeurope",
      properties: { provisioningState: "Succeeded", customSubDomainName: "sub" },
    },
  ]);
  call("PUT", endpoint, { body: endpointBody(array) });
  local.advance(60);
  const put = (...zones: string[]) => {
    const answer = call("PUT", own, { body: configs(...zones) });
    local.advance(11);
    return answer;
  };
  const records = (zone: string) =>
    (call("GET", `${zone}/A`, { version: dns }).body["value"] ?? []).map((it) => [
      it["name"],
      it["properties"]?.["aRecords"]?.[0]?.["ipv4Address"],
    ]);
  const get = () => call("GET", own).body["properties"]?.["privateDnsZoneConfigs"];
  return { ...local, call, put, records, get };
}

test("PUT: 201, then 200; Azure-AsyncOperation only, Retry-After 10; recordSets in the first answer", () => {
  const { put, send, call } = withZones(undefined, recorded);
  const made = put(openai);
  expect([made.status, made.headers["retry-after"]], "1b: 11 of 11").toEqual([201, "10"]);
  expect(made.headers, "1b: no Location").not.toHaveProperty("location");
  const etag = expect.stringMatching(/^W\/"/);
  const shape = (provisioningState: string) => ({
    name: "default",
    id: own,
    etag,
    type: "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
    properties: {
      provisioningState,
      privateDnsZoneConfigs: [
        {
          name: "config0",
          id: `${own}/privateDnsZoneConfigs/config0`,
          etag,
          type: "Microsoft.Network/privateEndpoints/privateDnsZoneGroups/privateDnsZoneConfigs",
          properties: {
            provisioningState,
            privateDnsZoneId: openai,
            recordSets: [
              {
                recordType: "A",
                recordSetName: "sub",
                fqdn: "sub.privatelink.openai.azure.com",
                ttl: 10,
                provisioningState,
                ipAddresses: ["10.0.0.5"],
              },
            ],
          },
        },
      ],
    },
  });
  expect(made.body, "ASO 20240301 35; second member: public templates").toEqual(shape("Updating"));
  expect(send("GET", made.headers["azure-asyncoperation"] ?? "").body, "1b: 0-10 s").toEqual({
    status: "Succeeded",
  });
  const { body, headers } = call("GET", own);
  expect(body, "ASO 20240301 37").toEqual(shape("Succeeded"));
  expect(headers["etag"], "ASO 20240301 37").toBe(body["etag"]);
  expect(put(openai).status, "CLI 33, 39").toBe(200);
  expect(call("GET", groups).body["value"]?.length, "CLI 37").toBe(1);
});

test("the group's etag is the endpoint's, which moves", () => {
  const { put, call } = withZones();
  const before = call("GET", endpoint).body["etag"];
  put(openai);
  const after = call("GET", endpoint).body["etag"];
  expect(after, "1b: PY 40, 43").not.toBe(before);
  expect(call("GET", own).body["etag"], "1b: PY 40, 43").toBe(after);
});

test("PUT replaces: zones left out are gone, their records too", () => {
  const { put, get, records } = withZones();
  put(cognitive, openai, foundry);
  expect([cognitive, openai, foundry].map(records), "three hosts, three addresses").toEqual([
    [["sub", "10.0.0.4"]],
    [["sub", "10.0.0.5"]],
    [["sub", "10.0.0.6"]],
  ]);
  put(openai);
  expect(get()?.length, "CLI 39: clizone2 gone").toBe(1);
  expect([cognitive, openai, foundry].map((it) => records(it).length)).toEqual([0, 1, 0]);
});

test("a zone of a foreign name: Succeeded, no error, and no record", () => {
  const { put, get, records } = withZones(undefined, recorded);
  put(foreign);
  expect(get()?.[0]?.["properties"], "CLI 31: www.clizone1.com").toMatchObject({
    provisioningState: "Succeeded",
    recordSets: [],
  });
  expect(records(foreign)).toEqual([]);
});

test("customDnsConfigs is empty once a group is connected; the interface keeps the names", () => {
  const { put, call, advance } = withZones();
  const names = () => call("GET", endpoint).body["properties"]?.["customDnsConfigs"]?.length;
  expect(names(), "1a: filled without a group").toBe(3);
  put(openai);
  expect(names(), "1a: azurerm docs, exported templates").toBe(0);
  const [nic] = call("GET", endpoint).body["properties"]?.["networkInterfaces"] ?? [];
  expect(call("GET", String(nic?.["id"])).body["properties"]?.["ipConfigurations"]).toMatchObject(
    ["sub.cognitiveservices.azure.com", "sub.openai.azure.com", "sub.services.ai.azure.com"].map(
      (fqdn) => ({ properties: { privateLinkConnectionProperties: { fqdns: [fqdn] } } }),
    ),
  );
  call("DELETE", own);
  advance(11);
  expect(names(), "azurerm docs").toBe(3);
});

test("a record of the same name is overwritten, with ttl 10 and its creator", () => {
  const { put, call } = withZones(undefined, recorded);
  const record = `${openai}/A/sub`;
  const by = { properties: { ttl: 3600, aRecords: [{ ipv4Address: "10.9.9.9" }] } };
  call("PUT", record, { version: dns, body: by });
  put(openai);
  const guid = call("GET", endpoint).body["properties"]?.["resourceGuid"];
  expect(call("GET", record, { version: dns }).body["properties"], "JAVA; templates").toEqual({
    metadata: { creator: `created by private endpoint pe with resource guid ${String(guid)}` },
    fqdn: "sub.privatelink.openai.azure.com.",
    ttl: 10,
    aRecords: [{ ipv4Address: "10.0.0.5" }],
    isAutoRegistered: false,
  });
});

test("a second endpoint of the same target takes the record; whose group goes, takes it along", () => {
  const { put, call, advance, records } = withZones();
  put(openai);
  const second = `${network}/privateEndpoints/second`;
  call("PUT", second, { body: endpointBody() });
  advance(60);
  call("PUT", `${second}/privateDnsZoneGroups/default`, { body: configs(openai) });
  advance(11);
  expect(records(openai), "azure-docs private-endpoint-dns").toEqual([["sub", "10.0.0.8"]]);
  call("DELETE", own);
  advance(11);
  expect(records(openai), "the last one's").toHaveLength(1);
  call("DELETE", second);
  advance(31);
  expect(records(openai), "azure-docs: a deletion of the initial A record").toEqual([]);
});

test("DELETE: 202 empty with both headers, Location ends in 204, records go", () => {
  const { put, call, send, advance, records } = withZones();
  put(openai);
  const { status, body, headers } = call("DELETE", own);
  expect([status, body, headers["retry-after"]], "CLI 43, ASO 39").toEqual([202, undefined, "10"]);
  advance(11);
  expect(send("GET", headers["location"] ?? "").status, "CLI 45").toBe(204);
  expect(records(openai)).toEqual([]);
  expect(call("GET", own).body["error"]?.["code"], "1g (d)").toBe("NotFound");
  call("DELETE", endpoint);
  advance(31);
  expect(call("GET", own).body["error"]?.["message"], "ASO Network_v20250301 261").toContain(
    "'Microsoft.Network/privateEndpoints/pe' under",
  );
});

test("an endpoint's DELETE cuts its group's short: Canceled under 200; the group goes with it", () => {
  const { put, call, send, advance, records } = withZones(undefined, recorded);
  put(openai);
  const first = call("DELETE", own).headers["azure-asyncoperation"] ?? "";
  const second = call("DELETE", endpoint).headers["azure-asyncoperation"] ?? "";
  const idIn = (address: string) => /operations\/([^?]+)/.exec(address)?.[1];
  const { status, headers, body } = send("GET", first);
  expect([status, headers["canceled-by-azure-asyncoperation"]], "ASO PrivateEndpoint 2023").toEqual(
    [200, second],
  );
  expect(body, "ASO PrivateEndpoint 2023").toEqual({
    status: "Canceled",
    error: {
      code: "Canceled",
      message: "Operation was canceled.",
      details: [
        {
          code: "CanceledAndSupersededDueToAnotherOperation",
          message: `Operation DeletePrivateDnsZoneGroupOperation (${idIn(first)}) was canceled and superseded by operation DeletePrivateEndpointOperation (${idIn(second)}).`,
        },
      ],
    },
  });
  const refused = call("DELETE", own);
  expect([refused.status, refused.body["error"]], "ASO PrivateEndpoint 2023").toEqual([
    400,
    {
      code: "ReferencedResourceNotProvisioned",
      message: `Cannot proceed with operation because resource ${endpoint} used by resource ${own} is not in Succeeded state. Resource is in Deleting state and the last operation that updated/is updating the resource is DeletePrivateEndpointOperation.`,
      details: [],
    },
  ]);
  advance(9);
  expect(records(openai), "it was never done").toHaveLength(1);
  advance(22);
  expect(send("GET", second).body, "ASO PrivateEndpoint 2023").toEqual({ status: "Succeeded" });
  expect(records(openai)).toEqual([]);
  expect(call("DELETE", own).body["error"]?.["code"], "1b: names the endpoint").toBe(
    "ResourceNotFound",
  );
});

test("a Pending endpoint has no records yet; its approval writes them", () => {
  const { put, get, records, call } = withZones("manualPrivateLinkServiceConnections");
  put(openai);
  expect(get()?.[0]?.["properties"]?.["recordSets"], "not recorded").toEqual([]);
  const account = call("GET", `${group}/providers/Microsoft.CognitiveServices/accounts/acc`);
  const [it] = account.body["properties"]?.["privateEndpointConnections"] ?? [];
  const properties = { privateLinkServiceConnectionState: { status: "Approved" } };
  // its answer has a description, which the judge does not know
  call("PUT", String(it?.["id"]), { body: { properties }, isUnjudged: true });
  expect(records(openai), "not recorded").toEqual([["sub", "10.0.0.5"]]);
});

test("refusals: a second group, six zones, one name twice, none, a zone that is not there, an endpoint under way", () => {
  const { put, call } = withZones();
  put(openai);
  const twice = configs(openai, cognitive);
  for (const it of twice.properties.privateDnsZoneConfigs) it.name = "same";
  const nameless = configs(openai);
  for (const it of nameless.properties.privateDnsZoneConfigs) it.name = "";
  for (const [id, body, code, source] of [
    [
      `${groups}/second`,
      configs(openai),
      "MoreThanOnePrivateDnsZoneGroupPerPrivateEndpointNotAllowed",
      "pulumi 2179",
    ],
    [
      own,
      configs(...Array.from({ length: 6 }, () => openai)),
      "InvalidRequestFormat",
      "azure-docs",
    ],
    [own, twice, "InvalidRequestFormat", "terraform 28966"],
    [own, nameless, "InvalidRequestFormat", "pulumi 2431"],
    [own, configs(`${openai}.x`), "InvalidResourceReference", "not recorded"],
  ] as const) {
    const answer = call("PUT", id, { body });
    expect([answer.status, answer.body["error"]?.["code"]], source).toEqual([400, code]);
  }
  const { details } = call("PUT", own, { body: twice }).body["error"] as never;
  expect(details, "terraform 28966").toMatchObject([{ code: "DuplicateResourceName" }]);
  const properties = { ...endpointBody().properties, applicationSecurityGroups: [{ id: "/asg" }] };
  call("PUT", endpoint, { body: { location: "westeurope", properties } });
  const busy = call("PUT", own, { body: configs(openai) });
  expect([busy.status, busy.body["error"]?.["code"]], "1d: as recorded of subnets").toEqual([
    429,
    "RetryableError",
  ]);
});

test("whoever may not join each zone is refused by ARM", () => {
  const { azure, call } = withZones();
  const someone = {
    ...person,
    objectId: "44444444-4444-4444-8444-444444444444",
    upn: "a@b.example",
  };
  azure.principals.register(someone);
  azure.grant(someone, ["Microsoft.Network/privateEndpoints/*"], subscription);
  const join = ["Microsoft.Network/privateDnsZones/join/action"];
  azure.grant(someone, join, openai);
  const put = (...zones: string[]) => call("PUT", own, { body: configs(...zones), as: someone });
  expect(put(openai, cognitive).body["error"], "arm.md 1.8; public text").toEqual({
    code: "LinkedAuthorizationFailed",
    message: `The client 'a@b.example' with object id '${someone.objectId}' has permission to perform action 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups/write' on scope '${own}'; however, it does not have permission to perform action(s) '${join[0]}' on the linked scope(s) '${cognitive}' (respectively) or the linked scope(s) are invalid.`,
  });
  azure.grant(someone, join, cognitive);
  expect(put(openai, cognitive).status).toBe(201);
});
