import type { Answer, Body } from "../../answers.ts";
import { parsePath } from "../../ids.ts";
import { type Change, isTerminal, type Kind, type Stored } from "../../kinds.ts";
import { omit, pick } from "../../merge.ts";
import type { World } from "../../world.ts";
import {
  isUnchanged,
  networkAbsent,
  networkCourse,
  networkEtag,
  networkFailure,
  networkVersions,
  objectsIn,
  propertiesOf,
  refuseBusy,
  rested,
  shareEtag,
  withoutEmpty,
} from "./common.ts";
import { addressesOf } from "./subnet-addresses.ts";

export const subnetType = "Microsoft.Network/virtualNetworks/subnets";

/** Sources: docs/sources.md 1d unless a line says otherwise. */
export const subnets: Kind = {
  type: subnetType,
  versions: networkVersions,
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  etag: networkEtag,
  readOnly: ["ipConfigurations", "privateEndpoints", "ipamPoolPrefixAllocations", "purpose"],
  complete: completeSubnet,
  refuse: refuseSubnet,
  course: (change) =>
    isUnchanged(change)
      ? rested
      : networkCourse(change, change.world.between(3, 10), change.wanted && 3),
  settled(now, was, world) {
    const it = world.get(now?.id ?? "") ?? was;
    if (it?.etag !== undefined) shareEtag(parsePath(it.id).parent, it.etag, world);
  },
  absent: networkAbsent,
  show: showSubnet,
};

/** Defaults: 51 subnets at 2020-11-01, 12 at 2024-03-01, 14 at 2025-03-01. */
export function completeSubnet(wanted: Stored, _was: Stored | undefined): Stored {
  const { delegations, serviceEndpoints, ...sent } = wanted.properties;
  const properties = withoutEmpty(sent, [
    "addressPrefixes",
    "serviceEndpointPolicies",
    "ipAllocations",
  ]);
  return {
    ...wanted,
    properties: {
      delegations: objectsIn(delegations).map(({ name, properties: asked }) => ({
        name,
        id: `${wanted.id}/delegations/${String(name)}`,
        properties: {
          provisioningState: "Succeeded",
          serviceName: propertiesOf({ properties: asked })["serviceName"],
          actions: ["Microsoft.Network/virtualNetworks/subnets/join/action"],
        },
        type: `${subnetType}/delegations`,
      })),
      privateEndpointNetworkPolicies: "Disabled",
      privateLinkServiceNetworkPolicies: "Enabled",
      ...properties,
      ...(Array.isArray(serviceEndpoints) && {
        // subnet_endpoint_service 16 to 41: everywhere, unless it was said where
        serviceEndpoints: objectsIn(serviceEndpoints).map((it) => ({
          ...pick(it, ["service"]),
          locations: ["*"],
          ...pick(it, ["locations", "networkIdentifier"]),
        })),
      }),
    },
  };
}

/** One write at a time in a network (DnsResolver 20). */
function refuseSubnet({ wanted, was, world, call }: Change): Answer | undefined {
  const network = parsePath(call.target.id).parent;
  const busy = [world.get(network), ...world.children(network)].find((it) => it && !isTerminal(it));
  if (busy && wanted) return refuseBusy("PutSubnetOperation", world.get(network)?.id ?? "", world);
  return wanted || !was ? undefined : refuseInUse([was], world);
}

/** The IPv4 range that endpoints get addresses from; a guess where the subnet is not loaded. */
export function prefixOf(subnet: string, world: World): string {
  const it = world.get(subnet);
  return (it && prefixesOf(it)[0]) ?? "10.0.0.0/16";
}

export function prefixesOf({ properties }: Stored): string[] {
  const { addressPrefix, addressPrefixes } = properties;
  const all = [addressPrefix, ...(Array.isArray(addressPrefixes) ? addressPrefixes : [])];
  return all.filter((it) => typeof it === "string");
}

/** Recorded 12 times, on DELETE of the network; the one who uses it is named in capitals. */
export function refuseInUse(gone: readonly Stored[], world: World): Answer | undefined {
  for (const it of gone) {
    const [user] = backReferences(it.id, world);
    if (user !== undefined)
      return networkFailure(
        400,
        "InUseSubnetCannotBeDeleted",
        `Subnet ${it.name} is in use by ${user} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
      );
  }
  return undefined;
}

/** Recorded: the names of an interface and its configuration come back in capitals, nothing else. */
function backReferences(subnet: string, world: World): string[] {
  return addressesOf(subnet, world)
    .users()
    .map((id) =>
      id.replace(/(\/networkInterfaces\/)([^/]+)(\/ipConfigurations\/)(.+)$/i, (_, a, nic, b, ip) =>
        [a, nic.toUpperCase(), b, ip.toUpperCase()].join(""),
      ),
    );
}

export function showSubnet(it: Stored, version: string, world: World): Body {
  const { provisioningState, addressPrefix, delegations, serviceEndpoints, ...rest } =
    it.properties;
  const users = backReferences(it.id, world).map((id) => ({ id }));
  const { privateEndpointNetworkPolicies, privateLinkServiceNetworkPolicies, ...others } = rest;
  const isModern = version >= "2019-01-01"; // absent at 2018-08-01
  return {
    name: it.name,
    id: it.id,
    etag: it.etag,
    properties: {
      provisioningState,
      ...(addressPrefix !== undefined && { addressPrefix }),
      ...(users.length > 0 && { ipConfigurations: users }),
      ...(version === "2024-01-01" && { ipamPoolPrefixAllocations: [] }),
      ...(Array.isArray(serviceEndpoints) && {
        serviceEndpoints: objectsIn(serviceEndpoints).map((one) => ({ provisioningState, ...one })),
      }),
      delegations: objectsIn(delegations).map((one) => ({ ...one, etag: it.etag })),
      ...(isModern && { privateEndpointNetworkPolicies, privateLinkServiceNetworkPolicies }),
      ...omit(others, ["ipConfigurations", "privateEndpoints"]),
    },
    type: it.type,
  };
}
