import { describe, expect, test } from "vitest";
import { text } from "./local-azure.ts";
import { asked, at, withMade, workspace } from "./machine-learning-made.ts";

const gone = workspace.replace("studio", "gone");

describe("datastores", () => {
  const id = `${workspace}/datastores/blob`;
  const seen = at("2022-05-01");
  const credentialsType = "AccountKey";
  const keyed = { credentialsType, secrets: { secretsType: credentialsType, key: "secret" } };
  const store = (credentials: object = { credentialsType: "None" }) => ({
    datastoreType: "AzureBlob",
    accountName: "store",
    containerName: "blobs",
    tags: {},
    credentials,
  });

  test("201 with its own address as it was asked, then 200; times with an offset", () => {
    const { call, send } = withMade();
    const body = { properties: store(keyed) };
    const query = `?api-version=${seen.version}&skipValidation=true`;
    const first = send("PUT", `${id}${query}`, { body, isUnjudged: true });
    expect([first.status, first.headers["location"]], "F3; PY Sep 2022").toEqual([
      201,
      `https://127.0.0.1:8443${id}${query}`,
    ]);
    expect(first.body["properties"], "PY Sep 2022").toEqual({
      ...store({ credentialsType }),
      description: null,
      properties: null,
      isDefault: false,
      serviceDataAccessAuthIdentity: "None",
    });
    expect(first.body["systemData"]?.["createdAt"], "PY Sep 2022").toMatch(/\.\d{7}\+00:00$/);
    const second = call("PUT", id, { ...seen, body });
    expect(second.status, "F3").toBe(200);
    expect(second.headers, "F3").not.toHaveProperty("location");
  });

  test("since 2024 one that was there is 201 again, with its address", () => {
    const { call } = withMade();
    for (const _twice of [1, 2]) {
      const answer = call("PUT", id, { body: { properties: store() } });
      expect(answer.status, "data 2").toBe(201);
      expect(answer.headers["location"], "data 2").toMatch(/\/datastores\/blob\?api-version=/);
    }
  });

  test("no secret comes back, but where secrets are listed", () => {
    const { call } = withMade();
    const answer = call("PUT", id, { ...seen, body: { properties: store(keyed) } });
    expect(text(answer), "claim 48").not.toContain("secret");
    expect(call("GET", id, seen).body["properties"]?.["credentials"], "claim 48").toEqual({
      credentialsType,
    });
    for (const _twice of [1, 2])
      expect(call("POST", `${id}/listSecrets`).body, "claim 48").toEqual({
        secretsType: credentialsType,
        key: "secret",
      });
  });

  test("the home of its account is null at 2024-04-01, and unknown before", () => {
    const { call } = withMade();
    call("PUT", id, { body: { properties: store() } });
    const shown = (version: string) =>
      call("GET", id, { ...at(version), isUnjudged: true }).body["properties"]; // `description: null`
    const home = { subscriptionId: null, resourceGroup: null };
    expect(shown("2024-04-01"), "PS Nov 2025").toMatchObject(home);
    expect(shown("2022-05-01"), "PS Jun 2022").not.toHaveProperty("resourceGroup");
  });

  test("without credentials: None, and nothing to list", () => {
    const { call } = withMade();
    expect(call("PUT", id, { body: { properties: store() } }).status, "F3").toBe(201);
    const { properties } = call("GET", id).body;
    expect(properties?.["credentials"], "claim 48").toEqual({ credentialsType: "None" });
    expect(properties, "by specification").not.toHaveProperty("description");
    expect(call("POST", `${id}/listSecrets`).status, "not recorded").toBe(400);
  });

  test("a missing one is told in the envelope of the front end; deleted again, it is 204", () => {
    const { call } = withMade();
    call("PUT", id, { body: { properties: store() } });
    expect(call("DELETE", id).status, "F3").toBe(200);
    const missing = call("GET", id).body["error"];
    expect(missing, "F6.2").toMatchObject({
      code: "UserError",
      message: "Could not find datastore: blob.",
    });
    expect(call("GET", id).status, "F6.2").toBe(404);
    expect(call("DELETE", id).status, "by specification").toBe(204);
    expect(call("POST", `${id}/listSecrets`).status, "F6.2").toBe(404);
  });

  test("without its workspace the gateway names the workspace", () => {
    const { call } = withMade();
    const elsewhere = `${gone}/datastores`;
    for (const answer of [call("GET", elsewhere), call("DELETE", `${elsewhere}/blob`)])
      expect(text(answer), "F6.1").toContain("workspaces/gone' under resource group 'rg'");
    const written = call("PUT", `${elsewhere}/blob`, { body: { properties: store() } });
    expect(text(written), "orphan 1").toContain("ParentResourceNotFound");
  });
});

