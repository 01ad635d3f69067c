import { describe, expect, test } from "vitest";
import { group, localAzure, type Shown, text } from "./local-azure.ts";

const workspace = `${group}/providers/Microsoft.MachineLearningServices/workspaces/ws`;
const compute = `${workspace}/computes/cpu`;
const approved = {
  id: `${workspace}/privateEndpointConnections/ws.1`,
  properties: {
    provisioningState: "Succeeded",
    privateEndpoint: { id: `${group}/providers/Microsoft.Network/privateEndpoints/pe` },
    privateLinkServiceConnectionState: { status: "Approved" },
  },
};
const subnet = { id: `${group}/providers/Microsoft.Network/virtualNetworks/v/subnets/s` };
const scale = { minNodeCount: 0, maxNodeCount: 4, nodeIdleTimeBeforeScaleDown: "PT120S" };

function cluster(spec: object = {}, outer: object = {}) {
  return {
    location: "eastus",
    properties: {
      computeType: "AmlCompute",
      properties: { vmSize: "Standard_DS2_v2", scaleSettings: scale, ...spec },
      ...outer,
    },
  };
}

function withWorkspace(properties: object = {}) {
  const local = localAzure();
  local.azure.load([
    {
      id: workspace,
      type: "Microsoft.MachineLearningServices/workspaces",
      location: "westus",
      kind: "Default",
      properties: { provisioningState: "Succeeded", ...properties },
    },
  ]);
  return local;
}

function withCompute(body: object = cluster()) {
  const local = withWorkspace();
  local.call("PUT", compute, { body });
  local.advance(200);
  return local;
}

const inner = (it: { body: Shown }) => it.body["properties"]?.["properties"];

