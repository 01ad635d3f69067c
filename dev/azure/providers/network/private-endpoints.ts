import type { Body } from "../../answers.ts";
import { connect, disconnect, stateOf } from "../../connections.ts";
import { parsePath } from "../../ids.ts";
import type {
  Change,
  ConnectionRequest,
  ConnectionState,
  Course,
  Kind,
  Stored,
} from "../../kinds.ts";
import { omit, pick, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { writeRecords } from "../private-dns/group-records.ts";
import {
  asDescribed,
  isUnchanged,
  networkCourse,
  networkEtag,
  networkVersionsSince,
  objectsIn,
  plainLocation,
  propertiesOf,
  rested,
  shareEtag,
} from "./common.ts";
import { makeInterface, removeInterface } from "./endpoint-interfaces.ts";
import { arrays, requestsOf, stateKey } from "./endpoint-links.ts";
import { refuseEndpoint } from "./endpoint-refusals.ts";
import { fixedAddresses, groupType, showEndpoint } from "./endpoint-shape.ts";

const made = ["resourceGuid", "networkInterfaces", "customDnsConfigs"];

const added = [
  "properties.resourceGuid",
  "properties.ipConfigurations.id",
  "properties.ipConfigurations.properties.provisioningState",
  ...arrays.map((it) => `properties.${it}.properties.${stateKey}.description`),
];

/** Sources: docs/sources.md 1a unless a line says otherwise. */
export const privateEndpoints: Kind = {
  type: "Microsoft.Network/privateEndpoints",
  versions: networkVersionsSince("2018-08-01"),
  tracked: true,
  etag: networkEtag,
  verbs: ["GET", "LIST", "PUT", "DELETE"], // no PATCH in 50,000 exchanges
  readOnly: made,
  complete: completeEndpoint,
  refuse: refuseEndpoint,
  course: endpointCourse,
  settled: settleEndpoint,
  loaded(it, world) {
    // once all rows are there: its network and its target may come after it
    world.after(0, () => settleEndpoint(world.get(it.id), undefined, world));
    return it;
  },
  show: (it, version, world) => asDescribed(showEndpoint(it, version, world), version, added),
  decided: decideEndpoint,
};

/** asg 11 and 44: a GUID and an interface of its own, named after it or as asked. */
function completeEndpoint(wanted: Stored, was: Stored | undefined, world: World): Stored {
  const { customNetworkInterfaceName: chosen, ...properties } = wanted.properties;
  const nic = chosen || `${wanted.name}.nic.${world.guid()}`;
  const interfaces = `${parsePath(wanted.id).parent}/providers/Microsoft.Network/networkInterfaces`;
  return {
    ...wanted,
    location: plainLocation(wanted.location ?? was?.location),
    properties: {
      resourceGuid: world.guid(),
      customNetworkInterfaceName: chosen ?? "",
      networkInterfaces: [{ id: `${interfaces}/${nic}` }],
      ...properties,
      ipConfigurations: fixedAddresses(wanted),
      ...Object.fromEntries(arrays.map((it) => [it, asked(wanted, was, it)])),
    },
  };
}

/** The state of a connection is the target's: of what is sent only a loaded row's counts. */
function asked(wanted: Stored, was: Stored | undefined, array: string): Body[] {
  const isRow = wanted.properties["provisioningState"] !== undefined;
  const before = isRow ? wanted : was;
  return objectsIn(wanted.properties[array]).map((it) => {
    const known = objectsIn(before?.properties[array]).find((one) => one["name"] === it["name"]);
    return {
      name: it["name"],
      properties: {
        ...omit(propertiesOf(it), ["provisioningState", stateKey]),
        ...pick(propertiesOf(known), [stateKey]),
      },
    };
  });
}

/**
 * 30 to 50 s; only other tags: at once (ASO 20250301 21, 20240301 22). A delete cuts short what runs:
 * recorded of its group's delete (1b), here of every write on it.
 */
function endpointCourse(change: Change): Course {
  const { wanted, world } = change;
  if (isUnchanged(change, made)) return rested;
  if (wanted) return networkCourse(change, world.between(30, 50));
  return { ...networkCourse(change, world.between(10, 30)), supersedes: true };
}

function settleEndpoint(now: Stored | undefined, was: Stored | undefined, world: World): void {
  if (was) leave(was, now, world);
  if (!now) return;
  makeInterface(now, world);
  for (const it of requestsOf(now)) if (isOpen(now, it, world)) connect(world, it);
  shareOwnEtag(now.id, world);
}

/** Connections that are no longer asked for are cut; without an endpoint there is no interface. */
function leave(was: Stored, now: Stored | undefined, world: World): void {
  const kept = now ? requestsOf(now).map((it) => it.target) : [];
  for (const { endpoint, target } of requestsOf(was))
    if (!kept.some((it) => same(it, target))) disconnect(world, endpoint, target);
  if (!now) removeInterface(was, world);
}

function shareOwnEtag(id: string, world: World): void {
  const etag = world.get(id)?.etag;
  if (etag !== undefined) shareEtag(id, etag, world);
}

/** A connection that was rejected or cut does not come back by itself. */
function isOpen(it: Stored, request: ConnectionRequest, world: World): boolean {
  const status = propertiesIn(it, request.target)[stateKey] as ConnectionState | undefined;
  return (
    !stateOf(world, it.id, request.target) && !/rejected|disconnected/i.test(status?.status ?? "")
  );
}

const propertiesIn = (it: Stored, target: string): Body =>
  arrays
    .flatMap((array) => objectsIn(it.properties[array]).map(propertiesOf))
    .find((one) => same(String(one["privateLinkServiceId"]), target)) ?? {};

/**
 * The target's owner decided: seen here within 2 s, the etag moves. What a group shows then is not
 * recorded: here an approval writes its records, a rejection leaves them.
 */
function decideEndpoint(
  it: Stored,
  target: string,
  state: ConnectionState | undefined,
  world: World,
): void {
  const alias = String(world.get(target)?.properties["alias"]);
  if (!state) world.put(disconnected(it, [target, alias]));
  world.touch(it.id);
  shareOwnEtag(it.id, world);
  if (state?.status === "Approved")
    for (const group of world.children(it.id, groupType)) writeRecords(group, world);
}

/** azure-docs manage-private-endpoint: a removed connection leaves a disconnected endpoint; words not recorded. */
function disconnected(it: Stored, names: readonly string[]): Stored {
  const state = { status: "Disconnected", description: "Deleted state", actionsRequired: "None" };
  const cut = (one: Body): Body =>
    names.some((name) => same(String(propertiesOf(one)["privateLinkServiceId"]), name))
      ? { ...one, properties: { ...propertiesOf(one), [stateKey]: state } }
      : one;
  return {
    ...it,
    properties: {
      ...it.properties,
      ...Object.fromEntries(
        arrays.map((array) => [array, objectsIn(it.properties[array]).map(cut)]),
      ),
    },
  };
}
