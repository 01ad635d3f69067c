import { describe, expect, test } from "vitest";
import {
  endpoint,
  endpointBody,
  subnet,
  version,
  vnet,
  vnetBody,
  withEndpoint,
  withTarget,
} from "./endpoint-estate.ts";
import { localAzure, text } from "./local-azure.ts";

describe("virtual networks and subnets", () => {
  test("PUT: 201 Updating, Azure-AsyncOperation only, Retry-After 3; location without blanks", () => {
    const { call, send, advance } = localAzure();
    const answer = call("PUT", vnet, { version, body: vnetBody({ enableVmProtection: false }) });
    expect(answer.status, "1d: VNet PUT 201").toBe(201);
    expect(answer.headers["retry-after"], "1d: Retry-After 3").toBe("3");
    expect(answer.headers, "1d: AAO only").not.toHaveProperty("location");
    expect(answer.body, "CLI private_dns_zone_group 1; ASO 2024-03-01: VNet policies").toEqual({
      name: "vnet",
      id: vnet,
      etag: expect.stringMatching(/^W\/"[0-9a-f-]{36}"$/),
      type: "Microsoft.Network/virtualNetworks",
      location: "westeurope",
      properties: {
        provisioningState: "Updating",
        resourceGuid: expect.any(String),
        addressSpace: { addressPrefixes: ["10.1.0.0/16"] },
        privateEndpointVNetPolicies: "Disabled",
        subnets: [
          {
            name: "endpoints",
            id: subnet,
            etag: answer.body["etag"],
            properties: {
              provisioningState: "Updating",
              addressPrefix: "10.1.2.0/28",
              delegations: [],
              privateEndpointNetworkPolicies: "Disabled",
              privateLinkServiceNetworkPolicies: "Enabled",
            },
            type: "Microsoft.Network/virtualNetworks/subnets",
          },
        ],
        virtualNetworkPeerings: [],
        enableDdosProtection: false,
      },
    });
    const address = answer.headers["azure-asyncoperation"] ?? "";
    expect(send("GET", address).body, "1a: nothing else in the body").toEqual({
      status: "InProgress",
    });
    advance(11);
    expect(send("GET", address).body, "1a").toEqual({ status: "Succeeded" });
    const [whole, one] = [call("GET", vnet, { version }), call("GET", subnet, { version })];
    expect(whole.body["properties"]?.["subnets"]?.[0], "CLI 4, 5: one and the same").toEqual(
      one.body,
    );
    expect(one.body["etag"], "DnsResolver 28 to 31: one etag").toBe(whole.body["etag"]);
    expect(whole.body["etag"], "1a: moves at success").not.toBe(answer.body["etag"]);
  });

  test("a PUT that changes nothing: 200 Succeeded at once, without Retry-After", () => {
    const { call } = withTarget();
    for (const [id, body] of [
      [vnet, vnetBody()],
      [subnet, { properties: { addressPrefix: "10.1.2.0/28" } }],
    ] as const) {
      const { status, body: shown, headers } = call("PUT", id, { body });
      expect([status, shown["properties"]?.["provisioningState"]], "CLI zone_group 6").toEqual([
        200,
        "Succeeded",
      ]);
      expect(headers, "CLI zone_group 6").toHaveProperty("azure-asyncoperation");
      expect(headers, "1d: no-op none").not.toHaveProperty("retry-after");
    }
  });

  test("subnets of their own: 201 with Retry-After 3, a second write meanwhile is 429", () => {
    const { call, advance } = withTarget();
    const other = `${vnet}/subnets/other`;
    const body = { properties: { addressPrefix: "10.1.3.0/24" } };
    const made = call("PUT", other, { body });
    expect([made.status, made.headers["retry-after"]], "ASO PrivateEndpoint 9").toEqual([201, "3"]);
    const busy = call("PUT", `${vnet}/subnets/third`, { body });
    expect(busy.status, "DnsResolver 20").toBe(429);
    expect(busy.body["error"], "DnsResolver 20").toMatchObject({
      code: "RetryableError",
      message: "A retryable error occurred.",
      details: [
        {
          code: "RetryableErrorDueToAnotherOperation",
          message: expect.stringContaining(
            `is updating resource ${vnet}. The call can be retried in ${busy.headers["retry-after"]} seconds.`,
          ),
        },
      ],
    });
    expect(Number(busy.headers["retry-after"]), "1d: 11-14").toBeGreaterThan(10);
    advance(11);
    const shown = call("GET", vnet).body["properties"]?.["subnets"];
    expect(shown?.map((it) => it["name"])).toEqual(["endpoints", "other"]);
    expect(call("GET", `${vnet}/subnets/absent`).body["error"], "peering 23").toEqual({
      code: "NotFound",
      message: `Resource ${vnet}/subnets/absent not found.`,
      details: [],
    });
  });

  test("a list replaces the subnets, a PUT without one keeps them", () => {
    const { call, advance } = withTarget();
    const names = () => call("GET", vnet).body["properties"]?.["subnets"]?.map((it) => it["name"]);
    const other = [{ name: "other", properties: { addressPrefix: "10.1.3.0/24" } }];
    call("PUT", vnet, { body: vnetBody({ subnets: other }) });
    advance(11);
    expect(names(), "ARM: PUT replaces").toEqual(["other"]);
    const { subnets: _, ...rest } = vnetBody().properties;
    call("PUT", vnet, { body: { location: "westeurope", tags: { a: "b" }, properties: rest } });
    advance(11);
    expect(names(), "azure-docs, since 2023-09-01").toEqual(["other"]);
  });

  test("a subnet in use is kept, whoever asks; the user is named in capitals", () => {
    const { call } = withEndpoint();
    const dropping = { body: vnetBody({ subnets: [] }) };
    for (const answer of [
      call("DELETE", subnet),
      call("DELETE", vnet),
      call("PUT", vnet, dropping),
    ]) {
      expect(answer.status, "1d: 12 times").toBe(400);
      expect(answer.body["error"]?.["code"]).toBe("InUseSubnetCannotBeDeleted");
      expect(answer.body["error"]?.["message"], "1d: upper-cased names").toMatch(
        /^Subnet endpoints is in use by .*\/networkInterfaces\/PE\.NIC\.[0-9A-F-]+\/ipConfigurations\/PRIVATEENDPOINTIPCONFIG\.[0-9A-F-]+ and cannot be deleted\./,
      );
      expect(answer.body["error"]?.["details"], "1d").toEqual([]);
    }
    expect(call("GET", subnet).body["properties"]?.["ipConfigurations"]).toHaveLength(1);
  });

  test("DELETE: 202 empty with both headers, Retry-After 10, Location ends in 204", () => {
    const { call, send, advance } = withTarget();
    const { status, body, headers } = call("DELETE", vnet);
    expect([status, body, headers["retry-after"]], "ASO VirtualNetwork 18").toEqual([
      202,
      undefined,
      "10",
    ]);
    expect(send("GET", headers["location"] ?? "").status).toBe(202);
    advance(11);
    expect(send("GET", headers["azure-asyncoperation"] ?? "").body["status"]).toBe("Succeeded");
    expect(send("GET", headers["location"] ?? "").status, "PY 57").toBe(204);
    expect(call("GET", vnet).body["error"]?.["code"], "ASO 20").toBe("ResourceNotFound");
  });
});