describe("clusters", () => {
  test("PUT: 201, one header, the workspace's region, nothing resolved; then GET as in F1", () => {
    const { call, send, advance } = withWorkspace();
    const credentials = { adminUserName: "u", adminUserSshPublicKey: "k", adminUserPassword: "p" };
    const spec = {
      scaleSettings: { maxNodeCount: 8 },
      remoteLoginPortPublicAccess: "NotSpecified",
      enableNodePublicIp: true,
      userAccountCredentials: credentials,
    };
    const answer = call("PUT", compute, { body: cluster(spec), version: "2024-04-01" });
    expect(answer.status, "claim 14").toBe(201);
    expect(answer.headers, "F3").not.toHaveProperty("location");
    expect(answer.headers, "claim 14").not.toHaveProperty("retry-after");
    const operation = answer.headers["azure-asyncoperation"] ?? "";
    expect(operation, "F2, claim 22").toMatch(
      /locations\/westus\/computeOperationsStatus\/[0-9a-f-]{36}\?api-version=2024-04-01&service=new&t=/,
    );
    expect(answer.body["tags"], "F1").toBeNull();
    expect(answer.body["properties"], "F1").not.toHaveProperty("computeLocation");
    expect(answer.body["properties"], "F1").toMatchObject({
      provisioningState: "Creating",
      resourceId: null,
      provisioningWarnings: null,
    });
    expect(inner(answer), "fact 3").toEqual({
      vmSize: "STANDARD_DS2_V2",
      vmPriority: null,
      scaleSettings: { maxNodeCount: 8, minNodeCount: 0, nodeIdleTimeBeforeScaleDown: null },
      subnet: null,
      currentNodeCount: null,
      targetNodeCount: null,
      nodeStateCounts: null,
      allocationState: null,
      errors: null,
      remoteLoginPortPublicAccess: "NotSpecified",
      osType: "Linux",
      virtualMachineImage: null,
      isolatedNetwork: false,
      enableNodePublicIp: true,
      enableBatchPrivateLink: false,
    });
    expect(send("GET", operation).body, "F2").toEqual({ status: "InProgress" });
    advance(30);
    expect(send("GET", operation).body, "F2").toEqual({
      status: "Succeeded",
      percentComplete: 100,
    });
    const shown = call("GET", compute, { version: "2024-04-01" });
    expect(Object.keys(shown.body), "F1, claim 23").toEqual([
      "id",
      "name",
      "type",
      "location",
      "tags",
      "properties",
    ]);
    expect(Object.keys(shown.body["properties"] ?? {}), "F1").toEqual([
      "createdOn",
      "modifiedOn",
      "disableLocalAuth",
      "description",
      "resourceId",
      "computeType",
      "computeLocation",
      "provisioningState",
      "provisioningErrors",
      "provisioningWarnings",
      "isAttachedCompute",
      "properties",
    ]);
    expect(Object.keys(inner(shown) ?? {}), "F1").toEqual([
      "vmSize",
      "vmPriority",
      "scaleSettings",
      "userAccountCredentials",
      "subnet",
      "currentNodeCount",
      "targetNodeCount",
      "nodeStateCounts",
      "allocationState",
      "allocationStateTransitionTime",
      "errors",
      "remoteLoginPortPublicAccess",
      "osType",
      "virtualMachineImage",
      "isolatedNetwork",
      "enableNodePublicIp",
      "enableBatchPrivateLink",
      "propertyBag",
    ]);
    expect(inner(shown), "claims 5 to 8, 21").toMatchObject({
      vmPriority: "Dedicated",
      scaleSettings: { nodeIdleTimeBeforeScaleDown: "PT2M" },
      userAccountCredentials: {
        adminUserName: "u",
        adminUserPassword: null,
        adminUserSshPublicKey: "k",
      },
      allocationState: "Steady",
      currentNodeCount: 0,
      targetNodeCount: 0,
      remoteLoginPortPublicAccess: "Enabled",
    });
    expect(text(shown), "claim 21: the password is forgotten").not.toContain('"p"');
    expect(shown.body["properties"]?.["createdOn"], "F1").toMatch(/\.\d{7}\+00:00$/);
  });

  test.each([
    ["PT120S", "PT2M"],
    ["PT100S", "PT1M40S"],
    ["PT1800S", "PT30M"],
    ["PT1H", "PT1H"],
  ])("an idle time of %s comes back as %s", (nodeIdleTimeBeforeScaleDown, shown) => {
    const scaleSettings = { maxNodeCount: 1, nodeIdleTimeBeforeScaleDown };
    const { call } = withCompute(cluster({ scaleSettings }));
    expect(inner(call("GET", compute))?.["scaleSettings"], "claim 6").toMatchObject({
      nodeIdleTimeBeforeScaleDown: shown,
    });
  });

  test.each([[undefined], [true]])("enableNodePublicIp is kept only as sent: %s", (flag) => {
    const { call } = withCompute(cluster(flag === undefined ? {} : { enableNodePublicIp: flag }));
    const shown = inner(call("GET", compute));
    expect(Object.keys(shown ?? {}).includes("enableNodePublicIp"), "claim 1").toBe(flag === true);
    expect(shown?.["enableNodePublicIp"]).toBe(flag);
  });

  test("a PUT over an existing one: 201 again, only the scale settings take effect", () => {
    const { call, advance } = withCompute(cluster({ enableNodePublicIp: true }));
    const before = call("GET", compute);
    const body = cluster({
      vmSize: "STANDARD_D1_V2",
      enableNodePublicIp: false,
      scaleSettings: { ...scale, nodeIdleTimeBeforeScaleDown: "PT3M20S" },
    });
    const answer = call("PUT", compute, { body });
    expect([answer.status, answer.body["properties"]?.["provisioningState"]], "claim 13").toEqual([
      201,
      "Creating",
    ]);
    expect(answer.body["properties"]?.["resourceId"], "F1").toBe(
      `${group}/providers/Microsoft.BatchAI/workspaces/ws/clusters/cpu`,
    );
    advance(30);
    const after = call("GET", compute);
    expect(after.body["properties"]?.["createdOn"], "claim 13").toBe(
      before.body["properties"]?.["createdOn"],
    );
    expect(inner(after), "bicep 17617: silently kept").toMatchObject({
      vmSize: "STANDARD_DS2_V2",
      enableNodePublicIp: true,
      scaleSettings: { nodeIdleTimeBeforeScaleDown: "PT3M20S" },
    });
  });

  test("PATCH: 202 with the whole compute, counts null, Updating", () => {
    const { call, advance } = withCompute();
    const answer = call("PATCH", compute, {
      body: { properties: { properties: { scaleSettings: { maxNodeCount: 8 } } } },
    });
    expect(answer.status, "claim 11").toBe(202);
    expect(answer.headers, "F3").toHaveProperty("azure-asyncoperation");
    expect(answer.headers, "F3").not.toHaveProperty("location");
    expect(answer.body["properties"]?.["provisioningState"], "claim 11").toBe("Updating");
    expect(inner(answer), "claim 11, F1").toMatchObject({
      currentNodeCount: null,
      allocationState: null,
      vmPriority: "Dedicated",
      scaleSettings: { maxNodeCount: 8, minNodeCount: 0, nodeIdleTimeBeforeScaleDown: null },
    });
    advance(30);
    expect(inner(call("GET", compute))?.["scaleSettings"], "claim 11").toEqual({
      maxNodeCount: 8,
      minNodeCount: 0,
      nodeIdleTimeBeforeScaleDown: "PT2M",
    });
  });

  test.each([
    ["another property", { properties: { properties: { enableNodePublicIp: false } } }],
    [
      "one beside the scale settings",
      { properties: { properties: { scaleSettings: scale, enableNodePublicIp: false } } },
    ],
    ["tags", { tags: {}, properties: { properties: { scaleSettings: scale } } }],
    ["no maximum", { properties: { properties: { scaleSettings: { minNodeCount: 0 } } } }],
  ])("PATCH with %s is refused", (_name, body) => {
    const { call } = withCompute();
    expect(call("PATCH", compute, { body }).status, "ComputeResource.tsp").toBe(400);
  });

  test("DELETE needs to be told what becomes of the nodes", () => {
    const { call, send, advance } = withCompute();
    expect(call("DELETE", compute).status, "arm 2").toBe(400);
    const answer = send(
      "DELETE",
      `${compute}?api-version=2024-04-01&underlyingResourceAction=Delete`,
    );
    expect([answer.status, answer.body], "claim 15").toEqual([202, undefined]);
    expect(answer.headers, "claim 15").not.toHaveProperty("location");
    expect(call("PUT", compute, { body: cluster() }).status, "fact 13").toBe(409);
    advance(63);
    const gone = call("GET", compute);
    expect([gone.status, gone.body, gone.headers["content-type"]], "claim 17: empty").toEqual([
      404,
      undefined,
      undefined,
    ]);
    expect(send("GET", answer.headers["azure-asyncoperation"] ?? "").body["status"]).toBe(
      "Succeeded",
    );
  });

  test.each([
    ["Delete", "STANDARD_D1_V2", false],
    ["Detach", "STANDARD_DS2_V2", true],
  ])("made again after %s: the size %s", (action, vmSize, enableNodePublicIp) => {
    const local = withWorkspace({ privateEndpointConnections: [approved] });
    const { call, send, advance } = local;
    const body = { ...cluster({ enableNodePublicIp: true }), identity: { type: "SystemAssigned" } };
    call("PUT", compute, { body });
    advance(60);
    const first = call("GET", compute).body["identity"]?.["principalId"];
    send("DELETE", `${compute}?api-version=2024-04-01&underlyingResourceAction=${action}`);
    advance(63);
    expect(call("GET", compute).status).toBe(404);
    const spec = { vmSize: "STANDARD_D1_V2", subnet, enableNodePublicIp: false };
    call("PUT", compute, { body: { ...cluster(spec), identity: { type: "SystemAssigned" } } });
    advance(30);
    const again = call("GET", compute);
    expect(inner(again), "claim 16").toMatchObject({ vmSize, enableNodePublicIp });
    expect(again.body["identity"]?.["principalId"], "arm 2: lost on recreate").not.toBe(first);
  });

  test("a workspace that is gone answers for its computes through the gateway", () => {
    const { call, advance } = withCompute();
    call("DELETE", workspace);
    advance(90);
    const gone = call("DELETE", compute);
    expect([gone.status, gone.headers["x-ms-failure-cause"]], "F6.1").toEqual([404, "gateway"]);
    expect(text(gone), "F6.1").toContain(
      `Failed to perform 'delete' on resource(s) of type 'workspaces/computes', because the parent resource '${workspace}' could not be found.`,
    );
  });

  test("no quota: 201, an operation that succeeds, and a resource that failed", () => {
    const { call, send, advance } = withWorkspace();
    const answer = call("PUT", compute, { body: cluster({ vmSize: "STANDARD_ND6S" }) });
    expect(answer.status, "fact 7").toBe(201);
    advance(30);
    expect(send("GET", answer.headers["azure-asyncoperation"] ?? "").body["status"]).toBe(
      "Succeeded",
    );
    const { properties } = call("GET", compute).body;
    expect(properties, "F1").toMatchObject({
      provisioningState: "Failed",
      provisioningErrors: [{ error: { code: "ClusterMinNodesExceedCoreQuota" } }],
      properties: {
        currentNodeCount: null,
        allocationState: null,
        remoteLoginPortPublicAccess: "NotSpecified",
        scaleSettings: { nodeIdleTimeBeforeScaleDown: null },
      },
    });
    expect(properties?.["properties"], "F1").not.toHaveProperty("osType");
    expect(properties?.["properties"], "F1").not.toHaveProperty("propertyBag");
  });
});

