import { expect, test } from "vitest";
import { endpoint, endpointBody, withTarget } from "./endpoint-estate.ts";
import { group } from "./local-azure.ts";

const account = `${group}/providers/Microsoft.Storage/storageAccounts/logs`;
const connections = `${account}/privateEndpointConnections`;
const version = "2023-05-01";
const sku = { name: "Standard_LRS" };
const body = { location: "westeurope", kind: "StorageV2", sku, properties: {} };

function withAccount() {
  const local = withTarget();
  const made = local.call("PUT", account, { version, body });
  return { ...local, made };
}

test("a new one: 202, empty, Location only; the last poll is the account", () => {
  const { made, call, send, advance } = withAccount();
  expect([made.status, made.body, made.headers["retry-after"]], "manners 1.13").toEqual([
    202,
    undefined,
    "17",
  ]);
  expect(made.headers, "manners 1.2: 153 of 153").not.toHaveProperty("azure-asyncoperation");
  const address = made.headers["location"] ?? "";
  const running = send("GET", address);
  expect([running.status, running.headers["location"], running.headers["retry-after"]]).toEqual([
    202,
    address,
    "3",
  ]);
  const early = call("PUT", account, { version, body });
  expect(early.status, "not recorded").toBe(409);
  advance(26);
  expect(send("GET", address).body, "manners 1.13").toEqual(call("GET", account, { version }).body);
});

test("GET: recorded defaults; what nobody has set is absent; writes of one that is there are over at once", () => {
  const { call, advance } = withAccount();
  advance(26);
  const { body: shown, headers } = call("GET", account, { version });
  expect(headers, "manners 1.12: no etag").not.toHaveProperty("etag");
  expect(shown, "CLI storage_account 10").toEqual({
    sku: { name: "Standard_LRS", tier: "Standard" },
    kind: "StorageV2",
    id: account,
    name: "logs",
    type: "Microsoft.Storage/storageAccounts",
    location: "westeurope",
    tags: {},
    properties: {
      keyCreationTime: { key1: expect.any(String), key2: expect.any(String) },
      allowCrossTenantReplication: false,
      privateEndpointConnections: [],
      minimumTlsVersion: "TLS1_2",
      allowBlobPublicAccess: false,
      networkAcls: {
        ipv6Rules: [],
        bypass: "AzureServices",
        virtualNetworkRules: [],
        ipRules: [],
        defaultAction: "Allow",
      },
      supportsHttpsTrafficOnly: true,
      encryption: expect.objectContaining({ keySource: "Microsoft.Storage" }),
      accessTier: "Hot",
      provisioningState: "Succeeded",
      creationTime: expect.any(String),
      primaryEndpoints: expect.objectContaining({ blob: "https://logs.blob.core.windows.net/" }),
      primaryLocation: "westeurope",
      statusOfPrimary: "available",
    },
  });
  const off = { properties: { publicNetworkAccess: "Disabled" } };
  const patched = call("PATCH", account, { version, body: off });
  expect([patched.status, patched.body["properties"]?.["publicNetworkAccess"]], "92 of 92").toEqual(
    [200, "Disabled"],
  );
  const rule = { networkAcls: { defaultAction: "Deny", ipRules: [{ value: "20.1.2.3" }] } };
  const put = call("PUT", account, { version, body: { ...body, properties: rule } });
  expect([put.status, put.body["properties"]?.["networkAcls"]?.["ipRules"]], "manners 1.2").toEqual(
    [200, [{ action: "Allow", value: "20.1.2.3" }]],
  );
  expect(call("DELETE", account, { version }).status, "manners 1.2").toBe(200);
  expect(call("DELETE", account, { version }).status, "manners 1.2: absent 204").toBe(204);
  expect(call("GET", account, { version }).body["error"]?.["code"], "ASO Storage 33").toBe(
    "ResourceNotFound",
  );
});

test("names, and what is absent", () => {
  const { call, advance } = withAccount();
  advance(26);
  const wrong = call("PUT", `${group}/providers/Microsoft.Storage/storageAccounts/No-Name`, {
    version,
    body,
    isUnjudged: true,
  });
  expect(wrong.body["error"]?.["code"], "public text").toBe("AccountNameInvalid");
  expect(call("PATCH", `${account}x`, { version, body: { tags: {} } }).status).toBe(404);
  const list = account.slice(0, account.lastIndexOf("/"));
  expect(call("GET", list, { version }).body["value"]).toHaveLength(1);
  expect(call("GET", list.replace("/rg/", "/none/"), { version }).status).toBe(404);
  expect(call("DELETE", account.replace("/rg/", "/none/"), { version }).status).toBe(404);
});

test("an endpoint's connection: decided at once, its key spelt in the account's own way", () => {
  const { call, advance } = withAccount();
  advance(26);
  call("PUT", endpoint, { body: endpointBody(account, {}, ["blob"]) });
  advance(60);
  const [it] = call("GET", connections, { version }).body["value"] ?? [];
  const id = String(it?.["id"]);
  expect(it?.["properties"], "CLI storage_account 17").toEqual({
    provisioningState: "Succeeded",
    privateEndpoint: { id: endpoint },
    privateLinkServiceConnectionState: {
      status: "Approved",
      description: "Auto-Approved",
      actionRequired: "None",
    },
  });
  expect(
    call("GET", account, { version }).body["properties"]?.["privateEndpointConnections"],
    "CLI storage_account 16",
  ).toEqual([it]);
  const decision = { privateLinkServiceConnectionState: { status: "Rejected" } };
  const decided = call("PUT", id, { version, body: { properties: decision } });
  expect(
    [decided.status, decided.body["properties"]?.["privateLinkServiceConnectionState"]],
    "CLI storage_account 19",
  ).toEqual([200, { status: "Rejected", description: "", actionRequired: "None" }]);
  const seen = () =>
    call("GET", endpoint).body["properties"]?.["privateLinkServiceConnections"]?.[0]?.[
      "properties"
    ]?.["privateLinkServiceConnectionState"]?.["status"];
  expect(seen(), "1a").toBe("Rejected");
  expect(call("GET", id, { version }).status).toBe(200);
  expect(call("DELETE", id, { version }).status, "CLI storage_account 22").toBe(200);
  expect(seen(), "azure-docs manage-private-endpoint").toBe("Disconnected");
  expect(call("GET", id, { version }).status).toBe(404);
  const unknown = call("PUT", id, { version, body: { properties: decision } });
  expect(unknown.status, "not recorded").toBe(404);
  const elsewhere = connections.replace("/logs/", "/none/");
  expect(call("GET", elsewhere, { version }).status).toBe(404);
  expect(call("DELETE", `${elsewhere}/c`, { version }).status).toBe(404);
});
