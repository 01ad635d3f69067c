import { expect, test } from "vitest";
import { network, vnet, vnetBody, withTarget } from "./endpoint-estate.ts";

const hub = `${network}/virtualNetworks/hub`;
/** The schemas lack `routeServiceVips` in a network's peerings, and the api-versions of 2021. */
const beyond = { isUnjudged: true } as const;
const space = (...addressPrefixes: string[]) => ({ addressPrefixes });

/** Two networks at rest; `peer` writes one side and waits for its end. */
function withHub() {
  const local = withTarget();
  const { call, send, advance } = local;
  call("PUT", hub, {
    body: { location: "westeurope", properties: { addressSpace: space("10.2.0.0/16") } },
  });
  advance(11);
  const peeringOf = (own: string) => `${own}/virtualNetworkPeerings/p`;
  return {
    ...local,
    peer(own: string, remote: string, query = "") {
      const body = { properties: { remoteVirtualNetwork: { id: remote } } };
      const answer = send("PUT", `${peeringOf(own)}?${query}api-version=2024-03-01`, { body });
      advance(11);
      return answer;
    },
    shown: (own: string) => call("GET", peeringOf(own)).body,
    state: (own: string) => call("GET", peeringOf(own)).body["properties"]?.["peeringState"],
    level: (own: string) => call("GET", peeringOf(own)).body["properties"]?.["peeringSyncLevel"],
    unpeer(own: string) {
      call("DELETE", peeringOf(own));
      advance(11);
    },
  };
}

test("Initiated until the other side has one: the answer to that PUT says Connected already", () => {
  const { call, peer, shown, state, level } = withHub();
  const first = peer(vnet, hub);
  expect([first.status, first.headers["retry-after"]], "ASO peering 13").toEqual([201, "10"]);
  expect([state(vnet), level(vnet)], "ASO peering 15").toEqual(["Initiated", "RemoteNotInSync"]);
  const second = peer(hub, vnet).body["properties"];
  expect(second, "1d").toMatchObject({
    provisioningState: "Updating",
    peeringState: "Connected",
    peeringSyncLevel: "FullyInSync",
    resourceGuid: first.body["properties"]?.["resourceGuid"],
    remoteAddressSpace: space("10.1.0.0/16"),
  });
  expect([state(vnet), state(hub)], "CLI vnet_peering_different_resource_groups").toEqual([
    "Connected",
    "Connected",
  ]);
  for (const own of [vnet, hub]) {
    const { etag, properties } = call("GET", own, beyond).body;
    expect(properties?.["virtualNetworkPeerings"], "1d: one etag").toEqual([shown(own)]);
    expect(shown(own)["etag"], "1d: one etag").toBe(etag);
  }
  const older = call("GET", `${vnet}/virtualNetworkPeerings/p`, {
    ...beyond,
    version: "2021-02-01",
  });
  expect(older.body["properties"], "1d").not.toHaveProperty("peerCompleteVnets");
  const newer = call("GET", hub, { version: "2025-05-01" });
  expect(newer.body["properties"]?.["virtualNetworkPeerings"]).toHaveLength(1);
});

test("a changed address space is out of sync until the other side is written with syncRemoteAddressSpace", () => {
  const { call, advance, peer, shown, level } = withHub();
  peer(vnet, hub);
  peer(hub, vnet);
  const [was, now] = [space("10.1.0.0/16"), space("10.1.0.0/16", "10.99.0.0/16")];
  const body = vnetBody({ addressSpace: now, virtualNetworkPeerings: [] });
  const grown = call("PUT", vnet, { ...beyond, body }).body["properties"]?.[
    "virtualNetworkPeerings"
  ];
  expect(grown?.[0]?.["properties"], "1d: the peering stays, whatever list is sent").toMatchObject({
    peeringState: "Connected",
    peeringSyncLevel: "RemoteNotInSync",
  });
  advance(11);
  expect(shown(hub)["properties"], "1d").toMatchObject({
    peeringSyncLevel: "LocalNotInSync",
    remoteAddressSpace: was,
    remoteVirtualNetworkAddressSpace: now,
  });
  peer(hub, vnet);
  expect(level(hub), "specification: only where it is asked for").toBe("LocalNotInSync");
  const synced = peer(hub, vnet, "syncRemoteAddressSpace=true&");
  expect([synced.status, synced.body["properties"]], "1d").toMatchObject([
    200,
    { peeringSyncLevel: "FullyInSync", remoteAddressSpace: now },
  ]);
  expect([level(vnet), level(hub)], "1d").toEqual(["FullyInSync", "FullyInSync"]);
});

test("the side that is left is Disconnected, and has to be written before there can be another", () => {
  const { call, advance, peer, unpeer, state } = withHub();
  peer(vnet, hub);
  peer(hub, vnet);
  unpeer(hub);
  expect(state(vnet), "azure-docs virtual-network-peering").toBe("Disconnected");
  const refused = peer(hub, vnet);
  expect([refused.status, refused.body["error"]?.["code"]], "terraform 18091").toEqual([
    400,
    "RemotePeeringIsDisconnected",
  ]);
  expect(refused.body["error"]?.["message"], "terraform 18091").toContain(
    `because remote peering ${vnet}/virtualNetworkPeerings/p referencing parent virtual network ${hub} is in Disconnected state.`,
  );
  peer(vnet, hub);
  expect(state(vnet), "terraform 18091: back to Initiated").toBe("Initiated");
  peer(hub, vnet);
  expect([state(vnet), state(hub)]).toEqual(["Connected", "Connected"]);
  call("DELETE", hub);
  advance(11);
  expect(state(vnet), "terraform 18091: when the remote network is deleted").toBe("Disconnected");
});
