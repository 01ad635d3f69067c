import { describe, expect, test } from "vitest";
import { endpoint, endpointBody, network, subnet, withTarget } from "./endpoint-estate.ts";

const location = "West Europe";
const service = `${network}/privateLinkServices/pls`;
const serviceBody = (properties: object = {}) => ({
  location,
  properties: {
    ipConfigurations: [{ name: "a", properties: { subnet: { id: subnet } } }],
    loadBalancerFrontendIpConfigurations: [
      { id: `${network}/loadBalancers/lb/frontendIPConfigurations/front` },
    ],
    ...properties,
  },
});

/** Link services answer at 2025-05-01: what is described before knows no error of theirs. */
function withNewer() {
  const local = withTarget();
  const call: typeof local.call = (method, id, ask) =>
    local.call(method, id, {
      ...(id.includes("/privateLinkServices") && { version: "2025-05-01" }),
      ...ask,
    });
  return { ...local, call };
}

/** A subnet that takes link services, and one in it. */
function withService(properties?: object) {
  const local = withNewer();
  const open = { addressPrefix: "10.1.2.0/28", privateLinkServiceNetworkPolicies: "Disabled" };
  local.call("PUT", subnet, { body: { properties: open } });
  local.advance(11);
  const made = local.call("PUT", service, { body: serviceBody(properties) });
  local.advance(16);
  return { ...local, made };
}

describe.each([
  ["applicationSecurityGroups", {}, "asg 12"],
  ["networkSecurityGroups", { securityRules: [] }, "CLI subnet_set 7"],
  ["publicIPAddresses", { idleTimeoutInMinutes: 4, ipTags: [] }, "subnet_endpoint_service 3"],
  ["loadBalancers", {}, "1d"],
  ["applicationGateways", {}, "manners 1.2"],
])("%s", (type, defaults, source) => {
  const id = `${network}/${type}/it`;

  test("PUT 201 Updating with one header, then 200; GET, lists, PATCH of tags, DELETE 202", () => {
    const { call, advance } = withTarget();
    const made = call("PUT", id, { body: { location, properties: {} } });
    expect([made.status, made.body["location"]], source).toEqual([201, "westeurope"]);
    expect(made.headers, source).toHaveProperty("azure-asyncoperation");
    expect(made.headers, source).not.toHaveProperty("location");
    expect(made.body["properties"], source).toMatchObject({
      provisioningState: "Updating",
      ...defaults,
    });
    advance(301);
    const shown = call("GET", id);
    expect(shown.body["properties"], source).toEqual({
      ...made.body["properties"],
      provisioningState: "Succeeded",
    });
    const body = { location, tags: { a: "b" }, properties: {} };
    const again = call("PUT", id, { body });
    expect([again.status, again.body["properties"]?.["resourceGuid"]]).toEqual([
      200,
      made.body["properties"]?.["resourceGuid"],
    ]);
    advance(301);
    expect(call("GET", `${network}/${type}`).body["value"]).toHaveLength(1);
    const tagged = call("PATCH", id, { body: { tags: { c: "d" } } });
    expect([tagged.status, tagged.body["tags"]], "specification: tags").toEqual([200, { c: "d" }]);
    const more = call("PATCH", id, { body: { properties: {} }, isUnjudged: true });
    expect(more.status, "specification: nothing else").toBe(400);
    const gone = call("DELETE", id);
    expect([gone.status, gone.headers["retry-after"]], "1d: all DELETEs").toEqual([202, "10"]);
    advance(301);
    expect(call("DELETE", id).status).toBe(204);
  });

  test("absent: 404 of the gateway; a PUT needs a location; nothing in a group that is not there", () => {
    const { call } = withTarget();
    const absent = call("GET", id);
    expect([absent.headers["x-ms-failure-cause"], absent.body["error"]?.["code"]]).toEqual([
      "gateway",
      "ResourceNotFound",
    ]);
    expect(call("PATCH", id, { body: { tags: {} } }).status).toBe(404);
    const lost = call("PUT", id, { body: { properties: {} }, isUnjudged: true });
    expect(lost.body["error"]?.["code"], "public text").toBe("LocationRequired");
    const elsewhere = id.replace("/rg/", "/none/");
    for (const [method, at] of [
      ["GET", elsewhere.slice(0, elsewhere.lastIndexOf("/"))],
      ["DELETE", elsewhere],
    ] as const)
      expect(call(method, at).body["error"]?.["code"], "manners 1.8").toBe("ResourceGroupNotFound");
  });
});

