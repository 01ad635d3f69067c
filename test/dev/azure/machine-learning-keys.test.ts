import { describe, expect, test } from "vitest";
import { group } from "./local-azure.ts";
import { withWorkspace } from "./machine-learning.ts";
import { asked, at, stores, withMade, workspace } from "./machine-learning-made.ts";

describe("keys of a workspace", () => {
  const listed = `${workspace}/listKeys`;

  test("are named as they were recorded, up to 2024-04-01", () => {
    const { call } = withMade();
    expect(call("POST", listed, at("2021-07-01")).body, "keys 1").toEqual({
      userStorageKey: expect.stringMatching(/^[\w+/]{86}==$/),
      userStorageArmId: stores.storageAccount,
      appInsightsInstrumentationKey: null,
      containerRegistryCredentials: null,
      notebookAccessKeys: {
        primaryAccessKey: expect.stringMatching(/^[0-9a-f]{64}$/),
        secondaryAccessKey: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
    const newest = call("POST", listed, { version: "2024-04-01", isUnjudged: true }).body;
    expect(newest, "keys 1").toHaveProperty("userStorageArmId", stores.storageAccount);
    expect(call("POST", listed).body, "by specification").toMatchObject({
      userStorageResourceId: stores.storageAccount,
    });
  });

  test("a registry has a user of its name and two passwords", () => {
    const containerRegistry = `${group}/providers/Microsoft.ContainerRegistry/registries/images`;
    const { call } = withMade(asked({ containerRegistry }));
    expect(call("POST", listed).body["containerRegistryCredentials"], "keys 1").toEqual({
      location: "westus3",
      username: "images",
      passwords: ["password", "password2"].map((name) => ({ name, value: expect.any(String) })),
    });
  });

  test("are fetched anew: 202, empty, both headers; Location ends in the workspace", () => {
    const { call, send, advance } = withMade();
    const answer = call("POST", `${workspace}/resyncKeys`);
    expect([answer.status, answer.body], "keys 2").toEqual([202, undefined]);
    const { "azure-asyncoperation": async = "", location = "" } = answer.headers;
    expect(send("GET", async).body, "F2").toEqual({ status: "InProgress" });
    advance(30);
    expect(send("GET", async).body["status"], "keys 2").toBe("Succeeded");
    expect(send("GET", location).body, "keys 2").toEqual(call("GET", workspace).body);
    const gone = workspace.replace("studio", "gone");
    expect(call("POST", `${gone}/resyncKeys`).status, "F6.1").toBe(404);
  });
});

describe("keys and tokens of an online endpoint", () => {
  const endpoint = `${workspace}/onlineEndpoints/online`;
  const withEndpoint = (authMode: string) => {
    const local = withWorkspace();
    local.call("PUT", endpoint, { body: { location: "eastus", properties: { authMode } } });
    local.advance(90);
    return local;
  };

  test("without keys: null under 200, and a token for a day", () => {
    const { call } = withEndpoint("AADToken");
    const none = call("POST", `${endpoint}/listKeys`);
    expect([none.status, none.body], "keys 3").toEqual([
      200,
      { primaryKey: null, secondaryKey: null },
    ]);
    const { body } = call("POST", `${endpoint}/token`);
    expect(body, "keys 3").toMatchObject({
      accessToken: expect.any(String),
      tokenType: "Bearer",
    });
    expect(Number(body["expiryTimeUtc"]) - Number(body["refreshAfterTimeUtc"])).toBe(43_200);
  });

  test("with keys: two of them, and no token", () => {
    const { call } = withEndpoint("Key");
    expect(call("POST", `${endpoint}/listKeys`).body, "by specification").toEqual({
      primaryKey: expect.any(String),
      secondaryKey: expect.any(String),
    });
    expect(call("POST", `${endpoint}/token`).status, "not recorded").toBe(400);
  });

  test("of one that is not there: told by the front end", () => {
    const { call } = withWorkspace();
    for (const action of ["listKeys", "token"])
      expect(call("POST", `${endpoint}/${action}`).status, "F6.2").toBe(404);
  });
});
