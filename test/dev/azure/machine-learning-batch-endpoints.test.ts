import { describe, expect, test } from "vitest";
import { gone, withWorkspace, workspace } from "./machine-learning.ts";

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

  test("with keys it is taken, and fails after ten minutes; the error has no code", () => {
    const { call, send, advance } = withWorkspace();
    const answer = call("PUT", batch, { body: { ...asked, properties: { authMode: "Key" } } });
    expect(answer.status, "batch 1").toBe(201);
    const poll = () => send("GET", answer.headers["azure-asyncoperation"] ?? "");
    advance(600);
    expect(poll().body["status"], "batch 1").toBe("Updating");
    advance(5);
    const { status, body } = poll();
    expect([status, body["status"]], "batch 1").toEqual([200, "Failed"]);
    expect(body["error"], "batch 1").toEqual({
      message: expect.stringMatching(/^InternalServerError: Internal error\./),
      details: [],
      additionalInfo: [
        {
          type: "MmsOperation",
          info: expect.objectContaining({ operationType: "OnlineEndpoint", state: "Failed" }),
        },
      ],
    });
    const shown = call("GET", batch).body["properties"];
    expect(shown, "batch 1").toMatchObject({ provisioningState: "Failed", scoringUri: null });
    expect(call("DELETE", batch).status, "F3").toBe(202);
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

  test("DELETE: polls say no times, and Location ends in 404", () => {
    const { call, send, advance } = withWorkspace();
    call("PUT", batch, { body: asked });
    advance(30);
    const { headers } = call("DELETE", batch);
    const poll = () => send("GET", headers["azure-asyncoperation"] ?? "").body;
    const name = expect.stringMatching(/^bebes:/);
    const id = expect.stringContaining("/mfeOperationsStatus/bebes:");
    expect(poll(), "batch 2").toEqual({ id, name, status: "Updating" });
    advance(10);
    expect(poll(), "batch 2").toEqual({ id, name, status: "Succeeded" });
    const { status, body } = send("GET", headers["location"] ?? "");
    expect([status, body["error"]?.["code"]], "batch 2").toEqual([404, "UserError"]);
    expect(body["error"]?.["message"], "batch 2").toMatch(/^Resource bebes:\S+ not found$/);
    expect(body["error"]?.["additionalInfo"], "batch 2").toContainEqual({
      type: "InnerError",
      info: { value: { code: "NotFound", innerError: null } },
    });
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
