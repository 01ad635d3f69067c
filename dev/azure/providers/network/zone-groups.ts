import type { Answer, Body } from "../../answers.ts";
import { parsePath } from "../../ids.ts";
import { type Change, isTerminal, type Kind, type Stored } from "../../kinds.ts";
import { pick, same } from "../../merge.ts";
import { operationName } from "../../superseded.ts";
import type { World } from "../../world.ts";
import { refuseLinked } from "../linked-access.ts";
import {
  type Config,
  configsOf,
  recordsIn,
  withdrawRecords,
  writeRecords,
} from "../private-dns/group-records.ts";
import {
  asDescribed,
  networkAbsent,
  networkCourse,
  networkEtag,
  networkFailure,
  networkVersionsSince,
  refuseBusy,
  refuseReference,
  refuseUnreadyParent,
  shareEtag,
} from "./common.ts";
import { groupType as type } from "./endpoint-shape.ts";

/** Sources: docs/sources.md 1b unless a line says otherwise. */
export const zoneGroups: Kind = {
  type,
  versions: networkVersionsSince("2020-03-01"),
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  etag: networkEtag,
  complete: completeGroup,
  refuse: refuseGroup,
  // a PUT is done at the first or the second poll, a DELETE after 1 to 10 s
  course: (change) => networkCourse(change, change.world.between(change.wanted ? 0 : 1, 10)),
  settled: settleGroup,
  absent: networkAbsent,
  loaded(it, world) {
    world.after(0, () => writeRecords(it, world)); // its endpoint settles first
    return it;
  },
  show: (it, version, world) => asDescribed(showGroup(it, world), version, added),
};

const added = ["id", "etag", "type", "properties.provisioningState"].map(
  (it) => `properties.privateDnsZoneConfigs.${it}`,
);

function completeGroup(wanted: Stored): Stored {
  const configs = configsOf(wanted).map(({ name, zone }) => ({
    name,
    properties: { privateDnsZoneId: zone },
  }));
  return { ...wanted, properties: { ...wanted.properties, privateDnsZoneConfigs: configs } };
}

function refuseGroup({ wanted, was, world, call }: Change): Answer | undefined {
  const endpoint = world.get(parsePath(call.target.id).parent);
  // a text recorded for subnets; for endpoints and groups nothing was
  const busy = [endpoint, was].find((it) => it && !isTerminal(it));
  if (busy && wanted) return refuseBusy(lastOperation(busy), busy.id, world);
  if (!wanted) return refuseWithEndpoint(endpoint, call.target.id);
  const configs = configsOf(wanted);
  const zones = configs.map((it) => it.zone);
  const missing = zones.find((it) => !world.get(it));
  return (
    refuseLinked(call, "Microsoft.Network/privateDnsZones/join/action", zones, world) ??
    refuseFormat(configs, wanted.id) ??
    refuseSecond(wanted, world) ??
    refuseCount(configs) ??
    refusePending(endpoint, world) ??
    // not recorded: what Network answers to any other id of nothing
    (missing === undefined ? undefined : refuseReference(missing, wanted.id))
  );
}

/** ASO PrivateEndpoint_CRUD of 2023: while its endpoint goes, and by the same words while it is written. */
function refuseWithEndpoint(endpoint: Stored | undefined, id: string): Answer | undefined {
  if (!endpoint || isTerminal(endpoint)) return undefined;
  return refuseUnreadyParent(endpoint, id, lastOperation(endpoint));
}

function lastOperation({ id, properties }: Stored): string {
  return operationName(properties["provisioningState"] === "Deleting" ? "DELETE" : "PUT", id);
}

/** Public text (pulumi-azure-native 2179). */
function refuseSecond(wanted: Stored, world: World): Answer | undefined {
  const endpoint = parsePath(wanted.id).parent;
  if (world.children(endpoint, type).every((it) => same(it.id, wanted.id))) return undefined;
  return networkFailure(
    400,
    "MoreThanOnePrivateDnsZoneGroupPerPrivateEndpointNotAllowed",
    `Cannot create more than one private dns zone groups in the private endpoint ${endpoint}.`,
  );
}

/** Public texts (terraform-provider-azurerm 28966; without a name, pulumi 2431). */
function refuseFormat(configs: readonly Config[], id: string): Answer | undefined {
  const text = "Cannot parse the request.";
  if (configs.some((it) => it.name === "" || it.name === "undefined"))
    return networkFailure(400, "InvalidRequestFormat", text);
  const twice = configs.find((it, at) =>
    configs.slice(0, at).some((one) => same(one.name, it.name)),
  );
  if (!twice) return undefined;
  const detail = {
    code: "DuplicateResourceName",
    message: `Resource ${parsePath(id).parent}/privateDnsZoneGroups/ has two child resources with the same name (${twice.name}).`,
  };
  return networkFailure(400, "InvalidRequestFormat", text, [detail]);
}

/** azure-docs private-endpoint-dns: five zones at most; code and text are not recorded. */
function refuseCount(configs: readonly Config[]): Answer | undefined {
  return configs.length > 5
    ? networkFailure(400, "InvalidRequestFormat", "A private DNS zone group holds at most 5 zones.")
    : undefined;
}

/** Code and text are ours. */
function refusePending(endpoint: Stored | undefined, world: World): Answer | undefined {
  if (world.behaviour("groupOfPendingEndpoint") === "accepted" || !endpoint) return undefined;
  if (!JSON.stringify(endpoint.properties).includes('"status":"Pending"')) return undefined;
  const text = `The connection of private endpoint ${endpoint.id} waits for approval.`;
  return networkFailure(400, "PrivateEndpointConnectionNotApproved", text);
}

/** PUT replaces (CLI 39, JAVA): records of zones that left go. Group and endpoint share the etag. */
function settleGroup(now: Stored | undefined, was: Stored | undefined, world: World): void {
  const endpoint = parsePath((now ?? was)?.id ?? "").parent;
  const kept = configsOf(now).map((it) => it.zone);
  const left = configsOf(was).filter((it) => !kept.some((zone) => same(zone, it.zone)));
  withdrawRecords(left, endpoint, world);
  if (now) writeRecords(now, world);
  const etag = now && world.get(now.id)?.etag;
  if (etag === undefined) world.touch(endpoint);
  else shareEtag(endpoint, etag, world);
}

/** recordSets stand in the first answer already; `[]` for a zone of a foreign name, without an error. */
function showGroup(it: Stored, world: World): Body {
  const state = it.properties["provisioningState"];
  return {
    ...pick(it, ["name", "id", "etag", "type"]),
    properties: {
      provisioningState: state,
      privateDnsZoneConfigs: configsOf(it).map(({ name, zone }) => ({
        name,
        id: `${it.id}/privateDnsZoneConfigs/${name}`,
        etag: it.etag,
        type: `${type}/privateDnsZoneConfigs`,
        properties: {
          provisioningState: state,
          privateDnsZoneId: zone,
          recordSets: recordSets(it, zone, world).map((one) => ({
            ...one,
            provisioningState: state,
          })),
        },
      })),
    },
  };
}

function recordSets(group: Stored, zone: string, world: World): Body[] {
  const endpoint = world.get(parsePath(group.id).parent);
  const records = endpoint ? recordsIn(zone, endpoint, world) : [];
  return records.map(({ name, address }) => ({
    recordType: "A",
    recordSetName: name,
    fqdn: `${name}.${parsePath(zone).name}`,
    ttl: 10,
    ipAddresses: [address],
  }));
}
