import { describe, expect, test } from "vitest";
import { connect, disconnect, refuseConnection, stateOf } from "../../../dev/azure/connections.ts";
import type { Kind } from "../../../dev/azure/kinds.ts";
import { cognitiveServicesKinds } from "../../../dev/azure/providers/cognitive-services.ts";
import { createWorld } from "../../../dev/azure/world.ts";
import { group, localAzure, subscription, text } from "./local-azure.ts";

const account = `${group}/providers/Microsoft.CognitiveServices/accounts/acc`;
const endpoint = `${group}/providers/Microsoft.Network/privateEndpoints/pe`;

function body(kind: string, properties: object = { customSubDomainName: "acc" }) {
  return { location: "SOUTHCENTRALUS", kind, sku: { name: "S0" }, properties };
}

function withAccount(kind = "OpenAI", properties?: object) {
  const local = localAzure();
  local.call("PUT", account, { body: body(kind, properties) });
  local.advance(60);
  return local;
}

describe("accounts: how writes go on", () => {
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
    advance(30);
    expect(send("GET", address).body["status"], "31-41 s").toBe("Creating");
    advance(12);
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
    ["networkAcls", { properties: acls }, 31, 43, "nr 18"],
    [
      "publicNetworkAccess",
      { properties: { publicNetworkAccess: "Disabled" } },
      31,
      43,
      "PS 2022-10-19",
    ],
    ["disableLocalAuth", { properties: { disableLocalAuth: true } }, 31, 43, "dla 1"],
    ["identity", { identity: { type: "SystemAssigned" } }, 1, 1, "ident 7"],
    [
      "values that are there already",
      { properties: { publicNetworkAccess: "Enabled" } },
      31,
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

  test("a sub-domain by PATCH rewrites the endpoints in the answer already", () => {
    const { call, advance } = withAccount("FormRecognizer", {});
    expect(call("GET", account).body["properties"]?.["endpoint"], "cdom 8").toBe(
      "https://southcentralus.api.cognitive.microsoft.com/",
    );
    const answer = call("PATCH", account, { body: { properties: { customSubDomainName: "x" } } });
    expect(answer.body["properties"], "cdom 10").toMatchObject({
      endpoint: "https://x.cognitiveservices.azure.com/",
      endpoints: { FormRecognizer: "https://x.cognitiveservices.azure.com/" },
    });
    advance(1);
    expect(call("GET", account).body["properties"]?.["provisioningState"], "cdom: 0 s").toBe(
      "Succeeded",
    );
  });

  test("DELETE: 200, empty, at once; the name stays reserved and can be restored", () => {
    const { call, advance } = withAccount();
    const answer = call("DELETE", account);
    expect([answer.status, answer.body], "claim DELETE: 25 of 25").toEqual([200, undefined]);
    expect(call("GET", account).status).toBe(404);
    expect(call("DELETE", account).status, "old: missing account").toBe(204);
    const again = call("PUT", account, { body: body("OpenAI") });
    expect([again.status, text(again)], "quoted: FlagMustBeSetForRestore").toEqual([
      409,
      expect.stringContaining("FlagMustBeSetForRestore"),
    ]);
    const restored = call("PUT", account, {
      body: { location: "SOUTHCENTRALUS", properties: { restore: true } },
    });
    expect(
      [restored.status, restored.body["properties"]?.["customSubDomainName"]],
      "soft 8",
    ).toEqual([201, "acc"]);
    call("DELETE", account);
    const deleted = `${subscription}/providers/Microsoft.CognitiveServices/locations/SOUTHCENTRALUS/resourceGroups/rg/deletedAccounts/acc`;
    expect(call("GET", deleted).body["type"], "soft 7").toBe(
      "Microsoft.CognitiveServices/deletedAccounts",
    );
    expect(call("DELETE", deleted).status, "soft 11").toBe(202);
    advance(2);
    expect(call("PUT", account, { body: body("OpenAI") }).status, "purged").toBe(201);
  });

  test("Foundry accounts answer under three hosts", () => {
    const { call } = withAccount("AIServices");
    expect(call("GET", account).body["properties"]?.["endpoints"], "accounts 13").toMatchObject({
      "AI Foundry API": "https://acc.services.ai.azure.com/",
      "OpenAI Language Model Instance API": "https://acc.openai.azure.com/",
      "Content Safety": "https://acc.cognitiveservices.azure.com/",
    });
  });

  test("the api-version filters what is shown", () => {
    const { call } = withAccount();
    const old = call("GET", account, { version: "2017-04-18", isWrong: true }).body;
    expect(old, "c7n 10").not.toHaveProperty("systemData");
    expect(old["properties"], "c7n 10").not.toHaveProperty("endpoints");
    expect(old["properties"]?.["publicNetworkAccess"], "c7n 10").toBe("Enabled");
    expect(call("GET", account).body["properties"]?.["allowProjectManagement"], "accounts 10").toBe(
      false,
    );
  });
});

describe("accounts: refusals", () => {
  test("a write while another is under way: 409 without Retry-After, children too", () => {
    const { call } = withAccount("AIServices");
    const close = { body: { properties: { publicNetworkAccess: "Disabled" } } };
    call("PATCH", account, close);
    const busy = call("PATCH", account, close);
    expect([busy.status, text(busy)], "quoted").toEqual([
      409,
      expect.stringContaining("provisioning state is not terminal"),
    ]);
    expect(busy.headers, "manners 1.3: 0 of 51").not.toHaveProperty("retry-after");
    const child = call("PUT", `${account}/deployments/d`, { body: { properties: {} } });
    expect(text(child), "quoted").toContain(
      "Another operation is being performed on the parent resource",
    );
  });

  test.each([
    [
      "SpeechServices",
      { networkAcls: { bypass: "AzureServices" } },
      "NetworkAclsBypassNotSupported",
    ],
    ["OpenAI", { customSubDomainName: "other" }, "cannot be changed"],
    ["OpenAI", { networkAcls: { ipRules: [{ value: "1.2.3.4/32" }] } }, "1.2.3.4/32"],
  ])("%s with %j: 400 %s", (kind, properties, words) => {
    const { call } = withAccount(kind);
    const refused = call("PATCH", account, { body: { properties } });
    expect(
      [refused.status, text(refused)],
      "quoted, or not recorded: see cognitive-refusals.ts",
    ).toEqual([400, expect.stringContaining(words)]);
  });

  test("network rules need a sub-domain", () => {
    const { call } = withAccount("OpenAI", {});
    const patch = { body: { properties: { networkAcls: { defaultAction: "Deny" } } } };
    expect(call("PATCH", account, patch).status, "arm.md 1.1: RequiredWith").toBe(400);
  });

  test("keys: listed, unless local authentication is off", () => {
    const { call, advance } = withAccount();
    expect(Object.keys(call("POST", `${account}/listKeys`).body), "aso1 7").toEqual([
      "key1",
      "key2",
    ]);
    call("PATCH", account, { body: { properties: { disableLocalAuth: true } } });
    advance(60);
    expect(call("POST", `${account}/listkeys`).status, "public text").toBe(400);
  });
});

describe("children", () => {
  test("projects: 201 and 200 at once, long names; the account names them and its etag moves", () => {
    const { call } = withAccount("AIServices", { allowProjectManagement: true });
    const before = call("GET", account).body["etag"];
    const project = {
      location: "westus3",
      identity: { type: "SystemAssigned" },
      properties: { displayName: "P" },
    };
    const put = () => call("PUT", `${account}/projects/p`, { body: project });
    expect([put().status, put().status], "aso1 16, 22").toEqual([201, 200]);
    const { body: shown } = call("GET", `${account}/projects/p`);
    expect(shown, "aso1 16").toMatchObject({
      name: "acc/p",
      kind: "AIServices",
      properties: { isDefault: true, provisioningState: "Succeeded" },
    });
    const parent = call("GET", account).body;
    expect(parent["properties"], "c7n 1").toMatchObject({
      defaultProject: "p",
      associatedProjects: ["p"],
    });
    expect(parent["etag"], "aso1 11 to 28").not.toBe(before);
    expect(call("DELETE", `${account}/projects/p`).status, "aso1 26").toBe(200);
    expect(text(call("GET", `${account}/projects/p`)), "aso1 27").toContain(
      "'Microsoft.CognitiveServices/accounts/acc/projects/p'",
    );
    expect(
      call("GET", account).body["properties"]?.["associatedProjects"],
      "aso1 28: [] stays",
    ).toEqual([]);
  });

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
});

describe("private endpoint connections", () => {
  const connection = `${account}/privateEndpointConnections/pe.guid-1`;
  const loaded = {
    id: connection,
    properties: {
      privateEndpoint: { id: endpoint },
      groupIds: ["account"],
      privateLinkServiceConnectionState: {
        status: "Pending",
        description: "please",
        actionsRequired: "None",
      },
    },
  };

  /** The judge knows no description of a connection's state, which is recorded. */
  const unjudged = { isWrong: true } as const;

  function withConnection() {
    const local = localAzure();
    local.azure.load([
      {
        ...body("OpenAI"),
        id: account,
        properties: { customSubDomainName: "acc", privateEndpointConnections: [loaded] },
      },
    ]);
    return local;
  }

  test("inside the account without etag and state; by itself with them", () => {
    const { call } = withConnection();
    const inside = call("GET", account).body["properties"]?.["privateEndpointConnections"]?.[0];
    expect(inside, "pec 23").toMatchObject({
      id: connection,
      name: "acc/pe.guid-1",
      properties: { groupIds: ["account"] },
    });
    expect(Object.keys(inside ?? {}), "pec 23").toEqual(["id", "name", "type", "properties"]);
    expect(inside?.["properties"], "pec 23").not.toHaveProperty("provisioningState");
    const alone = call("GET", connection, unjudged).body;
    expect(alone, "pec 24").toMatchObject({
      location: "SOUTHCENTRALUS",
      etag: expect.any(String),
      properties: { provisioningState: "Succeeded" },
    });
    expect(
      call("GET", `${account}/privateEndpointConnections`, unjudged).body["value"],
      "pec 31",
    ).toHaveLength(1);
  });

  test.each([
    ["Approved", "Approved"],
    ["Rejected", undefined],
  ])("%s by PUT: 200 at once, a null description becomes %s", (status, description) => {
    const { call } = withConnection();
    const before = call("GET", account).body["etag"];
    const properties = {
      ...loaded.properties,
      privateLinkServiceConnectionState: { status, description: null },
    };
    const answer = call("PUT", connection, { body: { properties }, ...unjudged });
    expect(answer.status, "pec 26, 29").toBe(200);
    expect(answer.headers).not.toHaveProperty("azure-asyncoperation");
    const state = call("GET", connection, unjudged).body["properties"]?.[
      "privateLinkServiceConnectionState"
    ];
    expect(state?.["status"]).toBe(status);
    expect(state?.["description"], "pec 26, 29").toBe(description);
    expect(call("GET", account).body["etag"], "the account's etag moves").not.toBe(before);
  });

  test("DELETE: 200 at once; PUT of one that no endpoint made: 405", () => {
    const { call } = withConnection();
    expect(call("DELETE", connection).status, "pec 32").toBe(200);
    expect(call("GET", `${account}/privateEndpointConnections`).body["value"], "pec 33").toEqual(
      [],
    );
    expect(
      call("PUT", connection, { body: { properties: {} }, ...unjudged }).status,
      "pulumi-azure-native 2754",
    ).toBe(405);
  });

  test("the seam: an endpoint asks, the target answers, the endpoint hears of decisions", () => {
    const heard: unknown[] = [];
    const endpoints: Kind = {
      type: "Microsoft.Network/privateEndpoints",
      versions: [],
      decided: (it, target, state) => void heard.push([it.id, target, state?.status]),
    };
    const world = createWorld({
      now: () => new Date("2026-11-24T08:00:00Z"),
      seed: 1,
      delays: "recorded",
      anySubscription: true,
      kinds: [...cognitiveServicesKinds, endpoints],
    });
    const made = {
      id: account,
      name: "acc",
      type: "Microsoft.CognitiveServices/accounts",
      location: "westeurope",
    };
    const request = {
      endpoint,
      guid: "guid-1",
      target: account,
      groupIds: ["account"],
      manual: false,
    };
    world.put({
      ...made,
      properties: { provisioningState: "Accepted", customSubDomainName: "acc" },
    });
    world.put({ id: endpoint, name: "pe", type: endpoints.type, properties: {} });
    expect(text(refuseConnection(world, request) ?? {}), "quoted").toContain(
      "AccountProvisioningStateInvalid",
    );
    world.put({
      ...made,
      properties: { provisioningState: "Succeeded", customSubDomainName: "acc" },
    });
    expect(refuseConnection(world, request)).toBeUndefined();
    expect(connect(world, request), "pec 18").toMatchObject({
      status: "Approved",
      description: "Approved",
    });
    const child = world.get(connection);
    expect(child?.name, "pec 23").toBe("acc/pe.guid-1");
    if (child) world.kind(child.type)?.settled?.(undefined, child, world);
    expect(heard, "the target cut it").toEqual([[endpoint, account, undefined]]);
    disconnect(world, endpoint, account);
    expect(stateOf(world, endpoint, account)).toBeUndefined();
    expect(connect(world, { ...request, manual: true }), "manual waits").toMatchObject({
      status: "Pending",
    });
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
