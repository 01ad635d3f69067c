import { expect, test } from "vitest";
import { endpoint, endpointBody, network, subnet, vnet, withTarget } from "./endpoint-estate.ts";

const nic = `${network}/networkInterfaces/nic`;
const address = `${network}/publicIPAddresses/ip`;
const rules = `${network}/networkSecurityGroups/nsg`;
const location = "westeurope";

const nicBody = (more: object = {}, properties: object = {}) => ({
  location,
  properties: {
    ipConfigurations: [{ name: "a", properties: { subnet: { id: subnet }, ...more } }],
    ...properties,
  },
});

/** Interfaces answer as described: what was recorded at older versions is foreign to the judge. */
const newer: typeof withTarget = (kind) => {
  const local = withTarget(kind);
  const call: typeof local.call = (method, id, ask) =>
    local.call(method, id, {
      ...(id.includes("/networkInterfaces/") && { version: "2025-05-01" }),
      ...ask,
    });
  return { ...local, call };
};

/** A network, and a public address and a security group that an interface names. */
function withInterface() {
  const local = newer();
  local.call("PUT", address, { body: { location, properties: {} } });
  local.call("PUT", rules, { body: { location, properties: {} } });
  local.advance(11);
  const uses = nicBody(
    { publicIPAddress: { id: address } },
    { networkSecurityGroup: { id: rules } },
  );
  return { ...local, made: local.call("PUT", nic, { body: uses }) };
}

test("PUT: 201 Succeeded at once, with an operation that says the same; an address of the subnet", () => {
  const { made, call, send } = withInterface();
  expect(made.status, "ASO Workspaces_20240401 51").toBe(201);
  for (const header of ["location", "retry-after"])
    expect(made.headers, "1d: ASO VM_20220301, CLI nic_subresources").not.toHaveProperty(header);
  expect(send("GET", made.headers["azure-asyncoperation"] ?? "").body, "1d").toEqual({
    status: "Succeeded",
  });
  const [version, source] = ["2020-11-01", "ASO Workspaces_20240401 54"];
  const { body } = call("GET", nic, { version, isUnjudged: true }); // older than the judge's descriptions
  expect(body["properties"]?.["ipConfigurations"], source).toEqual([
    {
      name: "a",
      id: `${nic}/ipConfigurations/a`,
      etag: body["etag"],
      type: "Microsoft.Network/networkInterfaces/ipConfigurations",
      properties: {
        provisioningState: "Succeeded",
        privateIPAddress: "10.1.2.4",
        privateIPAllocationMethod: "Dynamic",
        publicIPAddress: { id: address },
        subnet: { id: subnet },
        primary: true,
        privateIPAddressVersion: "IPv4",
      },
    },
  ]);
  expect(Object.keys(body["properties"] ?? {}), source).toEqual([
    "provisioningState",
    "resourceGuid",
    "ipConfigurations",
    "dnsSettings",
    "enableAcceleratedNetworking",
    "vnetEncryptionSupported",
    "enableIPForwarding",
    "networkSecurityGroup",
    "hostedWorkloads",
    "tapConfigurations",
    "nicType",
  ]);
});

test("what is sent of DNS is added to, the primary configuration comes first", () => {
  const { call } = newer();
  const one = (name: string, primary: boolean) => ({
    name,
    properties: { primary, subnet: { id: subnet, properties: {} } },
  });
  const put = (...ipConfigurations: object[]) => {
    const properties = { ipConfigurations, dnsSettings: { dnsServers: ["10.0.0.9"] } };
    return call("PUT", nic, { body: { location, properties } }).body["properties"];
  };
  put(one("a", true));
  const shown = put(one("a", false), one("b", true));
  const order = shown?.["ipConfigurations"]?.map((it) => [it["name"], it["properties"]]);
  expect(order, "1d: nic_subresources 11").toEqual([
    ["b", expect.objectContaining({ primary: true, subnet: { id: subnet } })],
    ["a", expect.objectContaining({ primary: false, privateIPAddress: "10.1.2.4" })],
  ]);
  expect(shown?.["dnsSettings"], "1d: nic_subresources 5").toEqual({
    dnsServers: ["10.0.0.9"],
    appliedDnsServers: [],
    internalDomainNameSuffix: expect.any(String),
  });
});

test("security groups of applications: Updating, each configuration too, for a moment", () => {
  const { call, advance } = newer();
  const group = `${network}/applicationSecurityGroups/asg`;
  call("PUT", group, { body: { location } });
  advance(11);
  call("PUT", nic, { body: nicBody() });
  const joined = call("PUT", nic, {
    body: nicBody({ applicationSecurityGroups: [{ id: group }] }),
  });
  const states = ({ body }: typeof joined) => {
    const shown = body["properties"];
    const [one] = shown?.["ipConfigurations"] ?? [];
    return [shown?.["provisioningState"], one?.["properties"]?.["provisioningState"]];
  };
  expect([joined.status, ...states(joined)], "1d: ipconfigs_update_with_asg 11").toEqual([
    200,
    "Updating",
    "Updating",
  ]);
  advance(1);
  expect(states(call("GET", nic))).toEqual(["Succeeded", "Succeeded"]);
});

