import { describe, expect, test } from "vitest";
import { group, localAzure, text } from "./local-azure.ts";

const workspace = `${group}/providers/Microsoft.MachineLearningServices/workspaces/ws`;
const endpoint = `${workspace}/onlineEndpoints/online`;

function withWorkspace() {
  const local = localAzure();
  local.azure.load([
    {
      id: workspace,
      type: "Microsoft.MachineLearningServices/workspaces",
      location: "eastus",
      kind: "Default",
      properties: { provisioningState: "Succeeded" },
    },
  ]);
  return local;
}

const body = {
  location: "eastus",
  tags: { a: "1" },
  identity: { type: "SystemAssigned" },
  properties: { authMode: "aadToken", keys: { primaryKey: "secret" } },
};

function withEndpoint() {
  const local = withWorkspace();
  local.call("PUT", endpoint, { body });
  local.advance(90);
  return local;
}

describe("online endpoints", () => {
  test("PUT: 201, Location is itself, and a body to build nothing from", () => {
    const { call, send, advance } = withWorkspace();
    const answer = call("PUT", endpoint, { body });
    expect(answer.status, "F3").toBe(201);
    expect(answer.headers["location"], "F3").toBe(
      `https://127.0.0.1:8443${endpoint}?api-version=2025-06-01`,
    );
    expect(answer.headers["x-ms-async-operation-timeout"], "F3").toBe("PT30M");
    expect(answer.headers, "fact 5").not.toHaveProperty("retry-after");
    for (const name of ["location", "identity"]) expect(answer.body, "F4").not.toHaveProperty(name);
    expect(answer.body["systemData"], "F4").toEqual({});
    expect(answer.body["properties"], "F4").toMatchObject({
      provisioningState: "Creating",
      scoringUri: null,
      authMode: "AADToken",
    });
    const operation = answer.headers["azure-asyncoperation"] ?? "";
    expect(send("GET", operation).body, "F2").toMatchObject({
      name: expect.stringMatching(/^oe:/),
      id: expect.stringContaining("/locations/eastus/mfeOperationsStatus/oe:"),
      status: "Updating",
    });
    advance(90);
    expect(send("GET", operation).body, "F2: 0.0 at the end").toMatchObject({
      status: "Succeeded",
      percentComplete: 0,
      endTime: expect.any(String),
    });
    const shown = call("GET", endpoint).body;
    expect(shown, "F4").toMatchObject({
      location: "eastus",
      kind: "Managed",
      identity: { type: "SystemAssigned", principalId: expect.any(String) },
      properties: {
        scoringUri: "https://online.eastus.inference.ml.azure.com/score",
        publicNetworkAccess: "Enabled",
        compute: null,
        traffic: {},
        mirrorTraffic: {},
        properties: { "azureml.onlineendpointid": endpoint.toLowerCase() },
      },
    });
    expect(text({ body: shown }), "arm 1.5: keys are never read").not.toContain("secret");
  });

  test("PUT of an existing one: 201 again, whole; the service's entries move", () => {
    const { call, advance } = withEndpoint();
    const before = call("GET", endpoint).body["properties"]?.["properties"];
    const properties = { authMode: "Key", publicNetworkAccess: "Disabled" };
    expect(
      call("PUT", endpoint, { body: { location: "eastus", properties } }).status,
      "claim 44",
    ).toBe(201);
    expect(call("PUT", endpoint, { body }).status, "fact 13").toBe(409);
    advance(90);
    const { body: after } = call("GET", endpoint);
    expect(after["properties"]).toMatchObject(properties);
    expect([after["tags"], after["identity"]], "a PUT replaces").toEqual([{}, undefined]);
    const moved = after["properties"]?.["properties"];
    expect(moved?.["AzureAsyncOperationUri"], "F4").not.toBe(before?.["AzureAsyncOperationUri"]);
  });

  test("PATCH: 202 and the word null, Location only; tags and nothing else", () => {
    const { call, send, advance } = withEndpoint();
    const answer = call("PATCH", endpoint, {
      body: { tags: { b: "2" }, properties: { publicNetworkAccess: "Disabled" } },
    });
    expect([answer.status, answer.body as unknown], "claim 43").toEqual([202, "null"]);
    expect(answer.headers["content-type"]).toContain("application/json");
    expect(answer.headers, "claim 43").not.toHaveProperty("azure-asyncoperation");
    const { location = "" } = answer.headers;
    expect(location, "claim 43").toContain("/mfeOperationResults/oe:");
    advance(11);
    expect(send("GET", location).body, "F2: the operation, not the resource").toMatchObject({
      id: expect.stringContaining("/mfeOperationResults/oe:"),
      status: "Succeeded",
    });
    const shown = call("GET", endpoint).body;
    expect(shown["tags"]).toEqual({ b: "2" });
    expect(shown["properties"]?.["publicNetworkAccess"], "claim 43").toBe("Enabled");
  });

  test("DELETE: 202 and the word null, both headers; then told as missing", () => {
    const { call, advance } = withEndpoint();
    const answer = call("DELETE", endpoint);
    expect([answer.status, answer.body as unknown], "F3").toEqual([202, "null"]);
    expect(Object.keys(answer.headers), "F3").toEqual(
      expect.arrayContaining(["azure-asyncoperation", "location", "x-ms-async-operation-timeout"]),
    );
    advance(10);
    const gone = call("GET", endpoint);
    expect(gone.status).toBe(404);
    expect(gone.body["error"], "F6.2").toMatchObject({
      code: "NotFound",
      details: [
        { code: "NoSuchEndpoint", message: "There is no endpoint with name: online in ws" },
      ],
    });
  });

  test("2022-05-01 shows neither public access nor mirrored traffic", () => {
    const { call } = withEndpoint();
    const { properties } = call("GET", endpoint, { version: "2022-05-01" }).body;
    expect(properties, "F4").not.toHaveProperty("publicNetworkAccess");
    expect(properties, "F4").not.toHaveProperty("mirrorTraffic");
  });
});

