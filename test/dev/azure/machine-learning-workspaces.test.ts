import { describe, expect, test } from "vitest";
import { connect, disconnect } from "../../../dev/azure/connections.ts";
import { machineLearningKinds } from "../../../dev/azure/providers/machine-learning.ts";
import { createWorld } from "../../../dev/azure/world.ts";
import { group, localAzure, text } from "./local-azure.ts";

const space = `${group}/providers/Microsoft.MachineLearningServices/workspaces`;
const workspace = `${space}/ws`;
const stores = {
  storageAccount: `${group}/providers/Microsoft.Storage/storageAccounts/store`,
  keyVault: `${group}/providers/Microsoft.KeyVault/vaults/vault`,
};
const sent = (properties: object = {}, kind?: string) => ({
  location: "westus3",
  ...(kind && { kind }),
  identity: { type: "SystemAssigned" },
  sku: { name: "Standard_S1", tier: "Free" },
  properties: { ...stores, ...properties },
});

type Sent = ReturnType<typeof sent>;

function withWorkspace(body: Sent = sent()) {
  const local = localAzure();
  local.call("PUT", workspace, { body });
  local.advance(60);
  return local;
}

describe("writes", () => {
  test.each([
    ["PUT of a new one", "PUT", sent(), "Creating", 40, "claim 27"],
    ["PUT of an existing one", "PUT", sent(), "Updating", 30, "claim 27"],
    ["PATCH", "PATCH", { properties: { friendlyName: "x" } }, "Updating", 30, "claim 26"],
    ["DELETE", "DELETE", undefined, "Deleting", 90, "claim 28"],
  ])(
    "%s: 202, empty, both headers, never Retry-After",
    (name, method, body, state, most, source) => {
      const { call, send, advance } = name.includes("new") ? localAzure() : withWorkspace();
      const answer = call(method, workspace, body ? { body } : {});
      expect([answer.status, answer.body], source).toEqual([202, undefined]);
      const { location = "", "azure-asyncoperation": operation = "" } = answer.headers;
      expect(operation, "F2").toMatch(
        /locations\/westus3\/workspaceOperationsStatus\/.*&type=async&t=/,
      );
      expect(location, "F2").toContain("&type=location&t=");
      expect(operation.length, "F2: about 3,270 characters").toBeGreaterThan(3000);
      expect(call("GET", workspace).body["properties"]?.["provisioningState"]).toBe(state);
      const running = send("GET", operation);
      expect([running.status, running.body], "F2: no id, no times").toEqual([
        200,
        { status: "InProgress" },
      ]);
      const waiting = send("GET", location);
      expect([waiting.status, waiting.headers["location"]], "F2: 202 with both again").toEqual([
        202,
        location,
      ]);
      for (const it of [answer, running, waiting])
        expect(it.headers, "fact 5").not.toHaveProperty("retry-after");
      advance(most);
      expect(send("GET", operation).body, "F2").toEqual({
        status: "Succeeded",
        percentComplete: 100,
      });
      expect(send("GET", location).status, "F2").toBe(200);
      expect(send("GET", `${operation}x`).status, "fact 5: back unchanged").toBe(400);
    },
  );

  test("a deleted one is gone with the gateway's 404", () => {
    const { call, advance } = withWorkspace();
    call("DELETE", workspace);
    advance(90);
    const gone = call("GET", workspace);
    expect([gone.status, gone.headers["x-ms-failure-cause"]], "F6.1").toEqual([404, "gateway"]);
    expect(text(gone), "F6.1").toContain(
      "The Resource 'Microsoft.MachineLearningServices/workspaces/ws' under resource group 'rg' was not found.",
    );
  });

  test("PATCH: what is not sent stays, but for tags as a whole and data isolation", () => {
    const { call, advance } = withWorkspace(sent({ enableDataIsolation: true, description: "d" }));
    call("PATCH", workspace, { body: { tags: { a: "1", b: "2" } } });
    advance(30);
    call("PATCH", workspace, {
      body: {
        tags: { c: "3" },
        properties: {
          publicNetworkAccess: "Disabled",
          hbiWorkspace: true,
          storageAccount: "other",
          systemDatastoresAuthMode: "Identity",
        },
      },
    });
    advance(30);
    const { body } = call("GET", workspace);
    expect(body["tags"], "claim 30").toEqual({ c: "3" });
    expect(body["properties"], "claims 29, 30, 31; arm 1.3: the PATCH model").toMatchObject({
      publicNetworkAccess: "Disabled",
      privateLinkCount: 0,
      description: "d",
      hbiWorkspace: false,
      storageAccount: stores.storageAccount,
      systemDatastoresAuthMode: "Identity",
      enableDataIsolation: false,
    });
  });

  test("a hub keeps its data isolation", () => {
    const { call, advance } = withWorkspace(sent({}, "Hub"));
    call("PATCH", workspace, { body: { properties: { publicNetworkAccess: "Enabled" } } });
    advance(30);
    expect(call("GET", workspace).body["properties"]?.["enableDataIsolation"], "claim 30").toBe(
      true,
    );
  });

  test("a second write while one is under way is refused", () => {
    const { call } = withWorkspace();
    call("PATCH", workspace, { body: { tags: {} } });
    expect(call("PATCH", workspace, { body: { tags: {} } }).status, "fact 13").toBe(409);
  });
});

