import type { Body } from "../../answers.ts";
import { parsePath } from "../../ids.ts";
import type { Stored } from "../../kinds.ts";
import { isObject, same } from "../../merge.ts";
import type { World } from "../../world.ts";

export function remoteOf(it: Stored): string {
  const remote = it.properties["remoteVirtualNetwork"];
  return isObject(remote) ? String(remote["id"]) : "";
}

/** The peering of the other side that leads back here. */
export function backOf(it: Stored, world: World): Stored | undefined {
  const own = parsePath(it.id).parent;
  return world.children(remoteOf(it), it.type).find((one) => same(remoteOf(one), own));
}

export const spaceOf = (network: Stored | undefined): unknown =>
  network?.properties["addressSpace"];

/**
 * Recorded (1d): once a network's address space changes, its own peering is RemoteNotInSync and the
 * other side's LocalNotInSync, until that one is written with `syncRemoteAddressSpace`.
 */
export function showSync(it: Stored, world: World): Body {
  const now = spaceOf(world.get(remoteOf(it)));
  if (now === undefined) return it.properties;
  const back = backOf(it, world);
  const own = spaceOf(world.get(parsePath(it.id).parent));
  const level = back ? levels[`${isBehind(it, now)} ${isBehind(back, own)}`] : undefined;
  return {
    ...it.properties,
    remoteVirtualNetworkAddressSpace: now,
    ...(level !== undefined && { peeringSyncLevel: level }),
  };
}

/** Both at once: the enumeration of the specification, not recorded. */
const levels: Readonly<Record<string, string>> = {
  "false false": "FullyInSync",
  "true false": "LocalNotInSync",
  "false true": "RemoteNotInSync",
  "true true": "LocalAndRemoteNotInSync",
};

function isBehind(it: Stored, space: unknown): boolean {
  const peered = it.properties["remoteAddressSpace"] ?? space;
  return JSON.stringify(peered) !== JSON.stringify(space);
}
