import { describe, expect, test } from "vitest";
import { app, group, localAzure, person, subscription, text } from "./local-azure.ts";

const account = `${group}/providers/Microsoft.CognitiveServices/accounts/acc`;
const row = {
  id: account,
  type: "Microsoft.CognitiveServices/accounts",
  kind: "OpenAI",
  location: "westeurope",
  properties: { provisioningState: "Succeeded", customSubDomainName: "acc" },
};
const lockVersion = { version: "2016-09-01" };
const lockAt = (scope: string, name: string) =>
  `${scope}/providers/Microsoft.Authorization/locks/${name}`;

function withAccount() {
  const local = localAzure();
  local.azure.load([row]);
  return {
    ...local,
    lock: (scope: string, level: string, name = "l") =>
      local.call("PUT", lockAt(scope, name), { ...lockVersion, body: { properties: { level } } }),
  };
}

describe("authentication", () => {
  test.each([
    ["no token", {}, "AuthenticationFailed"],
    ["a foreign token", { authorization: "Bearer a.b.c" }, "InvalidAuthenticationToken"],
  ])("%s: 401", (_name, headers, code) => {
    const { azure } = localAzure();
    const answer = azure.answer({
      method: "GET",
      url: `${account}?api-version=2025-06-01`,
      headers,
    });
    expect([answer.status, text(answer)], "public text").toEqual([
      401,
      expect.stringContaining(code),
    ]);
    expect(answer.headers?.["www-authenticate"], "public text").toContain("Bearer");
  });

  test("an expired token: 401, by Azure's clock", () => {
    const { azure, advance } = withAccount();
    const authorization = `Bearer ${azure.principals.token(person, 60)}`;
    const ask = {
      method: "GET",
      url: `${account}?api-version=2025-06-01`,
      headers: { authorization },
    };
    expect(azure.answer(ask).status).toBe(200);
    advance(61);
    expect(text(azure.answer(ask)), "public text").toContain("ExpiredAuthenticationToken");
  });

  test("the token of one Azure is foreign to another", () => {
    const { azure } = withAccount();
    const authorization = `Bearer ${localAzure({ seed: 2 }).azure.principals.token(person)}`;
    const answer = azure.answer({
      method: "GET",
      url: `${account}?api-version=2025-06-01`,
      headers: { authorization },
    });
    expect(answer.status).toBe(401);
  });
});

