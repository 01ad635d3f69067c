import { type Answer, type Body, gateway } from "../answers.ts";
import { parsePath } from "../ids.ts";
import type { Change, Course, Kind, Stored } from "../kinds.ts";
import { isObject, same } from "../merge.ts";
import type { World } from "../world.ts";
import { aRecords, dnsVersions } from "./private-dns-records.ts";

const linkType = "Microsoft.Network/privateDnsZones/virtualNetworkLinks";

/** Sources: recorded/network-dns-search.md 1c. Every write is 202 `{}`; what fails, fails inside the poll. */
const zones: Kind = {
  type: "Microsoft.Network/privateDnsZones",
  versions: dnsVersions,
  tracked: true,
  etag: (world) => world.guid(),
  refuse: refuseZone,
  course: (change) => dnsCourse(change, "PrivateDnsZone", zoneFails(change)),
  show: showZone,
};

type Failure = NonNullable<Course["fails"]>;

function dnsCourse({ wanted, world }: Change, what: string, fails: Failure | undefined): Course {
  const word = `${wanted ? "Upsert" : "Delete"}${what}`;
  return {
    status: 202,
    state: wanted ? "Updating" : "Deleting",
    seconds: world.between(30, 60),
    operation: { dialect: "privateDns", word },
    answered: () => (wanted ? {} : undefined),
    ...(fails && { fails }),
  };
}

const precondition = (message: string): Failure => ({ code: "PreconditionFailed", message });

function zoneFails({ call, was }: Change): Failure | undefined {
  const { name } = call.target;
  return conditionFails(call.headers, was, {
    exists: `The Zone ${name} exists already and hence cannot be created again.`,
    modified: `The Zone ${name} has been modified (etag mismatch).`,
  });
}

function conditionFails(
  headers: Readonly<Record<string, string>>,
  was: Stored | undefined,
  words: Readonly<{ exists: string; modified: string }>,
): Failure | undefined {
  const { "if-match": match, "if-none-match": none } = headers;
  if (none === "*" && was) return precondition(words.exists);
  const isOther = match !== undefined && match !== "*" && match !== was?.etag;
  return isOther ? precondition(words.modified) : undefined;
}

/** Recorded 10 times: by the gateway, at once, until the link's own delete has ended. */
function refuseZone({ wanted, was, world }: Change): Answer | undefined {
  const link = wanted || !was ? undefined : world.children(was.id, linkType)[0];
  if (!link) return undefined;
  const own = link.id.slice(link.id.toLowerCase().lastIndexOf("/providers/") + 11);
  return gateway(
    409,
    "CannotDeleteResource",
    `Cannot delete resource while nested resources exist. Some existing nested resource IDs include: '${own}'. Please delete all nested resources before deleting this resource.`,
  );
}

function showZone(it: Stored, version: string, world: World): Body {
  const links = world.children(it.id, linkType);
  return {
    ...it,
    location: "global",
    properties: {
      maxNumberOfRecordSets: 25000,
      maxNumberOfVirtualNetworkLinks: 1000,
      maxNumberOfVirtualNetworkLinksWithRegistration: 100,
      numberOfRecordSets: 1 + world.children(it.id, aRecords.type).length, // SOA at birth
      numberOfVirtualNetworkLinks: links.length,
      numberOfVirtualNetworkLinksWithRegistration: links.filter(
        (link) => link.properties["registrationEnabled"] === true,
      ).length,
      ...it.properties,
      ...(version >= "2024-06-01" && { internalId: "SW1tdXRhYmxlWm9uZUlkZW50aXR5" }),
    },
  };
}

const links: Kind = {
  type: linkType,
  versions: dnsVersions,
  tracked: true,
  etag: (world) => `"${world.guid()}"`, // recorded: the quotes are part of the JSON text
  complete: completeLink,
  course: (change) => dnsCourse(change, "VirtualNetworkLink", linkFails(change)),
  show: showLink,
};

/** Recorded: a zone with a `privatelink` label answers resolutionPolicy Default since 2024-06-01. */
function completeLink(wanted: Stored): Stored {
  return {
    ...wanted,
    location: "global",
    properties: { registrationEnabled: false, ...wanted.properties },
  };
}

function showLink(it: Stored, version: string): Body {
  const zone = parsePath(parsePath(it.id).parent).name ?? "";
  const isPrivateLink = zone.toLowerCase().split(".").includes("privatelink");
  const isDone = it.properties["provisioningState"] === "Succeeded";
  return {
    ...it,
    properties: {
      ...(isPrivateLink && version >= "2024-06-01" && { resolutionPolicy: "Default" }),
      virtualNetworkLinkState: isDone ? "Completed" : "InProgress",
      ...it.properties,
    },
  };
}

function linkFails({ call, was, wanted, world }: Change): Failure | undefined {
  const zone = parsePath(parsePath(call.target.id).parent).name ?? "";
  const refused = conditionFails(call.headers, was, {
    exists: `The Virtual network link ${call.target.name} for the Private DNS zone ${zone} exists already and hence cannot be created again.`,
    modified: `The Virtual network link '${call.target.name}' for the Private DNS zone '${zone}' has been modified (etag mismatch).`,
  });
  return refused ?? (wanted && overlap(wanted, zone, world));
}

/** Public text: a network takes one zone of a name. */
function overlap(wanted: Stored, zone: string, world: World): Failure | undefined {
  const others = world
    .ofType(parsePath(wanted.id).subscription, linkType)
    .filter((it) => !same(it.id, wanted.id) && same(networkOf(it), networkOf(wanted)));
  return others.some((it) => same(parsePath(parsePath(it.id).parent).name, zone))
    ? {
        code: "BadRequest",
        message: `A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with '${zone}' and '${zone}' zones.`,
      }
    : undefined;
}

function networkOf({ properties }: Stored): string {
  const network = properties["virtualNetwork"];
  return isObject(network) ? String(network["id"]) : "";
}

export const privateDnsKinds: readonly Kind[] = [zones, links, aRecords];
