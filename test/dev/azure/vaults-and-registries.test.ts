import { describe, expect, test } from "vitest";
import { endpoint, endpointBody, manual, withTarget } from "./endpoint-estate.ts";
import { group, person } from "./local-azure.ts";

const location = "westeurope";
const vault = `${group}/providers/Microsoft.KeyVault/vaults/keys`;
const registry = `${group}/providers/Microsoft.ContainerRegistry/registries/images`;
const version = "2023-07-01";
const vaultBody = (properties: object = {}) => ({
  location,
  properties: {
    tenantId: person.tenantId,
    sku: { family: "A", name: "standard" },
    accessPolicies: [],
    ...properties,
  },
});
const registryBody = (name = "Premium") => ({ location, sku: { name }, properties: {} });

describe("vaults", () => {
  test("PUT is 200, new or not; soft delete is always on", () => {
    const { call } = withTarget();
    const made = call("PUT", vault, { version, body: vaultBody({ enableSoftDelete: false }) });
    expect([made.status, made.body["properties"]], "KeyVault_Vault_20230701 5").toEqual([
      200,
      {
        sku: { family: "A", name: "standard" },
        tenantId: person.tenantId,
        accessPolicies: [],
        enabledForDeployment: false,
        enableSoftDelete: true,
        softDeleteRetentionInDays: 90,
        vaultUri: "https://keys.vault.azure.net/",
        provisioningState: "Succeeded",
        publicNetworkAccess: "Enabled",
      },
    ]);
    expect(made.body["systemData"], "manners 1.12").toMatchObject({ createdByType: "User" });
    const older = call("GET", vault, { version: "2022-07-01", isUnjudged: true }); // older than the judge's
    expect(older.body["properties"], "since 2023-02-01").not.toHaveProperty("publicNetworkAccess");
    const off = { properties: { publicNetworkAccess: "Disabled" } };
    expect(call("PATCH", vault, { version, body: off }).status, "not recorded").toBe(200);
  });

  test("rules that equal the default do not come back", () => {
    const { call } = withTarget();
    const rules = (networkAcls: object) =>
      call("PUT", vault, { version, body: vaultBody({ networkAcls }) }).body["properties"]?.[
        "networkAcls"
      ];
    expect(rules({ bypass: "AzureServices", defaultAction: "Allow" }), "12 of 12").toBeUndefined();
    const closed = { bypass: "None", defaultAction: "Deny" };
    expect(rules(closed), "20 of 20").toEqual(closed);
  });

  test("an endpoint's connection is named as the endpoint names it, without words", () => {
    const { call, advance } = withTarget();
    call("PUT", vault, { version, body: vaultBody() });
    call("PUT", endpoint, { body: endpointBody(vault, {}, ["vault"]) });
    advance(60);
    const shown = {
      id: `${vault}/privateEndpointConnections/c`,
      name: "c",
      type: "Microsoft.KeyVault/vaults/privateEndpointConnections",
      location,
      properties: {
        provisioningState: "Succeeded",
        privateEndpoint: { id: endpoint },
        privateLinkServiceConnectionState: { status: "Approved", actionsRequired: "None" },
      },
    };
    const one = call("GET", shown.id, { version });
    expect(one.body, "CLI keyvault 17").toEqual(shown);
    const list = `${vault}/privateEndpointConnections`;
    expect(call("GET", list, { version }).body["value"]).toHaveLength(1);
    expect(call("GET", `${list}/none`, { version }).status).toBe(404);
    expect(call("GET", vault, { version }).body["properties"], "CLI keyvault 21").toMatchObject({
      privateEndpointConnections: [{ id: shown.id, properties: shown.properties }],
    });
    const { privateLinkServiceConnectionState } = shown.properties;
    const decision = { version, body: { properties: { privateLinkServiceConnectionState } } };
    for (const method of ["PUT", "DELETE"])
      expect(call(method, shown.id, decision).headers, "not simulated").toHaveProperty(
        "x-not-simulated",
      );
  });

  test("DELETE 200; absent", () => {
    const { call } = withTarget();
    call("PUT", vault, { version, body: vaultBody() });
    expect(call("DELETE", vault, { version }).status, "KeyVault_Vault_20230701 7").toBe(200);
    expect(call("DELETE", vault, { version }).status).toBe(204);
  });
});