describe("link services", () => {
  test("PUT: 201 with an alias and an interface of its own; a subnet with policies is refused", () => {
    const { made, call } = withService();
    expect([made.status, made.body["location"]], "CLI private_link_service 23").toEqual([
      201,
      "westeurope",
    ]);
    const source = "CLI private_link_service 26";
    const shown = call("GET", service).body;
    expect(shown["properties"], source).toMatchObject({
      provisioningState: "Succeeded",
      fqdns: [],
      alias: expect.stringMatching(/^pls\.[0-9a-f-]{36}\.westeurope\.azure\.privatelinkservice$/),
      enableProxyProtocol: false,
      privateEndpointConnections: [],
      networkInterfaces: [{ id: expect.stringMatching(/\/networkInterfaces\/pls\.nic\./) }],
      ipConfigurations: [
        {
          name: "a",
          id: `${service}/ipConfigurations/a`,
          etag: shown["etag"],
          type: "Microsoft.Network/privateLinkServices/ipConfigurations",
          properties: { privateIPAllocationMethod: "Dynamic", primary: true },
        },
      ],
    });
    const again = call("PUT", service, { body: serviceBody({ enableProxyProtocol: true }) });
    expect([again.status, again.body["properties"]?.["alias"]], "28: it stays").toEqual([
      200,
      shown["properties"]?.["alias"],
    ]);
    const closed = withNewer().call("PUT", service, { body: serviceBody() });
    expect(closed.body["error"]?.["code"], "public text").toBe(
      "PrivateLinkServiceCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled",
    );
  });

  test("lists, DELETE 202, then 404; no PATCH", () => {
    const { call, advance } = withService();
    const list = service.slice(0, service.lastIndexOf("/"));
    expect(call("GET", list).body["value"], "31").toHaveLength(1);
    const patched = call("PATCH", service, { body: { tags: {} }, isUnjudged: true });
    expect(patched.status, "specification").toBe(405);
    expect(call("DELETE", service).status, "34").toBe(202);
    advance(16);
    expect(call("GET", service).body["error"]?.["code"]).toBe("ResourceNotFound");
    const elsewhere = list.replace("/rg/", "/none/");
    expect(call("GET", elsewhere).status).toBe(404);
    expect(call("DELETE", `${elsewhere}/pls`).status).toBe(404);
  });

  const toService = (properties: object = {}) => {
    const body = endpointBody(service, properties, []);
    return { body };
  };
  const waiting = {
    privateLinkServiceConnections: [],
    manualPrivateLinkServiceConnections: [
      { name: "c", properties: { privateLinkServiceId: service, requestMessage: "please" } },
    ],
  };
  const connections = `${service}/privateEndpointConnections`;

  test.each([
    ["automatic", {}, undefined, "Approved", "Auto Approved"],
    ["manual", waiting, undefined, "Pending", "please"],
    ["manual, approved beforehand", waiting, { subscriptions: ["*"] }, "Approved", "Auto Approved"],
  ])(
    "%s: the endpoint shows it without public names",
    (_name, properties, autoApproval, status, description) => {
      const { call, advance } = withService(autoApproval && { autoApproval });
      expect(call("PUT", endpoint, toService(properties)).status).toBe(201);
      advance(60);
      const shown = call("GET", endpoint).body["properties"];
      const [one] = [
        ...(shown?.["privateLinkServiceConnections"] ?? []),
        ...(shown?.["manualPrivateLinkServiceConnections"] ?? []),
      ];
      expect(
        one?.["properties"]?.["privateLinkServiceConnectionState"],
        "1a: ASO Alias 29",
      ).toEqual({
        status,
        description,
        actionsRequired: "None",
      });
      expect(shown?.["customDnsConfigs"], "1a: 8 of 8").toEqual([]);
    },
  );

  test("an alias names a service, too: its owner sees and decides it", () => {
    const { call, advance } = withService({ autoApproval: { subscriptions: ["*"] } });
    const alias = String(call("GET", service).body["properties"]?.["alias"]);
    const asked = { name: "c", properties: { privateLinkServiceId: alias } };
    const manual = {
      privateLinkServiceConnections: [],
      manualPrivateLinkServiceConnections: [asked],
    };
    call("PUT", endpoint, toService(manual));
    advance(60);
    const seen = () =>
      call("GET", endpoint).body["properties"]?.["manualPrivateLinkServiceConnections"]?.[0]?.[
        "properties"
      ];
    expect(seen(), "ASO Alias 29").toMatchObject({
      privateLinkServiceId: alias,
      privateLinkServiceConnectionState: { status: "Approved" },
    });
    const [it] = call("GET", connections).body["value"] ?? [];
    call("DELETE", String(it?.["id"]));
    advance(2);
    expect(seen()?.["privateLinkServiceConnectionState"]).toMatchObject({ status: "Disconnected" });
    call("DELETE", endpoint);
    advance(60);
    expect(call("GET", connections).body["value"]).toEqual([]);
  });

  test("its owner rejects with words: seen by the endpoint at once; removed it is Disconnected", () => {
    const { call, advance } = withService();
    call("PUT", endpoint, toService(waiting));
    advance(60);
    const [it] = call("GET", connections).body["value"] ?? [];
    const id = String(it?.["id"]);
    const decision = { status: "Rejected", actionsRequired: "need action" };
    const body = { properties: { privateLinkServiceConnectionState: decision } };
    const answer = call("PUT", id, { body });
    expect(answer.status, "test_network_private_endpoints 37").toBe(200);
    const stored = { ...decision, description: "" };
    expect(answer.body["properties"], "the same: no words are empty ones").toMatchObject({
      privateLinkServiceConnectionState: stored,
    });
    advance(2);
    const seen = () =>
      call("GET", endpoint).body["properties"]?.["manualPrivateLinkServiceConnections"]?.[0]?.[
        "properties"
      ]?.["privateLinkServiceConnectionState"];
    expect(seen(), "test_network_private_endpoints 38").toEqual(stored);
    expect(call("GET", id).body["properties"]).toMatchObject({ privateEndpoint: { id: endpoint } });
    const unknown = `${connections}/none`;
    expect(call("PUT", unknown, { body }).status, "made by endpoints only").toBe(404);
    expect(call("GET", unknown).body["error"]?.["code"], "1d").toBe("NotFound");
    expect(call("DELETE", id).status).toBe(202);
    advance(2);
    expect(seen()?.["status"], "azure-docs manage-private-endpoint").toBe("Disconnected");
    const elsewhere = connections.replace("/pls/", "/none/");
    expect(call("GET", elsewhere).status).toBe(404);
    expect(call("DELETE", `${elsewhere}/none`).status).toBe(404);
  });
});
