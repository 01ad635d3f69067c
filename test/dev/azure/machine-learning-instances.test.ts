import { describe, expect, test } from "vitest";
import { group, text } from "./local-azure.ts";
import { cluster, inner, withWorkspace, workspace } from "./machine-learning.ts";

const compute = `${workspace}/computes/own`;
const instance = (spec: object = {}) => ({
  location: "westus",
  properties: {
    computeType: "ComputeInstance",
    properties: { vmSize: "Standard_DS2_v2", ...spec },
  },
});

function withInstance(spec: object = {}) {
  const local = withWorkspace();
  local.call("PUT", compute, { body: instance(spec) });
  local.advance(155);
  return local;
}

describe("instances", () => {
  test("born in two and a half minutes; everything of the machine is null before", () => {
    const { call, send, advance } = withWorkspace();
    const answer = call("PUT", compute, { body: instance() });
    expect(answer.status, "claim 14").toBe(201);
    expect(inner(answer), "claim 2").toMatchObject({
      vmSize: "STANDARD_DS2_V2",
      sshSettings: null,
      state: null,
      applications: null,
      connectivityEndpoints: null,
      osImageMetadata: null,
    });
    advance(120);
    const operation = answer.headers["azure-asyncoperation"] ?? "";
    expect(send("GET", operation).body["status"], "PY Sep 2022, PS Jul 2024").toBe("InProgress");
    advance(35);
    const born = inner(call("GET", compute));
    expect(born, "claim 20, PS Jul 2024").toMatchObject({
      state: "Running",
      errors: [],
      sshSettings: {
        sshPublicAccess: "Disabled",
        adminUserName: "azureuser",
        sshPort: 50000,
        adminPublicKey: null,
      },
      lastOperation: { operationName: "Create", operationTrigger: "User" },
      schedules: { computeStartStop: [] },
    });
  });

  test("without a word about addresses it has a public one, and no such key", () => {
    const { call } = withInstance();
    const shown = inner(call("GET", compute));
    expect(shown?.["connectivityEndpoints"]?.["publicIpAddress"], "claim 2").toMatch(/^20\./);
    expect(shown, "claim 2").not.toHaveProperty("enableNodePublicIp");
  });

  test("in a managed network it has none", () => {
    const properties = {
      managedNetwork: { isolationMode: "AllowInternetOutbound", networkId: "n" },
    };
    const { call, advance } = withWorkspace({ properties });
    call("PUT", compute, { body: instance() });
    advance(155);
    expect(inner(call("GET", compute))?.["connectivityEndpoints"], "claim 3").toEqual({
      privateIpAddress: "10.0.0.4",
    });
  });

  test.each([
    ["2022-01-01-preview", 4000, ["autologgerSettings", "updateStatus"], ["enableSSO", "imageSku"]],
    ["2024-04-01", 50000, ["imageVersion", "imageSku", "enableSSO"], []],
    ["2025-06-01", 50000, ["imageVersion"], ["enableSSO", "imageSku"]],
  ])("at %s: port %i, shown %j, hidden %j", (version, port, there, missing) => {
    const { call } = withInstance();
    // no description is as old as the first, or has all of the second
    const ask = { version, ...(version < "2025" && { isUnjudged: true as const }) };
    const shown = inner(call("GET", compute, ask));
    expect(shown?.["sshSettings"]?.["sshPort"], "claim 20").toBe(port);
    for (const name of there)
      expect(shown, "PY Sep 2022, PS Jul 2024, Nov 2025").toHaveProperty(name);
    for (const name of missing) expect(shown, "PY Sep 2022").not.toHaveProperty(name);
  });
});

