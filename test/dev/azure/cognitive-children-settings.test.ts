import { describe, expect, test } from "vitest";
import { account, foundry } from "./cognitive-children.ts";
import { localAzure } from "./local-azure.ts";

const settings = `${account}/defenderForAISettings`;
const setting = `${settings}/Default`;
const perimeters = `${account}/networkSecurityPerimeterConfigurations`;
const version = "2024-10-01";
const on = { properties: { state: "Enabled" } };

describe("Defender settings", () => {
  test("Default is there with the account, Disabled", () => {
    const { call } = foundry();
    const first = call("GET", settings, { version }).body;
    expect(first["value"], "nsp 4").toEqual([
      {
        id: setting,
        type: "Microsoft.CognitiveServices/accounts/defenderForAISettings",
        name: "Default",
        properties: { state: "Disabled" },
        systemData: { createdAt: "2026-11-01T00:00:00Z", createdBy: "somebody" },
        etag: expect.stringMatching(/^"[-0-9a-f]{36}"$/),
      },
    ]);
    expect(call("GET", settings, { version }).body, "the same each time").toEqual(first);
  });

  test.each(["PUT", "PATCH"])("%s: 200, at once, a new etag", (method) => {
    const { call } = foundry();
    const made = call(method, setting, { version, body: on });
    expect([made.status, made.body["properties"]], "nsp 5").toEqual([200, { state: "Enabled" }]);
    expect(made.headers["etag"], "nsp 5").toBe(made.body["etag"]);
    expect(made.body["systemData"], "nsp 5: made with the account").toMatchObject({
      createdAt: "2026-11-01T00:00:00Z",
    });
    const read = call("GET", setting, { version });
    expect(read.body, "nsp 6").toEqual(made.body);
    expect(read.headers["etag"], "nsp 6").toBe(made.body["etag"]);
    expect(call("GET", settings, { version }).body["value"], "nsp 7").toEqual([made.body]);
  });

  test("other states and names are refused, and there is no DELETE", () => {
    const { call } = foundry();
    const wrong = { version, isUnjudged: true } as const;
    const body = { properties: { state: "Sometimes" } };
    expect(call("PUT", setting, { ...wrong, body }).status, "not recorded").toBe(400);
    expect(call("PUT", `${settings}/other`, { ...wrong, body: on }).status, "inferred").toBe(400);
    expect(call("GET", `${settings}/other`, { version }).status).toBe(404);
    expect(call("DELETE", setting, wrong).status, "the specification").toBe(405);
  });

  test("an account at work: 409; none: 404", () => {
    const { call } = foundry();
    call("PATCH", account, { body: { properties: { publicNetworkAccess: "Disabled" } } });
    for (const method of ["PUT", "PATCH"])
      expect(call(method, setting, { version, body: on }).status, "quoted").toBe(409);
    expect(localAzure().call("GET", settings, { version }).status).toBe(404);
  });
});

describe("perimeter configurations", () => {
  test("none is an empty list, and GET finds nothing", () => {
    const { call } = foundry();
    expect(call("GET", perimeters, { version }).body, "nsp 3").toEqual({ value: [] });
    expect(call("GET", `${perimeters}/one`, { version }).status).toBe(404);
    expect(localAzure().call("GET", perimeters, { version }).status).toBe(404);
  });

  test("one that a perimeter made is shown", () => {
    const { azure, call } = foundry();
    const properties = { provisioningState: "Succeeded", provisioningIssues: [] };
    azure.load([{ id: `${perimeters}/one`, properties }]);
    expect(call("GET", `${perimeters}/one`, { version }).body["properties"]).toEqual(properties);
  });
});
