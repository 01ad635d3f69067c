import { describe, expect, test } from "vitest";
import { connect, decide, refuseConnection, stateOf } from "../../../dev/azure/connections.ts";
import { kinds } from "../../../dev/azure/providers/index.ts";
import { createWorld } from "../../../dev/azure/world.ts";
import { group, localAzure, type Shown, subscription, text } from "./local-azure.ts";

const service = `${group}/providers/Microsoft.Search/searchServices/srv`;
const endpoint = `${group}/providers/Microsoft.Network/privateEndpoints/pe`;
const version = "2025-05-01";

function body(properties: object = {}, sku = "basic") {
  return {
    location: "eastus2euap",
    sku: { name: sku },
    properties: { replicaCount: 1, partitionCount: 1, ...properties },
  };
}

/** A service at rest; the clock stands 20 minutes after its birth. */
function withService(properties?: object, sku?: string) {
  const local = localAzure();
  const call: typeof local.call = (method, id, ask) => local.call(method, id, { version, ...ask });
  call("PUT", service, { body: body(properties, sku) });
  local.advance(1200);
  return { ...local, call };
}

const stateOfService = ({ body: it }: { body: Shown }) => [
  it["properties"]?.["status"],
  it["properties"]?.["provisioningState"],
];

describe("services: how writes go on", () => {
  test.each([
    ["2023-11-01", { publicNetworkAccess: "disabled" }, "standard", 408, 729, "1e: 13x 408-729 s"],
    ["2023-11-01", { partitionCount: 2 }, "standard", 408, 729, "test_service_create_multi 2"],
    ["2025-05-01", {}, "basic", 960, 1140, "1e: PS 2025, 16 and 19 min"],
  ])("PUT of a new one at %s with %j: provisioning", (at, properties, sku, least, most, source) => {
    const { call, advance } = localAzure();
    const made = call("PUT", service, { version: at, body: body(properties, sku) });
    expect([made.status, ...stateOfService(made)], source).toEqual([
      201,
      "provisioning",
      "provisioning",
    ]);
    expect(made.headers, "1e: no headers of an operation").not.toHaveProperty(
      "azure-asyncoperation",
    );
    expect(made.headers["etag"], "1e: ETag header").toMatch(
      /^W\/"datetime'2026-11-24T08%3A00%3A00\.\d{7}Z'"$/,
    );
    advance(least - 1);
    expect(stateOfService(call("GET", service, { version: at })), source).toContain("provisioning");
    advance(most - least + 2);
    expect(stateOfService(call("GET", service, { version: at })), source).toEqual([
      "running",
      "succeeded",
    ]);
  });

  test.each([
    ["basic", "2023-11-01", "test_service_create_skus 4"],
    ["standard", "2023-11-01", "test_service_create_delete_list 3"],
    ["free", "2025-05-01", "1e: JAVA testSearchServiceFreeSku"],
  ])("PUT of a small open %s at %s: running at once", (sku, at, source) => {
    const { call } = localAzure();
    const made = call("PUT", service, { version: at, body: body({}, sku) });
    expect([made.status, ...stateOfService(made)], source).toEqual([201, "running", "succeeded"]);
  });

  const ipRules = [{ value: "55.5.64.73" }];
  test.each([
    ["publicNetworkAccess", "Disabled", "Disabled", 1033, "update_private_endpoint 45"],
    ["networkRuleSet", { ipRules }, { ipRules, bypass: "None" }, 61, "update_ip_rules 22"],
    ["replicaCount", 2, 2, 1277, "1e: replica 1277 s"],
    ["partitionCount", 2, 2, 1703, "1e: partition 1703 s"],
  ])(
    "PATCH of %s: 200, there at once, provisioning for its time",
    (name, sent, shown, seconds, source) => {
      const { call, advance } = withService();
      const patched = call("PATCH", service, { body: { properties: { [name]: sent } } });
      expect([patched.status, ...stateOfService(patched)], source).toEqual([
        200,
        "provisioning",
        "provisioning",
      ]);
      const now = call("GET", service);
      expect(stateOfService(now), source).toEqual(["provisioning", "provisioning"]);
      expect(now.body["properties"]?.[name], source).toEqual(shown);
      advance(seconds - 1);
      expect(stateOfService(call("GET", service)), source).toContain("provisioning");
      advance(2);
      expect(stateOfService(call("GET", service)), source).toEqual(["running", "succeeded"]);
    },
  );

  test("opening takes 608 s", () => {
    const { call, advance } = withService({ publicNetworkAccess: "Disabled" });
    const sent = { properties: { publicNetworkAccess: "ENABLED" } };
    const patched = call("PATCH", service, { body: sent, isWrong: true });
    expect(patched.body["properties"]?.["publicNetworkAccess"], "1e: `Enabled` in all").toBe(
      "Enabled",
    );
    advance(607);
    expect(stateOfService(call("GET", service)), "update_private_endpoint 22").toContain(
      "provisioning",
    );
    advance(2);
    expect(stateOfService(call("GET", service))).toEqual(["running", "succeeded"]);
  });

  test.each([
    ["the value that is there", { publicNetworkAccess: "Enabled" }, "aso 14"],
    ["disableLocalAuth", { disableLocalAuth: true }, "1e: stays running"],
    ["semanticSearch", { semanticSearch: "standard" }, "test_service_create_semantic_search 6"],
  ])("PATCH of %s: running all the time, with a new ETag", (_name, properties, source) => {
    const { call } = withService();
    const before = call("GET", service).headers["etag"];
    const patched = call("PATCH", service, { body: { properties } });
    expect([patched.status, ...stateOfService(patched)], source).toEqual([
      200,
      "running",
      "succeeded",
    ]);
    expect(patched.headers["etag"], "1e: changes on writes").not.toBe(before);
  });

  test("DELETE: 200 and gone; its name is not found", () => {
    const { call } = withService();
    const gone = call("DELETE", service);
    expect([gone.status, gone.body], "test_service_create_delete_list 8").toEqual([200, undefined]);
    const { status, headers, body: shown } = call("GET", service);
    expect([status, shown["error"]?.["code"]], "aso 23").toEqual([404, "ResourceNotFound"]);
    expect(headers["x-ms-failure-cause"], "aso 23").toBe("gateway");
  });
});

