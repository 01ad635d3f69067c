import { describe, expect, test } from "vitest";
import { group, localAzure, person, subscription, text } from "./local-azure.ts";

const network = `${group}/providers/Microsoft.Network`;
const vnet = `${network}/virtualNetworks/vnet`;
const subnet = `${vnet}/subnets/endpoints`;
const endpoint = `${network}/privateEndpoints/pe`;
const account = `${group}/providers/Microsoft.CognitiveServices/accounts/acc`;
const version = "2024-03-01";
const connections = `${account}/privateEndpointConnections`;

const workspace = `${group}/providers/Microsoft.MachineLearningServices/workspaces/ws`;
const workspaceId = "419b3a2c-288c-4391-9f1e-236c0b6e471b";
const workspaceRow = {
  id: workspace,
  location: "westeurope",
  properties: { provisioningState: "Succeeded", workspaceId },
};

const vnetBody = (properties: object = {}) => ({
  location: "West Europe",
  properties: {
    addressSpace: { addressPrefixes: ["10.1.0.0/16"] },
    subnets: [{ name: "endpoints", properties: { addressPrefix: "10.1.2.0/28" } }],
    ...properties,
  },
});

function endpointBody(target = account, properties: object = {}, groupIds = ["account"]) {
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

const manual = (requestMessage?: string) => ({
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
function withTarget(kind = "OpenAI") {
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
function withEndpoint(kind?: string, properties?: object) {
  const local = withTarget(kind);
  local.call("PUT", endpoint, { body: endpointBody(account, properties) });
  local.advance(60);
  return local;
}

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

  test("peerings: Initiated until the other side has one, Disconnected when it is gone", () => {
    const { call, advance } = withTarget();
    const hub = `${network}/virtualNetworks/hub`;
    call("PUT", hub, { body: { location: "westeurope", properties: {} } });
    advance(11);
    const peer = (own: string, remote: string) => {
      const body = { properties: { remoteVirtualNetwork: { id: remote } } };
      const answer = call("PUT", `${own}/virtualNetworkPeerings/p`, { body });
      advance(11);
      return answer;
    };
    const state = (own: string) =>
      call("GET", `${own}/virtualNetworkPeerings/p`).body["properties"]?.["peeringState"];
    const first = peer(vnet, hub);
    expect([first.status, first.headers["retry-after"]], "ASO peering 13").toEqual([201, "10"]);
    expect(state(vnet), "ASO peering 15").toBe("Initiated");
    peer(hub, vnet);
    expect([state(vnet), state(hub)], "CLI vnet_peering_different_resource_groups").toEqual([
      "Connected",
      "Connected",
    ]);
    expect(call("GET", hub).body["properties"]?.["virtualNetworkPeerings"]).toHaveLength(1);
    call("DELETE", `${hub}/virtualNetworkPeerings/p`);
    advance(11);
    expect(state(vnet), "azure-docs virtual-network-peering").toBe("Disconnected");
  });
});

describe("private endpoints: how writes go on", () => {
  test("PUT of a new one: 201, one header, Retry-After 10, then growing", () => {
    const { call, send, advance } = withTarget();
    const answer = call("PUT", endpoint, { body: endpointBody() });
    expect([answer.status, answer.headers["retry-after"]], "1a: 84 of 84").toEqual([201, "10"]);
    expect(answer.headers, "1a: never Location").not.toHaveProperty("location");
    expect(answer.body["properties"], "1a: the 201 answer").toMatchObject({
      provisioningState: "Updating",
      customDnsConfigs: [],
      networkInterfaces: [
        { id: expect.stringMatching(/\/networkInterfaces\/pe\.nic\.[0-9a-f-]+$/) },
      ],
      privateLinkServiceConnections: [
        {
          etag: answer.body["etag"],
          properties: {
            provisioningState: "Succeeded",
            privateLinkServiceConnectionState: {
              status: "Approved",
              description: "Auto Approved",
              actionsRequired: "None",
            },
          },
        },
      ],
    });
    expect(answer.body, "1a: no systemData on any type of Network").not.toHaveProperty(
      "systemData",
    );
    expect(answer.body["location"], "1d: normalised").toBe("westeurope");
    const address = answer.headers["azure-asyncoperation"] ?? "";
    const waits = [0, 1, 2].map(() => send("GET", address).headers["retry-after"]);
    expect(waits, "PY 24 to 27").toEqual(["20", "20", "40"]);
    advance(29);
    expect(send("GET", address).body["status"], "1a: 30-50 s").toBe("InProgress");
    advance(22);
    expect(send("GET", address).body["status"], "1a").toBe("Succeeded");
    const { body } = call("GET", endpoint);
    expect(body["etag"], "1a: changes between the 201 and the final GET").not.toBe(
      answer.body["etag"],
    );
    expect(body["properties"], "1a: the target's words, the public name").toMatchObject({
      provisioningState: "Succeeded",
      customDnsConfigs: [{ fqdn: "sub.openai.azure.com", ipAddresses: ["10.1.2.4"] }],
      privateLinkServiceConnections: [
        { properties: { privateLinkServiceConnectionState: { description: "Approved" } } },
      ],
    });
    expect(Object.keys(body["properties"] ?? {}), "1a: order of keys").toEqual([
      "provisioningState",
      "resourceGuid",
      "privateLinkServiceConnections",
      "manualPrivateLinkServiceConnections",
      "customNetworkInterfaceName",
      "subnet",
      "ipConfigurations",
      "networkInterfaces",
      "customDnsConfigs",
      "isIPv6EnabledPrivateEndpoint",
    ]);
  });

  test.each([
    ["2022-01-01", {}, "asg 11"],
    ["2024-03-01", { isIPv6EnabledPrivateEndpoint: false }, "ASO 20240301 14"],
    ["2025-03-01", { ipVersionType: "IPv4" }, "1a: only at 2025-03-01"],
  ])("what %s shows beside the rest", (at, more, source) => {
    const { call } = withEndpoint();
    const { body } = call("GET", endpoint, { version: at });
    expect(body["properties"], source).toMatchObject(more);
    for (const key of ["isIPv6EnabledPrivateEndpoint", "ipVersionType"])
      if (at === "2022-01-01") expect(body["properties"], source).not.toHaveProperty(key);
  });

  test("tags alone: 200 Succeeded at once, with the header, without Retry-After", () => {
    const { call } = withEndpoint();
    const before = call("GET", endpoint).body;
    const answer = call("PUT", endpoint, { body: { ...endpointBody(), tags: { foo: "bar" } } });
    expect(answer.status, "ASO 20240301 22").toBe(200);
    expect(answer.headers, "ASO 20240301 22").toHaveProperty("azure-asyncoperation");
    expect(answer.headers, "ASO 20240301 22").not.toHaveProperty("retry-after");
    expect(answer.body, "ASO 20240301 22: all else as it was").toMatchObject({
      tags: { foo: "bar" },
      properties: {
        provisioningState: "Succeeded",
        customDnsConfigs: before["properties"]?.["customDnsConfigs"],
        networkInterfaces: before["properties"]?.["networkInterfaces"],
      },
    });
  });

  test("an update that repeats what GET gave: 200 Updating, names stay, GUID and interface too", () => {
    const { call, advance } = withEndpoint();
    const before = call("GET", endpoint).body;
    const changed = { ...before["properties"], applicationSecurityGroups: [{ id: "/asg" }] };
    const answer = call("PUT", endpoint, { body: { location: "westeurope", properties: changed } });
    expect(answer.status, "asg 26").toBe(200);
    expect(answer.body["properties"], "asg 26: customDnsConfigs stays filled").toMatchObject({
      provisioningState: "Updating",
      resourceGuid: before["properties"]?.["resourceGuid"],
      networkInterfaces: before["properties"]?.["networkInterfaces"],
      customDnsConfigs: before["properties"]?.["customDnsConfigs"],
      applicationSecurityGroups: [{ id: "/asg" }],
    });
    const busy = call("PUT", endpoint, { body: endpointBody() });
    expect(busy.status, "not recorded: as of subnets").toBe(429);
    advance(51);
    call("PUT", endpoint, { body: endpointBody() });
    advance(51);
    expect(
      call("GET", endpoint).body["properties"],
      "2.1: PUT drops what is left out",
    ).not.toHaveProperty("applicationSecurityGroups");
  });

  test("DELETE: 202 with both headers; its interface and its connection go with it", () => {
    const { call, send, advance } = withEndpoint();
    const [nic] = call("GET", endpoint).body["properties"]?.["networkInterfaces"] ?? [];
    const { status, headers, body } = call("DELETE", endpoint);
    expect([status, body, headers["retry-after"]], "1a: 18 of 18").toEqual([202, undefined, "10"]);
    advance(31);
    expect(send("GET", headers["location"] ?? "").status, "PY 57").toBe(204);
    expect(call("GET", endpoint).body["error"]?.["code"], "ASO 43").toBe("ResourceNotFound");
    expect(call("GET", String(nic?.["id"])).status).toBe(404);
    expect(call("GET", connections).body["value"]).toEqual([]);
    call("PUT", endpoint, { body: endpointBody() });
    advance(60);
    const again = call("GET", endpoint).body["properties"];
    expect(again?.["networkInterfaces"]?.[0]?.["id"], "1a: a new interface").not.toBe(nic?.["id"]);
    expect(text({ body: again?.["customDnsConfigs"] as never }), "its address is free").toContain(
      "10.1.2.4",
    );
  });

  test("no PATCH; events name the endpoint", () => {
    const { call, events } = withEndpoint();
    expect(call("PATCH", endpoint, { body: { tags: {} } }).status, "1a: 0 PATCH").toBe(405);
    const made = events
      .filter((it) => it.subject === endpoint)
      .map((it) => it.data["operationName"]);
    expect(made[0], "arm.md 4.1").toBe("Microsoft.Network/privateEndpoints/write");
  });
});

describe("private endpoints: what the target decides", () => {
  const shown = (local: ReturnType<typeof withTarget>) => {
    const properties = local.call("GET", endpoint).body["properties"];
    const [one] = [
      ...(properties?.["privateLinkServiceConnections"] ?? []),
      ...(properties?.["manualPrivateLinkServiceConnections"] ?? []),
    ];
    return {
      status: one?.["properties"]?.["privateLinkServiceConnectionState"]?.["status"],
      names: properties?.["customDnsConfigs"]?.length,
      etag: local.call("GET", endpoint).body["etag"],
    };
  };
  const say = (local: ReturnType<typeof withTarget>, status: string) => {
    const [it] = local.call("GET", connections).body["value"] ?? [];
    const properties = { privateLinkServiceConnectionState: { status } };
    local.call("PUT", String(it?.["id"]), { body: { properties } });
  };

  test("manual: Pending without names, though the interface is there", () => {
    const local = withTarget();
    const made = local.call("PUT", endpoint, { body: endpointBody(account, manual("please")) });
    expect(
      made.body["properties"]?.["manualPrivateLinkServiceConnections"]?.[0]?.["properties"],
      "1a: 28 of 28",
    ).toMatchObject({
      requestMessage: "please",
      provisioningState: "Succeeded",
      privateLinkServiceConnectionState: { status: "Pending", description: "Awaiting Approval" },
    });
    local.advance(60);
    expect(shown(local), "1a: [] 28 of 28").toMatchObject({ status: "Pending", names: 0 });
    const [nic] = local.call("GET", endpoint).body["properties"]?.["networkInterfaces"] ?? [];
    expect(local.call("GET", String(nic?.["id"])).status, "1a").toBe(200);
  });

  test("approved, rejected, removed: seen at once, the etag moves", () => {
    const local = withEndpoint("OpenAI", manual());
    const etags = [shown(local).etag];
    for (const [status, names, source] of [
      ["Approved", 1, "1a: manual ones end Approved in manual[]"],
      ["Rejected", 0, "test_network_private_endpoints 37, 38"],
      ["Approved", 1, "pec 29 on"],
    ] as const) {
      say(local, status);
      expect(shown(local), source).toMatchObject({ status, names });
      etags.push(shown(local).etag);
    }
    const [it] = local.call("GET", connections).body["value"] ?? [];
    local.call("DELETE", String(it?.["id"]));
    expect(shown(local), "azure-docs manage-private-endpoint").toMatchObject({
      status: "Disconnected",
      names: 0,
    });
    etags.push(shown(local).etag);
    expect(new Set(etags).size, "1a: the endpoint's etag changes").toBe(etags.length);
    local.call("PUT", endpoint, { body: { ...endpointBody(account, manual()), tags: { a: "b" } } });
    local.advance(60);
    expect(shown(local).status, "a cut connection does not come back").toBe("Disconnected");
  });

  test("an alias, and a type that is not simulated, are taken as they are", () => {
    const { call, advance } = withTarget();
    const alias = "pls.d57b5457-0000-4000-8000-000000000000.westeurope.azure.privatelinkservice";
    const vault = `${group}/providers/Microsoft.KeyVault/vaults/kv`;
    for (const [target, names, source] of [
      [alias, [], "ASO Alias 25; 1a: [] for link services"],
      [vault, ["kv.vault.azure.net"], "CLI private_endpoint_connection_keyvault"],
    ] as const) {
      const id = `${network}/privateEndpoints/${names.length}`;
      const made = call("PUT", id, { body: endpointBody(target, {}, ["vault"]) });
      expect(made.status, source).toBe(201);
      advance(60);
      const dns = call("GET", id).body["properties"]?.["customDnsConfigs"];
      expect(
        dns?.map((it) => it["fqdn"]),
        source,
      ).toEqual(names);
    }
  });
});

describe("private endpoints: names and addresses", () => {
  const three = [
    { fqdn: "sub.cognitiveservices.azure.com", ipAddresses: ["10.1.2.4"] },
    { fqdn: "sub.openai.azure.com", ipAddresses: ["10.1.2.5"] },
    { fqdn: "sub.services.ai.azure.com", ipAddresses: ["10.1.2.6"] },
  ];

  test.each([
    ["OpenAI", [{ fqdn: "sub.openai.azure.com", ipAddresses: ["10.1.2.4"] }], "endpoints: OpenAI"],
    ["FormRecognizer", three.slice(0, 1), "CLI cognitiveservices private_endpoint 22"],
    ["AIServices", three, "public templates: default, secondary, third"],
  ])("%s", (kind, names, source) => {
    const { call } = withEndpoint(kind);
    const shown = call("GET", endpoint).body["properties"];
    expect(shown?.["customDnsConfigs"], source).toEqual(names);
    const nic = call("GET", String(shown?.["networkInterfaces"]?.[0]?.["id"])).body;
    expect(nic, "ASO 20240301 21").toMatchObject({
      managedBy: endpoint,
      kind: "Regular",
      properties: { privateEndpoint: { id: endpoint } },
    });
    expect(
      nic["properties"]?.["ipConfigurations"]?.map(({ properties }) => ({
        fqdn: properties?.["privateLinkConnectionProperties"]?.["fqdns"]?.[0],
        ipAddresses: [properties?.["privateIPAddress"]],
      })),
      "1a: the interface names the public names",
    ).toEqual(names);
  });

  test("a workspace has four names on three addresses", () => {
    const { azure, call, advance } = withTarget();
    azure.load([workspaceRow]);
    call("PUT", endpoint, { body: endpointBody(workspace, {}, ["amlworkspace"]) });
    advance(60);
    const dns = call("GET", endpoint).body["properties"]?.["customDnsConfigs"];
    expect(dns, "azure-docs how-to-custom-dns; addresses: a public exported template").toEqual([
      { fqdn: `${workspaceId}.workspace.westeurope.api.azureml.ms`, ipAddresses: ["10.1.2.4"] },
      {
        fqdn: `${workspaceId}.workspace.westeurope.cert.api.azureml.ms`,
        ipAddresses: ["10.1.2.4"],
      },
      {
        fqdn: `ml-ws-westeurope-${workspaceId}.westeurope.notebooks.azure.net`,
        ipAddresses: ["10.1.2.5"],
      },
      { fqdn: `*.${workspaceId}.inference.westeurope.api.azureml.ms`, ipAddresses: ["10.1.2.6"] },
    ]);
  });

  test("a name for the interface and static addresses are kept; all members or none", () => {
    const { azure, call, advance } = withTarget();
    azure.load([workspaceRow]);
    const fixed = (memberName: string, privateIPAddress: string) => ({
      name: memberName,
      properties: { groupId: "amlworkspace", memberName, privateIPAddress },
    });
    const ipConfigurations = [fixed("default", "10.1.2.8"), fixed("notebook", "10.1.2.9")];
    const put = () => {
      const asked = { ipConfigurations, customNetworkInterfaceName: "my-nic" };
      return call("PUT", endpoint, { body: endpointBody(workspace, asked, ["amlworkspace"]) });
    };
    const refused = put();
    expect([refused.status, refused.body["error"]?.["code"]], "terraform 21781").toEqual([
      400,
      "PrivateEndpointIpConfigurationMissingMemberNamesRequiredByFps",
    ]);
    ipConfigurations.push(fixed("inference", "10.1.2.10"));
    put();
    advance(60);
    const shown = call("GET", endpoint).body["properties"];
    expect(shown?.["networkInterfaces"], "1a").toEqual([
      { id: `${network}/networkInterfaces/my-nic` },
    ]);
    expect(shown?.["customDnsConfigs"]?.map((it) => it["ipAddresses"]?.[0])).toEqual([
      "10.1.2.8",
      "10.1.2.8",
      "10.1.2.9",
      "10.1.2.10",
    ]);
  });

  test("an interface takes tags and nothing else", () => {
    const { call } = withEndpoint();
    const [it] = call("GET", endpoint).body["properties"]?.["networkInterfaces"] ?? [];
    const id = String(it?.["id"]);
    expect(call("PATCH", id, { body: { tags: { a: "b" } } }).body["tags"]).toEqual({ a: "b" });
    const refused = call("PATCH", id, { body: { properties: { enableIPForwarding: true } } });
    expect(refused.status, "Microsoft.Network specification: tags only").toBe(400);
  });

  test("rows in the order of Resource Graph: names and addresses once all are there", () => {
    const { azure, call } = localAzure();
    const row = (id: string, type: string, properties: object) => ({ id, type, properties });
    azure.load([
      row(endpoint, "microsoft.network/privateendpoints", {
        provisioningState: "Succeeded",
        ...endpointBody(`${group}/providers/Microsoft.Search/searchServices/srv`).properties,
      }),
      row(vnet, "microsoft.network/virtualnetworks", vnetBody().properties),
      {
        ...row(
          `${group}/providers/Microsoft.Search/searchServices/srv`,
          "microsoft.search/searchservices",
          {},
        ),
        name: "srv",
        sku: { name: "basic" },
      },
    ]);
    const dns = call("GET", endpoint, { version }).body["properties"]?.["customDnsConfigs"];
    expect(dns, "CLI search private_endpoint_connection_crud").toEqual([
      { fqdn: "srv.search.windows.net", ipAddresses: ["10.1.2.4"] },
    ]);
  });
});

describe("private endpoints: refusals", () => {
  const code = (answer: ReturnType<ReturnType<typeof withTarget>["call"]>) => [
    answer.status,
    answer.body["error"]?.["code"],
  ];

  test("a subnet or a target that is not there, a foreign group, an account that is busy", () => {
    const { call, advance } = withTarget();
    const put = (body: object) => code(call("PUT", endpoint, { body }));
    const nowhere = { subnet: { id: `${vnet}/subnets/absent` } };
    expect(put(endpointBody(account, nowhere)), "public text").toEqual([
      400,
      "InvalidResourceReference",
    ]);
    expect(put(endpointBody(`${account}x`)), "not recorded").toEqual([
      400,
      "InvalidResourceReference",
    ]);
    expect(put(endpointBody(account, {}, ["blob"]))[0], "not recorded").toBe(400);
    call("PATCH", account, { body: { properties: { publicNetworkAccess: "Disabled" } } });
    expect(put(endpointBody()), "arm.md 1.1").toEqual([400, "AccountProvisioningStateInvalid"]);
    advance(60);
    call("PUT", `${vnet}/subnets/other`, {
      body: { properties: { addressPrefix: "10.1.3.0/24" } },
    });
    const unready = call("PUT", endpoint, {
      body: endpointBody(account, { subnet: { id: `${vnet}/subnets/other` } }),
    });
    expect(unready.body["error"]?.["details"]?.[0]?.["code"], "1d: 14 times").toBe(
      "ReferencedResourceNotProvisioned",
    );
    expect(unready.headers, "1d: no Retry-After").not.toHaveProperty("retry-after");
  });

  test("whoever may not join the subnet, or approve on the target, is refused by ARM", () => {
    const { azure, call } = withTarget();
    const someone = { ...person, objectId: "44444444-4444-4444-8444-444444444444" };
    azure.principals.register(someone);
    azure.grant(someone, ["Microsoft.Network/privateEndpoints/*"], subscription);
    const put = (body: object) => call("PUT", endpoint, { body, as: someone });
    expect(code(put(endpointBody())), "azure-docs rbac-permissions").toEqual([
      403,
      "LinkedAuthorizationFailed",
    ]);
    azure.grant(someone, ["Microsoft.Network/virtualNetworks/subnets/join/action"], vnet);
    expect(text(put(endpointBody())), "azure-docs rbac-permissions").toContain(
      "'Microsoft.CognitiveServices/accounts/PrivateEndpointConnectionsApproval/action'",
    );
    expect(put(endpointBody(account, manual())).status, "manual needs no approval").toBe(201);
  });
});
