import type { Address, ZoneRecord } from "../../../model/facts.ts";
import { recordName } from "../../../model/private-link.ts";
import { nameOf } from "../../../model/resource-id.ts";
import { guard } from "../../../model/rule.ts";
import { compliant, violation } from "../../../model/verdict.ts";

/** azure-docs private-endpoint-dns: a second endpoint in one zone deletes the first one's A record. */
export const noRecordInTheWay = guard<
  "microsoft.network/privateendpoints",
  "addresses" | "candidateRecords"
>({
  id: "no-record-in-the-way",
  title: "No other endpoint's record would be overwritten",
  needs: ["addresses", "candidateRecords"],
  yieldsTo: [],
  check(_, { addresses, candidateRecords }) {
    const other = candidateRecords.find((it) => !isOurs(it, addresses));
    return other
      ? violation(
          `In ${nameOf(other.zoneId)} the record ${other.name} holds ${other.ipAddresses.join(", ")}: it would be overwritten.`,
        )
      : compliant;
  },
});

export function isOurs({ zoneId, name, ipAddresses }: ZoneRecord, addresses: readonly Address[]) {
  const ours = addresses.filter((it) => recordName(it.fqdn, nameOf(zoneId)) === name);
  return ipAddresses.every((ip) => ours.some((it) => it.ipAddresses.includes(ip)));
}