test.each([
  ["2020-11-01", []],
  ["2021-08-01", ["kind"]],
  ["2022-01-01", ["kind", "allowPort25Out"]],
  [
    "2022-11-01",
    ["kind", "allowPort25Out", "disableTcpStateTracking", "nicAuxiliarySkuBillingNotificationType"],
  ],
])("what %s shows", (version, shown) => {
  const { call } = withInterface();
  const { body } = call("GET", nic, { version, isUnjudged: true }); // older than the descriptions
  const all = { ...body["properties"], kind: body["kind"] } as Record<string, unknown>;
  const keys = [
    "kind",
    "allowPort25Out",
    "disableTcpStateTracking",
    "nicAuxiliarySkuBillingNotificationType",
  ] as const;
  expect(
    keys.filter((it) => all[it] !== undefined),
    "1d: CLI nic_subresources, ipconfigs_update_with_asg",
  ).toEqual(shown);
});

test("its address stays over a PUT and is free again after a DELETE of 202", () => {
  const { call, advance } = withInterface();
  const own = () =>
    call("GET", nic).body["properties"]?.["ipConfigurations"]?.[0]?.["properties"]?.[
      "privateIPAddress"
    ];
  call("PUT", `${nic}2`, { body: nicBody() });
  expect(call("PUT", nic, { body: nicBody() }).status).toBe(200);
  expect(own(), "it keeps what it has").toBe("10.1.2.4");
  expect(call("GET", subnet).body["properties"]?.["ipConfigurations"], "1d: in capitals").toEqual([
    { id: `${network}/networkInterfaces/NIC/ipConfigurations/A` },
    { id: `${network}/networkInterfaces/NIC2/ipConfigurations/A` },
  ]);
  const gone = call("DELETE", nic);
  expect([gone.status, gone.headers["location"]], "ASO Workspaces_20240401 68").toEqual([
    202,
    expect.any(String),
  ]);
  advance(11);
  call("PUT", nic, { body: nicBody() });
  expect(own()).toBe("10.1.2.4");
});

test("what it names must be there and at rest, and cannot be deleted while it is named", () => {
  const { call, advance } = withInterface();
  const absent = call("PUT", `${nic}3`, {
    body: nicBody({ publicIPAddress: { id: `${address}x` } }),
  });
  expect(absent.body["error"]?.["code"], "public text").toBe("InvalidResourceReference");
  call("PUT", `${address}2`, { body: { location, properties: {} } });
  const unready = call("PUT", `${nic}3`, {
    body: nicBody({ publicIPAddress: { id: `${address}2` } }),
  });
  expect([unready.status, unready.body["error"]?.["details"]?.[0]], "ASO Workspaces 46").toEqual([
    429,
    {
      code: "ReferencedResourceNotProvisioned",
      message: `Cannot proceed with operation because resource ${address}2 used by resource ${nic}3 is not in Succeeded state. Resource is in Updating state and the last operation that updated/is updating the resource is PutPublicIpAddressOperation.`,
    },
  ]);
  for (const [id, code] of [
    [address, "PublicIPAddressCannotBeDeleted"],
    [rules, "InUseNetworkSecurityGroupCannotBeDeleted"],
    [vnet, "InUseSubnetCannotBeDeleted"],
  ] as const) {
    const { status, body } = call("DELETE", id);
    expect([status, body["error"]?.["code"]], "1d").toEqual([400, code]);
    expect(body["error"]?.["details"], "1d: all with an empty list").toEqual([]);
  }
  call("DELETE", nic);
  advance(11);
  expect(call("DELETE", address).status).toBe(202);
});

test("that of an endpoint takes tags and nothing else, and goes only with it", () => {
  const { call, advance } = newer();
  call("PUT", endpoint, { body: endpointBody() });
  advance(60);
  const [it] = call("GET", endpoint).body["properties"]?.["networkInterfaces"] ?? [];
  const id = String(it?.["id"]);
  expect(id, "1a: named after the endpoint").toMatch(/\/pe\.nic\.[0-9a-f-]{36}$/);
  expect(call("PATCH", id, { body: { tags: { a: "b" } } }).body["tags"]).toEqual({ a: "b" });
  const more = { properties: { enableIPForwarding: true } };
  const refused = call("PATCH", id, { body: more, isUnjudged: true });
  expect(refused.status, "Microsoft.Network specification: tags only").toBe(400);
  expect(
    call("PUT", id, { body: nicBody() }).body["error"]?.["code"],
    "azure-sdk-for-python 18911",
  ).toBe("CannotModifyNicAttachedToPrivateEndpoint");
  expect(call("DELETE", id).status, "not recorded").toBe(400);
});
