import type { Answer, Body } from "../../answers.ts";
import { resourceNotFound, subscriptionType } from "../../existence.ts";
import { parsePath } from "../../ids.ts";
import type { Change, Kind, Stored } from "../../kinds.ts";
import { isObject, omit, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { refuseLinked } from "../linked-access.ts";
import { conditionFails, dnsCourse, type Failure } from "./common.ts";
import { dnsVersions } from "./records.ts";

export const linkType = "Microsoft.Network/privateDnsZones/virtualNetworkLinks";

/** Sources: docs/sources.md 1c unless a line says otherwise. */
export const virtualNetworkLinks: Kind = {
  type: linkType,
  versions: dnsVersions,
  tracked: true,
  etag: linkEtag,
  etagHeader: "reads", // a PUT answers `{}`
  readOnly: ["virtualNetworkLinkState"],
  complete: (wanted) => ({
    ...wanted,
    location: "global",
    properties: { registrationEnabled: false, ...wanted.properties },
  }),
  refuse: refuseLink,
  // the second in the etag of what was read after 19 recorded writes: 12 to 38 s after the write
  course: (change) =>
    dnsCourse(change, "VirtualNetworkLink", change.world.between(12, 38), linkFails(change)),
  settled: settleLink,
  // 1c: deleting in an absent zone is 204 too; test_GetLink_ZoneNotExists: the whole path is named
  orphan: (target, verb) => (verb === "DELETE" ? { status: 204 } : resourceNotFound(target)),
  show: showLink,
};

/** The quotes are part of the JSON text; the last group begins with the seconds of the write. */
function linkEtag(world: World): string {
  const seconds = Math.floor(world.now().getTime() / 1000);
  return `"${world.guid().slice(0, 8)}-0000-0100-0000-${seconds.toString(16)}0000"`;
}

/** azure-docs private-dns-rbac: whoever links a network must be allowed to join it. */
function refuseLink({ wanted, call, world }: Change): Answer | undefined {
  const action = "Microsoft.Network/virtualNetworks/join/action";
  return wanted && refuseLinked(call, action, [networkOf(wanted)], world);
}

function linkFails({ call, was, wanted, world }: Change): Failure | undefined {
  const { name } = call.target;
  const zone = zoneOf(call.target.id);
  const refused = conditionFails(call.headers, was, {
    exists: `The Virtual Network link ${name} for the Private DNS zone ${zone} exists already and hence cannot be created again.`,
    modified: `The Virtual Network link '${name}' for the Private DNS zone '${zone}' has been modified (etag mismatch).`,
  });
  if (refused || !wanted) return refused;
  const others = othersOf(wanted, world);
  return missingNetwork(wanted, world) ?? overlap(zone, others) ?? registration(wanted, others);
}

const zoneOf = (link: string): string => parsePath(parsePath(link).parent).name ?? "";

/** Not recorded. */
function missingNetwork(wanted: Stored, world: World): Failure | undefined {
  const id = networkOf(wanted);
  if (world.get(id)) return undefined;
  return { code: "BadRequest", message: `The virtual network '${id}' does not exist.` };
}

/** Links of the same network, in zones of any subscription. */
function othersOf(wanted: Stored, world: World): Stored[] {
  const subscriptions = world.children("", subscriptionType).map((it) => it.name);
  return subscriptions
    .flatMap((it) => world.ofType(it, linkType))
    .filter((it) => !same(it.id, wanted.id) && same(networkOf(it), networkOf(wanted)));
}

/** Public text: a network takes one zone of a name. */
function overlap(zone: string, others: readonly Stored[]): Failure | undefined {
  if (!others.some((it) => same(zoneOf(it.id), zone))) return undefined;
  return {
    code: "BadRequest",
    message: `A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with '${zone}' and '${zone}' zones.`,
  };
}

/** Public text: one zone a network registers its machines in. */
function registration(wanted: Stored, others: readonly Stored[]): Failure | undefined {
  const registers = (it: Stored) => it.properties["registrationEnabled"] === true;
  const conflicting = registers(wanted) ? others.find(registers) : undefined;
  return (
    conflicting && {
      code: "Conflict",
      message: `A virtual network can only be linked to 1 Private DNS zone(s) with auto-registration enabled; conflicting Private DNS zone is ${parsePath(conflicting.id).parent}.`,
    }
  );
}

/**
 * Recorded: after the operation of a write that turned registration on, the state is Succeeded and the
 * link InProgress 6 to 17 s later (4 times) or Completed 3 to 16 s later (3 times: PS 2019-07-15,
 * test_PutLink_LinkNotExistsWithRegistration 2021, 2024); off again it is Completed at once
 * (test_PatchLink_DisableRegistration 14).
 */
function settleLink(now: Stored | undefined, was: Stored | undefined, world: World): void {
  if (!now) return;
  const isOn = now.properties["registrationEnabled"] === true;
  if (isOn && was?.properties["registrationEnabled"] === true) return;
  const say = (state: string): void => {
    const it = world.get(now.id);
    if (it && isOn === (it.properties["registrationEnabled"] === true))
      world.put({ ...it, properties: { ...it.properties, virtualNetworkLinkState: state } });
  };
  say(isOn ? "InProgress" : "Completed");
  if (isOn) world.after(world.between(0, 40), () => say("Completed"));
}

/** A zone with a `privatelink` label answers resolutionPolicy Default, since 2024-06-01 (PS 2024-10-22). */
function showLink(it: Stored, version: string): Body {
  const { provisioningState, registrationEnabled, virtualNetwork, ...rest } = it.properties;
  const { virtualNetworkLinkState = "Completed", resolutionPolicy = "Default" } = rest;
  const isPrivateLink = zoneOf(it.id).toLowerCase().split(".").includes("privatelink");
  const isSettled = provisioningState === "Succeeded";
  return {
    ...omit(it, ["properties"]),
    properties: {
      provisioningState,
      registrationEnabled,
      ...(isPrivateLink && version >= "2024-06-01" && { resolutionPolicy }),
      virtualNetwork,
      virtualNetworkLinkState: isSettled ? virtualNetworkLinkState : "InProgress",
    },
  };
}

function networkOf({ properties }: Stored): string {
  const network = properties["virtualNetwork"];
  return isObject(network) ? String(network["id"]) : "";
}
