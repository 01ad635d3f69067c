import { describe, expect, test } from "vitest";
import { connect, disconnect, refuseConnection, stateOf } from "../../../dev/azure/connections.ts";
import type { Kind } from "../../../dev/azure/kinds.ts";
import { cognitiveServicesKinds } from "../../../dev/azure/providers/cognitive/accounts.ts";
import { createWorld } from "../../../dev/azure/world.ts";
import { account, body } from "./cognitive-made.ts";
import { group, localAzure, text } from "./local-azure.ts";

const endpoint = `${group}/providers/Microsoft.Network/privateEndpoints/pe`;

describe("private endpoint connections", () => {
  const connection = `${account}/privateEndpointConnections/pe.guid-1`;
  const loaded = {
    id: connection,
    properties: {
      privateEndpoint: { id: endpoint },
      groupIds: ["account"],
      privateLinkServiceConnectionState: {
        status: "Pending",
        description: "please",
        actionsRequired: "None",
      },
    },
  };

  /** The judge knows no description of a connection's state, which is recorded. */
  const unjudged = { isUnjudged: true } as const;

  function withConnection() {
    const local = localAzure();
    local.azure.load([
      {
        ...body("OpenAI"),
        id: account,
        properties: { customSubDomainName: "acc", privateEndpointConnections: [loaded] },
      },
    ]);
    return local;
  }

  test("inside the account without etag and state; by itself with them", () => {
    const { call } = withConnection();
    const inside = call("GET", account).body["properties"]?.["privateEndpointConnections"]?.[0];
    expect(inside, "pec 23").toMatchObject({
      id: connection,
      name: "acc/pe.guid-1",
      properties: { groupIds: ["account"] },
    });
    expect(Object.keys(inside ?? {}), "pec 23").toEqual(["id", "name", "type", "properties"]);
    expect(inside?.["properties"], "pec 23").not.toHaveProperty("provisioningState");
    const alone = call("GET", connection, unjudged).body;
    expect(alone, "pec 24").toMatchObject({
      location: "SOUTHCENTRALUS",
      etag: expect.any(String),
      properties: { provisioningState: "Succeeded" },
    });
    expect(
      call("GET", `${account}/privateEndpointConnections`, unjudged).body["value"],
      "pec 31",
    ).toHaveLength(1);
  });

  test.each([
    ["Approved", "Approved"],
    ["Rejected", undefined],
  ])("%s by PUT: 200 at once, a null description becomes %s", (status, description) => {
    const { call } = withConnection();
    const before = call("GET", account).body["etag"];
    const properties = {
      ...loaded.properties,
      privateLinkServiceConnectionState: { status, description: null },
    };
    const answer = call("PUT", connection, { body: { properties }, ...unjudged });
    expect(answer.status, "pec 26, 29").toBe(200);
    expect(answer.headers).not.toHaveProperty("azure-asyncoperation");
    const state = call("GET", connection, unjudged).body["properties"]?.[
      "privateLinkServiceConnectionState"
    ];
    expect(state?.["status"]).toBe(status);
    expect(state?.["description"], "pec 26, 29").toBe(description);
    expect(call("GET", account).body["etag"], "the account's etag moves").not.toBe(before);
  });

  test("DELETE: 200 at once; PUT of one that no endpoint made: 405", () => {
    const { call } = withConnection();
    expect(call("DELETE", connection).status, "pec 32").toBe(200);
    expect(call("GET", `${account}/privateEndpointConnections`).body["value"], "pec 33").toEqual(
      [],
    );
    expect(
      call("PUT", connection, { body: { properties: {} }, ...unjudged }).status,
      "pulumi-azure-native 2754",
    ).toBe(405);
  });

  test("rejected without a word: no description", () => {
    const { call } = withConnection();
    const properties = {
      ...loaded.properties,
      privateLinkServiceConnectionState: { status: "Rejected", actionsRequired: "None" },
    };
    expect(call("PUT", connection, { body: { properties } }).status, "pec 29").toBe(200);
    const { body: shown } = call("GET", connection);
    expect(shown["properties"]?.["privateLinkServiceConnectionState"], "pec 29").toEqual({
      status: "Rejected",
      actionsRequired: "None",
    });
  });

  test("of an account that is not there: 404 by ARM", () => {
    const { call } = withConnection();
    const there = `${account}x/privateEndpointConnections`;
    const state = { privateLinkServiceConnectionState: { status: "Rejected" } };
    const answers = [
      call("GET", there),
      call("GET", `${there}/a`),
      call("PUT", `${there}/a`, { body: { properties: state } }),
      call("DELETE", `${there}/a`),
    ];
    expect(
      answers.map((it) => it.status),
      "1g (c)",
    ).toEqual([404, 404, 404, 404]);
  });

  test("the seam: an endpoint asks, the target answers, the endpoint hears of decisions", () => {
    const heard: unknown[] = [];
    const endpoints: Kind = {
      type: "Microsoft.Network/privateEndpoints",
      versions: [],
      decided: (it, target, state) => void heard.push([it.id, target, state?.status]),
    };
    const world = createWorld({
      now: () => new Date("2026-11-24T08:00:00Z"),
      seed: 1,
      delays: "recorded",
      anySubscription: true,
      kinds: [...cognitiveServicesKinds, endpoints],
    });
    const made = {
      id: account,
      name: "acc",
      type: "Microsoft.CognitiveServices/accounts",
      location: "westeurope",
    };
    const request = {
      endpoint,
      guid: "guid-1",
      target: account,
      groupIds: ["account"],
      manual: false,
    };
    world.put({
      ...made,
      properties: { provisioningState: "Accepted", customSubDomainName: "acc" },
    });
    world.put({ id: endpoint, name: "pe", type: endpoints.type, properties: {} });
    expect(text(refuseConnection(world, request) ?? {}), "quoted").toContain(
      "AccountProvisioningStateInvalid",
    );
    world.put({
      ...made,
      properties: { provisioningState: "Succeeded", customSubDomainName: "acc" },
    });
    expect(refuseConnection(world, request)).toBeUndefined();
    expect(connect(world, request), "pec 18").toMatchObject({
      status: "Approved",
      description: "Approved",
    });
    const child = world.get(connection);
    expect(child?.name, "pec 23").toBe("acc/pe.guid-1");
    if (child) world.kind(child.type)?.settled?.(undefined, child, world);
    expect(heard, "the target cut it").toEqual([[endpoint, account, undefined]]);
    disconnect(world, endpoint, account);
    expect(stateOf(world, endpoint, account)).toBeUndefined();
    expect(connect(world, { ...request, manual: true }), "manual waits").toMatchObject({
      status: "Pending",
    });
  });
});
