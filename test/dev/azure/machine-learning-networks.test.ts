import { describe, expect, test } from "vitest";
import { type Shown, text } from "./local-azure.ts";
import {
  approved,
  asked,
  at,
  internet,
  network,
  networkOf,
  space,
  stores,
  withMade,
  workspace,
} from "./machine-learning-made.ts";

const both = [internet, approved];
const resting = { changeableIsolationModes: both, isolationMode: "Disabled" };
const watched = { enableNetworkMonitor: false, enableFirewallLog: false };
const patch = (isolationMode: string, more: object = {}) => ({
  body: { properties: network(isolationMode, more) },
});

describe("a network that nobody enabled", () => {
  test.each([
    ["2022-10-01", undefined, "2022-05-01"],
    ["2023-04-01-preview", { isolationMode: "Disabled" }, "PY 2023"],
    ["2023-04-01", { ...resting, ...watched }, "C7N Jul 2026"],
    ["2024-04-01", resting, "ASO Apr 2025"],
    ["2025-06-01", resting, "by specification"],
  ])("%s shows it as %j", (version, shown, source) => {
    const { call } = withMade();
    expect(networkOf(call("GET", workspace, at(version))), `claim 36: ${source}`).toEqual(shown);
  });

  test("or does not show it at all", () => {
    const { call } = withMade(asked(), { unsettled: { networkNobodyAskedFor: "absent" } });
    const { properties } = call("GET", workspace).body;
    expect(properties, "claim 36: PS Nov 2025").not.toHaveProperty("managedNetwork");
  });

  test("no mode can be taken while computes stand in the way", () => {
    const { call, advance } = withMade();
    const scaleSettings = { minNodeCount: 0, maxNodeCount: 1 };
    const properties = { vmSize: "STANDARD_DS2_V2", scaleSettings };
    const body = { location: "westus3", properties: { computeType: "AmlCompute", properties } };
    call("PUT", `${workspace}/computes/cpu`, { body });
    advance(30);
    expect(networkOf(call("GET", workspace)), "claim 37").toEqual({
      ...resting,
      changeableIsolationModes: [],
    });
    expect(call("PATCH", workspace, patch(internet)).status, "arm 1.3").toBe(400);
  });
});

describe("one way", () => {
  const off = "Disabled";
  test.each([
    [off, internet, 202],
    [off, approved, 202],
    [internet, approved, 202],
    [internet, off, 400],
    [approved, off, 400],
    [approved, internet, 400],
  ])("%s to %s: %i", (from, to, status) => {
    const { call, advance } = withMade(asked(network(from)));
    expect(call("PATCH", workspace, patch(to)).status, "arm 1.3, docs").toBe(status);
    advance(30);
    expect(networkOf(call("GET", workspace))?.["isolationMode"]).toBe(status === 202 ? to : from);
  });

  test("a PUT that leaves it out cannot disable it", () => {
    const { call } = withMade(asked(network(internet)));
    expect(text(call("PUT", workspace, { body: asked() })), "arm 0.10, quoted").toContain(
      "Managed network cannot be disabled once enabled.",
    );
  });

  test("a PUT that says it again keeps its rules", () => {
    const rule = { type: "FQDN", destination: "*.pytorch.org" };
    const body = asked(network(approved, { outboundRules: { pytorch: rule } }));
    const { call, advance } = withMade(body);
    const before = networkOf(call("GET", workspace));
    call("PUT", workspace, {
      body: asked(network(approved, { outboundRules: before?.["outboundRules"] ?? {} })),
    });
    advance(30);
    expect(networkOf(call("GET", workspace))).toEqual(before);
  });

  test("not on a project", () => {
    const { call, advance } = withMade(asked({}, "Hub"));
    const project = `${space}/project`;
    const body = asked({ hubResourceId: workspace, ...network(internet) }, "Project");
    expect(text(call("PUT", project, { body })), "arm 0.10, quoted").toContain(
      "Project workspace shouldn't define it's own managed network properties",
    );
    call("PUT", project, { body: asked({ hubResourceId: workspace }, "Project") });
    advance(60);
    expect(call("PATCH", project, patch(internet)).status, "arm 0.10").toBe(400);
  });
});