describe("datastores and connections", () => {
  test("a datastore: 201 with Location, 200, never its secret; DELETE 200; then told as missing", () => {
    const { call } = withWorkspace();
    const id = `${workspace}/datastores/blob`;
    const secrets = { secretsType: "AccountKey", key: "secret" };
    const properties = {
      datastoreType: "AzureBlob",
      credentials: { credentialsType: "AccountKey", secrets },
    };
    const first = call("PUT", id, { body: { properties } });
    expect([first.status, first.headers["location"]], "F3").toEqual([
      201,
      `https://127.0.0.1:8443${id}?api-version=2025-06-01`,
    ]);
    expect(call("PUT", id, { body: { properties } }).status, "F3").toBe(200);
    expect(call("GET", id).body["properties"]?.["credentials"], "claim 48").toEqual({
      credentialsType: "AccountKey",
    });
    expect(call("DELETE", id).status, "F3").toBe(200);
    const gone = call("GET", id);
    expect([gone.status, gone.body["error"]?.["message"]], "F6.2").toEqual([
      404,
      "Could not find datastore: blob.",
    ]);
  });

  const id = `${workspace}/connections/acr`;
  test.each([
    ["2021-07-01", "PAT", { value: null, valueFormat: null }, ["credentials", "group"]],
    ["2023-04-01-preview", "ManagedIdentity", { credentials: null, metadata: {} }, ["group"]],
    ["2024-04-01", "None", { group: "Azure", sharedUserList: [], error: null }, ["credentials"]],
  ])("a connection at %s: 200, synchronous, secrets null", (version, authType, there, missing) => {
    const { call } = withWorkspace();
    const properties = { authType, category: "ACR", target: "t", value: "secret", credentials: {} };
    const answer = call("PUT", id, { body: { properties }, version });
    expect(answer.status, "F3").toBe(200);
    expect(answer.body["properties"], "claim 49").toMatchObject({
      authType,
      target: "t",
      ...there,
    });
    for (const name of missing) expect(answer.body["properties"]).not.toHaveProperty(name);
    expect(text(answer), "claim 49").not.toContain("secret");
    expect(call("DELETE", id, { version }).status, "F3").toBe(200);
    const gone = call("GET", id, { version });
    expect([gone.status, gone.body["componentName"]], "F6.3").toEqual([404, "account-rp"]);
    expect(gone.body["error"], "F6.3").toMatchObject({
      code: "UserError",
      message: "Connection acr can't be found in this workspace",
      innerError: { code: "NotFoundError", innerError: null },
    });
  });

  test("without its workspace the gateway names the workspace", () => {
    const { call } = localAzure();
    expect(text(call("DELETE", id)), "F6.1").toContain(
      "The Resource 'Microsoft.MachineLearningServices/workspaces/ws' under resource group 'rg'",
    );
  });
});
