import { describe, expect, test } from "vitest";
import { account, body, withAccount } from "./cognitive-made.ts";
import { localAzure } from "./local-azure.ts";

describe("accounts: how writes go on", () => {
  test.each([
    ["OpenAI", 3],
    ["AIServices", 7],
  ])("%s is there at once, or half a minute later, or several", (kind, quick) => {
    const took = Array.from({ length: 40 }, (_, seed) => {
      const { call, send, advance } = localAzure({ seed });
      const made = call("PUT", account, { body: body(kind) });
      const address = made.headers["azure-asyncoperation"] ?? "";
      const isDone = () => String(send("GET", address).body["status"]) === "Succeeded";
      return [quick, 30, 41, 58, 139].findIndex((at, i, all) => {
        advance(at - (all[i - 1] ?? 0));
        return isDone();
      });
    });
    expect([...new Set(took)].sort(), "accounts 16").toEqual([0, 2, 4]);
  });

  test("PUT of a new one: 201, Creating, one header, then Succeeded", () => {
    const { call, send, advance } = localAzure();
    const answer = call("PUT", account, { body: body("TextAnalytics") });
    expect([answer.status, answer.body["properties"]?.["provisioningState"]], "pe 1").toEqual([
      201,
      "Creating",
    ]);
    expect(
      answer.headers,
      "accounts 1: Azure-AsyncOperation only, no Retry-After",
    ).not.toHaveProperty("location");
    expect(answer.headers).not.toHaveProperty("retry-after");
    const address = answer.headers["azure-asyncoperation"] ?? "";
    const running = send("GET", address);
    expect([running.status, running.body["status"]], "pe 2").toEqual([200, "Creating"]);
    expect(running.headers, "claim: never Retry-After").not.toHaveProperty("retry-after");
    advance(139);
    expect(send("GET", address).body, "pe 3").toMatchObject({
      status: "Succeeded",
      endTime: expect.any(String),
    });
    const { body: shown } = call("GET", account);
    expect(shown["location"], "case and location: echoed as created").toBe("SOUTHCENTRALUS");
    expect(shown["properties"], "pe 4; claim publicNetworkAccess: always emitted").toMatchObject({
      provisioningState: "Succeeded",
      publicNetworkAccess: "Enabled",
      privateEndpointConnections: [],
      endpoint: "https://acc.cognitiveservices.azure.com/",
      apiProperties: { qnaAzureSearchEndpointKey: null },
    });
    expect(shown["properties"], "absent until set").not.toHaveProperty("networkAcls");
  });

  test("PUT over an existing one: 200, Accepted, Updating", () => {
    const { call, send, advance } = withAccount();
    const answer = call("PUT", account, { body: body("OpenAI") });
    expect([answer.status, answer.body["properties"]?.["provisioningState"]], "aso1 8").toEqual([
      200,
      "Accepted",
    ]);
    expect(send("GET", answer.headers["azure-asyncoperation"] ?? "").body["status"]).toBe(
      "Updating",
    );
    expect(answer.headers).not.toHaveProperty("location");
    advance(7);
    expect(call("GET", account).body["properties"]?.["provisioningState"], "aso1 11: 6 s").toBe(
      "Succeeded",
    );
  });

  const acls = {
    networkAcls: {
      defaultAction: "Deny",
      ipRules: [{ value: "200.0.0.1" }],
      virtualNetworkRules: [],
    },
  };
  test.each([
    ["networkAcls", { properties: acls }, 30, 43, "nr 18"],
    [
      "publicNetworkAccess",
      { properties: { publicNetworkAccess: "Disabled" } },
      30,
      43,
      "PS 2022-10-19",
    ],
    ["disableLocalAuth", { properties: { disableLocalAuth: true } }, 30, 43, "dla 1"],
    ["identity", { identity: { type: "SystemAssigned" } }, 1, 1, "ident 7"],
    [
      "values that are there already",
      { properties: { publicNetworkAccess: "Enabled" } },
      30,
      43,
      "nr 66",
    ],
  ])(
    "PATCH of %s: 202, both headers, the new values at once",
    (_name, patch, least, most, source) => {
      const { call, send, advance } = withAccount();
      const answer = call("PATCH", account, { body: patch });
      expect(answer.status, source).toBe(202);
      expect(answer.headers["azure-asyncoperation"], source).toBeDefined();
      expect(answer.headers["location"], source).toContain("&operationResultResponseType=Location");
      expect(answer.headers, source).not.toHaveProperty("retry-after");
      expect(answer.body, source).toMatchObject({
        ...patch,
        properties: { provisioningState: "Accepted" },
      });
      expect(
        call("GET", account).body["properties"]?.["provisioningState"],
        "quoted: GET says Accepted",
      ).toBe("Accepted");
      const address = answer.headers["azure-asyncoperation"] ?? "";
      advance(least - 0.5);
      expect(send("GET", address).body["status"], source).toBe("Updating");
      advance(most - least + 1);
      expect(send("GET", address).body["status"], source).toBe("Succeeded");
      expect(call("GET", account).body, "applied").toMatchObject({
        ...patch,
        properties: { provisioningState: "Succeeded" },
      });
    },
  );

  test.each(["SpeechServices", "QnAMaker", "ComputerVision"])("%s is made at once", (kind) => {
    const answer = localAzure().call("PUT", account, { body: body(kind) });
    expect([answer.status, answer.body["properties"]?.["provisioningState"]]).toEqual([
      201,
      "Succeeded",
    ]);
    expect(answer.headers, "accounts 25").not.toHaveProperty("azure-asyncoperation");
  });

  const locations = { routingMethod: "Performance", regions: [{ name: "East US 2", value: 1 }] };
  test.each([
    ["ComputerVision", { locations }, 200, "accounts 26"],
    ["FormRecognizer", { locations }, 202, "not recorded"],
    ["ComputerVision", { locations, disableLocalAuth: true }, 202, "not recorded"],
  ])("%s with %j: %i", (kind, properties, status, source) => {
    const { call } = withAccount(kind);
    expect(call("PATCH", account, { body: { properties } }).status, source).toBe(status);
    expect(call("GET", account).body["properties"]?.["locations"], "accounts 26").toEqual({
      routingMethod: "Performance",
      regions: [
        { name: "East US 2", value: 1, customsubdomain: "eastus2.api.cognitive.microsoft.com" },
      ],
    });
  });

  test("PATCH of tags alone is settled at once", () => {
    const { call } = withAccount();
    const answer = call("PATCH", account, {
      body: { tags: { a: "1" }, sku: { name: "S0" }, properties: {} },
    });
    expect([answer.status, answer.body["properties"]?.["provisioningState"]], "crud 5").toEqual([
      200,
      "Succeeded",
    ]);
    expect(answer.headers, "crud 5").not.toHaveProperty("azure-asyncoperation");
  });
});