test("lists that are sent empty are not shown, but for delegations and service endpoints", () => {
  const { call } = withTarget();
  const empty = { delegations: [], serviceEndpoints: [], serviceEndpointPolicies: [] };
  const properties = {
    addressPrefix: "10.1.3.0/24",
    addressPrefixes: [],
    ipAllocations: [],
    ...empty,
  };
  const subnets = [{ name: "other", properties }];
  const { body } = call("PUT", vnet, { body: vnetBody({ subnets, ipAllocations: [] }) });
  expect(body["properties"], "1d").not.toHaveProperty("ipAllocations");
  expect(body["properties"]?.["subnets"]?.[0]?.["properties"], "1d").toEqual({
    provisioningState: "Updating",
    addressPrefix: "10.1.3.0/24",
    serviceEndpoints: [],
    delegations: [],
    privateEndpointNetworkPolicies: "Disabled",
    privateLinkServiceNetworkPolicies: "Enabled",
  });
});

test("service endpoints: everywhere unless it was said where; their state is the subnet's; left out they go", () => {
  const { call, advance } = withTarget();
  const id = `${vnet}/subnets/services`;
  const put = (serviceEndpoints?: object[]) => {
    const own = serviceEndpoints && { serviceEndpoints };
    const body = { properties: { addressPrefix: "10.1.3.0/24", ...own } };
    return call("PUT", id, { body }).body["properties"]?.["serviceEndpoints"];
  };
  const storage = { service: "Microsoft.Storage" };
  const vaults = { service: "Microsoft.KeyVault", locations: ["westeurope"] };
  expect(put([storage, vaults]), "subnet_endpoint_service 16").toEqual([
    { provisioningState: "Updating", ...storage, locations: ["*"] },
    { provisioningState: "Updating", ...vaults },
  ]);
  advance(11);
  const shown = call("GET", id).body["properties"]?.["serviceEndpoints"];
  expect(shown?.[0], "subnet_endpoint_service 19").toEqual({
    provisioningState: "Succeeded",
    ...storage,
    locations: ["*"],
  });
  expect(put(), "subnet_endpoint_service 21").toBeUndefined();
});

