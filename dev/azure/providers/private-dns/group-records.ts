import { parsePath } from "../../ids.ts";
import type { Stored } from "../../kinds.ts";
import type { World } from "../../world.ts";
import { objectsIn, propertiesOf } from "../network/common.ts";
import { linkedNames } from "../network/endpoint-links.ts";
import { recordNameIn } from "../network/link-names.ts";
import { dropRecords, putRecord } from "./records.ts";

export type Config = Readonly<{ name: string; zone: string }>;

/** The zones of a group, each with the name of its config. */
export function configsOf(group: Stored | undefined): Config[] {
  return objectsIn(group?.properties["privateDnsZoneConfigs"]).map((it) => ({
    name: String(it["name"]),
    zone: String(propertiesOf(it)["privateDnsZoneId"] ?? ""),
  }));
}

/** The records an endpoint has in a zone: none where the zone's name does not fit. */
export function recordsIn(zone: string, endpoint: Stored, world: World) {
  return linkedNames(endpoint, world).flatMap(({ fqdn, address }) => {
    const name = recordNameIn(parsePath(zone).name ?? "", fqdn);
    return name === undefined ? [] : [{ name, address }];
  });
}

/** Writes the records of a group into its zones, over what stands there. */
export function writeRecords(group: Stored, world: World): void {
  const endpoint = world.get(parsePath(group.id).parent);
  if (!endpoint) return;
  for (const { zone } of configsOf(group))
    for (const { name, address } of recordsIn(zone, endpoint, world))
      putRecord(world, { zone, name, address, endpoint });
}

/** azure-docs private-endpoint-dns: records go with the group or the endpoint that wrote them last. */
export function withdrawRecords(configs: readonly Config[], endpoint: string, world: World): void {
  if (world.behaviour("recordsOfRemovedGroup") === "left") return;
  for (const { zone } of configs) dropRecords(world, zone, endpoint);
}
