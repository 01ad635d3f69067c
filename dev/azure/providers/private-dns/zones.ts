import { type Answer, type Body, gateway } from "../../answers.ts";
import type { Change, Kind, Stored } from "../../kinds.ts";
import { omit, pick } from "../../merge.ts";
import type { World } from "../../world.ts";
import { conditionFails, dnsCourse, type Failure } from "./common.ts";
import { linkType, virtualNetworkLinks } from "./links.ts";
import { dnsVersions, recordKinds, recordsOf, startOfAuthority } from "./records.ts";

/** Sources: docs/sources.md 1c. */
const zones: Kind = {
  type: "Microsoft.Network/privateDnsZones",
  versions: dnsVersions,
  tracked: true,
  etag: (world) => world.guid(),
  etagHeader: "reads", // a PUT answers `{}`
  complete: completeZone,
  refuse: refuseZone,
  // recorded: running 11 s after, done after 20 (2019) or at the look after 30 s, 33 of 34 times
  course: (change) =>
    dnsCourse(change, "PrivateDnsZone", change.world.between(12, 32), zoneFails(change)),
  settled(now, was, world) {
    if (now && !was) world.put(startOfAuthority(now, world));
  },
  show: showZone,
};

/** `internalId` is the base64 of `ImmutableZoneIdentity;guid;0` (ASO PrivateDnsZone_20240601 6). */
function completeZone(wanted: Stored, was: Stored | undefined, world: World): Stored {
  const given = was?.properties["internalId"] ?? wanted.properties["internalId"];
  const text = `ImmutableZoneIdentity;${world.guid()};0`;
  const internalId = given ?? Buffer.from(text).toString("base64");
  const state = pick(wanted.properties, ["provisioningState"]);
  return { ...wanted, location: "global", properties: { internalId, ...state } };
}

function zoneFails({ call, was }: Change): Failure | undefined {
  const { name = "" } = call.target;
  // public text (crossplane-contrib/provider-upjet-azure 19)
  if (!name.includes("."))
    return {
      code: "BadRequest",
      message: `The zone name '${name}' does not have enough labels. Zone names must have two or more labels.`,
    };
  return conditionFails(call.headers, was, {
    exists: `The Zone ${name} exists already and hence cannot be created again.`,
    modified: `The Zone ${name} has been modified (etag mismatch).`,
  });
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
  const records = recordsOf(it.id, world).filter(({ type }) => !type.endsWith("/SOA"));
  return {
    ...omit(it, ["properties"]),
    properties: {
      ...(version >= "2024-06-01" && pick(it.properties, ["internalId"])),
      maxNumberOfRecordSets: 25000,
      maxNumberOfVirtualNetworkLinks: 1000,
      maxNumberOfVirtualNetworkLinksWithRegistration: 100,
      numberOfRecordSets: 1 + records.length, // the SOA at birth
      numberOfVirtualNetworkLinks: links.length,
      numberOfVirtualNetworkLinksWithRegistration: links.filter(
        (link) => link.properties["registrationEnabled"] === true,
      ).length,
      provisioningState: it.properties["provisioningState"],
    },
  };
}

export const privateDnsKinds: readonly Kind[] = [zones, virtualNetworkLinks, ...recordKinds];
