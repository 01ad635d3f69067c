import { describe, expect, test } from "vitest";
import { connect, decide, refuseConnection, stateOf } from "../../../dev/azure/connections.ts";
import { kinds } from "../../../dev/azure/providers/index.ts";
import { createWorld } from "../../../dev/azure/world.ts";
import { endpoint, service, withService } from "./search-made.ts";

describe("private endpoint connections", () => {
  const request = { endpoint, guid: "g", target: service, groupIds: ["searchService"] };

  function connected(manual = false, sku = "basic") {
    const world = createWorld({
      now: () => new Date("2026-11-24T08:00:00Z"),
      seed: 1,
      delays: "none",
      anySubscription: true,
      kinds,
    });
    const kind = world.kind("Microsoft.Search/searchServices");
    const made = { id: service, name: "srv", type: "Microsoft.Search/searchServices" };
    const sent = { ...made, sku: { name: sku }, properties: {} };
    const whole = kind?.complete?.(sent, undefined, world);
    world.put({ ...sent, ...whole, etag: "before" });
    const refused = refuseConnection(world, { ...request, manual });
    const state = connect(world, { ...request, manual });
    return { world, refused, state };
  }

  test("one is approved at once; the service's ETag moves", () => {
    const { world, refused, state } = connected();
    expect(refused).toBeUndefined();
    expect(state, "crud 35").toEqual({
      status: "Approved",
      description: "Auto-approved",
      actionsRequired: "None",
    });
    expect(world.get(service)?.etag, "1e: and PE connects").not.toBe("before");
    expect(world.children(service)[0]?.name, "crud 35").toBe("pe.g");
  });

  test("a manual one is pending without a description", () => {
    expect(connected(true).state, "1e: null if pending").toEqual({
      status: "Pending",
      description: null,
      actionsRequired: "None",
    });
  });

  test("the target's decision is seen from the endpoint", () => {
    const { world } = connected();
    const it = world.children(service)[0];
    const rejected = { status: "Rejected", description: "no", actionsRequired: "None" };
    if (it)
      world.put({
        ...it,
        properties: { ...it.properties, privateLinkServiceConnectionState: rejected },
      });
    const now = world.children(service)[0];
    if (now) decide(world, now, service, false);
    expect(stateOf(world, endpoint, service), "1a: seen within seconds").toEqual(rejected);
  });

  function withConnection(status = "Approved") {
    const local = withService();
    const id = `${service}/privateEndpointConnections/pe.g`;
    const state = { status, description: "Auto-approved", actionsRequired: "None" };
    local.azure.load([
      {
        id,
        type: "Microsoft.Search/searchServices/privateEndpointConnections",
        properties: {
          privateEndpoint: { id: endpoint },
          privateLinkServiceConnectionState: state,
          groupId: "searchService",
        },
      },
    ]);
    const put = (to: string) =>
      local.call("PUT", id, {
        isUnjudged: true, // the judge knows no description
        body: {
          properties: {
            privateLinkServiceConnectionState: {
              status: to,
              description: `${to} by test`,
              actionsRequired: "No action required",
            },
          },
        },
      });
    return { ...local, id, put };
  }

  test("PUT is 200 and keeps who it is", () => {
    const { call, id, put } = withConnection();
    const { status, body: it } = put("Rejected");
    expect([status, it], "crud 38").toEqual([
      200,
      {
        id,
        name: "pe.g",
        type: "Microsoft.Search/searchServices/privateEndpointConnections",
        properties: {
          privateEndpoint: { id: endpoint },
          privateLinkServiceConnectionState: {
            status: "Rejected",
            description: "Rejected by test",
            actionsRequired: "None",
          },
          provisioningState: "Succeeded",
          groupId: "searchService",
        },
      },
    ]);
    expect(call("GET", id, { isUnjudged: true }).body, "crud 38").toEqual(it);
  });

  test("from Rejected only by way of Pending", () => {
    const { put } = withConnection("Rejected");
    const { status, body: it } = put("Approved");
    expect([status, it["error"]?.["code"]], "test_private_endpoint_connection_search 43").toEqual([
      400,
      "OperationNotAllowed",
    ]);
    expect([put("Pending").status, put("Approved").status], "crud 39, 40").toEqual([200, 200]);
  });

  test("DELETE is 200 with a body that says Disconnected; then 404 by Search", () => {
    const { call, id } = withConnection();
    const gone = call("DELETE", id);
    expect(
      [gone.status, gone.body["properties"]?.["privateLinkServiceConnectionState"]],
      "crud 41",
    ).toEqual([
      200,
      {
        status: "Disconnected",
        description: "Remove request from customer.",
        actionsRequired: "None",
      },
    ]);
    const { status, headers, body: it } = call("GET", id);
    expect([status, String(it["error"]?.["message"])], "crud 42").toEqual([
      404,
      expect.stringMatching(/^Could not find private endpoint connection 'pe\.g' in subscription/),
    ]);
    expect(headers, "crud 42: by Search, not the gateway").not.toHaveProperty("x-ms-failure-cause");
    const path = id.slice(0, id.lastIndexOf("/"));
    expect(call("GET", path).body, "crud 43").toEqual({ value: [], nextLink: null });
  });

  test("none is made by a PUT on the service's side", () => {
    const { call } = withService();
    const state = { privateLinkServiceConnectionState: { status: "Approved" } };
    const made = call("PUT", `${service}/privateEndpointConnections/other`, {
      body: { properties: state },
    });
    expect(made.status, "not recorded").toBe(404);
  });

  test("none for the free tier", () => {
    expect(connected(false, "free").refused?.status, "azure-docs: basic and above").toBe(400);
  });
});
