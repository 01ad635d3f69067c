import { expect, test } from "vitest";
import { endpoint, endpointBody, withTarget } from "./endpoint-estate.ts";
import { group } from "./local-azure.ts";

const server = `${group}/providers/Microsoft.Sql/servers/srv`;
const connections = `${server}/privateEndpointConnections`;
const ask = { version: "2023-08-01" } as const;
/** The judge knows no description of a state. */
const older = { version: "2018-06-01-preview", isUnjudged: true } as const;
const body = {
  location: "westeurope",
  properties: {
    administratorLogin: "admin123",
    administratorLoginPassword: "(secret)",
    minimalTlsVersion: "1.2",
    administrators: {},
  },
};

function withServer() {
  const local = withTarget();
  const made = local.call("PUT", server, { ...ask, body });
  return { ...local, made };
}

test("PUT: 202, the body is the operation; polls have its times; the password never comes back", () => {
  const { made, call, send, advance } = withServer();
  expect([made.status, made.body], "CLI sql_server 2").toEqual([
    202,
    { operation: "UpsertLogicalServer", startTime: expect.stringMatching(/\.\d{3}Z$/) },
  ]);
  expect(made.headers, "manners 1.2").toMatchObject({
    "azure-asyncoperation": expect.stringContaining("/serverAzureAsyncOperation/"),
    location: expect.stringContaining("/serverOperationResults/"),
    "retry-after": "1",
  });
  const address = made.headers["azure-asyncoperation"] ?? "";
  const { startTime } = made.body as object as { startTime: string };
  const poll = (status: string) => ({ name: expect.any(String), status, startTime });
  expect(send("GET", address).body, "CLI sql_server 3").toEqual(poll("InProgress"));
  advance(68);
  expect(send("GET", address).body, "CLI sql_server 9").toEqual(poll("Succeeded"));
  expect(call("GET", server, ask).body, "CLI sql_server 10").toEqual({
    kind: "v12.0",
    properties: {
      administratorLogin: "admin123",
      version: "12.0",
      state: "Ready",
      fullyQualifiedDomainName: "srv.database.windows.net",
      privateEndpointConnections: [],
      minimalTlsVersion: "1.2",
      publicNetworkAccess: "Enabled",
      restrictOutboundNetworkAccess: "Disabled",
      externalGovernanceStatus: "Disabled",
    },
    location: "westeurope",
    id: server,
    name: "srv",
    type: "Microsoft.Sql/servers",
  });
  const off = { body: { properties: { publicNetworkAccess: "Disabled" } } };
  expect(call("PATCH", server, { ...ask, ...off }).status, "manners 1.2: 202 always").toBe(202);
  advance(68);
  expect(call("GET", server, ask).body["properties"]?.["publicNetworkAccess"]).toBe("Disabled");
});

test("an endpoint: a connection with a GUID of its own, state Ready; removed in an operation", () => {
  const { call, advance } = withServer();
  advance(68);
  call("PUT", endpoint, { body: endpointBody(server, {}, ["sqlServer"]) });
  advance(60);
  const [it] = call("GET", connections, older).body["value"] ?? [];
  expect(it, "CLI sql_server 27").toEqual({
    id: expect.stringMatching(/\/pe-[0-9a-f-]{36}$/),
    name: expect.any(String),
    type: "Microsoft.Sql/servers/privateEndpointConnections",
    properties: {
      privateEndpoint: { id: endpoint },
      groupIds: ["sqlServer"],
      privateLinkServiceConnectionState: {
        status: "Approved",
        description: "Auto-approved",
        actionsRequired: "None",
      },
      provisioningState: "Ready",
    },
  });
  const id = String(it?.["id"]);
  expect(call("GET", id, older).body, "CLI sql_server 28").toEqual(it);
  const gone = call("DELETE", id, ask);
  expect([gone.status, gone.body["operation"]], "CLI sql_server 29").toEqual([
    202,
    "DropPrivateEndpointConnection",
  ]);
  advance(68);
  expect(call("GET", connections, ask).body["value"]).toEqual([]);
  const put = call("PUT", id, { ...ask, body: { properties: {} } });
  expect(put.headers, "it is this Azure that does not know").toHaveProperty("x-not-simulated");
});

test("a manual one waits without words", () => {
  const { call, advance } = withServer();
  advance(68);
  const asked = {
    name: "c",
    properties: { privateLinkServiceId: server, groupIds: ["sqlServer"] },
  };
  const waiting = {
    privateLinkServiceConnections: [],
    manualPrivateLinkServiceConnections: [asked],
  };
  call("PUT", endpoint, { body: endpointBody(server, waiting) });
  advance(60);
  const [it] = call("GET", connections, ask).body["value"] ?? [];
  const id = String(it?.["id"]);
  expect(
    call("GET", id, ask).body["properties"]?.["privateLinkServiceConnectionState"],
    "not recorded for SQL",
  ).toEqual({ status: "Pending", actionsRequired: "None" });
  expect(call("GET", `${connections}/none`, ask).status).toBe(404);
});

test("DELETE: 202 with Retry-After 15; what is absent", () => {
  const { call, advance } = withServer();
  advance(68);
  const gone = call("DELETE", server, ask);
  expect([gone.status, gone.body["operation"], gone.headers["retry-after"]], "manners 1.3").toEqual(
    [202, "DropLogicalServer", "15"],
  );
  advance(68);
  expect(call("GET", server, ask).body["error"]?.["code"]).toBe("ResourceNotFound");
  expect(call("DELETE", server, ask).status, "manners 1.2: absent 204").toBe(204);
});