describe("services: what they show", () => {
  test("defaults, and the region by its display name", () => {
    const { call } = withService();
    const { body: it } = call("GET", service);
    expect(it["location"], "1e: display name whatever was sent").toBe("East US 2 EUAP");
    expect(it["tags"], "PS 2025-09-26: tags are {} when none were sent").toEqual({});
    expect(it["properties"], "PS 2025-09-26").toEqual({
      replicaCount: 1,
      partitionCount: 1,
      endpoint: "https://srv.search.windows.net",
      status: "running",
      statusDetails: "",
      provisioningState: "succeeded",
      hostingMode: "Default",
      computeType: "Default",
      publicNetworkAccess: "Enabled",
      networkRuleSet: { ipRules: [], bypass: "None" },
      privateEndpointConnections: [],
      sharedPrivateLinkResources: [],
      encryptionWithCmk: { enforcement: "Unspecified", encryptionComplianceStatus: "Compliant" },
      disableLocalAuth: false,
      authOptions: { apiKeyOnly: {} },
      dataExfiltrationProtections: [],
      semanticSearch: "free",
      upgradeAvailable: "notAvailable",
      serviceUpgradedAt: null,
    });
    expect(Object.keys(it["systemData"] ?? {}), "1e: only createdAt").toEqual(["createdAt"]);
  });

  test("older api-versions show less", () => {
    const { call } = withService();
    const { body: at2023 } = call("GET", service, { version: "2023-11-01" });
    expect(at2023["properties"]?.["semanticSearch"], "test_service_update_ip_rules 20").toBe(
      "free",
    );
    expect(at2023, "1e: no systemData up to 2023-11-01").not.toHaveProperty("systemData");
    expect(at2023["properties"], "test_service_create_auth 2").not.toHaveProperty("computeType");
    const { body: at2022 } = call("GET", service, { version: "2022-09-01", isWrong: true });
    expect(at2022["properties"], "test_service_update_ip_rules 21").not.toHaveProperty(
      "semanticSearch",
    );
  });

  test("lists carry nextLink null, and up to 2022-09-01 the etag in the body", () => {
    const { call } = withService();
    const path = service.slice(0, service.lastIndexOf("/"));
    const old = call("GET", path, { version: "2022-09-01", isWrong: true });
    const { etag } = call("GET", service).headers;
    expect(old.body["nextLink"], "test_service_create_delete_list 4").toBeNull();
    expect(old.body["value"]?.[0]?.["properties"]?.["eTag"], "delete_list 4").toBe(etag);
    const now = call("GET", path, { version: "2023-11-01" });
    expect(now.body["value"]?.[0]?.["properties"], "1e: 2020-08 to 2022-09").not.toHaveProperty(
      "eTag",
    );
    const everywhere = `${subscription}/providers/Microsoft.Search/searchServices`;
    expect(call("GET", everywhere).body["value"], "the list of a subscription").toHaveLength(1);
    call("DELETE", service);
    expect(call("GET", path).body, "test_service_create_delete_list 11").toEqual({ value: [] });
  });

  test("a loaded service is at rest and shows its connections", () => {
    const { azure, call } = localAzure();
    const connection = {
      id: `${service}/privateEndpointConnections/pe.1`,
      name: "pe.1",
      type: "Microsoft.Search/searchServices/privateEndpointConnections",
      properties: {
        privateEndpoint: { id: endpoint },
        privateLinkServiceConnectionState: { status: "Approved" },
        provisioningState: "Succeeded",
        groupId: "searchService",
      },
    };
    const properties = {
      publicNetworkAccess: "disabled",
      privateEndpointConnections: [connection],
    };
    azure.load([{ id: service, ...body(properties), type: "microsoft.search/searchservices" }]);
    const { body: it } = call("GET", service, { version });
    expect(it["properties"]?.["privateEndpointConnections"], "crud 35").toEqual([connection]);
    expect(stateOfService({ body: it })).toEqual(["running", "succeeded"]);
  });
});