describe("CheckIPAddressAvailability", () => {
  const ask = (address: string, target = withEndpoint()) =>
    target.send(
      "GET",
      `${vnet}/CheckIPAddressAvailability?ipAddress=${address}&api-version=${version}`,
    );

  test.each([
    ["10.1.2.0", false, true, "subnet_list_available_ips 10"],
    ["10.1.2.15", false, true, "azure-docs vnet faq: the last is Azure's own too"],
    ["10.1.2.4", false, false, "an endpoint has it"],
  ])("%s is not free: the next five are told", (address, available, isPlatformReserved, source) => {
    expect(ask(address).body, source).toEqual({
      available,
      isPlatformReserved,
      availableIPAddresses: ["10.1.2.5", "10.1.2.6", "10.1.2.7", "10.1.2.8", "10.1.2.9"],
    });
  });

  test("a free address has no list; none at all and one outside are refused", () => {
    const local = withEndpoint();
    expect(ask("10.1.2.9", local).body, "azure-cli 13259").toEqual({
      available: true,
      isPlatformReserved: false,
    });
    expect(ask("10.9.9.9", local).body["error"]?.["code"], "not recorded").toBe(
      "PrivateIPAddressNotInAnySubnet",
    );
    const url = `${vnet}/CheckIPAddressAvailability?api-version=${version}`;
    expect(text(local.send("GET", url, { isUnjudged: true })), "azure-cli 6654").toContain(
      "Specify IpAddress=",
    );
  });
});

test("no answer to a PUT has an etag header, every GET has", () => {
  const { call } = withEndpoint();
  for (const id of [vnet, subnet, endpoint]) {
    const shown = call("GET", id);
    expect(shown.headers["etag"], "109 of 109 PUTs, all GETs").toBe(shown.body["etag"]);
  }
  expect(call("PUT", vnet, { body: vnetBody() }).headers).not.toHaveProperty("etag");
  expect(call("PUT", endpoint, { body: endpointBody() }).headers).not.toHaveProperty("etag");
});

test.each([
  ["2018-02-01", endpoint, 400],
  ["2018-08-01", endpoint, 200],
  ["2019-12-01", `${endpoint}/privateDnsZoneGroups`, 400],
  ["2020-03-01", `${endpoint}/privateDnsZoneGroups`, 200],
  ["2023-09-01", vnet, 200],
  ["2023-10-01", vnet, 400],
])("api-version %s of %s: %i", (at, id, status) => {
  const answer = withEndpoint().call("GET", id, { version: at, isUnjudged: true }); // many are older than the judge's
  expect(answer.status, "azure-docs templates, change log").toBe(status);
});