describe("bodies", () => {
  test("etag null, one sku, letters of ids and of the identity", () => {
    const { call, advance } = withWorkspace();
    const users = `${group.replace("/resourceGroups/", "/resourcegroups/")}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/u`;
    const before = call("GET", workspace).body["identity"]?.["principalId"];
    call("PATCH", workspace, {
      body: {
        identity: { type: "Systemassigned,Userassigned", userAssignedIdentities: { [users]: {} } },
      },
    });
    advance(30);
    const { body, headers } = call("GET", workspace);
    expect([body["etag"], headers["etag"]], "claim 53").toEqual([null, undefined]);
    expect(body["sku"], "claim 55").toEqual({ name: "Basic", tier: "Basic" });
    expect(body["properties"]?.["keyVault"], "F5").toContain("Microsoft.Keyvault");
    expect(body["identity"], "claim 42").toMatchObject({
      type: "SystemAssigned,UserAssigned",
      principalId: before,
    });
    expect(Object.keys(body["identity"]?.["userAssignedIdentities"] ?? {}), "F5").toEqual([
      users.replace("/resourcegroups/", "/resourceGroups/"),
    ]);
  });

  test.each([
    ["2021-07-01", ["allowPublicAccessWhenBehindVnet"], ["publicNetworkAccess", "ipAllowlist"]],
    ["2023-04-01", ["publicNetworkAccess"], ["ipAllowlist", "networkAcls"]],
    ["2024-04-01", ["ipAllowlist", "networkAcls"], ["systemDatastoresAuthMode"]],
    ["2025-06-01", ["systemDatastoresAuthMode"], ["allowPublicAccessWhenBehindVnet"]],
  ])("%s shows %j and not %j", (version, there, missing) => {
    const { call } = withWorkspace();
    const { properties } = call("GET", workspace, { version }).body;
    for (const name of there) expect(properties, "claims 33 to 35").toHaveProperty(name);
    for (const name of missing) expect(properties, "claims 33 to 35").not.toHaveProperty(name);
  });

  test("a hub names its projects, which take its stores and notebooks", () => {
    const { call, advance } = withWorkspace(sent({}, "Hub"));
    expect(call("GET", workspace).body["properties"]).not.toHaveProperty("associatedWorkspaces");
    const body = { location: "westus3", kind: "Project", properties: { hubResourceId: workspace } };
    call("PUT", `${space}/project`, { body });
    advance(60);
    const hub = call("GET", workspace).body["properties"];
    const project = call("GET", `${space}/project`).body["properties"];
    expect(hub?.["associatedWorkspaces"], "claim 51").toEqual([`${space}/project`]);
    expect(project, "claim 51, F5").toMatchObject({
      hubResourceId: workspace,
      allowRoleAssignmentOnRG: false,
      publicNetworkAccess: "Enabled",
      keyVault: stores.keyVault,
    });
    expect(project?.["notebookInfo"], "claim 51").toEqual(hub?.["notebookInfo"]);
  });

  test("a loaded one shows what its row said", () => {
    const { azure, call } = localAzure();
    const properties = { provisioningState: "Succeeded", publicNetworkAccess: "Disabled" };
    azure.load([{ id: workspace, type: "x", location: "eastus", kind: "Default", properties }]);
    const shown = call("GET", workspace).body["properties"];
    expect(shown, "claim 36: absent is common").not.toHaveProperty("managedNetwork");
    expect(shown).toMatchObject(properties);
  });
});

