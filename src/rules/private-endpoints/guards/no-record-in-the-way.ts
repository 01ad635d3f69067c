import type { Address, ZoneRecord } from "../../../model/facts.ts";
import { recordName } from "../../../model/private-link.ts";
import { nameOf } from "../../../model/resource-id.ts";
import { guard } from "../../../model/rule.ts";
import { compliant, violation } from "../../../model/verdict.ts";
import { missingZones } from "../zone-choice.ts";

/** azure-docs private-endpoint-dns: a second endpoint in one zone deletes the first one's A record. */
export const noRecordInTheWay = guard<
  "microsoft.network/privateendpoints",
  "target" | "zoneGroup" | "addresses" | "candidateRecords"
>({
  id: "no-record-in-the-way",
  title: "No other endpoint's record would be overwritten",
  needs: ["target", "zoneGroup", "addresses", "candidateRecords"],
  yieldsTo: [],
  check(_, facts) {
    const joining = missingZones(facts);
    const other = facts.candidateRecords.find(
      (it) => joining.includes(nameOf(it.zoneId).toLowerCase()) && !isOurs(it, facts.addresses),
    );
    if (!other) return compliant;
    const { zoneId, name, ipAddresses } = other;
    return violation(
      `In ${nameOf(zoneId)} the record ${name} holds ${ipAddresses.join(", ")}: it would be overwritten.`,
    );
  },
});

export function isOurs({ zoneId, name, ipAddresses }: ZoneRecord, addresses: readonly Address[]) {
  const ours = addresses.filter((it) => recordName(it.fqdn, nameOf(zoneId)) === name);
  return ipAddresses.every((ip) => ours.some((it) => it.ipAddresses.includes(ip)));
}
