import { type Answer, type Body, failure, gateway } from "../answers.ts";
import { parsePath } from "../ids.ts";
import type { Change, Course, Kind, Stored } from "../kinds.ts";
import { isObject, same } from "../merge.ts";
import type { Principal } from "../principals.ts";
import { grantFor } from "../roles.ts";
import type { World } from "../world.ts";
import { namesOf, recordNameIn } from "./link-names.ts";
import { isDescribed, networkVersions } from "./network-common.ts";
import { dropRecord, putRecord } from "./private-dns-records.ts";
import { addressOf, requestsOf } from "./private-endpoints.ts";

const type = "Microsoft.Network/privateEndpoints/privateDnsZoneGroups";

/** Sources: recorded/network-dns-search.md 1b unless a line says otherwise. */
export const zoneGroups: Kind = {
  type,
  versions: networkVersions,
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  refuse: refuseGroup,
  course: groupCourse,
  settled: settleGroup,
  show: showGroup,
  loaded(it, world) {
    writeRecords(it, world);
    return it;
  },
};

type Config = Readonly<{ name: string; zone: string }>;

export function configsOf(it: Stored | undefined): Config[] {
  const configs = it?.properties["privateDnsZoneConfigs"];
  return (Array.isArray(configs) ? configs : []).filter(isObject).map(({ name, properties }) => ({
    name: String(name),
    zone: isObject(properties) ? String(properties["privateDnsZoneId"]) : "",
  }));
}

function refuseGroup({ wanted, world, call }: Change): Answer | undefined {
  if (!wanted) return undefined;
  const configs = configsOf(wanted);
  return (
    refuseSecond(wanted, world) ??
    refuseNames(configs, wanted.id) ??
    refuseCount(configs) ??
    refuseZones(configs, world, call.principal)
  );
}

const join = "Microsoft.Network/privateDnsZones/join/action";

/** Public text (pulumi-azure-native 2179). */
function refuseSecond(wanted: Stored, world: World): Answer | undefined {
  const others = world.children(parsePath(wanted.id).parent, type);
  return others.some((it) => !same(it.id, wanted.id))
    ? failure(
        400,
        "MoreThanOnePrivateDnsZoneGroupPerPrivateEndpointNotAllowed",
        `Cannot create more than one private dns zone groups in the private endpoint ${parsePath(wanted.id).parent}.`,
      )
    : undefined;
}

/** Public text (terraform 28966). */
function refuseNames(configs: readonly Config[], id: string): Answer | undefined {
  const twice = configs.find((it, i) =>
    configs.some((other, j) => j < i && same(other.name, it.name)),
  );
  if (!twice) return undefined;
  return {
    status: 400,
    body: {
      error: {
        code: "InvalidRequestFormat",
        message: "Cannot parse the request.",
        details: [
          {
            code: "DuplicateResourceName",
            message: `Resource ${parsePath(id).parent}/privateDnsZoneGroups/ has two child resources with the same name (${twice.name}).`,
          },
        ],
      },
    },
  };
}

/** azure-docs private-endpoint-dns: five zones at most; code and text are not recorded. */
function refuseCount(configs: readonly Config[]): Answer | undefined {
  return configs.length > 5
    ? failure(400, "InvalidRequestFormat", "A private DNS zone group holds at most 5 zones.")
    : undefined;
}

/** LinkedAuthorizationFailed: public text; a zone that is not there: code and text not recorded. */
function refuseZones(
  configs: readonly Config[],
  world: World,
  principal: Principal | undefined,
): Answer | undefined {
  const missing = configs.find((it) => !world.get(it.zone));
  if (missing)
    return failure(
      400,
      "InvalidResourceReference",
      `Resource ${missing.zone} referenced by a private DNS zone group was not found.`,
    );
  const foreign = configs.find((it) => principal && !grantFor(world, principal, join, it.zone));
  return (
    foreign &&
    gateway(
      403,
      "LinkedAuthorizationFailed",
      `The client has permission to perform action 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups/write' on scope; however, it does not have permission to perform action '${join}' on the linked scope(s) '${foreign.zone}' or the linked scope(s) are invalid.`,
    )
  );
}

/** 201 or 200, Azure-AsyncOperation only, never Location; done in 0–10 s. */
function groupCourse({ wanted, was, world }: Change): Course {
  const seconds = world.between(0, 10);
  if (!wanted)
    return {
      status: 202,
      state: "Deleting",
      seconds,
      operation: { dialect: "network" },
      answered: () => undefined,
    };
  const operation = { dialect: "network", headers: ["Azure-AsyncOperation"] } as const;
  return { status: was ? 200 : 201, state: "Updating", seconds, operation };
}

/** PUT replaces: records of zones that are no longer there go, the others are written. */
function settleGroup(now: Stored | undefined, was: Stored | undefined, world: World): void {
  const endpoint = parsePath((now ?? was)?.id ?? "").parent;
  const kept = configsOf(now).map((it) => it.zone.toLowerCase());
  const left = configsOf(was).filter((it) => !kept.includes(it.zone.toLowerCase()));
  for (const { zone } of left) dropRecord(world, zone, endpoint);
  if (now) writeRecords(now, world);
  world.touch(endpoint);
}

function writeRecords(group: Stored, world: World): void {
  const endpoint = world.get(parsePath(group.id).parent);
  if (!endpoint) return;
  for (const { zone } of configsOf(group))
    for (const name of recordNames(endpoint, zone, world))
      putRecord(world, zone, name, addressOf(endpoint, world), endpoint.id);
}

function recordNames(endpoint: Stored, zone: string, world: World): string[] {
  const [request] = requestsOf(endpoint);
  const names = request ? namesOf(request.target, world) : [];
  return names.flatMap((it) => recordNameIn(parsePath(zone).name ?? "", it) ?? []);
}

/** recordSets are there from the first answer; `[]` for a zone of a foreign name, without an error. */
function showGroup(it: Stored, version: string, world: World): Body {
  const endpoint = world.get(parsePath(it.id).parent);
  const provisioningState = it.properties["provisioningState"];
  const etag = endpoint?.etag; // recorded: the group's is the endpoint's
  const configs = configsOf(it).map(({ name, zone }) => ({
    name,
    ...(!isDescribed(version) && {
      id: `${it.id}/privateDnsZoneConfigs/${name}`,
      etag,
      type: `${type}/privateDnsZoneConfigs`,
    }),
    properties: {
      ...(!isDescribed(version) && { provisioningState }),
      privateDnsZoneId: zone,
      recordSets: recordSets(it, zone, world),
    },
  }));
  const properties = { provisioningState, privateDnsZoneConfigs: configs };
  return { id: it.id, name: it.name, ...(!isDescribed(version) && { type }), etag, properties };
}

function recordSets(group: Stored, zone: string, world: World): Body[] {
  const endpoint = world.get(parsePath(group.id).parent);
  if (!endpoint) return [];
  return recordNames(endpoint, zone, world).map((name) => ({
    recordType: "A",
    recordSetName: name,
    fqdn: `${name}.${parsePath(zone).name}`,
    ttl: 10,
    provisioningState: group.properties["provisioningState"],
    ipAddresses: [addressOf(endpoint, world)],
  }));
}
