import type { Answer } from "../../answers.ts";
import { refuseConnection } from "../../connections.ts";
import { parsePath } from "../../ids.ts";
import { type Change, type ConnectionRequest, isTerminal, type Stored } from "../../kinds.ts";
import { isObject, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { refuseLinked } from "../linked-access.ts";
import {
  networkFailure,
  objectsIn,
  propertiesOf,
  refuseBusy,
  refuseReference,
  refuseUnready,
} from "./common.ts";
import { requestsOf } from "./endpoint-links.ts";
import { membersOf } from "./link-names.ts";

/** What a PUT of an endpoint runs into; none of it was recorded for endpoints (no PUT was ever refused). */
export function refuseEndpoint(change: Change): Answer | undefined {
  const { wanted, was, world } = change;
  if (!wanted) return undefined;
  if (was && !isTerminal(was)) return refuseBusy("PutPrivateEndpointOperation", was.id, world);
  return (
    refuseSubnet(change, wanted) ??
    requestsOf(wanted)
      .map((it) => refuseTarget(change, it))
      .find((it) => it !== undefined) ??
    refuseAddresses(wanted, world)
  );
}

/** azure-docs rbac-permissions: whoever makes an endpoint must be allowed to join its subnet. */
function refuseSubnet({ call, world }: Change, wanted: Stored): Answer | undefined {
  const { subnet } = wanted.properties;
  const id = isObject(subnet) ? String(subnet["id"]) : "";
  const action = "Microsoft.Network/virtualNetworks/subnets/join/action";
  if (id === "") return networkFailure(400, "InvalidRequestFormat", "Cannot parse the request.");
  const refused = refuseLinked(call, action, [id], world);
  if (refused) return refused;
  const it = world.get(id);
  if (!it) return refuseReference(id, wanted.id);
  return isTerminal(it) ? undefined : refuseUnready(it, wanted.id, "PutSubnetOperation");
}

/** A target of a type that is not simulated, and an alias, are taken as they are. */
function refuseTarget(change: Change, request: ConnectionRequest): Answer | undefined {
  const { call, was, world } = change;
  const before = was ? requestsOf(was) : [];
  const rules = world.kind(parsePath(request.target).type)?.connections;
  if (!rules || before.some((it) => same(it.target, request.target))) return undefined;
  return (
    refuseApproval(request, call, world) ??
    (world.get(request.target) ? undefined : refuseReference(request.target, request.endpoint)) ??
    refuseGroup(request, rules.groupIds) ??
    refuseConnection(world, request)
  );
}

/** azure-docs rbac-permissions: automatic approval needs the right to approve on the target. */
function refuseApproval(
  { manual, target }: ConnectionRequest,
  call: Change["call"],
  world: World,
): Answer | undefined {
  const action = `${parsePath(target).type}/PrivateEndpointConnectionsApproval/action`;
  return manual ? undefined : refuseLinked(call, action, [target], world);
}

function refuseGroup(
  { groupIds, target }: ConnectionRequest,
  known: readonly string[],
): Answer | undefined {
  const foreign = groupIds.find((it) => !known.some((one) => same(one, it)));
  const isMissing = groupIds.length === 0 && known.length > 0; // a link service has none
  if (foreign === undefined && !isMissing) return undefined;
  return networkFailure(
    400,
    "InvalidPrivateLinkServiceGroupId",
    `The group id '${foreign ?? ""}' is not one of the resource ${target}: ${known.join(", ")}.`,
  );
}

/** Public text (terraform-provider-azurerm 21781): static addresses for all members, or for none. */
function refuseAddresses(wanted: Stored, world: World): Answer | undefined {
  const given = objectsIn(wanted.properties["ipConfigurations"]).map(propertiesOf);
  const [request] = requestsOf(wanted);
  if (given.length === 0 || !request) return undefined;
  const [group = ""] = request.groupIds;
  const missing = membersOf(request.target, request.groupIds, world).filter(
    ({ name }) => !given.some((it) => same(String(it["memberName"]), name)),
  );
  if (missing.length === 0) return undefined;
  const listed = given.map(
    (it) =>
      `[PrivateIPAddress: ${String(it["privateIPAddress"])}, GroupId: ${String(it["groupId"])}, MemberName: ${String(it["memberName"])}]`,
  );
  const lacking = missing.map(({ name }) => `GroupId: ${group}, MemberName: ${name}`).join("; ");
  return networkFailure(
    400,
    "PrivateEndpointIpConfigurationMissingMemberNamesRequiredByFps",
    `Private Endpoint ${wanted.id} contains static ipconfigurations: ${listed.join(", ")} and its missing these membernames/groupids requested by Private Link service [${lacking}]. Private Endpoint needs to be reconfigured with missing memberNames.`,
  );
}