describe("an enabled network", () => {
  const rulesOf = (it: { body: Shown }) => networkOf(it)?.["outboundRules"];
  const names = (it: { body: Shown }) => Object.keys(rulesOf(it) ?? {});

  test("networkId, status, modes that are left, the service's own rules", () => {
    const { call } = withMade(asked(network(approved)));
    const { body } = call("GET", workspace);
    expect(networkOf({ body }), "claims 37, 38").toMatchObject({
      networkId: body["properties"]?.["workspaceId"],
      status: { status: "Inactive", sparkReady: false },
      changeableIsolationModes: [],
    });
    expect(rulesOf({ body })?.["__SYS_PE_store_blob"], "F5").toEqual({
      type: "PrivateEndpoint",
      destination: {
        serviceResourceId: stores.storageAccount,
        subresourceTarget: "blob",
        sparkEnabled: true,
        sparkStatus: "Inactive",
      },
      status: "Inactive",
      category: "Required",
    });
    const tags =
      "BatchNodeManagement AzureContainerRegistry MicrosoftContainerRegistry AzureMachineLearning VirtualNetwork AzureMonitor AzureActiveDirectory AzureResourceManager AzureFrontDoor.FirstParty";
    expect(names({ body }).sort(), "F5; PY 9 May 2023").toEqual(
      [
        ...tags.split(" ").map((it) => `__SYS_ST_${it}`),
        "__SYS_PE_store_blob",
        "__SYS_PE_store_file",
        "__SYS_PE_studio_amlworkspace",
        "__SYS_PE_vault_vault",
      ].sort(),
    );
  });

  test("with the internet: endpoints to what is closed to the public, and to the vault", () => {
    const { call, advance } = withMade(asked(network(internet)));
    expect(names(call("GET", workspace)), "PY 9 May 2023").toEqual(["__SYS_PE_vault_vault"]);
    call("PATCH", workspace, patch(approved));
    advance(30);
    expect(names(call("GET", workspace)), "F5").toContain("__SYS_ST_AzureMonitor");
    const closed = withMade(asked({ ...network(internet), publicNetworkAccess: "Disabled" }));
    expect(names(closed.call("GET", workspace)), "azure-docs").toEqual([
      "__SYS_PE_vault_vault",
      "__SYS_PE_studio_amlworkspace",
    ]);
  });

  test("rules of a PATCH join those that are there", () => {
    const rule = { type: "FQDN", destination: "*.pytorch.org" };
    const { call, advance } = withMade(
      asked(network(approved, { outboundRules: { pytorch: rule } })),
    );
    const destination = { serviceResourceId: stores.storageAccount, subresourceTarget: "table" };
    const added = { type: "PrivateEndpoint", destination };
    call("PATCH", workspace, patch(approved, { outboundRules: { added } }));
    advance(30);
    const rules = rulesOf(call("GET", workspace));
    expect(rules, "claim 39: old rules stay").toMatchObject({
      pytorch: { ...rule, category: "UserDefined", status: "Inactive" },
      added: {
        category: "UserDefined",
        status: "Inactive",
        destination: { sparkEnabled: false, sparkStatus: "Inactive" },
      },
    });
  });

  test("is provisioned in four minutes, which only its own Location tells", () => {
    const { call, send, advance } = withMade(asked(network(approved)));
    const answer = call("POST", `${workspace}/provisionManagedNetwork`, { body: {} });
    expect([answer.status, answer.body], "F3").toEqual([202, undefined]);
    expect(answer.headers, "F3").toHaveProperty("azure-asyncoperation");
    advance(230);
    expect(networkOf(call("GET", workspace))?.["status"]?.["status"]).toBe("Inactive");
    advance(10);
    expect(send("GET", answer.headers["location"] ?? "").body, "F2").toEqual({
      status: "Active",
      sparkReady: false,
    });
    // its own endpoint shows there now, with a description that the judge does not know
    const { body } = call("GET", workspace, { isUnjudged: true });
    expect(networkOf({ body })?.["status"]?.["status"]).toBe("Active");
    expect(body["properties"]?.["privateLinkCount"], "general 11").toBe(1);
  });

  test("there is nothing to provision where there is none", () => {
    const { call } = withMade();
    const answer = call("POST", `${workspace}/provisionManagedNetwork`, { body: {} });
    expect(answer.status).toBe(400);
  });
});
