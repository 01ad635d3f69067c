import { describe, expect, test } from "vitest";
import { account, withAccount } from "./cognitive-made.ts";
import { text } from "./local-azure.ts";

const deployment = `${account}/deployments/d`;
const of = (name: string, capacity = 1) => ({
  sku: { name: "Standard", capacity },
  properties: { model: { format: "OpenAI", name, version: "2024-11-20" } },
});

describe("deployments", () => {
  test("deployments: synchronous, defaults filled in, NotFound of the provider", () => {
    const { call } = withAccount("AIServices");
    const deployment = {
      sku: { name: "Standard", capacity: 2 },
      properties: { model: { format: "OpenAI", name: "gpt-4o" } },
    };
    const put = () => call("PUT", `${account}/deployments/d`, { body: deployment });
    expect([put().status, put().status], "aso1 14, 17").toEqual([201, 200]);
    expect(call("GET", `${account}/deployments/d`).body["properties"], "aso1 17").toMatchObject({
      raiPolicyName: "Microsoft.DefaultV2",
      currentCapacity: 2,
      rateLimits: [{ count: 2 }, { count: 2000 }],
    });
    expect(call("DELETE", `${account}/deployments/d`).status, "aso1 21").toBe(200);
    expect(text(call("GET", `${account}/deployments/d`)), "aso1 23").toContain('"code":"NotFound"');
  });

  test.each([
    ["gpt-4o", { key: "request", renewalPeriod: 10, count: 3 }, "jsonSchemaResponse", "aso1 14"],
    ["gpt-4o-mini", { key: "request", renewalPeriod: 60, count: 30 }, "maxOutputToken", "c7n 6"],
    ["gpt-35-turbo", { key: "request", renewalPeriod: 10, count: 3 }, "completion", "accounts 19"],
  ])("what %s adds", (name, rate, capability, source) => {
    const { call } = withAccount("AIServices");
    const { body: made } = call("PUT", deployment, { body: of(name, 3) });
    expect(made["properties"]?.["rateLimits"], source).toEqual([
      rate,
      { key: "token", renewalPeriod: 60, count: 3000 },
    ]);
    expect(made["properties"]?.["capabilities"], source).toHaveProperty(capability);
    expect(made["etag"], "aso1 14: a GUID").toMatch(/^"[-0-9a-f]{36}"$/);
    expect(made["name"], "aso1 14").toBe("d");
  });

  test("another version of the model, over the first: its own capabilities, at once", () => {
    const { call } = withAccount("OpenAI");
    const put = (version: string) => {
      const model = { format: "OpenAI", name: "gpt-4o", version };
      const made = call("PUT", deployment, { body: { ...of("gpt-4o"), properties: { model } } });
      return [made.status, "maxContextToken" in (made.body["properties"]?.["capabilities"] ?? {})];
    };
    expect([put("2024-08-06"), put("2024-11-20")], "accounts 19").toEqual([
      [201, true],
      [200, false],
    ]);
  });

  test("PATCH takes a sku", () => {
    const { call } = withAccount("AIServices");
    call("PUT", deployment, { body: of("gpt-4o") });
    const more = { sku: { name: "Standard", capacity: 5 } };
    const patched = call("PATCH", deployment, { body: more });
    expect(
      [patched.status, patched.body["properties"]?.["currentCapacity"]],
      "specification",
    ).toEqual([200, 5]);
    expect(call("PATCH", `${deployment}x`, { body: more }).status).toBe(404);
  });

  test("a list of them", () => {
    const { call } = withAccount("AIServices");
    call("PUT", deployment, { body: of("gpt-4o") });
    const { body: all } = call("GET", `${account}/deployments`);
    expect(all["value"]?.[0]?.["id"], "c7n 6").toBe(deployment);
  });

  test("a policy that nobody named does not show in 2023", () => {
    const { call } = withAccount("OpenAI");
    call("PUT", deployment, { body: of("gpt-4o") });
    const old = call("GET", deployment, { version: "2023-05-01" }).body["properties"];
    expect(old, "depl").not.toHaveProperty("raiPolicyName");
    expect(old, "depl").toHaveProperty("rateLimits");
  });

  test.each([
    ["2021-10-01", undefined],
    ["2022-12-01", { completion: "true", search: "true" }],
  ])("at %s neither sku nor limits", (version, capabilities) => {
    const { call } = withAccount("OpenAI");
    const properties = {
      model: { format: "OpenAI", name: "text-ada-001", version: "1" },
      scaleSettings: { scaleType: "Standard" },
    };
    const made = call("PUT", deployment, { version, body: { properties }, isUnjudged: true });
    expect([made.status, made.body["sku"]], "accounts 27").toEqual([201, undefined]);
    expect(made.body["properties"], "accounts 27").toEqual({
      ...properties,
      ...(capabilities && { capabilities }),
      provisioningState: "Succeeded",
    });
  });

  test("refusals: no model, no account", () => {
    const { call } = withAccount("AIServices");
    const bare = { body: { properties: {} }, isUnjudged: true as const };
    expect(call("PUT", deployment, bare).status, "specification").toBe(400);
    const there = `${account}x/deployments`;
    expect(
      [
        call("GET", there),
        call("PUT", `${there}/d`, { body: of("gpt-4o") }),
        call("DELETE", `${there}/d`),
      ].map((it) => it.status),
      "1g (c)",
    ).toEqual([404, 404, 404]);
  });
});

describe("models", () => {
  test("what the kinds that have models offer", () => {
    const { call } = withAccount("OpenAI");
    const { body: it, headers } = call("GET", `${account}/models`);
    expect(headers["x-not-simulated"], "a few, not Azure's catalogue").toBe("catalogue");
    expect(it["value"]?.[0], "test_cognitiveservices_model 6").toMatchObject({
      format: "OpenAI",
      name: expect.any(String),
      skus: [{ name: "Standard", rateLimits: expect.any(Array) }],
      lifecycleStatus: "GenerallyAvailable",
    });
    const old = call("GET", `${account}/models`, { version: "2023-05-01", isUnjudged: true });
    expect(text(old), "test_cognitiveservices_model 6, in these letters").toContain('"ratelimits"');
    const { call: other } = withAccount("Face");
    expect(other("GET", `${account}/models`).body, "not recorded").toEqual({ value: [] });
    expect(other("GET", `${account}x/models`).status, "1g (c)").toBe(404);
  });
});
