import { type Answer, bare } from "../answers.ts";
import type { Call } from "../call.ts";
import { parentNotFound } from "../existence.ts";
import { parsePath, type Target } from "../ids.ts";
import type { Change, Kind, Stored } from "../kinds.ts";
import { isObject } from "../merge.ts";
import { page } from "../paging.ts";
import type { World } from "../world.ts";

export const dnsVersions = ["2018-09-01", "2020-01-01", "2020-06-01", "2024-06-01"];
const type = "Microsoft.Network/privateDnsZones/A";

/** Sources: recorded/network-dns-search.md 1c. Record sets answer at once; other types are not simulated. */
export const aRecords: Kind = {
  type,
  versions: dnsVersions,
  etag: (world) => world.guid(),
  inState: (it) => it,
  complete: completeRecord,
  refuse: refuseRecord,
  absent: absentRecord,
  serve: { LIST: listRecords },
  orphan: parentNotFound("privateDnsZones/A"),
};

/** `$recordsetnamesuffix` filters by the end of the name (Microsoft.Network specification). */
function listRecords(call: Call, world: World): Answer {
  const end = call.query.get("$recordsetnamesuffix")?.toLowerCase() ?? "";
  const records = world.children(call.target.parent, type);
  return page(call, records, (it) => (it.name.toLowerCase().endsWith(end) ? it : undefined));
}

function completeRecord(wanted: Stored): Stored {
  const { ttl, TTL, ...rest } = wanted.properties;
  const zone = parsePath(parsePath(wanted.id).parent).name;
  return {
    ...wanted,
    properties: {
      ...rest,
      fqdn: `${wanted.name}.${zone}.`,
      ttl: ttl ?? TTL ?? 3600,
      isAutoRegistered: false,
    },
  };
}

/** A real 412, bare (PatchRecordSet 11, PutRecordSet 10). */
function refuseRecord({ call, was }: Change): Answer | undefined {
  const { "if-match": match, "if-none-match": none } = call.headers;
  if (none === "*" && was)
    return bare(
      412,
      "PreconditionFailed",
      `The Record set ${was.name} exists already and hence cannot be created again.`,
    );
  if (match !== undefined && match !== "*" && match !== was?.etag)
    return bare(
      412,
      "PreconditionFailed",
      `The Record set ${call.target.name} has been modified (etag mismatch).`,
    );
  return undefined;
}

function absentRecord({ name, group, subscription }: Target, verb: string): Answer {
  if (verb === "DELETE") return { status: 204 };
  return bare(
    404,
    "NotFound",
    `The resource record '${name}' does not exist in resource group '${group}' of subscription '${subscription}'.`,
  );
}

/** A second endpoint of the same target overwrites the first one's record (azure-docs private-endpoint-dns). */
export function putRecord(
  world: World,
  zone: string,
  name: string,
  address: string,
  endpoint: string,
): void {
  world.put({
    id: `${zone}/A/${name}`,
    name,
    type,
    etag: world.guid(),
    properties: {
      metadata: { creator: `created by private endpoint ${endpoint}` },
      fqdn: `${name}.${parsePath(zone).name}.`,
      ttl: 10,
      aRecords: [{ ipv4Address: address }],
      isAutoRegistered: false,
    },
  });
}

/** The records of an endpoint go with its group, or with itself. */
export function dropRecord(world: World, zone: string, endpoint: string): void {
  for (const it of world.children(zone, type)) {
    const { metadata } = it.properties;
    if (isObject(metadata) && metadata["creator"] === `created by private endpoint ${endpoint}`)
      world.remove(it.id);
  }
}
