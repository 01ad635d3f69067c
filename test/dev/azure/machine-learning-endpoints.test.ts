import { describe, expect, test } from "vitest";
import { text } from "./local-azure.ts";
import { gone, withWorkspace, workspace } from "./machine-learning.ts";

const endpoint = `${workspace}/onlineEndpoints/online`;
const body = {
  location: "eastus",
  tags: { a: "1" },
  identity: { type: "SystemAssigned" },
  properties: { authMode: "AADToken", keys: { primaryKey: "secret" } },
};

function withEndpoint() {
  const local = withWorkspace();
  local.call("PUT", endpoint, { body });
  local.advance(90);
  return local;
}

describe("PUT of an online endpoint", () => {
  test("201, Location is itself, and a body to build nothing from", () => {
    const { call } = withWorkspace();
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
  });

  test("in 2022 the body was whole, without the addresses", () => {
    const { call } = withWorkspace();
    const answer = call("PUT", endpoint, { body, version: "2022-05-01", isUnjudged: true });
    expect(answer.body, "PS Jun 2022").toMatchObject({
      location: "eastus",
      identity: { type: "SystemAssigned", principalId: expect.any(String) },
      systemData: { createdAt: expect.any(String) },
      properties: {
        scoringUri: null,
        swaggerUri: null,
        properties: { "azureml.onlineendpointid": endpoint.toLowerCase() },
      },
    });
  });

  test.each([
    ["2024-04-01", "oeidp", 0],
    ["2022-05-01", "oe", 100],
  ])(
    "at %s the operation is %s:…, ends with percentComplete %i, and the body names it",
    (version, prefix, percentComplete) => {
      const { call, send, advance } = withWorkspace();
      const ask = { version, ...(version < "2024" && { isUnjudged: true as const }) };
      const answer = call("PUT", endpoint, { body, ...ask });
      const operation = answer.headers["azure-asyncoperation"] ?? "";
      const name = /mfeOperationsStatus\/([^?]+)/.exec(operation)?.[1] ?? "";
      expect(name, "F2").toMatch(new RegExp(`^${prefix}:[0-9a-f-]{36}:[0-9a-f-]{36}$`));
      expect(send("GET", operation, ask).body, "F2").toMatchObject({
        name,
        id: expect.stringContaining(`/locations/eastus/mfeOperationsStatus/${name}`),
        status: "Updating",
      });
      advance(90);
      expect(send("GET", operation, ask).body, "F2").toMatchObject({
        status: "Succeeded",
        percentComplete,
        endTime: expect.any(String),
      });
      const uri = String(
        call("GET", endpoint, ask).body["properties"]?.["properties"]?.["AzureAsyncOperationUri"],
      );
      expect(uri, "F4: unsigned").toBe(
        `https://management.azure.com${new URL(operation).pathname}?api-version=${version}`,
      );
    },
  );

  test("GET: what was made, never the keys", () => {
    const { call } = withEndpoint();
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

  test("of an existing one: 201 again, whole; the service's entries move", () => {
    const { call, advance } = withEndpoint();
    const before = call("GET", endpoint).body["properties"]?.["properties"];
    const properties = { authMode: "Key", publicNetworkAccess: "Disabled" };
    const own = { mine: "1", AzureAsyncOperationUri: before?.["AzureAsyncOperationUri"] };
    const again = { location: "eastus", properties: { ...properties, properties: own } };
    expect(call("PUT", endpoint, { body: again }).status, "claim 44").toBe(201);
    const early = call("PUT", endpoint, { body, isUnjudged: true });
    expect(early.status, "fact 13").toBe(409);
    advance(90);
    const { body: after } = call("GET", endpoint);
    expect(after["properties"]).toMatchObject(properties);
    expect([after["tags"], after["identity"]], "a PUT replaces").toEqual([{}, undefined]);
    const moved = after["properties"]?.["properties"];
    expect(moved?.["mine"]).toBe("1");
    expect(moved?.["AzureAsyncOperationUri"], "F4").not.toBe(before?.["AzureAsyncOperationUri"]);
  });

  test("authMode is taken in any case", () => {
    const { call } = withWorkspace();
    const properties = { authMode: "aadToken" };
    const answer = call("PUT", endpoint, { body: { ...body, properties }, isUnjudged: true });
    expect(answer.body["properties"]?.["authMode"], "claim 46").toBe("AADToken");
  });
});

describe("PATCH and DELETE of an online endpoint", () => {
  test("PATCH: 202 and no body, Location only; tags and nothing else", () => {
    const { call, send, advance } = withEndpoint();
    const answer = call("PATCH", endpoint, { body: { tags: { b: "2" } } });
    expect([answer.status, answer.body], "patch 1").toEqual([202, undefined]);
    expect(answer.headers, "claim 43").not.toHaveProperty("azure-asyncoperation");
    const { location = "" } = answer.headers;
    expect(location, "claim 43").toContain("/mfeOperationResults/oeidp:");
    const running = send("GET", location);
    expect([running.status, running.body["status"]], "PS Jun 2022").toEqual([202, "Updating"]);
    advance(11);
    expect(send("GET", location).body, "F2: the operation, not the resource").toMatchObject({
      id: expect.stringContaining("/mfeOperationResults/oeidp:"),
      status: "Succeeded",
    });
    expect(call("GET", endpoint).body["tags"], "claim 43").toEqual({ b: "2" });
  });

  test("PATCH in 2022: the body is the word null", () => {
    const ask = { body: { tags: {} }, version: "2022-05-01", isUnjudged: true } as const;
    const answer = withEndpoint().call("PATCH", endpoint, ask);
    expect([answer.status, answer.body as unknown], "claim 43").toEqual([202, "null"]);
    expect(answer.headers["content-type"], "claim 43").toContain("application/json");
  });

  test("no change shows in its times since 2024", () => {
    const { call, advance } = withEndpoint();
    const times = (version: string) => {
      const ask = { version, ...(version < "2024" && { isUnjudged: true as const }) };
      const told = call("GET", endpoint, ask).body["systemData"];
      return told?.["createdAt"] === told?.["lastModifiedAt"];
    };
    advance(60);
    call("PATCH", endpoint, { body: { tags: { b: "2" } } });
    advance(11);
    expect(times("2024-04-01"), "patch 1").toBe(true);
    expect(times("2022-05-01"), "PS Jun 2022").toBe(false);
  });

  test("PATCH passes over anything but tags and identity", () => {
    const { call, advance } = withEndpoint();
    const properties = { publicNetworkAccess: "Disabled" };
    const wrong = { tags: { b: "2" }, properties };
    expect(call("PATCH", endpoint, { body: wrong, isUnjudged: true }).status).toBe(202);
    advance(11);
    call("PATCH", endpoint, { body: { identity: { type: "None" } } });
    advance(11);
    const shown = call("GET", endpoint).body;
    expect(shown["properties"]?.["publicNetworkAccess"], "claim 43").toBe("Enabled");
    expect(shown["identity"]?.["type"], "OnlineEndpoint.tsp").toBe("None");
  });

  test.each([
    ["2024-04-01", undefined],
    ["2022-05-01", "null"],
  ])("DELETE at %s: 202, both headers, the body %s; then told as missing", (version, nothing) => {
    const { call, advance } = withEndpoint();
    const ask = { version, ...(version < "2024" && { isUnjudged: true as const }) };
    const answer = call("DELETE", endpoint, ask);
    expect([answer.status, answer.body as unknown], "F3, PS Nov 2025").toEqual([202, nothing]);
    expect(Object.keys(answer.headers), "F3").toEqual(
      expect.arrayContaining(["azure-asyncoperation", "location", "x-ms-async-operation-timeout"]),
    );
    advance(10);
    for (const verb of ["GET", "PATCH"]) {
      const missing = call(verb, endpoint, verb === "PATCH" ? { body: { tags: {} } } : {});
      expect(missing.status, "F6.2").toBe(404);
      expect(missing.body["error"], "F6.2").toMatchObject({
        code: "NotFound",
        details: [
          { code: "NoSuchEndpoint", message: "There is no endpoint with name: online in studio" },
        ],
      });
    }
  });

  test("2022-05-01 shows neither public access nor mirrored traffic", () => {
    const { call } = withEndpoint();
    const { properties } = call("GET", endpoint, { version: "2022-05-01", isUnjudged: true }).body;
    expect(properties, "F4").not.toHaveProperty("publicNetworkAccess");
    expect(properties, "F4").not.toHaveProperty("mirrorTraffic");
  });
});

test("a list of online endpoints is one page; without the workspace there is none", () => {
  const { call } = withEndpoint();
  const { body: listed } = call("GET", `${workspace}/onlineEndpoints`);
  expect(listed["value"]?.map((it) => it["name"])).toEqual(["online"]);
  expect(listed, "claim 56").not.toHaveProperty("nextLink");
  for (const answer of [
    call("GET", `${gone}/onlineEndpoints`),
    call("PUT", `${gone}/onlineEndpoints/online`, { body }),
    call("DELETE", `${gone}/onlineEndpoints/online`),
  ])
    expect([answer.status, answer.headers["x-ms-failure-cause"]], "F6.1").toEqual([404, "gateway"]);
});
