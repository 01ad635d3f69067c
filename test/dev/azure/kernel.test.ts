import { describe, expect, test } from "vitest";
import { isWithin, parsePath, scopesOf } from "../../../dev/azure/ids.ts";
import { app, group, localAzure, person, subscription, text } from "./local-azure.ts";

const account = `${group}/providers/Microsoft.CognitiveServices/accounts/Acc`;
const made = {
  location: "westeurope",
  kind: "OpenAI",
  sku: { name: "S0" },
  properties: { customSubDomainName: "acc" },
};

function withAccount(options: Parameters<typeof localAzure>[0] = {}) {
  const local = localAzure(options);
  local.call("PUT", account, { body: made });
  local.advance(60);
  return local;
}

describe("addresses", () => {
  test("ids ignore case, slashes collapse, the letters of the creation stay", () => {
    const { call } = withAccount();
    const shown = call("GET", `/${account.toUpperCase()}`, { isUnjudged: true }); // "//" is no path of the judge's
    expect(shown.status, "ids are case-insensitive, // collapses").toBe(200);
    expect(shown.body["id"], "manners 1.11: resourceGroups whatever was asked").toBe(account);
  });

  test("a path says type, parent and scope, extensions included", () => {
    const lock = parsePath(`${account}/projects/p/providers/Microsoft.Authorization/locks/l`);
    expect(lock, "general 24, locks: two /providers/").toMatchObject({
      type: "Microsoft.Authorization/locks",
      scope: `${account}/projects/p`,
      parent: `${account}/projects/p`,
      name: "l",
      group: "rg",
    });
    expect(scopesOf(lock.id), "azure-docs: scopes inherit").toEqual([
      lock.id,
      `${account}/projects/p`,
      account,
      group,
      subscription,
    ]);
    expect(isWithin(`${group}x`, group), "rgx is not inside rg").toBe(false);
  });

  test("api-version is required and known", () => {
    const { send, call } = withAccount();
    const missing = send("GET", account, { isUnjudged: true });
    expect([missing.status, text(missing)], "public text").toEqual([
      400,
      expect.stringContaining("MissingApiVersionParameter"),
    ]);
    const odd = call("GET", account, { version: "2099-01-01", isUnjudged: true });
    expect([odd.status, text(odd)], "public text").toEqual([
      400,
      expect.stringContaining("InvalidApiVersionParameter"),
    ]);
  });

  test("an unknown type says that it is the local Azure which lacks it", () => {
    const answer = localAzure().call("GET", `${group}/providers/Microsoft.Nowhere/things/x`);
    expect(answer.status, "manners 1.8").toBe(404);
    expect(text(answer)).toContain("could not be found in the namespace 'Microsoft.Nowhere'");
    expect(answer.headers["x-not-simulated"], "says so by a header").toBe("type");
  });

  test.each([
    [account.replace("/rg/", "/gone/"), "ResourceGroupNotFound", "aso2 21"],
    [account.replace("Acc", "none"), "ResourceNotFound", "aso1 30"],
    [
      `${account.replace("Acc", "none")}/projects/p`,
      "accounts/none'",
      "manners 1.8: names the parent",
    ],
    [account.replace("000000000001", "000000000009"), "SubscriptionNotFound", "public text"],
  ])("404 of %s", (id, words, source) => {
    const { call, azure } = withAccount();
    azure.grant(person, "Owner", "");
    const answer = call("GET", id);
    expect([answer.status, answer.headers["x-ms-failure-cause"]], source).toEqual([404, "gateway"]);
    expect(text(answer), source).toContain(words);
  });
});