describe("managed networks", () => {
  const managedNetwork = (isolationMode: string, more: object = {}) => ({
    properties: { managedNetwork: { isolationMode, ...more } },
  });
  const network = (it: ReturnType<ReturnType<typeof localAzure>["call"]>) =>
    it.body["properties"]?.["managedNetwork"];

  test("four looks of a network that nobody enabled", () => {
    const looks = Array.from({ length: 12 }, (_, seed) => {
      const local = localAzure({ seed: seed + 1, delays: "none" });
      local.call("PUT", workspace, { body: sent() });
      return JSON.stringify(network(local.call("GET", workspace)));
    });
    const modes = `"changeableIsolationModes":["AllowInternetOutbound","AllowOnlyApprovedOutbound"]`;
    expect([...new Set(looks)].sort(), "claim 36").toEqual(
      [
        undefined,
        `{"isolationMode":"Disabled"}`,
        `{${modes},"isolationMode":"Disabled"}`,
        `{${modes},"isolationMode":"Disabled","enableNetworkMonitor":false,"enableFirewallLog":false}`,
      ].sort(),
    );
  });

  const [off, internet, approved] = [
    "Disabled",
    "AllowInternetOutbound",
    "AllowOnlyApprovedOutbound",
  ];
  test.each([
    [off, internet, 202],
    [off, approved, 202],
    [internet, approved, 202],
    [internet, off, 400],
    [approved, off, 400],
    [approved, internet, 400],
  ])("%s to %s: %i", (from, to, status) => {
    const { call, advance } = withWorkspace(sent(managedNetwork(from).properties));
    expect(call("PATCH", workspace, { body: managedNetwork(to) }).status, "arm 1.3, docs").toBe(
      status,
    );
    advance(30);
    expect(network(call("GET", workspace))?.["isolationMode"]).toBe(status === 202 ? to : from);
  });

  test("a PUT that leaves it out cannot disable it", () => {
    const { call } = withWorkspace(sent(managedNetwork(internet).properties));
    expect(text(call("PUT", workspace, { body: sent() })), "arm 0.10, quoted").toContain(
      "Managed network cannot be disabled once enabled.",
    );
  });

  test("not on a project, not while there are computes", () => {
    const { call, advance } = withWorkspace();
    const body = { location: "westus3", properties: { computeType: "AmlCompute", properties: {} } };
    call("PUT", `${workspace}/computes/cpu`, { body });
    advance(30);
    expect(call("PATCH", workspace, { body: managedNetwork(internet) }).status, "arm 1.3").toBe(
      400,
    );
    const project = sent(managedNetwork(internet).properties, "Project");
    const refused = call("PUT", `${space}/project`, { body: project });
    expect(text(refused), "arm 0.10, quoted").toContain("Project workspace shouldn't define");
  });

  test("enabled: networkId, rules by name, system rules, status; then provisioned", () => {
    const rule = { type: "FQDN", destination: "*.pytorch.org" };
    const { call, send, advance } = withWorkspace(
      sent(managedNetwork(approved, { outboundRules: { pytorch: rule } }).properties),
    );
    const more = { type: "FQDN", category: "UserDefined", destination: "test.com" };
    call("PATCH", workspace, {
      body: managedNetwork(approved, { outboundRules: { added: more } }),
    });
    advance(30);
    const { body } = call("GET", workspace);
    const shown = body["properties"]?.["managedNetwork"];
    expect(shown, "claim 38").toMatchObject({
      networkId: body["properties"]?.["workspaceId"],
      status: { status: "Inactive", sparkReady: false },
    });
    const names = Object.keys(shown?.["outboundRules"] ?? {});
    expect(names, "claim 39: old rules stay").toEqual(expect.arrayContaining(["pytorch", "added"]));
    expect(names, "F5").toEqual(
      expect.arrayContaining([
        "__SYS_PE_vault_vault",
        "__SYS_PE_ws_amlworkspace",
        "__SYS_ST_AzureMonitor",
      ]),
    );
    const answer = call("POST", `${workspace}/provisionManagedNetwork`, { body: {} });
    expect([answer.status, answer.body], "F3").toEqual([202, undefined]);
    advance(240);
    expect(send("GET", answer.headers["location"] ?? "").body, "F2").toEqual({
      status: "Active",
      sparkReady: false,
    });
    expect(network(call("GET", workspace))?.["status"]?.["status"]).toBe("Active");
  });

  test("rules by themselves: no ids of ARM; DELETE ends in the whole workspace", () => {
    const rule = { type: "FQDN", destination: "*.pytorch.org" };
    const { call, send, advance } = withWorkspace(
      sent(managedNetwork(internet, { outboundRules: { pytorch: rule } }).properties),
    );
    const rules = `${workspace}/outboundRules`;
    expect(call("GET", rules).body["value"]?.[0], "F5").toEqual({
      id: null,
      name: "pytorch",
      type: null,
      properties: { category: "UserDefined", status: "Inactive", ...rule },
      systemData: null,
    });
    expect(call("GET", `${rules}/pytorch`).body["id"], "F5").toBe("ws/outboundRules/pytorch");
    const answer = call("DELETE", `${rules}/pytorch`);
    expect([answer.status, answer.body], "claim 40").toEqual([202, undefined]);
    advance(60);
    expect(send("GET", answer.headers["location"] ?? "").body["name"], "claim 40").toBe("ws");
    expect(call("GET", `${rules}/pytorch`).status).toBe(404);
  });
});

