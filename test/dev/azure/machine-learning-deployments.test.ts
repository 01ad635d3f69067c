import { describe, expect, test } from "vitest";
import { gone, withWorkspace, workspace } from "./machine-learning.ts";

const endpoint = `${workspace}/onlineEndpoints/online`;
const deployment = `${endpoint}/deployments/blue`;
const model = `${workspace}/models/m/versions/4`;
const body = {
  location: "eastus",
  properties: { endpointComputeType: "Managed", instanceType: "Standard_F4s_v2", model },
  sku: { name: "Default", capacity: 1 },
};

function withEndpoint() {
  const local = withWorkspace();
  const properties = { authMode: "Key" };
  local.call("PUT", endpoint, { body: { location: "eastus", properties } });
  local.advance(90);
  return local;
}

describe("deployments of an online endpoint", () => {
  test("PUT: 201, Updating, no probes; nine minutes later it has them", () => {
    const { call, send, advance } = withEndpoint();
    const answer = call("PUT", deployment, { body });
    expect([answer.status, answer.headers["location"]], "F3").toEqual([
      201,
      `https://127.0.0.1:8443${deployment}?api-version=2025-06-01`,
    ]);
    const operation = answer.headers["azure-asyncoperation"] ?? "";
    expect(operation, "PS Jul 2024").toContain("/mfeOperationsStatus/odidp:");
    expect(answer.body, "PY Oct 2022").toMatchObject({
      kind: "Managed",
      sku: { name: "Default", tier: "Standard", capacity: 1 },
      properties: {
        provisioningState: "Updating",
        scaleSettings: { scaleType: "Default" },
        requestSettings: { requestTimeout: "PT0S", maxConcurrentRequestsPerInstance: 1 },
        livenessProbe: null,
        readinessProbe: null,
        egressPublicNetworkAccess: "Enabled",
        model,
      },
    });
    expect(send("GET", operation).body["status"], "F2").toBe("Updating");
    advance(550);
    expect(send("GET", operation).body["status"], "F2").toBe("Succeeded");
    const shown = call("GET", deployment).body;
    expect(shown["properties"], "PY Oct 2022, PS Jul 2024").toMatchObject({
      provisioningState: "Succeeded",
      requestSettings: { requestTimeout: "PT5S" },
      livenessProbe: { failureThreshold: 30, successThreshold: 1, period: "PT10S" },
    });
  });

  test("PUT of an existing one keeps its probes", () => {
    const { call, advance } = withEndpoint();
    call("PUT", deployment, { body });
    advance(550);
    const again = call("PUT", deployment, { body });
    expect([again.status, again.body["properties"]?.["provisioningState"]], "PS Jun 2022").toEqual([
      201,
      "Updating",
    ]);
    expect(again.body["properties"]?.["livenessProbe"], "PS Jun 2022").not.toBeNull();
  });

  test("PATCH: tags and sku, Location only", () => {
    const { call, advance } = withEndpoint();
    call("PUT", deployment, { body });
    advance(550);
    const answer = call("PATCH", deployment, { body: { tags: { key: "value" } } });
    expect(answer.status, "PS Jun 2022").toBe(202);
    expect(answer.headers, "PS Jun 2022").not.toHaveProperty("azure-asyncoperation");
    advance(400);
    const shown = call("GET", deployment).body;
    expect([shown["tags"], shown["sku"]?.["capacity"]], "PS Jun 2022").toEqual([
      { key: "value" },
      1,
    ]);
  });

  test("DELETE: 202, empty, both headers; then it is missing", () => {
    const { call, advance } = withEndpoint();
    call("PUT", deployment, { body });
    advance(550);
    const answer = call("DELETE", deployment);
    expect([answer.status, answer.body], "PS Nov 2025").toEqual([202, undefined]);
    expect(answer.headers["azure-asyncoperation"], "PS Nov 2025").toContain("/odidp:");
    expect(answer.headers["location"], "PS Nov 2025").toContain("/mfeOperationResults/odidp:");
    advance(60);
    expect(call("GET", deployment).status).toBe(404);
    expect(call("PATCH", deployment, { body: { tags: {} } }).status).toBe(404);
    expect(call("GET", `${endpoint}/deployments`).body, "PS Jul 2024").toEqual({ value: [] });
  });

  test("they go with their endpoint, and need one", () => {
    const { call, advance } = withEndpoint();
    call("PUT", deployment, { body });
    advance(550);
    call("DELETE", endpoint);
    advance(10);
    for (const answer of [
      call("GET", `${endpoint}/deployments`),
      call("PUT", deployment, { body }),
      call("DELETE", deployment),
    ])
      expect(answer.status, "F6.1").toBe(404);
  });
});

describe("batch endpoints", () => {
  const batch = `${workspace}/batchEndpoints/batch`;
  const asked = { location: "eastus", tags: { t1: "v1" }, properties: { authMode: "AADToken" } };

  test("PUT: 201, Creating; the body says at which version it was made", () => {
    const { call, advance } = withWorkspace();
    const answer = call("PUT", batch, { body: asked });
    expect(answer.status, "F3").toBe(201);
    expect(answer.headers["azure-asyncoperation"], "PS Jul 2024").toContain("/bebes:");
    expect(answer.body["properties"], "PY Oct 2022").toMatchObject({
      provisioningState: "Creating",
      scoringUri: null,
      defaults: { deploymentName: null },
    });
    advance(30);
    const shown = call("GET", batch).body;
    expect(shown, "PS Nov 2025: no identity, no operation").not.toHaveProperty("identity");
    expect(shown["properties"], "PS Nov 2025").toMatchObject({
      scoringUri: "https://batch.eastus.inference.ml.azure.com/jobs",
      swaggerUri: null,
      properties: {
        BatchEndpointCreationApiVersion: "2025-06-01",
        "azureml.onlineendpointid": batch,
      },
    });
  });

  test("in 2022: an id among the online ones, the operation, and an identity that says None", () => {
    const { call } = withWorkspace();
    const { body: shown } = call("PUT", batch, {
      body: asked,
      version: "2022-05-01",
      isUnjudged: true,
    });
    expect(shown["identity"]?.["type"], "claim 42").toBe("None");
    expect(shown["properties"]?.["properties"], "PY Oct 2022").toMatchObject({
      "azureml.onlineendpointid": `${workspace}/onlineEndpoints/batch`.toLowerCase(),
      AzureAsyncOperationUri: expect.stringContaining("/be:"),
    });
  });

  test("PATCH, DELETE, and then told as missing", () => {
    const { call, advance } = withWorkspace();
    call("PUT", batch, { body: asked });
    advance(30);
    expect(call("PATCH", batch, { body: { tags: { t2: "v2" } } }).status).toBe(202);
    advance(11);
    const { body: listed } = call("GET", `${workspace}/batchEndpoints`);
    expect(listed["value"]?.[0]?.["tags"]).toEqual({ t2: "v2" });
    expect(call("DELETE", batch).status, "F3").toBe(202);
    advance(10);
    const missing = call("GET", batch);
    expect([missing.status, missing.body["error"]?.["code"]], "F6.2").toEqual([404, "NotFound"]);
    expect(call("PATCH", batch, { body: { tags: {} } }).status, "F6.2").toBe(404);
  });

  test("without the workspace there is nothing", () => {
    const { call } = withWorkspace();
    const id = `${gone}/batchEndpoints/batch`;
    for (const answer of [
      call("GET", `${gone}/batchEndpoints`),
      call("PUT", id, { body: asked }),
      call("DELETE", id),
    ])
      expect(answer.status, "F6.1").toBe(404);
  });
});
