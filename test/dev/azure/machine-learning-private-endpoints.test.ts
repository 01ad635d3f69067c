import { describe, expect, test } from "vitest";
import { connect, disconnect } from "../../../dev/azure/connections.ts";
import { machineLearningKinds } from "../../../dev/azure/providers/machine-learning/kinds.ts";
import { createWorld } from "../../../dev/azure/world.ts";
import { group, localAzure } from "./local-azure.ts";
import { at, withMade, workspace } from "./machine-learning-made.ts";

/** What has a description of a state in it, which the judge does not know, is not shown to it. */
const told = { isUnjudged: true } as const;

describe("private endpoints", () => {
  const endpoint = `${group}/providers/Microsoft.Network/privateEndpoints/pe`;
  const inside = {
    id: `${workspace}/privateEndpointConnections/studio.1`,
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
    const shown = call("GET", workspace, at("2020-08-01")).body["properties"];
    expect(shown?.["privateEndpointConnections"], "claim 41").toEqual([inside]);
    const later = call("GET", workspace, told).body["properties"];
    expect(later?.["privateEndpointConnections"]?.[0]?.["properties"], "by specification").toEqual({
      ...inside.properties,
      privateEndpoint: { id: endpoint },
    });
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
    world.put({ ...row, name: "studio", properties: {} });
    const request = { endpoint, guid: "g", target: workspace, groupIds: ["amlworkspace"], manual };
    expect(connect(world, { ...request, message: "please" }), "claim 41").toMatchObject({
      status,
      description,
    });
    expect(world.below(workspace)[0]?.name, "claim 41: <ws>.<guid>").toMatch(
      /^studio\.[0-9a-f-]{36}$/,
    );
    disconnect(world, endpoint, workspace);
    expect(world.below(workspace)).toEqual([]);
  });
});

describe("connections of a workspace", () => {
  const endpoint = `${group}/providers/Microsoft.Network/privateEndpoints/pe`;
  const network = `${group}/providers/Microsoft.Network/virtualNetworks/vnet`;
  const version = "2024-05-01";
  const list = `${workspace}/privateEndpointConnections`;

  /** A workspace, and an endpoint that asks for it and waits. */
  function waiting() {
    const local = withMade();
    const { call, advance } = local;
    const location = "westus3";
    const addressSpace = { addressPrefixes: ["10.0.0.0/16"] };
    const subnets = [{ name: "inside", properties: { addressPrefix: "10.0.0.0/24" } }];
    call("PUT", network, { version, body: { location, properties: { addressSpace, subnets } } });
    advance(60);
    const properties = { privateLinkServiceId: workspace, groupIds: ["amlworkspace"] };
    const asks = { name: "pe", properties: { ...properties, requestMessage: "please" } };
    call("PUT", endpoint, {
      version,
      ...told,
      body: {
        location,
        properties: {
          subnet: { id: `${network}/subnets/inside` },
          manualPrivateLinkServiceConnections: [asks],
        },
      },
    });
    advance(60);
    const [{ id } = { id: undefined }] = call("GET", list, told).body["value"] ?? [];
    return { ...local, id: String(id) };
  }

  const decided = (status: string) => ({
    properties: { privateLinkServiceConnectionState: { status } },
  });

  test.each(["Approved", "Rejected"])("the owner decides: %s", (status) => {
    const { call, id } = waiting();
    const before = call("GET", id, told).body["properties"];
    expect(before?.["privateLinkServiceConnectionState"]?.["status"]).toBe("Pending");
    expect(call("PUT", id, { body: decided(status) }).status, "F3, of registries").toBe(200);
    const after = call("GET", id, at("2020-08-01")).body["properties"];
    expect(after, "claim 41").toMatchObject({
      provisioningState: "Succeeded",
      privateEndpoint: { id: endpoint, subnetArmId: `${network}/subnets/inside` },
      privateLinkServiceConnectionState: { status },
    });
    expect(call("GET", id).body["properties"], "by specification").toMatchObject({
      privateEndpoint: { id: endpoint },
    });
    const seen = call("GET", endpoint, { version, ...told }).body["properties"];
    const [asks] = seen?.["manualPrivateLinkServiceConnections"] ?? [];
    expect(asks?.["properties"]?.["privateLinkServiceConnectionState"]?.["status"]).toBe(status);
  });

  test("the owner removes it", () => {
    const { call, id } = waiting();
    expect(call("DELETE", id).status, "by specification").toBe(200);
    expect(call("GET", id).status).toBe(404);
    expect(call("GET", list).body["value"]).toEqual([]);
    const seen = call("GET", endpoint, { version, ...told }).body["properties"];
    const [asks] = seen?.["manualPrivateLinkServiceConnections"] ?? [];
    expect(asks?.["properties"]?.["privateLinkServiceConnectionState"]?.["status"]).toBe(
      "Disconnected",
    );
  });

  test("only endpoints make them", () => {
    const { call } = withMade();
    const body = decided("Approved");
    expect(call("PUT", `${list}/made.up`, { body }).status, "as accounts").toBe(405);
  });

  test("what a workspace offers to endpoints", () => {
    const { call } = withMade();
    const [{ properties } = { properties: undefined }] =
      call("GET", `${workspace}/privateLinkResources`).body["value"] ?? [];
    expect(properties, "azure-docs").toMatchObject({
      groupId: "amlworkspace",
      requiredZoneNames: ["privatelink.api.azureml.ms", "privatelink.notebooks.azure.net"],
    });
    const gone = workspace.replace("studio", "gone");
    for (const children of ["privateLinkResources", "privateEndpointConnections"])
      expect(call("GET", `${gone}/${children}`).status, "F6.1").toBe(404);
    expect(call("DELETE", `${gone}/privateEndpointConnections/a`).status, "F6.1").toBe(404);
  });
});