describe("writes", () => {
  test("PATCH merges objects, replaces arrays and the whole tags map; absent stays absent", () => {
    const { call, advance } = withAccount();
    const acls = { defaultAction: "Deny", bypass: "None", ipRules: [{ value: "1.1.1.1" }] };
    call("PATCH", account, {
      body: { properties: { networkAcls: acls }, tags: { a: "1", b: "2" } },
    });
    advance(60);
    call("PATCH", account, {
      body: { properties: { networkAcls: { ipRules: [] } }, tags: { c: "3" } },
    });
    advance(60);
    const { body } = call("GET", account);
    expect(body["properties"]?.["networkAcls"], "nr 48: arrays replaced; RFC 7396").toEqual({
      ...acls,
      ipRules: [],
    });
    expect(body["tags"], "manners 1.11: 8 of 8").toEqual({ c: "3" });
    expect(body["properties"], "dla: absent until first set").not.toHaveProperty(
      "disableLocalAuth",
    );
  });

  test("PUT replaces and keeps what only the provider writes", () => {
    const { call, advance } = withAccount();
    const before = call("GET", account).body;
    call("PATCH", account, { body: { properties: { disableLocalAuth: true } } });
    advance(60);
    call("PUT", account, {
      body: { ...made, id: "x", name: "y", properties: { endpoint: "https://evil/" } },
    });
    advance(60);
    const { body } = call("GET", account);
    expect(body["properties"], "PUT replaces").not.toHaveProperty("disableLocalAuth");
    expect(body["properties"]?.["internalId"], "aso1 8: unchanged over PUT").toBe(
      before["properties"]?.["internalId"],
    );
    expect(body["properties"]?.["endpoint"], "read-only").toBe(before["properties"]?.["endpoint"]);
    expect(body["name"], "manners 1.11: a sent name is accepted and dropped").toBe("Acc");
  });

  test("the etag moves at accept and at success, systemData only once", () => {
    const { call, advance } = withAccount();
    const before = call("GET", account).body;
    const answered = call("PATCH", account, { body: { properties: { disableLocalAuth: true } } });
    advance(60);
    const after = call("GET", account);
    const etags = [before["etag"], answered.body["etag"], after.body["etag"]];
    expect(new Set(etags).size, "cognitive-services etag: 2 etags a write").toBe(3);
    expect(after.headers["etag"], "header and body agree").toBe(after.body["etag"]);
    expect(after.body["systemData"], "cdom 12").toEqual(answered.body["systemData"]);
  });

  test("refused bodies and places", () => {
    const { call, send } = withAccount();
    const other = account.replace("Acc", "other");
    expect(
      call("PUT", other, { body: { kind: "OpenAI" } }).status,
      "public: LocationRequired",
    ).toBe(400);
    const moved = call("PUT", account, { body: { ...made, location: "eastus" } });
    expect(text(moved), "public text").toContain("InvalidResourceLocation");
    const bodiless = send("PUT", `${other}?api-version=2025-06-01`, { isUnjudged: true });
    expect(bodiless.status, "no body").toBe(400);
  });
});

describe("operations", () => {
  const close = { body: { properties: { publicNetworkAccess: "Disabled" } } };

  test("addresses are absolute, of the client's host, signed, and must come back unchanged", () => {
    const { call, send } = withAccount();
    const { headers } = call("PATCH", account, close);
    const address = headers["azure-asyncoperation"] ?? "";
    expect(address, "general 4").toMatch(
      /^https:\/\/127\.0\.0\.1:8443\/subscriptions\/.*\/locations\/westeurope\/operationResults\/[-0-9a-f]{36}\?api-version=2017-04-18&t=\d{18}&c=MIIH.*&s=.*&h=.*$/,
    );
    expect(address.length, "general 5: up to 4 KB").toBeGreaterThan(3000);
    expect(send("GET", address).status).toBe(200);
    expect(send("GET", address.replace(/&s=./, "&s=")).status, "byte for byte").toBe(400);
    expect(send("GET", address.split("&t=")[0] ?? "").status, "byte for byte").toBe(400);
    expect(send("GET", headers["location"] ?? "").status, "Location while running").toBe(202);
  });

  test("without delays an operation ends at once and keeps its codes and headers", () => {
    const { call, send } = localAzure({ delays: "none" });
    expect(call("PUT", account, { body: made }).status, "zero-delay contract").toBe(201);
    const answer = call("PATCH", account, close);
    expect([answer.status, answer.body["properties"]?.["provisioningState"]]).toEqual([
      202,
      "Accepted",
    ]);
    expect(send("GET", answer.headers["azure-asyncoperation"] ?? "").body["status"]).toBe(
      "Succeeded",
    );
    expect(call("GET", account).body["properties"]?.["provisioningState"]).toBe("Succeeded");
  });

  test.each([
    ["lro-fails", "Enabled"],
    ["lro-fails-but-applied", "Disabled"],
  ] as const)("%s: HTTP 200 with status Failed, then %s", (answer, access) => {
    const { azure, call, send, advance, events } = withAccount();
    azure.faults.add({ method: "PATCH", times: 1, answer });
    const { headers } = call("PATCH", account, close);
    advance(60);
    const poll = send("GET", headers["azure-asyncoperation"] ?? "");
    expect([poll.status, poll.body["status"]], "manners 1.4").toEqual([200, "Failed"]);
    expect(call("GET", account).body["properties"], "general 7").toMatchObject({
      publicNetworkAccess: access,
      provisioningState: "Succeeded",
    });
    expect(events.at(-1)?.eventType, "arm.md 4.1").toBe("Microsoft.Resources.ResourceWriteFailure");
  });
});

describe("faults", () => {
  test("a status, a cut, a lost answer; each as often as planned", () => {
    const { azure, call, advance } = withAccount();
    azure.faults.add({
      urlIncludes: "/accounts/acc",
      times: 2,
      answer: { status: 503, body: "<html/>" },
    });
    expect([1, 2, 3].map(() => call("GET", account).status)).toEqual([503, 503, 200]);
    azure.faults.add({ times: 1, answer: "cut" });
    expect(call("GET", account), "nothing is answered").toMatchObject({
      status: 0,
      socket: "cut",
      fault: true,
    });
    azure.faults.add({ method: "PATCH", times: 1, answer: "lost" });
    const lost = call("PATCH", account, { body: { properties: { disableLocalAuth: true } } });
    expect(lost.socket).toBe("cut");
    advance(60);
    expect(call("GET", account).body["properties"]?.["disableLocalAuth"], "done all the same").toBe(
      true,
    );
  });
});