describe("stop, start and restart", () => {
  test.each([
    ["stop", 63, 90, "Stopping", "Stopped"],
    ["restart", 152, 182, "Restarting", "Running"],
  ] as const)("%s: 202, empty, %i to %i s; the address stays", (action, least, most, by, to) => {
    const { call, send, advance, now } = withInstance();
    const before = inner(call("GET", compute));
    const began = now().toISOString().replace("Z", "+00:00");
    const turned = call("POST", `${compute}/${action}`);
    expect([turned.status, turned.body], "claim 19").toEqual([202, undefined]);
    const operation = turned.headers["azure-asyncoperation"] ?? "";
    expect(operation, "claim 19").toContain("/locations/eastus/computeOperationsStatus/");
    advance(least - 1);
    expect(inner(call("GET", compute))?.["state"]).toBe(by);
    expect(send("GET", operation).body["status"], "PS Jun 2022").toBe("InProgress");
    advance(most - least + 1);
    expect(send("GET", operation).body["status"], "claim 19").toBe("Succeeded");
    const shown = inner(call("GET", compute));
    expect(shown?.["state"], "claim 19").toBe(to);
    expect(shown?.["connectivityEndpoints"], "claim 19").toEqual(before?.["connectivityEndpoints"]);
    expect(shown?.["lastOperation"]?.["operationTime"], "PY Sep 2022: when it began").toBe(began);
  });

  test("start wants one that is stopped", () => {
    const { call, advance } = withInstance();
    const refused = call("POST", `${compute}/start`, { isUnjudged: true });
    expect([refused.status, refused.body], "fact 13").toEqual([409, undefined]);
    call("POST", `${compute}/stop`);
    expect(call("POST", `${compute}/start`, { isUnjudged: true }).status, "fact 13").toBe(409);
    advance(90);
    expect(call("POST", `${compute}/start`).status, "claim 19").toBe(202);
    advance(120);
    expect(inner(call("GET", compute))?.["state"]).toBe("Running");
  });

  test.each(["start", "stop", "restart"])("a cluster has no %s", (action) => {
    const { call, advance } = withWorkspace();
    call("PUT", compute, { body: cluster() });
    advance(22);
    const refused = call("POST", `${compute}/${action}`, { version: "2025-12-01" });
    expect([refused.status, refused.body["error"]?.["code"]], "F6.3").toEqual([400, "UserError"]);
  });

  test("of one that is missing: 404, empty as for GET", () => {
    const { call } = withWorkspace();
    expect(call("POST", `${compute}/stop`, { isUnjudged: true }).status, "claim 17").toBe(404);
  });
});

describe("attached computes", () => {
  const attached = (computeType: string, properties: object, resourceId: string) => ({
    location: "westus",
    identity: { type: "SystemAssigned" },
    properties: { computeType, computeLocation: "westus", resourceId, properties },
  });
  const machine = `${group}/providers/Microsoft.Compute/virtualMachines/vm`;
  const spec = { administratorAccount: { username: "bloom", password: "secret" }, sshPort: 22 };

  test("a machine: quick, its password unseen, DELETE without further ado", () => {
    const { call, send, advance } = withWorkspace();
    const answer = call("PUT", compute, { body: attached("VirtualMachine", spec, machine) });
    expect(answer.status, "ASO Apr 2025").toBe(201);
    expect(text(answer), "ASO Apr 2025").not.toContain("secret");
    advance(2);
    const { body } = call("GET", compute);
    expect(body["tags"], "ASO Apr 2025").toBeNull();
    expect(body["properties"], "ASO Apr 2025").toMatchObject({
      provisioningState: "Succeeded",
      resourceId: machine,
      isAttachedCompute: true,
      provisioningWarnings: null,
      properties: {
        virtualMachineSize: "STANDARD_D1_V2",
        sshPort: 22,
        notebookServerPort: null,
        administratorAccount: null,
        createdBy: null,
      },
    });
    const gone = call("DELETE", compute, { isUnjudged: true });
    expect([gone.status, gone.body], "claim 15").toEqual([202, undefined]);
    advance(2);
    const poll = send("GET", gone.headers["azure-asyncoperation"] ?? "", { isUnjudged: true });
    expect(poll.body["status"], "ASO Apr 2025").toBe("Succeeded");
  });

  test("Databricks (not recorded): attached, its token unseen", () => {
    const id = `${group}/providers/Microsoft.Databricks/workspaces/bricks`;
    const workspaceUrl = "https://adb-1.1.azuredatabricks.net";
    const bricks = { databricksAccessToken: "secret", workspaceUrl };
    const { call, advance } = withWorkspace();
    const answer = call("PUT", compute, { body: attached("Databricks", bricks, id) });
    advance(2);
    const shown = call("GET", compute);
    expect(text(answer) + text(shown), "arm 2").not.toContain("secret");
    expect(shown.body["properties"]).toMatchObject({
      isAttachedCompute: true,
      resourceId: id,
      properties: { workspaceUrl },
    });
  });
});
