import { describe, expect, test } from "vitest";
import { account, withAccount } from "./account-estate.ts";
import { app, group, localAzure, person, subscription, text } from "./local-azure.ts";

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

  test("a subscription that nobody has is not found, rather than forbidden", () => {
    const { call } = localAzure();
    const elsewhere = subscription.replace("000000000001", "000000000009");
    for (const id of [elsewhere, `${elsewhere}/resourceGroups/rg`]) {
      const answer = call("GET", id, { version: "2021-04-01" });
      expect([answer.status, answer.body["error"]], "PS CreateRAWhenIdNotExist").toEqual([
        404,
        {
          code: "SubscriptionNotFound",
          message: `The subscription '${elsewhere.split("/")[2]}' could not be found.`,
        },
      ]);
    }
  });

  test("PowerShell's api-version of assignments, and its doubled slash", () => {
    const { send } = localAzure();
    const assignments = `${subscription}/providers/Microsoft.Authorization/roleAssignments`;
    const query = "$filter=atScope()&api-version=2020-08-01-preview";
    const { status, body } = send("GET", `/${assignments}?${query}`, { isUnjudged: true });
    expect([status, body["value"]], "PS RAGuidFormatHandling (Oct 2025)").toEqual([
      200,
      [expect.objectContaining({ type: "Microsoft.Authorization/roleAssignments" })],
    ]);
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
      createdBy: person.objectId,
      updatedBy: person.objectId,
    });
    expect(put().body["properties"], "Authorization_RoleAssignment 10").toMatchObject({
      createdBy: null,
      updatedBy: person.objectId,
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

  test("one assignment of a role for a principal at a scope, and it keeps whom it is for", () => {
    const { azure, call } = withAccount();
    const other = { ...app, objectId: "55555555-5555-4555-8555-555555555555" };
    azure.principals.register(other);
    const idOf = (n: number) =>
      `${group}/providers/Microsoft.Authorization/roleAssignments/aab463b4-d1c7-43d2-ab6f-d208a9ebda4${n}`;
    const put = (n: number, principalId: string) => {
      const roleDefinitionId = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
      const body = { properties: { principalId, roleDefinitionId } };
      const answer = call("PUT", idOf(n), { version: "2022-04-01", body });
      return [answer.status, answer.body["error"]?.["code"]];
    };
    expect(put(1, app.objectId)).toEqual([201, undefined]);
    expect(put(2, app.objectId), "manners 1.9").toEqual([409, "RoleAssignmentExists"]);
    expect(put(2, other.objectId)).toEqual([201, undefined]);
    expect(put(2, app.objectId), "public text").toEqual([409, "RoleAssignmentUpdateNotPermitted"]);
  });

  test("a list shows what is inherited and what is below; atScope leaves out those below; one principal's", () => {
    const { azure, send } = withAccount();
    azure.grant(app, "Reader", subscription);
    azure.grant(app, "Contributor", account);
    const list = `${group}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`;
    const scopes = (filter: string) =>
      send("GET", `${list}${filter}`).body["value"]?.map((it) => [
        it["properties"]?.["principalId"],
        it["properties"]?.["scope"],
      ]);
    const [mine, inherited, below] = [
      [person.objectId, subscription],
      [app.objectId, subscription],
      [app.objectId, account],
    ];
    expect(scopes(""), "manners 1.13").toEqual([mine, inherited, below]);
    expect(scopes("&$filter=atScope()"), "manners 1.13").toEqual([mine, inherited]);
    expect(scopes(`&$filter=principalId eq '${app.objectId}'`), "azure-docs").toEqual([
      inherited,
      below,
    ]);
  });

  test("a new principal is not found for a while: of an identity, and of a resource", () => {
    const { call, advance } = withAccount();
    const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mi`;
    const made = call("PUT", identity, { version: "2023-01-31", body: { location: "westeurope" } });
    const patched = call("PATCH", account, { body: { identity: { type: "SystemAssigned" } } });
    const principals = [
      String(made.body["properties"]?.["principalId"]),
      String(patched.body["identity"]?.["principalId"]),
    ];
    const put = (principalId: string, n: number) => {
      const id = `${group}/providers/Microsoft.Authorization/roleAssignments/aab463b4-d1c7-43d2-ab6f-d208a9ebda5${n}`;
      const roleDefinitionId =
        "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7";
      const body = { properties: { principalId, roleDefinitionId } };
      return call("PUT", id, { version: "2022-04-01", body }).status;
    };
    expect(principals.map(put), "general 32: 1 to 37 s").toEqual([400, 400]);
    advance(38);
    expect(principals.map(put), "general 32").toEqual([201, 201]);
  });

  test("permissions say what the caller may do here", () => {
    const { azure, call } = withAccount();
    azure.grant(app, "Reader", subscription);
    azure.grant(app, ["Microsoft.CognitiveServices/accounts/write"], group);
    const { body } = call("GET", `${group}/providers/Microsoft.Authorization/permissions`, {
      version: "2022-04-01",
      as: app,
    });
    expect(body["value"], "azure-docs permissions list").toMatchObject([
      { actions: ["Microsoft.CognitiveServices/accounts/write"], notActions: [] },
      { actions: ["*/read"] },
    ]);
  });
});
