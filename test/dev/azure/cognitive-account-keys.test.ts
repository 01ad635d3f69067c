import { describe, expect, test } from "vitest";
import { account, withAccount } from "./cognitive-made.ts";
import { localAzure } from "./local-azure.ts";

describe("keys of accounts", () => {
  test("keys: listed, unless local authentication is off", () => {
    const { call, advance } = withAccount();
    const { key1, key2, ...others } = call("POST", `${account}/listKeys`).body;
    expect(others, "aso1 7").toEqual({});
    expect(
      [key1, key2].map((it) => String(it).length),
      "accounts 28",
    ).toEqual([84, 84]);
    expect(key1).not.toBe(key2);
    call("PATCH", account, { body: { properties: { disableLocalAuth: true } } });
    advance(60);
    expect(call("POST", `${account}/listkeys`).status, "public text").toBe(400);
  });

  test("one is made anew: the etag moves, systemData does not", () => {
    const { call } = withAccount();
    const before = call("GET", account).body;
    const first = call("POST", `${account}/listKeys`).body;
    const anew = call("POST", `${account}/regenerateKey`, { body: { keyName: "Key1" } });
    expect([anew.status, anew.body["key2"]], "crud 8").toEqual([200, first["key2"]]);
    expect(anew.body["key1"], "crud 8").not.toBe(first["key1"]);
    expect(String(anew.body["key1"]), "accounts 28").toHaveLength(84);
    expect(call("POST", `${account}/listKeys`).body, "crud 8").toEqual(anew.body);
    const after = call("GET", account).body;
    expect(after["etag"], "crud 5 to 8").not.toBe(before["etag"]);
    expect(after["systemData"], "crud 5 to 8").toEqual(before["systemData"]);
    expect(after["properties"], "never shown").not.toHaveProperty("keys");
  });

  test("there are two of them, of accounts that are there", () => {
    const { call } = withAccount();
    const third = { body: { keyName: "Key3" }, isUnjudged: true as const };
    expect(call("POST", `${account}/regenerateKey`, third).status, "specification").toBe(400);
    const { call: other } = localAzure();
    const first = { body: { keyName: "Key1" } };
    expect(other("POST", `${account}/regenerateKey`, first).status).toBe(404);
    expect(other("POST", `${account}/listKeys`).status).toBe(404);
  });
});

describe("what endpoints may ask for", () => {
  test("privateLinkResources", () => {
    const { call } = withAccount();
    expect(
      call("GET", `${account}/privateLinkResources`).body["value"]?.[0]?.["properties"],
      "pec 5",
    ).toEqual({
      groupId: "account",
      requiredMembers: ["default"],
      requiredZoneNames: ["privatelink.cognitiveservices.azure.com"],
    });
  });

  test("of no account", () => {
    const { call } = localAzure();
    expect(call("GET", `${account}/privateLinkResources`).status, "1g (c)").toBe(404);
  });
});