describe("role assignments", () => {
  const patch = { as: app, body: { properties: { disableLocalAuth: true } } };

  test("without one: 403, word for word", () => {
    const { call } = withAccount();
    const answer = call("PATCH", account, patch);
    expect([answer.status, answer.headers["x-ms-failure-cause"]], "1.8: both 403s").toEqual([
      403,
      "gateway",
    ]);
    expect(answer.body["error"]?.["message"], "manners 1.9").toBe(
      `The client '${app.appId}' with object id '${app.objectId}' does not have authorization to perform action 'Microsoft.CognitiveServices/accounts/write' over scope '${account}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    );
  });

  test.each([
    ["Reader", subscription, "GET", 200],
    ["Reader", subscription, "PATCH", 403],
    ["Contributor", group, "PATCH", 202],
    [["Microsoft.CognitiveServices/accounts/*"], account, "PATCH", 202],
    [["Microsoft.CognitiveServices/accounts/write"], account, "GET", 403],
    ["Contributor", `${group}x`, "PATCH", 403],
  ] as const)("%j at %s: %s %i", (role, scope, method, status) => {
    const { azure, call } = withAccount();
    azure.grant(app, role, scope);
    expect(
      call(method, account, method === "GET" ? { as: app } : patch).status,
      "azure-docs RBAC",
    ).toBe(status);
  });

  test("polls need the read of operation results", () => {
    const { azure, call, send } = withAccount();
    azure.grant(app, ["Microsoft.CognitiveServices/accounts/*"], subscription);
    const { headers } = call("PATCH", account, patch);
    const address = headers["azure-asyncoperation"] ?? "";
    expect(send("GET", address, { as: app }).status, "arm.md 7: operationResults/read").toBe(403);
    azure.grant(app, ["Microsoft.CognitiveServices/locations/operationResults/read"], subscription);
    expect(send("GET", address, { as: app }).status).toBe(200);
  });

  test("made through ARM they count at once; 201 also on update, DELETE shows the deleted", () => {
    const { call } = withAccount();
    const id = `${group}/providers/Microsoft.Authorization/roleAssignments/aab463b4-d1c7-43d2-ab6f-d208a9ebda45`;
    const reader = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
    const put = () =>
      call("PUT", id, {
        version: "2022-04-01",
        body: { properties: { principalId: app.objectId, roleDefinitionId: reader } },
      });
    expect([put().status, put().status], "manners 1.2").toEqual([201, 201]);
    expect(call("GET", account, { as: app }).status).toBe(200);
    const { body } = call("GET", id, { version: "2022-04-01" });
    expect(body["properties"], "Authorization_RoleAssignment 10").toMatchObject({
      principalType: "ServicePrincipal",
      scope: group,
      condition: null,
    });
    const deleted = call("DELETE", id, { version: "2022-04-01" });
    expect([deleted.status, deleted.body["id"]], "Authorization_RoleAssignment 13").toEqual([
      200,
      id,
    ]);
    expect(text(call("GET", id, { version: "2022-04-01" })), "14").toContain(
      "RoleAssignmentNotFound",
    );
    expect(call("DELETE", id, { version: "2022-04-01" }).status, "1.2: absent 204").toBe(204);
  });

  test("an unknown principal: 400 PrincipalNotFound, unless its type is said", () => {
    const { call } = withAccount();
    const id = `${group}/providers/Microsoft.Authorization/roleAssignments/aab463b4-d1c7-43d2-ab6f-d208a9ebda46`;
    const properties = {
      principalId: "99999999-9999-4999-8999-999999999999",
      roleDefinitionId:
        "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7",
    };
    const refused = call("PUT", id, { version: "2022-04-01", body: { properties } });
    expect([refused.status, text(refused)], "general 32").toEqual([
      400,
      expect.stringContaining("PrincipalNotFound"),
    ]);
    const said = { properties: { ...properties, principalType: "ServicePrincipal" } };
    expect(call("PUT", id, { version: "2022-04-01", body: said }).status).toBe(201);
  });

  test("permissions say what the caller may do here", () => {
    const { azure, call } = withAccount();
    azure.grant(app, "Reader", subscription);
    azure.grant(app, ["Microsoft.CognitiveServices/accounts/write"], group);
    const { body } = call("GET", `${account}/providers/Microsoft.Authorization/permissions`, {
      version: "2022-04-01",
      as: app,
    });
    expect(body["value"], "azure-docs permissions list").toMatchObject([
      { actions: ["Microsoft.CognitiveServices/accounts/write"], notActions: [] },
      { actions: ["*/read"] },
    ]);
  });
});

describe("locks", () => {
  test("PUT 201 then 200, GET, DELETE 200; no etag, no systemData", () => {
    const { lock, call } = withAccount();
    expect(
      [lock(group, "CanNotDelete").status, lock(group, "ReadOnly").status],
      "test_cannotdelete 1, 7",
    ).toEqual([201, 200]);
    expect(call("GET", lockAt(group, "l"), lockVersion).body, "test_cannotdelete 7").toEqual({
      properties: { level: "ReadOnly" },
      id: lockAt(group, "l"),
      type: "Microsoft.Authorization/locks",
      name: "l",
    });
    expect(
      call("DELETE", lockAt(group, "l"), lockVersion).status,
      "9: under its own ReadOnly",
    ).toBe(200);
  });

  test("a list shows those above and below; atScope leaves out those below", () => {
    const { lock, call, send } = withAccount();
    lock(subscription, "CanNotDelete", "top");
    lock(account, "CanNotDelete", "bottom");
    const list = `${group}/providers/Microsoft.Authorization/locks`;
    const names = (answer: { body: unknown }) =>
      (answer.body as { value: { name: string }[] }).value.map((it) => it.name);
    expect(names(call("GET", list, lockVersion)), "JAVA testManagementLocks").toEqual([
      "top",
      "bottom",
    ]);
    expect(
      names(send("GET", `${list}?api-version=2016-09-01&$filter=atScope()`)),
      "azure-docs",
    ).toEqual(["top"]);
    expect(
      names(call("GET", `${subscription}/providers/Microsoft.Authorization/locks`, lockVersion)),
      "test_subscription_locks 2",
    ).toEqual(["top", "bottom"]);
  });

  test.each([
    ["ReadOnly", group, "PATCH", account, 409],
    ["ReadOnly", subscription, "POST", `${account}/listKeys`, 409],
    ["ReadOnly", group, "GET", account, 200],
    ["CanNotDelete", group, "PATCH", account, 202],
    ["CanNotDelete", group, "DELETE", account, 409],
    ["CanNotDelete", account, "DELETE", group, 409],
    ["CanNotDelete", `${group}x`, "DELETE", account, 200],
  ])("%s at %s: %s of %s is %i", (level, scope, method, id, status) => {
    const { azure, lock, call } = withAccount();
    azure.load([{ id: `${group}x`, location: "westeurope" }]);
    lock(scope, level);
    const version = id === group ? "2021-04-01" : "2025-06-01";
    const body = { properties: { disableLocalAuth: true } };
    const answer = call(method, id, { version, ...(method === "PATCH" && { body }) });
    expect(answer.status, "azure-docs lock-resources; general 24").toBe(status);
    expect(answer.headers, "manners 1.3").not.toHaveProperty("retry-after");
  });

  test("409 ScopeLocked, word for word", () => {
    const { lock, call } = withAccount();
    lock(group, "ReadOnly");
    const words = (verb: string) =>
      `The scope '${account}' cannot perform ${verb} operation because following scope(s) are locked: '${group}'. Please remove the lock and try again.`;
    const said = (method: string, id: string) => call(method, id).body["error"];
    const source = "manners 1.9, verbatim";
    expect(said("DELETE", account), source).toEqual({
      code: "ScopeLocked",
      message: words("delete"),
    });
    expect(said("POST", `${account}/listKeys`), source).toEqual({
      code: "ScopeLocked",
      message: words("write"),
    });
  });
});

describe("groups, lists and tags", () => {
  test("a group goes in about a minute: 202 with Location only, then its things are gone", () => {
    const { call, send, advance } = withAccount();
    const version = { version: "2021-04-01" };
    const answer = call("DELETE", group, version);
    expect([answer.status, answer.headers["retry-after"]], "1.2: 445 chains").toEqual([202, "15"]);
    expect(answer.headers).not.toHaveProperty("azure-asyncoperation");
    const address = answer.headers["location"] ?? "";
    const running = send("GET", address);
    expect(
      [running.status, running.headers["retry-after"], running.headers["location"]],
      "1.13",
    ).toEqual([202, "15", address]);
    expect(call("GET", group, version).body["properties"]?.["provisioningState"], "1.5").toBe(
      "Deleting",
    );
    const late = call("PATCH", account, { body: { tags: { a: "1" } } });
    expect(text(late), "1.9").toContain("ResourceGroupBeingDeleted");
    expect(call("DELETE", group, version).status, "1.13: 202 again").toBe(202);
    advance(90);
    expect(send("GET", address).status, "1.2: then 200 empty").toBe(200);
    expect(text(call("GET", account)), "aso2 21").toContain("ResourceGroupNotFound");
  });

  test("lists of everything hold tracked things without properties; filters leave empty pages", () => {
    const { azure, send } = withAccount();
    azure.load(
      Array.from({ length: 1500 }, (_, i) => ({
        id: `${group}/providers/Microsoft.Storage/storageAccounts/s${i}`,
        type: "microsoft.storage/storageaccounts",
        location: "westeurope",
      })),
    );
    const filter = "$filter=resourceType%20eq%20'Microsoft.CognitiveServices/accounts'";
    const first = send("GET", `${subscription}/resources?api-version=2021-04-01&${filter}`);
    expect(first.body["value"], "c7n 11: no properties").toEqual([
      expect.not.objectContaining({ properties: expect.anything() }),
    ]);
    const next = first.body["nextLink"] as unknown as string;
    expect(next, "1.12: absolute, %24skiptoken").toMatch(
      /^https:\/\/127\.0\.0\.1:8443\/.*%24skiptoken=/,
    );
    const second = send("GET", next);
    expect(second.body, "1.12: 178 of 254 pages were empty").toEqual({ value: [] });
  });

  test("tags by themselves: 200 at once, an event that names the tagged resource", () => {
    const { call, events } = withAccount();
    const tags = `${account}/providers/Microsoft.Resources/tags/default`;
    const version = { version: "2021-04-01" };
    const body = (operation: string, sent: object) => ({
      ...version,
      body: { operation, properties: { tags: sent } },
    });
    call("PATCH", tags, body("Merge", { a: "1", b: "2" }));
    call("PATCH", tags, body("Delete", { a: "1", b: "other" }));
    expect(
      call("GET", tags, version).body["properties"],
      "1.11: Delete needs key and value",
    ).toEqual({ tags: { b: "2" } });
    expect(call("GET", account).body["tags"]).toEqual({ b: "2" });
    const [event] = events;
    expect(event?.data["operationName"], "general 27").toBe("Microsoft.Resources/tags/write");
    expect(event?.subject.toLowerCase(), "general 27").toBe(account.toLowerCase());
    expect(call("DELETE", tags, version).status, "1.11").toBe(200);
  });

  test("subscriptions and tenants show what the caller may read", () => {
    const { call } = withAccount();
    const ids = (as = person) => text(call("GET", "/subscriptions", { version: "2022-12-01", as }));
    expect(ids()).toContain(subscription);
    expect(ids(app)).toBe('{"value":[]}');
    expect(
      call("GET", "/tenants", { version: "2022-12-01" }).body["value"]?.[0]?.["tenantId"],
    ).toBe(person.tenantId);
  });
});
