import { expect, test } from "vitest";
import { app, group, localAzure, person, subscription, text } from "./local-azure.ts";

const managed = `${subscription}/resourceGroups/managed`;
const manager = `${group}/providers/Microsoft.MachineLearningServices/registries/reg`;
const account = `${managed}/providers/Microsoft.CognitiveServices/accounts/acc`;
const around = (scope: string) => `${scope}/providers/Microsoft.Authorization/denyAssignments`;
const version = { version: "2022-04-01" };

function withManagedGroup() {
  const local = localAzure();
  local.azure.load([
    { id: managed, location: "westeurope", managedBy: manager },
    { id: account, location: "westeurope", kind: "OpenAI", sku: { name: "S0" } },
  ]);
  return local;
}

test("nobody writes in a group that a service manages, whatever they own; all may read", () => {
  const { call } = withManagedGroup();
  const [denied] = call("GET", around(managed), version).body["value"] ?? [];
  const refused = call("PATCH", account, { body: { tags: { a: "1" } } });
  expect([refused.status, refused.headers["x-ms-failure-cause"]], "manners 1.8").toEqual([
    403,
    "gateway",
  ]);
  expect(refused.body["error"], "manners 1.9: recorded").toEqual({
    code: "DenyAssignmentAuthorizationFailed",
    message: `The client '${person.upn}' with object id '${person.objectId}' has permission to perform action 'Microsoft.CognitiveServices/accounts/write' on scope '${account}'; however, the access is denied because of the deny assignment with name 'System deny assignment created by ${manager}' and Id '${String(denied?.["name"]).replaceAll("-", "")}' at scope '${managed}'.`,
  });
  for (const [method, id] of [
    ["DELETE", account],
    ["POST", `${account}/listKeys`],
  ] as const)
    expect(text(call(method, id)), method).toContain("DenyAssignmentAuthorizationFailed");
  expect(call("DELETE", managed, { version: "2021-04-01" }).status, "the group itself").toBe(403);
  expect(call("GET", account).status).toBe(200);
});

test("who has no permission hears of that first", () => {
  const { call } = withManagedGroup();
  const answer = call("PATCH", account, { as: app, body: { tags: { a: "1" } } });
  expect(text(answer), "ARM's order").toContain('"AuthorizationFailed"');
});

test("a group that manages itself is nobody else's", () => {
  const { call } = withManagedGroup();
  const id = account.replace(managed, group);
  const made = { location: "westeurope", kind: "OpenAI", sku: { name: "S0" } };
  expect(call("PUT", id, { body: made }).status).toBe(201);
});

test("they are listed at their scope and above, and read one by one", () => {
  const { call } = withManagedGroup();
  const ids = (scope: string) =>
    (call("GET", around(scope), version).body["value"] ?? []).map((it) => String(it["id"]));
  const [id = ""] = ids(subscription);
  expect([ids(managed), ids(group)], "azure-docs deny-assignments").toEqual([[id], []]);
  expect(call("GET", id, version).body, "specification").toMatchObject({
    type: "Microsoft.Authorization/denyAssignments",
    properties: {
      scope: managed,
      isSystemProtected: true,
      permissions: [{ actions: ["*"], notActions: ["*/read"] }],
      principals: [{ type: "SystemDefined" }],
    },
  });
  const none = `${around(managed)}/00000000-0000-4000-8000-000000000000`;
  expect(text(call("GET", none, version))).toContain("DenyAssignmentNotFound");
});

test("a list is refused to who may not read the scope", () => {
  const { call } = withManagedGroup();
  expect(call("GET", around(managed), { ...version, as: app }).status).toBe(403);
});
