import { type Answer, type Body, bare } from "../../answers.ts";
import type { Call } from "../../call.ts";
import { parentNotFound } from "../../existence.ts";
import { parsePath, type Target } from "../../ids.ts";
import { type Change, type Kind, type Stored, stateless, type Verb, view } from "../../kinds.ts";
import { isObject, omit, pick, same } from "../../merge.ts";
import { page } from "../../paging.ts";
import type { World } from "../../world.ts";

export const dnsVersions = ["2018-09-01", "2020-01-01", "2020-06-01", "2024-06-01"];
const zoneType = "Microsoft.Network/privateDnsZones";
const aType = `${zoneType}/A` as const;

/** The list that a record set of a type has even when it is empty; the others have one record. */
const lists: Readonly<Record<string, string | undefined>> = {
  A: "aRecords",
  AAAA: "aaaaRecords",
  CNAME: undefined,
  MX: "mxRecords",
  PTR: "ptrRecords",
  SRV: "srvRecords",
  TXT: "txtRecords",
  SOA: undefined,
};

/** Sources: docs/sources.md 1c. All of it at once: 201 or 200, DELETE 200. */
function recordSets(type: string): Kind {
  const isSoa = type === "SOA";
  return {
    type: `${zoneType}/${type}`,
    versions: dnsVersions,
    ...(isSoa && { verbs: ["GET", "LIST", "PUT", "PATCH"] }), // born with its zone
    etag: (world) => world.guid(),
    inState: stateless,
    readOnly: ["fqdn", "isAutoRegistered"],
    complete: (wanted, was) => completeRecord(wanted, was, lists[type]),
    refuse: refuseRecord,
    absent: absentRecord,
    serve: {
      LIST: (call, world) => listed(call, [`${zoneType}/${type}`], world),
      ...(isSoa && { DELETE: keepAuthority }),
    },
    orphan: parentNotFound(`privateDnsZones/${type}`),
    show: (it) => omit(it, ["writer"]),
  };
}

/** PS TestRecordSetSOA: bare. */
const keepAuthority = ({ target }: Call): Answer =>
  bare(
    400,
    "BadRequest",
    `Record sets of type 'SOA' with name '${target.name}' cannot be deleted.`,
  );

const types = Object.keys(lists).map((it) => `${zoneType}/${it}`);

export const recordKinds: readonly Kind[] = [
  ...Object.keys(lists).map(recordSets),
  view(`${zoneType}/ALL`, dnsVersions, { LIST: (call, world) => listed(call, types, world) }),
];

/** `$recordsetnamesuffix` filters by the end of the name (Microsoft.Network specification). */
function listed(call: Call, wanted: readonly string[], world: World): Answer {
  const end = call.query.get("$recordsetnamesuffix")?.toLowerCase() ?? "";
  const records = recordsOf(call.target.parent, world)
    .filter((it) => wanted.includes(it.type))
    .toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  return page(call, records, (it) =>
    it.name.toLowerCase().endsWith(end) ? omit(it, ["writer"]) : undefined,
  );
}

/**
 * By the labels from the right, then by type (test_Private_Dns_Zone1, Zone2 and Zone5_Import: `160.2`,
 * `200`, `160.3`, then `sub`, `www.sub`). The separators are below every letter of a name.
 */
const placeOf = ({ name, type }: Stored): string =>
  `${name.toLowerCase().split(".").reverse().join("\u0001")}\u0000${type}`;

/** All record sets of a zone. */
export function recordsOf(zone: string, world: World): Stored[] {
  return world.children(zone).filter((it) => types.includes(it.type));
}

/** Property order as recorded; the serial number of an SOA stays (PatchRecordSet_Soa 10). */
function completeRecord(wanted: Stored, was: Stored | undefined, list: string | undefined): Stored {
  const { metadata, ttl, TTL, soaRecord, cnameRecord, ...rest } = wanted.properties;
  const zone = parsePath(parsePath(wanted.id).parent).name;
  const soa = soaRecord !== undefined && {
    soaRecord: {
      ...Object(soaRecord),
      ...pick(Object(was?.properties["soaRecord"]), ["serialNumber"]),
    },
  };
  return {
    ...wanted,
    properties: {
      ...(metadata !== undefined && { metadata }),
      fqdn: wanted.name === "@" ? `${zone}.` : `${wanted.name}.${zone}.`,
      ttl: ttl ?? TTL ?? 3600,
      ...(list !== undefined && { [list]: [] }),
      ...omit(rest, ["fqdn"]),
      ...(hasCname(cnameRecord) && { cnameRecord }),
      ...soa,
      isAutoRegistered: false,
    },
  };
}

/** An empty name is none: no record is shown (PS TestRecordSetAddTwoCnames). */
const hasCname = (it: unknown): boolean => isObject(it) && it["cname"] !== "";

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

function absentRecord({ name, group, subscription }: Target, verb: Verb): Answer {
  if (verb === "DELETE") return { status: 204 };
  return bare(
    404,
    "NotFound",
    `The resource record '${name}' does not exist in resource group '${group}' of subscription '${subscription}'.`,
  );
}

/** Recorded: test_ListRecordSetsAcrossType, test_PatchRecordSet_SoaRecord 7. */
export function startOfAuthority(zone: Stored, world: World): Stored {
  const soaRecord: Body = {
    email: "azureprivatedns-host.microsoft.com",
    expireTime: 2419200,
    host: "azureprivatedns.net",
    minimumTtl: 10,
    refreshTime: 3600,
    retryTime: 300,
    serialNumber: 1,
  };
  const bareRecord = { id: `${zone.id}/SOA/@`, name: "@", type: `${zoneType}/SOA` };
  const it = { ...bareRecord, etag: world.guid(), properties: { soaRecord } };
  return completeRecord(it, undefined, undefined);
}

type Written = Readonly<{ zone: string; name: string; address: string; endpoint: Stored }>;

/**
 * ttl 10 (recorded in the group's recordSets, JAVA); `creator` as in exported templates. It stands over
 * whatever was there: a second endpoint of the same target overwrites the first one's record
 * (azure-docs private-endpoint-dns).
 */
export function putRecord(world: World, { zone, name, address, endpoint }: Written): void {
  const creator = `created by private endpoint ${endpoint.name} with resource guid ${String(endpoint.properties["resourceGuid"])}`;
  const home = world.get(zone)?.id ?? zone;
  const wanted = {
    id: `${home}/A/${name}`,
    name,
    type: aType,
    etag: world.guid(),
    writer: endpoint.id,
    properties: { metadata: { creator }, ttl: 10, aRecords: [{ ipv4Address: address }] },
  };
  world.put(completeRecord(wanted, undefined, lists["A"]));
}

/** The records in a zone that an endpoint was the last to write. */
export function dropRecords(world: World, zone: string, endpoint: string): void {
  for (const it of world.children(zone, aType))
    if (same(String(it["writer"] ?? ""), endpoint)) world.remove(it.id);
}