describe("without public addresses (arm 2; nothing is recorded)", () => {
  const managed = { managedNetwork: { isolationMode: "AllowInternetOutbound", networkId: "n" } };
  const connected = { privateEndpointConnections: [approved] };
  test.each([
    ["neither network nor subnet", {}, {}, 400],
    ["a subnet, no private endpoint of the workspace", {}, { subnet }, 400],
    ["a subnet and an approved endpoint", connected, { subnet }, 201],
    ["a managed network", managed, {}, 201],
    ["a subnet in a managed network", managed, { subnet }, 400],
  ])("%s", (_name, properties, spec, status) => {
    const { call } = withWorkspace(properties);
    const answer = call("PUT", compute, { body: cluster({ enableNodePublicIp: false, ...spec }) });
    expect(answer.status).toBe(status);
    if (status === 400)
      expect(answer.body["error"]?.["code"], "AzureTRE 1083").toBe("PropertyNotAllowed");
    expect(call("GET", compute).status).toBe(status === 400 ? 404 : 200);
  });

  test("logins are closed where there is a network", () => {
    const { call, advance } = withWorkspace(managed);
    call("PUT", compute, { body: cluster() });
    advance(30);
    expect(inner(call("GET", compute))?.["remoteLoginPortPublicAccess"], "claim 5").toBe(
      "Disabled",
    );
  });
});

