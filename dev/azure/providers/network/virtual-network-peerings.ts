import type { Answer, Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import { parsePath } from "../../ids.ts";
import { type Change, isTerminal, type Kind, type Stored } from "../../kinds.ts";
import { omit, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import {
  asDescribed,
  networkAbsent,
  networkCourse,
  networkEtag,
  networkFailure,
  networkVersions,
  refuseBusy,
  refuseReference,
  shareEtag,
} from "./common.ts";
import { backOf, remoteOf, showSync, spaceOf } from "./peering-sync.ts";

export const peeringType = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings";

/** Sources: recorded ASO VirtualNetworkPeering 13 to 23, CLI vnet_peering_different_resource_groups; 1d. */
export const virtualNetworkPeerings: Kind = {
  type: peeringType,
  versions: networkVersions,
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  etag: networkEtag,
  readOnly: [
    "resourceGuid",
    "peeringState",
    "peeringSyncLevel",
    "remoteVirtualNetworkAddressSpace",
  ],
  complete: completePeering,
  refuse: refusePeering,
  course: (change) => networkCourse(change, change.world.between(3, 10)),
  settled: settlePeering,
  absent: networkAbsent,
  show: showPeering,
};

/**
 * Recorded (1d): the answer to the second side's PUT is Connected already, both sides have one
 * guid; the address space that is peered stays as it was until `syncRemoteAddressSpace` is asked for.
 */
function completePeering(
  wanted: Stored,
  was: Stored | undefined,
  world: World,
  call?: Call,
): Stored {
  const back = backOf(wanted, world);
  const isAsked = same(call?.query.get("syncRemoteAddressSpace") ?? "", "true");
  const now = spaceOf(world.get(remoteOf(wanted)));
  const peered = isAsked ? now : (was?.properties["remoteAddressSpace"] ?? now);
  return {
    ...wanted,
    properties: {
      resourceGuid: back?.properties["resourceGuid"] ?? world.guid(),
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: false,
      allowGatewayTransit: false,
      useRemoteGateways: false,
      doNotVerifyRemoteGateways: false,
      peerCompleteVnets: true,
      ...wanted.properties,
      ...(peered !== undefined && { remoteAddressSpace: peered }),
      ...(now !== undefined && { remoteVirtualNetworkAddressSpace: now }),
      ...(back ? connected : initiated),
      routeServiceVips: {},
    },
  };
}

const initiated = { peeringState: "Initiated", peeringSyncLevel: "RemoteNotInSync" };
const connected = { peeringState: "Connected", peeringSyncLevel: "FullyInSync" };
const disconnected = { peeringState: "Disconnected", peeringSyncLevel: "RemoteNotInSync" };

function refusePeering({ wanted, world, call }: Change): Answer | undefined {
  if (!wanted) return undefined;
  const own = world.get(parsePath(wanted.id).parent);
  const remote = world.get(remoteOf(wanted));
  if (!remote) return refuseReference(remoteOf(wanted), wanted.id);
  if (!isTerminal(remote)) return refuseRemote(remote, wanted.id);
  const busy = own && [own, ...world.children(own.id)].some((it) => !isTerminal(it));
  const operation = "PutVirtualNetworkPeeringOperation";
  if (busy) return refuseBusy(operation, own?.id ?? call.target.parent, world);
  const back = backOf(wanted, world);
  return back?.properties["peeringState"] === "Disconnected"
    ? refuseDisconnected(wanted, back, own?.id ?? call.target.parent)
    : undefined;
}

/** Public text, with its status (terraform 18091): the side that is left has to be written first. */
function refuseDisconnected({ id }: Stored, back: Stored, own: string): Answer {
  return networkFailure(
    400,
    "RemotePeeringIsDisconnected",
    `Cannot create or update peering ${id} because remote peering ${back.id} referencing parent virtual network ${own} is in Disconnected state. Update or re-create the remote peering to get it back to Initiated state. Peering gets Disconnected when remote vnet or remote peering is deleted and re-created.`,
  );
}

/** Recorded once, as a plain 400 (ASO Network_v1api20240301 85). */
function refuseRemote(remote: Stored, user: string): Answer {
  return networkFailure(
    400,
    "ReferencedResourceNotProvisioned",
    `Cannot proceed with operation because resource ${remote.id} used by resource ${user} is not in Succeeded state. Resource is in ${String(remote.properties["provisioningState"])} state and the last operation that updated/is updating the resource is PutVirtualNetworkOperation.`,
  );
}

/** The side that is left is Disconnected; both networks with all in them get a new etag (1d). */
function settlePeering(now: Stored | undefined, was: Stored | undefined, world: World): void {
  const it = now ?? was;
  if (!it) return;
  const back = backOf(it, world);
  const state = now ? connected : disconnected;
  if (back) world.put({ ...back, properties: { ...back.properties, ...state } });
  const etag = now && world.get(now.id)?.etag;
  shareEtag(parsePath(it.id).parent, etag ?? networkEtag(world), world);
  if (back) shareEtag(parsePath(back.id).parent, networkEtag(world), world);
}

/** Not shown at 2021-02-01, shown at 2021-03-01 (1d). */
const subnetsSince = ["peerCompleteVnets"];

const later = [
  ...subnetsSince,
  "resourceGuid",
  "peeringSyncLevel",
  "doNotVerifyRemoteGateways",
  "remoteVirtualNetworkAddressSpace",
];

export function showPeering(it: Stored, version: string, world: World): Body {
  const unknown = version < "2020-01-01" ? later : version < "2021-03-01" ? subnetsSince : [];
  const properties = omit(showSync(it, world), unknown);
  const shown = { name: it.name, id: it.id, etag: it.etag, properties, type: it.type };
  return asDescribed(shown, version, ["properties.routeServiceVips"]);
}
