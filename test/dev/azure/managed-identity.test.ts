import { expect, test } from "vitest";
import { group, localAzure, person } from "./local-azure.ts";

const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mi`;
const shown = identity.replace("resourceGroups", "resourcegroups");
const credential = `${identity}/federatedIdentityCredentials/fic`;
const version = "2023-01-31";
const federated = (subject = "system:serviceaccount:a:b", more: object = {}) => ({
  body: {
    properties: { issuer: "https://issuer.test/", subject, audiences: ["api://x"], ...more },
  },
  version,
});

function withIdentity() {
  const { call, ...local } = localAzure();
  const made = call("PUT", identity, { version, body: { location: "westeurope" } });
  return { ...local, call, made };
}

test("PUT: 201 with a relative Location, then 200; ids stay, the group is written small", () => {
  const { call, made } = withIdentity();
  expect([made.status, made.headers["location"]], "manners 1.2: 87 of 87").toEqual([201, shown]);
  expect(made.body, "ManagedIdentity_20230131 3").toEqual({
    location: "westeurope",
    tags: {},
    id: shown,
    name: "mi",
    type: "Microsoft.ManagedIdentity/userAssignedIdentities",
    properties: {
      tenantId: person.tenantId,
      principalId: expect.any(String),
      clientId: expect.any(String),
    },
  });
  const tagged = { location: "westeurope", tags: { a: "b" } };
  const again = call("PUT", identity, { version, body: tagged });
  expect(again.status, "ManagedIdentity_20230131 4, 13").toBe(200);
  expect(again.headers).not.toHaveProperty("location");
  expect(again.body).toEqual({ ...made.body, tags: { a: "b" } });
  expect(call("PATCH", identity, { version, body: { tags: { c: "d" } } }).body["tags"]).toEqual({
    c: "d",
  });
});

test("who is assigned it gets its principal", () => {
  const { call, made } = withIdentity();
  const account = `${group}/providers/Microsoft.CognitiveServices/accounts/acc`;
  const answer = call("PUT", account, {
    body: {
      location: "westeurope",
      kind: "OpenAI",
      sku: { name: "S0" },
      identity: { type: "UserAssigned", userAssignedIdentities: { [identity]: {} } },
      properties: {},
    },
  });
  const { tenantId: _, ...principal } = made.body["properties"] as object as { tenantId: string };
  expect(answer.body["identity"]?.["userAssignedIdentities"], "CLI ident").toEqual({
    [identity]: principal,
  });
});

test("federated credentials: 201, 200, the issuer changes, DELETE 200, then the provider's own 404", () => {
  const { call } = withIdentity();
  const made = call("PUT", credential, federated());
  expect([made.status, made.headers["location"]], "ManagedIdentity_20230131 6").toEqual([
    201,
    `${shown}/federatedIdentityCredentials/fic`,
  ]);
  expect(made.body, "ManagedIdentity_20230131 6").toEqual({
    id: `${shown}/federatedIdentityCredentials/fic`,
    name: "fic",
    type: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
    properties: federated().body.properties,
  });
  expect(call("PUT", credential, federated()).status, "ManagedIdentity_20230131 7").toBe(200);
  const list = `${identity}/federatedIdentityCredentials`;
  expect(call("GET", list, { version }).body["value"]).toHaveLength(1);
  expect(call("DELETE", credential, { version }).status, "ManagedIdentity_20230131 11").toBe(200);
  const absent = call("GET", credential, { version });
  expect([absent.status, absent.body["error"]], "ManagedIdentity_20230131 12").toEqual([
    404,
    { code: "NotFound", message: `Resource '${made.body["id"]}' was not found.` },
  ]);
  expect(call("DELETE", credential, { version }).status, "manners 1.2").toBe(204);
});

test("the same issuer and subject once, twenty at most, all three properties", () => {
  const { call } = withIdentity();
  const put = (name: string, ask: object) => {
    const { status, body } = call("PUT", `${identity}/federatedIdentityCredentials/${name}`, ask);
    return [status, body["error"]?.["code"]];
  };
  put("c0", federated("s0"));
  const source = "azure-docs workload-identity-federation-considerations";
  expect(put("other", federated("s0")), source).toEqual([409, "Conflict"]);
  for (let n = 1; n < 20; n++) put(`c${n}`, federated(`s${n}`));
  expect(put("c20", federated("s20")), source).toEqual([400, "BadRequest"]);
  const half = { ...federated("s0", { issuer: undefined }), isUnjudged: true };
  expect(put("c0", half), "not recorded").toEqual([400, "BadRequest"]);
});

test("gone: 404 of the gateway; its credentials have no parent", () => {
  const { call } = withIdentity();
  expect(call("DELETE", identity, { version }).status, "ManagedIdentity_20230131 15").toBe(200);
  const absent = call("GET", identity, { version });
  expect([absent.headers["x-ms-failure-cause"], absent.body["error"]?.["code"]], "16").toEqual([
    "gateway",
    "ResourceNotFound",
  ]);
  expect(call("PATCH", identity, { version, body: { tags: {} } }).status).toBe(404);
  for (const method of ["GET", "PUT", "DELETE"])
    expect(
      call(method, credential, method === "PUT" ? federated() : { version }).status,
      "manners 1.8",
    ).toBe(404);
  expect(
    call("GET", `${identity}/federatedIdentityCredentials`, { version }).body["error"]?.["code"],
  ).toBe("ResourceNotFound");
});