describe("services: local authentication", () => {
  const off = { properties: { disableLocalAuth: true } };

  test("true makes authOptions null, false needs them no more", () => {
    const { call } = withService();
    const patched = call("PATCH", service, { body: off });
    expect(patched.body["properties"], "PS 2025-09-26T02:59:28Z").toMatchObject({
      disableLocalAuth: true,
      authOptions: null,
    });
    const kept = call("PATCH", service, { body: { tags: { a: "1" } } });
    expect(kept.body["properties"], "1e: omitted is kept").toMatchObject({
      disableLocalAuth: true,
      authOptions: null,
    });
    const aadOrApiKey = { aadAuthFailureMode: "http403" };
    const sent = { properties: { disableLocalAuth: false, authOptions: { aadOrApiKey } } };
    const back = call("PATCH", service, { body: sent });
    expect(back.body["properties"]?.["authOptions"], "test_service_create_auth 8").toEqual({
      aadOrApiKey,
    });
  });

  test.each([
    ["together", { properties: { disableLocalAuth: true, authOptions: { apiKeyOnly: {} } } }, 400],
    ["with null", { properties: { disableLocalAuth: true, authOptions: null } }, 200],
  ])("true and authOptions %s", (_name, sent, status) => {
    const { call } = withService();
    expect(
      call("PATCH", service, { body: sent }).status,
      "arm.md 1.6: cannot be true while set",
    ).toBe(status);
  });

  test("one form of authOptions takes the place of another", () => {
    const { call } = withService();
    const authOptions = { aadOrApiKey: { aadAuthFailureMode: "http401WithBearerChallenge" } };
    const patched = call("PATCH", service, { body: { properties: { authOptions } } });
    expect(patched.body["properties"]?.["authOptions"], "test_service_create_auth 6").toEqual(
      authOptions,
    );
  });
});

describe("services: refusals", () => {
  test.each([
    ["privateEndpointConnections", []],
    ["provisioningState", "succeeded"],
    ["sharedPrivateLinkResources", []],
    ["status", "running"],
    ["statusDetails", ""],
  ])("a PATCH that echoes %s", (name, value) => {
    const { call } = withService();
    const { status, body: it } = call("PATCH", service, {
      body: { properties: { [name]: value } },
    });
    expect(status, "terraform azurerm: must remove read-only fields").toBe(400);
    expect(it["error"], "1e: shape of errors").toMatchObject({
      message: expect.stringMatching(/ RequestId: [0-9a-f-]{36}$/),
      target: null,
      details: null,
    });
  });

  test("a PUT may echo them", () => {
    const { call } = withService();
    const { body: shown } = call("GET", service);
    expect(call("PUT", service, { body: shown }).status, "test_service_update_ip_rules 22").toBe(
      200,
    );
  });

  test("a write while it is provisioning, but not its deletion", () => {
    const { call } = withService();
    const sent = { properties: { publicNetworkAccess: "Disabled" } };
    call("PATCH", service, { body: sent });
    expect(call("PATCH", service, { body: sent }).status, "arm.md 8.17, not recorded").toBe(409);
    expect(call("DELETE", service).status).toBe(200);
  });

  test("network rules in the free tier, and an unknown access", () => {
    const sent = { properties: { publicNetworkAccess: "Disabled" } };
    const { call } = withService({}, "free");
    expect(call("PATCH", service, { body: sent }).status, "azure-docs: basic and above").toBe(400);
    const odd = { properties: { publicNetworkAccess: "off" } };
    const { call: other } = withService();
    expect(
      other("PATCH", service, { body: odd, isWrong: true }).status,
      "specification: three values",
    ).toBe(400);
  });
});

