import type { Answer, Body } from "../../answers.ts";
import { type Change, type Course, isTerminal, type Kind, type Stored } from "../../kinds.ts";
import { omit, pick, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import {
  isUnchanged,
  networkCourse,
  networkEtag,
  networkVersions,
  objectsIn,
  plainLocation,
  refuseBeyondTags,
  refuseBusy,
  rested,
  shareEtag,
  withoutEmpty,
} from "./common.ts";
import { completeSubnet, refuseInUse, showSubnet, subnetType } from "./subnets.ts";
import { peeringType, showPeering } from "./virtual-network-peerings.ts";

/** Sources: docs/sources.md 1d unless a line says otherwise. */
export const virtualNetworks: Kind = {
  type: "Microsoft.Network/virtualNetworks",
  versions: networkVersions,
  tracked: true,
  etag: networkEtag,
  readOnly: ["resourceGuid", "virtualNetworkPeerings"],
  complete: completeNetwork,
  refuse: refuseNetwork,
  course: courseOf,
  settled: settleNetwork,
  loaded(it, world) {
    settleNetwork(it, undefined, world);
    return world.get(it.id) ?? it;
  },
  show: showNetwork,
};

/**
 * Subnets are children; while a PUT is under way its list of them stays in the network. A PUT
 * without the list keeps them (azure-docs, since 2023-09-01).
 */
function completeNetwork(wanted: Stored, was: Stored | undefined, world: World): Stored {
  const { subnets, dhcpOptions, ...sent } = wanted.properties;
  const rest = withoutEmpty(sent, ["ipAllocations"]);
  const properties = omit(rest, ["enableVmProtection", "virtualNetworkPeerings"]);
  return {
    ...wanted,
    location: plainLocation(wanted.location ?? was?.location),
    properties: {
      resourceGuid: world.guid(),
      enableDdosProtection: false,
      ...properties,
      ...(dhcpOptions !== undefined && { dhcpOptions: { dnsServers: [], ...Object(dhcpOptions) } }),
      ...(Array.isArray(subnets) && {
        subnets: objectsIn(subnets).map((it) => completeSubnet(childOf(wanted.id, it), undefined)),
      }),
    },
  };
}

function childOf(network: string, it: Body): Stored {
  const name = String(it["name"]);
  const properties = (it["properties"] ?? {}) as Body;
  return { id: `${network}/subnets/${name}`, name, type: subnetType, properties };
}

const listed = (it: Stored | undefined): Stored[] | undefined =>
  it?.properties["subnets"] as Stored[] | undefined;

/** Children that a write would take away: all on DELETE, those that a list leaves out. */
function dropped({ wanted, was, world }: Change): Stored[] {
  const there = was ? world.children(was.id, subnetType) : [];
  const kept = wanted ? (listed(wanted) ?? there) : [];
  return there.filter((it) => !kept.some((other) => same(other.id, it.id)));
}

function refuseNetwork(change: Change): Answer | undefined {
  const { was, world, wanted, method } = change;
  if (method === "PATCH") return refuseBeyondTags(change);
  if (!was) return undefined;
  const busy = [was, ...world.children(was.id)].find((it) => !isTerminal(it));
  if (busy && wanted) return refuseBusy("PutVirtualNetworkOperation", was.id, world);
  return refuseInUse(dropped(change), world);
}

/** Recorded: Retry-After 3, on DELETE 10; a list that names the same subnets changes nothing. */
function courseOf(change: Change): Course {
  const { wanted, was, world, method } = change;
  if (method === "PATCH") return { status: 200 };
  const lists = listed(wanted)?.map((it) => bare(it));
  const there = was && world.children(was.id, subnetType).map((it) => bare(it));
  const isSame = lists === undefined || JSON.stringify(lists) === JSON.stringify(there);
  if (isSame && isUnchanged(change, ["subnets"])) return rested;
  return networkCourse(change, world.between(3, 10), wanted && 3);
}

const bare = (it: Stored): Body => ({
  name: it.name,
  ...omit(it.properties, ["provisioningState"]),
});

function settleNetwork(now: Stored | undefined, was: Stored | undefined, world: World): void {
  const subnets = listed(now);
  if (!now || !subnets) return;
  for (const it of dropped({ wanted: now, was, world } as Change)) world.remove(it.id);
  for (const it of subnets)
    world.put({ ...it, properties: { provisioningState: "Succeeded", ...it.properties } });
  const settled = world.get(now.id) ?? now;
  world.put({ ...settled, properties: omit(settled.properties, ["subnets"]) });
  if (settled.etag !== undefined) shareEtag(now.id, settled.etag, world);
}

function showNetwork(it: Stored, version: string, world: World): Body {
  const { provisioningState, resourceGuid, addressSpace, dhcpOptions } = it.properties;
  const subnets = listed(it)?.map((one) => underWay(one, it)) ?? world.children(it.id, subnetType);
  const { enableDdosProtection, privateEndpointVNetPolicies, ...rest } = it.properties;
  const policies = privateEndpointVNetPolicies ?? "Disabled";
  return {
    ...pick(it, ["name", "id", "etag", "type", "location", "tags", "extendedLocation"]),
    properties: {
      provisioningState,
      resourceGuid,
      addressSpace,
      ...(version >= "2024-01-01" && { privateEndpointVNetPolicies: policies }),
      ...(dhcpOptions !== undefined && { dhcpOptions }),
      subnets: subnets.map((one) => showSubnet(one, version, world)),
      virtualNetworkPeerings: world
        .children(it.id, peeringType)
        .map((one) => showPeering(one, version, world)),
      enableDdosProtection,
      ...(version < "2020-01-01" && { enableVmProtection: false }),
      ...omit(rest, [
        "provisioningState",
        "resourceGuid",
        "addressSpace",
        "dhcpOptions",
        "subnets",
      ]),
    },
  };
}

const underWay = (one: Stored, { etag, properties }: Stored): Stored => ({
  ...one,
  ...(etag !== undefined && { etag }),
  properties: { provisioningState: properties["provisioningState"], ...one.properties },
});