describe("registries", () => {
  test("PUT: 201 with an operation below itself, then 200; only Premium has network rules", () => {
    const { call, send, advance } = withTarget();
    const made = call("PUT", registry, { version, body: registryBody() });
    expect([made.status, made.headers["retry-after"]], "manners 1.2").toEqual([201, "10"]);
    expect(made.headers, "manners 1.2").not.toHaveProperty("location");
    const address = made.headers["azure-asyncoperation"] ?? "";
    expect(address, "CLI acr 12").toContain(`${registry}/operationStatuses/registries-`);
    expect(send("GET", address).body, "manners 1.4").toEqual({ status: "Creating" });
    advance(11);
    expect(send("GET", address).body, "CLI acr 12").toEqual({ status: "Succeeded" });
    const { body } = call("GET", registry, { version });
    expect(body["properties"], "Registry_20230701 4").toMatchObject({
      loginServer: "images.azurecr.io",
      provisioningState: "Succeeded",
      networkRuleSet: { defaultAction: "Allow", ipRules: [] },
      privateEndpointConnections: [],
      publicNetworkAccess: "Enabled",
      networkRuleBypassOptions: "AzureServices",
    });
    expect(call("PUT", registry, { version, body: registryBody() }).status, "16").toBe(200);
    const off = { properties: { publicNetworkAccess: "Disabled" } };
    expect(call("PATCH", registry, { version, body: off }).status, "manners 1.2: 30").toBe(200);
    const basic = call("PUT", `${registry}2`, { version, body: registryBody("Basic") });
    expect(basic.body["properties"], "manners 1.6").not.toHaveProperty("networkRuleSet");
  });

  test("a manual connection waits: the endpoint says so without words", () => {
    const { call, advance } = withTarget();
    call("PUT", registry, { version, body: registryBody() });
    advance(11);
    const asked = manual();
    const [one] = asked.manualPrivateLinkServiceConnections;
    const properties = {
      ...one?.properties,
      privateLinkServiceId: registry,
      groupIds: ["registry"],
    };
    const waiting = {
      ...asked,
      manualPrivateLinkServiceConnections: [{ name: "c", properties }],
    };
    call("PUT", endpoint, { body: endpointBody(registry, waiting) });
    advance(60);
    const list = `${registry}/privateEndpointConnections`;
    const [it] = call("GET", list, { version }).body["value"] ?? [];
    expect(it, "CLI acr 20").toEqual({
      type: "Microsoft.ContainerRegistry/registries/privateEndpointConnections",
      id: expect.stringMatching(/\/images\.[0-9a-f]{32}$/),
      name: expect.any(String),
      properties: {
        privateEndpoint: { id: endpoint },
        privateLinkServiceConnectionState: { status: "Pending" },
        provisioningState: "Succeeded",
      },
    });
    const shown = call("GET", endpoint).body["properties"];
    expect(
      shown?.["manualPrivateLinkServiceConnections"]?.[0]?.["properties"]?.[
        "privateLinkServiceConnectionState"
      ],
      "CLI acr 19",
    ).toEqual({ status: "Pending", description: "", actionsRequired: "None" });
    expect(call("GET", String(it?.["id"]), { version }).status).toBe(200);
    expect(call("GET", `${list}/none`, { version }).status).toBe(404);
  });

  test("DELETE: 202 with Location only, then nothing", () => {
    const { call, send, advance } = withTarget();
    call("PUT", registry, { version, body: registryBody() });
    advance(11);
    const gone = call("DELETE", registry, { version });
    expect([gone.status, gone.body], "Registry_20230701 20").toEqual([202, undefined]);
    expect(gone.headers).not.toHaveProperty("azure-asyncoperation");
    const address = gone.headers["location"] ?? "";
    expect(send("GET", address).status).toBe(202);
    advance(11);
    expect(send("GET", address).status).toBe(200);
    expect(call("GET", registry, { version }).body["error"]?.["code"]).toBe("ResourceNotFound");
  });
});

test.each([vault, registry])("%s is absent: reads, writes and lists elsewhere", (id) => {
  const { call } = withTarget();
  expect(call("GET", id, { version }).status).toBe(404);
  expect(call("PATCH", id, { version, body: { tags: {} } }).status).toBe(404);
  const elsewhere = id.replace("/rg/", "/none/");
  const list = elsewhere.slice(0, elsewhere.lastIndexOf("/"));
  const body = id === vault ? vaultBody() : registryBody();
  for (const answer of [
    call("GET", list, { version }),
    call("PUT", elsewhere, { version, body }),
    call("DELETE", elsewhere, { version }),
    call("GET", `${id}/privateEndpointConnections`, { version }),
  ])
    expect(answer.status, "manners 1.8").toBe(404);
  expect(call("GET", id.slice(0, id.lastIndexOf("/")), { version }).body["value"]).toEqual([]);
});
