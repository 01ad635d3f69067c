import type { Answer, Body } from "../../answers.ts";
import { parsePath } from "../../ids.ts";
import { type Change, isTerminal, type Kind, type Stored } from "../../kinds.ts";
import { isObject, omit, same } from "../../merge.ts";
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
} from "./common.ts";

export const peeringType = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings";

/** Sources: recorded ASO VirtualNetworkPeering 13 to 23, CLI vnet_peering_different_resource_groups. */
export const virtualNetworkPeerings: Kind = {
  type: peeringType,
  versions: networkVersions,
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  etag: networkEtag,
  readOnly: ["resourceGuid", "peeringState", "peeringSyncLevel"],
  complete: completePeering,
  refuse: refusePeering,
  course: (change) => networkCourse(change, change.world.between(3, 10)),
  settled: settlePeering,
  absent: networkAbsent,
  show: showPeering,
};

function completePeering(wanted: Stored, _was: Stored | undefined, world: World): Stored {
  const remote = world.get(remoteOf(wanted));
  const addressSpace = remote?.properties["addressSpace"];
  return {
    ...wanted,
    properties: {
      resourceGuid: world.guid(),
      peeringState: "Initiated",
      peeringSyncLevel: "RemoteNotInSync",
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: false,
      allowGatewayTransit: false,
      useRemoteGateways: false,
      doNotVerifyRemoteGateways: false,
      peerCompleteVnets: true,
      ...(addressSpace !== undefined && {
        remoteAddressSpace: addressSpace,
        remoteVirtualNetworkAddressSpace: addressSpace,
      }),
      ...wanted.properties,
      routeServiceVips: {},
    },
  };
}

function remoteOf(it: Stored): string {
  const remote = it.properties["remoteVirtualNetwork"];
  return isObject(remote) ? String(remote["id"]) : "";
}

function refusePeering({ wanted, world, call }: Change): Answer | undefined {
  if (!wanted) return undefined;
  const own = world.get(parsePath(wanted.id).parent);
  const remote = world.get(remoteOf(wanted));
  if (!remote) return refuseReference(remoteOf(wanted), wanted.id);
  if (!isTerminal(remote)) return refuseRemote(remote, wanted.id);
  const busy = own && [own, ...world.children(own.id)].some((it) => !isTerminal(it));
  const operation = "PutVirtualNetworkPeeringOperation";
  return busy ? refuseBusy(operation, own?.id ?? call.target.parent, world) : undefined;
}

/** Recorded once, as a plain 400 (ASO Network_v1api20240301 85). */
function refuseRemote(remote: Stored, user: string): Answer {
  return networkFailure(
    400,
    "ReferencedResourceNotProvisioned",
    `Cannot proceed with operation because resource ${remote.id} used by resource ${user} is not in Succeeded state. Resource is in ${String(remote.properties["provisioningState"])} state and the last operation that updated/is updating the resource is PutVirtualNetworkOperation.`,
  );
}

/** Both sides are Connected once each has a peering with the other; the one that is left is Disconnected. */
function settlePeering(now: Stored | undefined, was: Stored | undefined, world: World): void {
  const it = now ?? was;
  if (!it) return;
  const own = parsePath(it.id).parent;
  const back = world.children(remoteOf(it), peeringType).find((one) => same(remoteOf(one), own));
  if (!back) return;
  const current = now && world.get(now.id);
  if (current) world.put(withState(current, "Connected", "FullyInSync"));
  world.put(
    now
      ? withState(back, "Connected", "FullyInSync")
      : withState(back, "Disconnected", "RemoteNotInSync"),
  );
}

function withState(it: Stored, peeringState: string, peeringSyncLevel: string): Stored {
  return { ...it, properties: { ...it.properties, peeringState, peeringSyncLevel } };
}

const later = [
  "resourceGuid",
  "peeringSyncLevel",
  "doNotVerifyRemoteGateways",
  "peerCompleteVnets",
  "remoteVirtualNetworkAddressSpace",
];

export function showPeering(it: Stored, version: string): Body {
  const properties = version < "2020-01-01" ? omit(it.properties, later) : it.properties;
  const shown = { name: it.name, id: it.id, etag: it.etag, properties, type: it.type };
  return asDescribed(shown, version, ["properties.routeServiceVips"]);
}