describe("private endpoints", () => {
  const endpoint = `${group}/providers/Microsoft.Network/privateEndpoints/pe`;
  const inside = {
    id: `${workspace}/privateEndpointConnections/ws.1`,
    location: "westus3",
    properties: {
      provisioningState: "Succeeded",
      privateEndpoint: { id: endpoint, subnetArmId: `${group}/subnet` },
      privateLinkServiceConnectionState: {
        status: "Approved",
        description: "Auto-Approved",
        actionsRequired: "None",
      },
    },
  };
  const row = {
    id: workspace,
    type: "Microsoft.MachineLearningServices/workspaces",
    location: "westus3",
    kind: "Default",
    properties: { provisioningState: "Succeeded", privateEndpointConnections: [inside] },
  };

  test("shown with neither name nor type, counted, and in the addresses; absent when there is none", () => {
    const { azure, call } = localAzure();
    azure.load([row]);
    const shown = call("GET", workspace).body["properties"];
    expect(shown?.["privateEndpointConnections"], "claim 41").toEqual([inside]);
    expect(shown?.["privateLinkCount"], "F5").toBe(1);
    expect(shown?.["notebookInfo"]?.["isPrivateLinkEnabled"], "F5").toBe(true);
    expect(shown?.["discoveryUrl"], "F5").toContain(".workspace.westus3.api.azureml.ms/discovery");
    call("DELETE", inside.id);
    const after = call("GET", workspace).body["properties"];
    expect(after, "claim 41: never []").not.toHaveProperty("privateEndpointConnections");
    expect(after?.["privateLinkCount"]).toBe(0);
  });

  test.each([
    [false, "Approved", "Auto-Approved"],
    [true, "Pending", "please"],
  ])("an endpoint connects; manual %s: %s", (manual, status, description) => {
    const world = createWorld({
      now: () => new Date("2026-11-24T08:00:00Z"),
      seed: 1,
      delays: "none",
      anySubscription: true,
      kinds: machineLearningKinds,
    });
    world.put({ ...row, name: "ws", properties: {} });
    const request = { endpoint, guid: "g", target: workspace, groupIds: ["amlworkspace"], manual };
    expect(connect(world, { ...request, message: "please" }), "claim 41").toMatchObject({
      status,
      description,
    });
    expect(world.below(workspace)[0]?.name, "claim 41: <ws>.<guid>").toMatch(/^ws\.[0-9a-f-]{36}$/);
    disconnect(world, endpoint, workspace);
    expect(world.below(workspace)).toEqual([]);
  });
});