describe("private endpoint connections", () => {
  const request = { endpoint, guid: "g", target: service, groupIds: ["searchService"] };

  function connected(manual = false, sku = "basic") {
    const world = createWorld({
      now: () => new Date("2026-11-24T08:00:00Z"),
      seed: 1,
      delays: "none",
      anySubscription: true,
      kinds,
    });
    const kind = world.kind("Microsoft.Search/searchServices");
    const made = { id: service, name: "srv", type: "Microsoft.Search/searchServices" };
    const sent = { ...made, sku: { name: sku }, properties: {} };
    const whole = kind?.complete?.(sent, undefined, world);
    world.put({ ...sent, ...whole, etag: "before" });
    const refused = refuseConnection(world, { ...request, manual });
    const state = connect(world, { ...request, manual });
    return { world, refused, state };
  }

  test("one is approved at once; the service's ETag moves", () => {
    const { world, refused, state } = connected();
    expect(refused).toBeUndefined();
    expect(state, "crud 35").toEqual({
      status: "Approved",
      description: "Auto-approved",
      actionsRequired: "None",
    });
    expect(world.get(service)?.etag, "1e: and PE connects").not.toBe("before");
    expect(world.children(service)[0]?.name, "crud 35").toBe("pe.g");
  });

  test("a manual one is pending without a description", () => {
    expect(connected(true).state, "1e: null if pending").toEqual({
      status: "Pending",
      description: null,
      actionsRequired: "None",
    });
  });

  test("the target's decision is seen from the endpoint", () => {
    const { world } = connected();
    const it = world.children(service)[0];
    const rejected = { status: "Rejected", description: "no", actionsRequired: "None" };
    if (it)
      world.put({
        ...it,
        properties: { ...it.properties, privateLinkServiceConnectionState: rejected },
      });
    const now = world.children(service)[0];
    if (now) decide(world, now, service, false);
    expect(stateOf(world, endpoint, service), "1a: seen within seconds").toEqual(rejected);
  });

  function withConnection(status = "Approved") {
    const local = withService();
    const id = `${service}/privateEndpointConnections/pe.g`;
    const state = { status, description: "Auto-approved", actionsRequired: "None" };
    local.azure.load([
      {
        id,
        type: "Microsoft.Search/searchServices/privateEndpointConnections",
        properties: {
          privateEndpoint: { id: endpoint },
          privateLinkServiceConnectionState: state,
          groupId: "searchService",
        },
      },
    ]);
    const put = (to: string) =>
      local.call("PUT", id, {
        isWrong: true, // the judge knows no description
        body: {
          properties: {
            privateLinkServiceConnectionState: {
              status: to,
              description: `${to} by test`,
              actionsRequired: "No action required",
            },
          },
        },
      });
    return { ...local, id, put };
  }

  test("PUT is 200 and keeps who it is", () => {
    const { id, put } = withConnection();
    const { status, body: it } = put("Rejected");
    expect([status, it], "crud 38").toEqual([
      200,
      {
        id,
        name: "pe.g",
        type: "Microsoft.Search/searchServices/privateEndpointConnections",
        properties: {
          privateEndpoint: { id: endpoint },
          privateLinkServiceConnectionState: {
            status: "Rejected",
            description: "Rejected by test",
            actionsRequired: "None",
          },
          provisioningState: "Succeeded",
          groupId: "searchService",
        },
      },
    ]);
  });

  test("from Rejected only by way of Pending", () => {
    const { put } = withConnection("Rejected");
    const { status, body: it } = put("Approved");
    expect([status, it["error"]?.["code"]], "test_private_endpoint_connection_search 43").toEqual([
      400,
      "OperationNotAllowed",
    ]);
    expect([put("Pending").status, put("Approved").status], "crud 39, 40").toEqual([200, 200]);
  });

  test("DELETE is 200 with a body that says Disconnected; then 404 by Search", () => {
    const { call, id } = withConnection();
    const gone = call("DELETE", id);
    expect(
      [gone.status, gone.body["properties"]?.["privateLinkServiceConnectionState"]],
      "crud 41",
    ).toEqual([
      200,
      {
        status: "Disconnected",
        description: "Remove request from customer.",
        actionsRequired: "None",
      },
    ]);
    const { status, headers, body: it } = call("GET", id);
    expect([status, String(it["error"]?.["message"])], "crud 42").toEqual([
      404,
      expect.stringMatching(/^Could not find private endpoint connection 'pe\.g' in subscription/),
    ]);
    expect(headers, "crud 42: by Search, not the gateway").not.toHaveProperty("x-ms-failure-cause");
    const path = id.slice(0, id.lastIndexOf("/"));
    expect(call("GET", path).body, "crud 43").toEqual({ value: [], nextLink: null });
  });

  test("none is made by a PUT on the service's side", () => {
    const { call } = withService();
    const made = call("PUT", `${service}/privateEndpointConnections/other`, {
      body: body(),
      isWrong: true,
    });
    expect(made.status, "not recorded").toBe(404);
  });

  test("none for the free tier", () => {
    expect(connected(false, "free").refused?.status, "azure-docs: basic and above").toBe(400);
  });
});

