import { describe, expect, test } from "vitest";
import { text } from "./local-azure.ts";
import { gone, withWorkspace, workspace } from "./machine-learning.ts";

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
    const { call } = withWorkspace();
    expect(text(call("DELETE", `${gone}/connections/acr`)), "F6.1").toContain(
      "The Resource 'Microsoft.MachineLearningServices/workspaces/gone' under resource group 'rg'",
    );
  });
});