describe("events", () => {
  test("born when the operation ends, with who and what as recorded", () => {
    const { azure, call, advance, events } = withAccount();
    azure.grant(app, "Contributor", group);
    events.length = 0;
    const headers = { "x-ms-client-request-id": "record-1" };
    call("PATCH", account, { as: app, headers, body: { properties: { disableLocalAuth: true } } });
    expect(events, "arm.md 4.1: nothing for a start").toHaveLength(0);
    advance(60);
    const [event] = events;
    expect(event, "events.json").toMatchObject({
      topic: subscription,
      eventType: "Microsoft.Resources.ResourceWriteSuccess",
      data: {
        operationName: "Microsoft.CognitiveServices/accounts/write",
        resourceProvider: "Microsoft.CognitiveServices",
        status: "Succeeded",
        httpRequest: { clientRequestId: "record-1", method: "PATCH" },
        claims: { appid: app.appId, idtyp: "app", exp: expect.stringMatching(/^\d+$/) },
      },
    });
    expect(event?.subject.toLowerCase(), "either case").toBe(account.toLowerCase());
  });

  test("casings and evidence vary as in recorded events", () => {
    const { call, advance, events } = withAccount();
    const tag = (value: number) =>
      call("PATCH", account, { body: { tags: { value: String(value) } } });
    for (let at = 0; at < 30; at++) tag(at);
    advance(60);
    const authorizations = events.map((it) =>
      Object.keys(it.data["authorization"] as object).join(),
    );
    expect(new Set(authorizations), "events.json: one real event has capitals").toEqual(
      new Set(["scope,action,evidence", "Scope,Action,Evidence"]),
    );
    expect(new Set(events.map((it) => it.subject)).size, "subjects in either case").toBe(2);
    expect(text({ body: events[1]?.data ?? {} }), "GUIDs without dashes").toContain(
      person.objectId.replaceAll("-", ""),
    );
  });

  test("on create httpRequest is absent or empty, on delete it is full", () => {
    const seen = [1, 2, 3, 4, 5, 6].map((seed) => {
      const { events } = withAccount({ seed });
      return JSON.stringify(events[0]?.data["httpRequest"]);
    });
    expect(new Set(seen), "official sample: absent; real event: {}").toEqual(
      new Set([undefined, "{}"]),
    );
    const { call, events } = withAccount();
    call("DELETE", account);
    expect(events.at(-1), "official sample").toMatchObject({
      eventType: "Microsoft.Resources.ResourceDeleteSuccess",
      data: { httpRequest: { method: "DELETE" } },
    });
  });
});

describe("loading", () => {
  test("takes rows of Resource Graph and az: lower types, added columns, nulls; raises no events", () => {
    const { azure, call, events } = localAzure();
    const other = account.replace("/rg/", "/Other/");
    azure.load([
      {
        id: other,
        name: "Acc",
        type: "microsoft.cognitiveservices/accounts",
        kind: "OpenAI",
        location: "westeurope",
        resourceGroup: "other",
        subscriptionId: "00000000-0000-4000-8000-000000000001",
        tenantId: "t",
        tags: null,
        identity: null,
        managedBy: "",
        properties: {
          provisioningState: "Succeeded",
          publicNetworkAccess: "Disabled",
          privateEndpointConnections: [
            {
              id: `${other}/privateEndpointConnections/pe.1`,
              properties: {
                privateEndpoint: { id: `${group}/providers/Microsoft.Network/privateEndpoints/pe` },
                privateLinkServiceConnectionState: { status: "Approved" },
              },
            },
          ],
        },
      },
    ]);
    const { body } = call("GET", other);
    expect(body["type"], "general 28").toBe("Microsoft.CognitiveServices/accounts");
    for (const column of [
      "resourceGroup",
      "subscriptionId",
      "tenantId",
      "tags",
      "identity",
      "managedBy",
    ])
      expect(body, "columns and nulls are no properties").not.toHaveProperty(column);
    expect(
      call("GET", `${other}/privateEndpointConnections/pe.1`).status,
      "embedded ones are children",
    ).toBe(200);
    expect(
      call("GET", `${subscription}/resourceGroups/other`, { version: "2021-04-01" }).status,
    ).toBe(200);
    expect(events).toHaveLength(0);
  });

  test("reads and lists of one group do not grow with the estate", () => {
    const { azure, call } = localAzure();
    const rows = Array.from({ length: 20_000 }, (_, i) => ({
      id: `${subscription}/resourceGroups/g${i % 2_000}/providers/Microsoft.CognitiveServices/accounts/a${i}`,
      type: "microsoft.cognitiveservices/accounts",
      location: "westeurope",
      properties: { publicNetworkAccess: "Disabled", provisioningState: "Succeeded" },
    }));
    azure.load(rows);
    const before = performance.now();
    for (const { id } of rows.slice(0, 200)) {
      call("GET", id);
      call("GET", id.slice(0, id.lastIndexOf("/")));
    }
    expect(performance.now() - before, "400 reads, by index").toBeLessThan(2_000);
  });
});
