import { describe, expect, test } from "vitest";
import { withWorkspace, workspace } from "./machine-learning.ts";

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
