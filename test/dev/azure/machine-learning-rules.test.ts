import { expect, test } from "vitest";
import { text } from "./local-azure.ts";
import {
  approved,
  asked,
  at,
  network,
  networkOf,
  stores,
  withMade,
  workspace,
} from "./machine-learning-made.ts";

const fqdn = { type: "FQDN", destination: "*.pytorch.org" };
const rules = `${workspace}/outboundRules`;
const full = { category: "UserDefined", status: "Inactive", ...fqdn };
const made = () => withMade(asked(network(approved, { outboundRules: { pytorch: fqdn } })));

test("rules have no ids of ARM", () => {
  const { call } = made();
  const old = at("2023-04-01-preview");
  expect(call("GET", rules, old).body["value"]?.[0], "F5").toEqual({
    id: null,
    name: "pytorch",
    type: null,
    properties: full,
    systemData: null,
  });
  expect(call("GET", `${rules}/PyTorch`, old).body, "F5").toEqual({
    tags: null,
    location: null,
    id: "studio/outboundRules/pytorch",
    name: "pytorch",
    type: "Microsoft.MachineLearningServices/workspaces/outboundRules",
    properties: full,
    systemData: null,
  });
});

test("later versions tell the same rules", () => {
  const { call } = made();
  const list = call("GET", rules).body["value"] ?? [];
  expect(list[0], "by specification").toEqual({ name: "pytorch", properties: full });
  expect(list.length, "F5").toBe(
    Object.keys(networkOf(call("GET", workspace))?.["outboundRules"] ?? {}).length,
  );
  expect(call("GET", `${rules}/pytorch`).body["properties"]).toEqual(full);
});

test("DELETE: 202 empty, both headers; ends in the whole workspace", () => {
  const { call, send, advance } = made();
  const answer = call("DELETE", `${rules}/pytorch`);
  expect([answer.status, answer.body], "claim 40").toEqual([202, undefined]);
  expect(answer.headers, "claim 40").toHaveProperty("azure-asyncoperation");
  expect(call("GET", `${rules}/pytorch`).status, "general 2").toBe(200);
  advance(60);
  expect(send("GET", answer.headers["location"] ?? "").body["name"], "claim 40").toBe("studio");
  expect(call("GET", `${rules}/pytorch`).status).toBe(404);
  expect(call("DELETE", `${rules}/pytorch`).status).toBe(204);
});

test("the service's own rules cannot be taken away", () => {
  const { call } = made();
  expect(text(call("DELETE", `${rules}/__SYS_PE_vault_vault`)), "arm 1.4").toContain(
    "user-defined",
  );
  const body = { properties: fqdn };
  expect(call("PUT", `${rules}/__SYS_PE_vault_vault`, { body }).status, "arm 1.4").toBe(400);
});

test("PUT: a rule joins those that are there, or replaces its own", () => {
  const { call, send, advance } = made();
  const destination = { serviceResourceId: stores.storageAccount, subresourceTarget: "queue" };
  const body = { properties: { type: "PrivateEndpoint", destination } };
  const answer = call("PUT", `${rules}/queue`, { body });
  expect([answer.status, answer.body], "arm 1.4").toEqual([202, undefined]);
  advance(60);
  expect(send("GET", answer.headers["azure-asyncoperation"] ?? "").body["status"]).toBe(
    "Succeeded",
  );
  expect(call("GET", `${rules}/queue`).body["properties"], "F5").toMatchObject({
    category: "UserDefined",
    destination: { ...destination, sparkEnabled: false },
  });
  const other = { properties: { type: "FQDN", destination: "pypi.org" } };
  call("PUT", `${rules}/pytorch`, { body: other });
  advance(60);
  const now = networkOf(call("GET", workspace))?.["outboundRules"];
  expect(now?.["pytorch"]).toMatchObject(other.properties);
});

test("no rule without a network, none without a type, none in a workspace that is gone", () => {
  const { call } = withMade();
  const body = { properties: fqdn };
  expect(call("PUT", `${rules}/pytorch`, { body }).status).toBe(400);
  expect(call("PUT", `${rules}/pytorch`, { body: {}, isUnjudged: true }).status).toBe(400);
  expect(call("GET", rules).body["value"]).toEqual([]);
  expect(call("GET", `${rules}/pytorch`, at("2023-04-01-preview")).body, "F6.3").toHaveProperty(
    "componentName",
    "account-rp",
  );
  const gone = workspace.replace("studio", "gone");
  expect(call("GET", `${gone}/outboundRules`).status, "F6.1").toBe(404);
});
