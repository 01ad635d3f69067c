import type { Facts } from "../../model/facts.ts";
import { hashText } from "../../model/hash.ts";
import { isApproved, networkIdOf, recordName } from "../../model/private-link.ts";
import { child, put } from "../../model/request.ts";
import type { Resource } from "../../model/resource.ts";
import { nameOf, sameId } from "../../model/resource-id.ts";
import { rule } from "../../model/rule.ts";
import { compliant, notApplicable, violation } from "../../model/verdict.ts";
import { isOurs, noRecordInTheWay } from "./guards/no-record-in-the-way.ts";
import { onlyEndpointOfTarget } from "./guards/only-endpoint-of-target.ts";
import { attachedConfigs, type Config, chooseZone, missingZones } from "./zone-choice.ts";

type Endpoint = Resource<"microsoft.network/privateendpoints">;
type Choice = Pick<Facts, "target" | "zoneGroup" | "addresses" | "zoneCandidates">;

/** azure-docs private-endpoint-dns: at most five zones in a group. */
const mostConfigs = 5;

export const dnsZoneGroupComplete = rule({
  id: "private-dns-zone-group-complete",
  title: "The private endpoint has a DNS zone group with every zone and record it needs",
  severity: "high",
  resourceType: "microsoft.network/privateendpoints",
  why: "Without it, names resolve to the public address: calls leave the network, or fail.",
  reference: "https://learn.microsoft.com/azure/private-link/private-endpoint-dns",
  controls: ["MCSB NS-2", "policy c4bc6f10", "policy ee40564d", "policy fbc14a67"],
  needs: ["target", "zoneGroup", "addresses", "zoneRecords"],

  check(endpoint, facts) {
    if (!facts.target || !isApproved(endpoint)) return notApplicable;
    const missing = missingZones(facts);
    if (missing.length > 0) {
      const lack = facts.zoneGroup ? "Its DNS zone group lacks" : "It has no DNS zone group for";
      return violation(`${lack} ${missing.join(", ")}.`, "privateDnsZoneGroups");
    }
    const wrong = wrongRecord(facts);
    return wrong === undefined ? compliant : violation(wrong, "privateDnsZoneGroups");
  },

  fix: {
    needs: ["target", "zoneGroup", "addresses", "zoneCandidates", "network"],
    graceMinutes: 10,
    reachability: "unprovable",
    guards: [noRecordInTheWay, onlyEndpointOfTarget],
    permissions: [
      "Microsoft.Network/privateEndpoints/privateDnsZoneGroups/write",
      "Microsoft.Network/privateDnsZones/join/action",
    ],
    impact: (endpoint, facts) => (isHarmless(endpoint, facts) ? "none" : "may-cut-callers"),
    steps(endpoint, facts) {
      const configs = configsOf(endpoint, facts);
      if (typeof configs === "string") return configs;
      if (configs.length > mostConfigs)
        return `It would need ${configs.length} zones; a group holds five.`;
      const group = child(
        "microsoft.network/privateendpoints/privatednszonegroups",
        endpoint,
        facts.zoneGroup?.name ?? "default",
      );
      return [{ title: "Attach the private DNS zones", request: put(group, bodyOf(configs)) }];
    },
  },
});

/** The first name that does not answer with this endpoint's addresses in the zones attached. */
function wrongRecord(facts: Pick<Facts, "addresses" | "zoneGroup" | "zoneRecords">) {
  const wanted = attachedConfigs(facts.zoneGroup).flatMap(({ zoneId }) =>
    facts.addresses.flatMap(({ fqdn }) => {
      const name = recordName(fqdn, nameOf(zoneId));
      return name === undefined ? [] : [{ zoneId, name }];
    }),
  );
  return wanted.map((it) => problemAt(it, facts)).find((it) => it !== undefined);
}

function problemAt(
  { zoneId, name }: Readonly<{ zoneId: string; name: string }>,
  { addresses, zoneRecords }: Pick<Facts, "addresses" | "zoneRecords">,
): string | undefined {
  const record = zoneRecords.find((it) => it.name === name && sameId(it.zoneId, zoneId));
  if (!record) return `${nameOf(zoneId)} has no record ${name}.`;
  if (isOurs(record, addresses)) return undefined;
  const answer = record.ipAddresses.join(", ");
  return `${nameOf(zoneId)} answers ${name} with ${answer}, which is not this endpoint.`;
}

/** Old and new together: PUT replaces the list (recorded), so what is there is sent along unchanged. */
function configsOf(endpoint: Endpoint, facts: Choice): readonly Config[] | string {
  const configs: Config[] = [...attachedConfigs(facts.zoneGroup)];
  for (const name of missingZones(facts)) {
    const zone = chooseZone(name, facts.zoneCandidates, networkIdOf(endpoint));
    if (typeof zone === "string") return zone;
    const plain = name.replaceAll(".", "-");
    const isTaken = configs.some((it) => it.name.toLowerCase() === plain);
    configs.push({
      name: isTaken ? `${plain}-${hashText(zone.id.toLowerCase()).slice(0, 6)}` : plain,
      zoneId: zone.id,
    });
  }
  return configs;
}

const bodyOf = (configs: readonly Config[]) => ({
  properties: {
    privateDnsZoneConfigs: configs.map(({ name, zoneId }) => ({
      name,
      properties: { privateDnsZoneId: zoneId },
    })),
  },
});

/** Nobody's answer gets worse: the public way is closed already, or all who ask stand in this network. */
function isHarmless(endpoint: Endpoint, facts: Choice & Pick<Facts, "network">): boolean {
  if (facts.target?.properties.publicNetworkAccess?.toLowerCase() === "disabled") return true;
  const own = networkIdOf(endpoint);
  const peered = (facts.network?.properties.virtualNetworkPeerings ?? []).flatMap(
    ({ properties: it }) =>
      it?.peeringState?.toLowerCase() === "connected" ? (it.remoteVirtualNetwork?.id ?? []) : [],
  );
  return missingZones(facts).every((name) => {
    const zone = chooseZone(name, facts.zoneCandidates, own);
    if (typeof zone === "string") return false;
    return zone.linkedNetworks.every((id) => [own, ...peered].some((it) => sameId(it, id)));
  });
}
