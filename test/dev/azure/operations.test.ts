import { describe, expect, test } from "vitest";
import { app, group, localAzure, subscription } from "./local-azure.ts";
import {
  account,
  dns,
  endpoint,
  hub,
  identity,
  location,
  rows,
  server,
  vnet,
  zone,
} from "./operation-rows.ts";

const parentOf = (id: string): string => id.slice(0, id.lastIndexOf("/"));
const hasList = (id: string): boolean => !id.includes("/Microsoft.Resources/tags/");

/** What the rows stand on. */
function withEstate() {
  const local = localAzure();
  local.azure.load([
    {
      id: vnet,
      location,
      properties: {
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
        subnets: [{ name: "s", properties: { addressPrefix: "10.0.0.0/24" } }],
      },
    },
    { id: hub, location, properties: {} },
    { id: identity, location },
    {
      id: account,
      kind: "OpenAI",
      location,
      sku: { name: "S0" },
      properties: { provisioningState: "Succeeded", customSubDomainName: "sub" },
    },
    {
      id: `${endpoint}there`,
      location,
      properties: {
        provisioningState: "Succeeded",
        subnet: { id: `${vnet}/subnets/s` },
        privateLinkServiceConnections: [
          { name: "c", properties: { privateLinkServiceId: account, groupIds: ["account"] } },
        ],
      },
    },
  ]);
  local.call("PUT", zone, { version: dns, body: { location: "global" } });
  local.advance(60);
  return local;
}

/** Each verb once with success, each once with its refusal. */
describe.each(rows)("$id", ({ id, version, body, patch, list = parentOf(id), stays, isThere }) => {
  test("every verb succeeds", () => {
    const { call, advance } = withEstate();
    const made = call("PUT", id, { version, body });
    expect([200, 201, 202], "each its own").toContain(made.status);
    if (isThere) expect(made.status).toBe(200);
    advance(301);
    expect(call("GET", id, { version }).status).toBe(200);
    if (hasList(id)) {
      const { body: shown } = call("GET", list, { version });
      const name = id.slice(id.lastIndexOf("/") + 1);
      expect(shown["value"]?.map((it) => it["name"])).toContain(name);
    }
    if (patch) {
      expect([200, 202]).toContain(call("PATCH", id, { version, body: patch }).status);
      advance(301);
    }
    if (stays) return;
    expect([200, 202]).toContain(call("DELETE", id, { version }).status);
    advance(301);
    expect([204, 404], "manners 1.2").toContain(call("DELETE", id, { version }).status);
  });

  test("nothing of it where nothing is", () => {
    const { call } = localAzure();
    const own = elsewhere(id);
    const asked: [string, string, object?][] = [["GET", own]];
    if (hasList(id)) asked.push(["GET", elsewhere(list)]);
    if (!isGroup(own)) asked.push(["PUT", own, body], ["DELETE", own]);
    if (patch) asked.push(["PATCH", own, patch]);
    for (const [method, path, sent] of asked) {
      const { status } = call(method, path, { version, ...(sent && { body: sent }) });
      expect(refusals(method), `${method} ${path}`).toContain(status);
    }
  });
});

const isGroup = (id: string): boolean => /\/resourceGroups\/[^/]+$/.test(id);

/** In a group, or a subscription, that is not there. */
const elsewhere = (path: string): string =>
  path.endsWith("/resourceGroups")
    ? "/subscriptions/00000000-0000-4000-8000-00000000dead/resourceGroups"
    : path.replace("/resourceGroups/rg", "/resourceGroups/none");

/** 1c: a link in a zone that is not there has been deleted already. */
const refusals = (method: string): number[] => (method === "DELETE" ? [404, 204] : [404, 403]);

test("what only the platform refuses: without a token, without a role", () => {
  const { call, azure } = withEstate();
  const version = "2022-12-01";
  const nobody = { version, headers: { authorization: "Bearer none" } };
  for (const path of ["/subscriptions", "/tenants"])
    expect(call("GET", path, nobody).status, "public text").toBe(401);
  expect(call("GET", subscription, { version }).status).toBe(200);
  const other = subscription.replace("01", "0dead");
  expect(call("GET", other, { version }).status, "PS CreateRAWhenIdNotExist").toBe(404);
  azure.load([{ id: `${other}/resourceGroups/rg`, location }]);
  expect(call("GET", other, { version }).status, "manners 1.9").toBe(403);
  const groups = { version: "2021-04-01" };
  for (const [method, path] of [
    ["GET", `${subscription}/resources`],
    ["GET", `${group}/resources`],
  ] as const) {
    expect(call(method, path, groups).status).toBe(200);
    expect(call(method, path, { ...groups, as: app }).status, "manners 1.9").toBe(403);
  }
  const forbidden = { ...groups, as: app, body: { location } };
  expect(call("PUT", `${group}x`, forbidden).status, "manners 1.9").toBe(403);
  const none = `${group}none`;
  expect(call("DELETE", none, groups).body["error"]?.["code"], "public").toBe(
    "ResourceGroupNotFound",
  );
  for (const [method, path, at] of [
    ["GET", `${none}/providers/Microsoft.Authorization/permissions`, "2022-04-01"],
    ["GET", `${zone.replace("/rg/", "/none/")}/ALL`, dns],
    ["GET", `${server}none/privateEndpointConnections`, "2023-08-01"],
    ["DELETE", `${server}none/privateEndpointConnections/c`, "2023-08-01"],
  ] as const)
    expect(call(method, path, { version: at }).status, path).toBe(404);
  const setting = `${none}/providers/Microsoft.Insights/diagnosticSettings/all`;
  const logs = { location, properties: { logs: [], storageAccountId: `${group}/x` } };
  expect(call("PUT", setting, { version: "2016-09-01", body: logs }).status, "manners 1.8").toBe(
    404,
  );
});