test("identities: a principal once, kept over writes, nothing but None afterwards", () => {
  const { call, advance } = withAccount();
  const identity = () => call("GET", account).body["identity"];
  const patch = (type: string) => {
    call("PATCH", account, { body: { identity: { type } } });
    advance(60);
  };
  expect(call("GET", account).body, "ident: absent when never set").not.toHaveProperty("identity");
  patch("SystemAssigned");
  const first = identity();
  expect(first?.["principalId"], "ident 7").toMatch(/^[-0-9a-f]{36}$/);
  call("PUT", account, { body: { ...body("OpenAI"), identity: { type: "SystemAssigned" } } });
  advance(60);
  expect(identity(), "aso1 8").toEqual(first);
  patch("None");
  expect(identity(), "ident 12").toEqual({ type: "None" });
});

test("identities of users alone: a tenant, ids for each, no principal of its own", () => {
  const { call, advance } = localAzure();
  const own = `${account.slice(0, account.indexOf("/providers/"))}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i`;
  const identity = { type: "UserAssigned", userAssignedIdentities: { [own]: {} } };
  call("PUT", account, { body: { ...body("Face"), identity } });
  advance(139);
  const guid = expect.stringMatching(/^[-0-9a-f]{36}$/);
  expect(call("GET", account).body["identity"], "accounts 24").toEqual({
    tenantId: guid,
    type: "UserAssigned",
    userAssignedIdentities: { [own]: { principalId: guid, clientId: guid } },
  });
});