describe("instances", () => {
  const instance = (spec: object = {}) => ({
    location: "westus",
    properties: {
      computeType: "ComputeInstance",
      properties: { vmSize: "Standard_DS2_v2", ...spec },
    },
  });

  test("born in three minutes, stopped and started; the public address stays", () => {
    const { call, send, advance } = withWorkspace();
    const answer = call("PUT", compute, { body: instance() });
    expect(
      [answer.status, inner(answer)?.["state"], inner(answer)?.["sshSettings"]],
      "claim 2",
    ).toEqual([201, null, null]);
    advance(180);
    const born = inner(call("GET", compute));
    expect(born?.["state"], "F2").toBe("Running");
    expect(born?.["sshSettings"], "claim 20").toEqual({
      sshPublicAccess: "Disabled",
      adminUserName: "azureuser",
      sshPort: 50000,
      adminPublicKey: null,
    });
    const address = born?.["connectivityEndpoints"]?.["publicIpAddress"];
    expect(address, "claim 2").toMatch(/^20\./);
    for (const [action, seconds, state] of [
      ["stop", 90, "Stopped"],
      ["start", 120, "Running"],
    ] as const) {
      const turned = call("POST", `${compute}/${action}`);
      expect([turned.status, turned.body], "claim 19").toEqual([202, undefined]);
      expect(call("POST", `${compute}/${action}`).status, "fact 13").toBe(409);
      advance(seconds);
      expect(send("GET", turned.headers["azure-asyncoperation"] ?? "").body["status"]).toBe(
        "Succeeded",
      );
      const shown = inner(call("GET", compute));
      expect(shown?.["state"], "claim 19").toBe(state);
      expect(shown?.["connectivityEndpoints"]?.["publicIpAddress"], "claim 19").toBe(address);
    }
  });

  test("only nodes of the workspace have actions", () => {
    const { call } = withCompute();
    expect(call("POST", `${compute}/stop`).status).toBe(400);
    expect(call("POST", `${workspace}/computes/none/stop`).status, "claim 17").toBe(404);
  });
});

test("an attached machine: quick, its password unseen, DELETE without further ado", () => {
  const machine = `${group}/providers/Microsoft.Compute/virtualMachines/vm`;
  const spec = { administratorAccount: { username: "bloom", password: "secret" }, sshPort: 22 };
  const outer = { computeType: "VirtualMachine", resourceId: machine, properties: spec };
  const { call, advance } = withWorkspace();
  const answer = call("PUT", compute, { body: { location: "westus", properties: outer } });
  expect(answer.status, "ASO Apr 2025").toBe(201);
  expect(text(answer), "ASO Apr 2025").not.toContain("secret");
  advance(2);
  expect(call("GET", compute).body["properties"], "ASO Apr 2025").toMatchObject({
    provisioningState: "Succeeded",
    resourceId: machine,
    isAttachedCompute: true,
    provisioningWarnings: null,
    properties: { sshPort: 22, administratorAccount: null },
  });
  expect(call("DELETE", compute).status, "claim 15").toBe(202);
});