describe("around a service", () => {
  test("privateLinkResources", () => {
    const { call } = withService();
    const { body: it } = call("GET", `${service}/privateLinkResources`);
    expect(it["value"]?.[0]?.["properties"], "test_list_private_link_resources 21").toMatchObject({
      groupId: "searchService",
      requiredMembers: ["searchService"],
      requiredZoneNames: ["privatelink.search.windows.net"],
    });
  });

  test("sharedPrivateLinkResources: 202 without a body, Pending after 90 s, copied in the service", () => {
    const { call, send, advance } = withService();
    const id = `${service}/sharedPrivateLinkResources/spl`;
    const sent = { privateLinkResourceId: `${group}/x`, groupId: "blob", requestMessage: "please" };
    const made = call("PUT", id, { body: { properties: sent } });
    expect([made.status, made.body], "test_shared_private_link_resource_crud").toEqual([
      202,
      undefined,
    ]);
    const address = made.headers["azure-asyncoperation"] ?? "";
    expect(address, "1e").toContain("/operationStatuses/");
    expect(send("GET", address).body, "1e").toEqual({ status: "Running" });
    advance(91);
    expect(send("GET", address).body, "1e").toEqual({ status: "Succeeded" });
    const { body: it } = call("GET", id);
    expect(it["properties"], "1e").toMatchObject({
      ...sent,
      status: "Pending",
      provisioningState: "Succeeded",
    });
    const { body: whole } = call("GET", service);
    expect(whole["properties"]?.["sharedPrivateLinkResources"], "arm.md 1.6: copy").toEqual([it]);
  });

  test("keys are listed by POST only, and never shown", () => {
    const { call } = withService();
    const admin = call("POST", `${service}/listAdminKeys`);
    expect(Object.keys(admin.body), "aso 17").toEqual(["primaryKey", "secondaryKey"]);
    const { body: first } = call("POST", `${service}/listQueryKeys`);
    expect(first, "test_query_key 25").toEqual({
      value: [{ name: null, key: expect.any(String) }],
      nextLink: null,
    });
    const made = call("POST", `${service}/createQueryKey/mine`);
    expect([made.status, made.body["name"]], "test_query_key 26").toEqual([200, "mine"]);
    expect(
      call("POST", `${service}/listQueryKeys`).body["value"],
      "test_query_key 27",
    ).toHaveLength(2);
    const key = String(made.body["key"]);
    expect(call("DELETE", `${service}/deleteQueryKey/${key}`).status, "test_query_key 30").toBe(
      204,
    );
    expect(call("POST", `${service}/listQueryKeys`).body, "test_query_key 33").toEqual(first);
    const anew = call("POST", `${service}/regenerateAdminKey/primary`);
    expect(anew.body["primaryKey"], "specification").not.toBe(admin.body["primaryKey"]);
    expect(anew.body["secondaryKey"], "specification").toBe(admin.body["secondaryKey"]);
    expect(text(call("GET", service))).not.toContain(String(admin.body["secondaryKey"]));
  });
});