describe("connections", () => {
  const id = `${workspace}/connections/acr`;
  /** `isDefault` at 2024-04-01 is recorded (PS Nov 2025) and in no schema. */
  const schemaless = { isUnjudged: true } as const;
  const plain = { authType: "None", category: "ContainerRegistry", target: "t" };

  test.each([
    ["2021-07-01", "PAT", { value: null, valueFormat: null }, ["credentials", "group"]],
    ["2022-01-01-preview", "PAT", { credentials: null, metadata: null }, ["value", "expiryTime"]],
    ["2022-05-01", "None", { metadata: null }, ["credentials", "value", "expiryTime"]],
    ["2022-12-01-preview", "PAT", { credentials: null, expiryTime: null, metadata: null }, []],
    ["2023-04-01-preview", "ManagedIdentity", { credentials: null, metadata: {} }, ["group"]],
    [
      "2024-04-01",
      "None",
      { group: "Azure", sharedUserList: [], isDefault: true },
      ["credentials"],
    ],
    ["2024-04-01", "ManagedIdentity", { credentials: null, isSharedToAll: false }, ["value"]],
  ])("at %s with %s: 200, synchronous, secrets null", (version, authType, there, missing) => {
    const { call } = withMade();
    const credentials = authType === "ManagedIdentity" && {
      credentials: { clientId: "secret", resourceId: "secret" },
    };
    const properties = { ...plain, authType, value: "secret", ...credentials };
    const recorded = { ...at(version), ...(version === "2024-04-01" && schemaless) };
    const answer = call("PUT", id, { body: { properties }, ...recorded });
    expect(answer.status, "F3").toBe(200);
    expect(answer.body["properties"], "claim 49").toMatchObject({
      authType,
      target: "t",
      ...there,
    });
    for (const name of missing) expect(answer.body["properties"]).not.toHaveProperty(name);
    expect(text(answer), "claim 49").not.toContain("secret");
    expect(call("GET", id, recorded).body, "claim 49").toEqual(answer.body);
    const removed = call("DELETE", id, at(version));
    expect([removed.status, removed.body], "F3").toEqual([200, undefined]);
    expect(call("DELETE", id, at(version)).status, "by specification").toBe(204);
  });

  test("AzureOpenAi is spelled anew; systemData is shown from 2023-06-01-preview on", () => {
    const { call } = withMade();
    const properties = { ...plain, category: "AzureOpenAi", metadata: { ApiType: "dummy" } };
    call("PUT", id, { body: { properties }, ...at("2023-06-01-preview") });
    const shown = (version: string) => call("GET", id, at(version)).body;
    expect(shown("2023-06-01-preview"), "claim 49").toMatchObject({
      properties: { category: "AzureOpenAI", metadata: { ApiType: "dummy" } },
      systemData: { createdByType: "User" },
    });
    expect(shown("2023-04-01-preview")["systemData"], "claim 49").toBeNull();
  });

  test("a missing one is a UserError, in an envelope of its own where that was seen", () => {
    const { call } = withMade();
    const old = call("GET", id, at("2023-04-01-preview"));
    expect([old.status, old.body["componentName"]], "F6.3").toEqual([404, "account-rp"]);
    const said = {
      code: "UserError",
      message: "Connection acr can't be found in this workspace",
    };
    expect(old.body["error"], "F6.3").toMatchObject({
      ...said,
      innerError: { code: "NotFoundError", innerError: null },
    });
    expect(call("GET", id).body, "not recorded after 2023").toEqual({ error: said });
  });

  test("lists are filtered by category and by target", () => {
    const { call, send } = withMade(asked({}, "Hub"));
    const version = "2024-04-01";
    call("PUT", id, { version, body: { properties: plain }, ...schemaless });
    const list = (more: string) =>
      send("GET", `${workspace}/connections?${more}api-version=${version}`).body["value"];
    expect(list("category=ContainerRegistry&"), "PY May 2023").toHaveLength(1);
    expect(list("category=Git&"), "PY May 2023").toEqual([]);
    expect(list("target=t&"), "by specification").toHaveLength(1);
    expect(list("")).toHaveLength(1);
  });

  test("without its workspace the gateway names the workspace", () => {
    const { call } = withMade();
    const list = `${gone}/connections`;
    for (const answer of [call("GET", list), call("DELETE", `${list}/acr`)])
      expect(text(answer), "F6.1").toContain(
        "The Resource 'Microsoft.MachineLearningServices/workspaces/gone' under resource group 'rg'",
      );
    const written = call("PUT", `${list}/acr`, { body: { properties: plain } });
    expect(text(written), "orphan 1").toContain("ParentResourceNotFound");
  });
});
