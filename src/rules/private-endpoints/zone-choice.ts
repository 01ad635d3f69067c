import type { Facts, ZoneCandidate } from "../../model/facts.ts";
import { requiredZones } from "../../model/private-link.ts";
import { nameOf, sameId } from "../../model/resource-id.ts";

type Group = Facts["zoneGroup"];
export type Config = Readonly<{ name: string; zoneId: string }>;

/** What is attached now, in ARM's order and under its own names: a rename would lose records. */
export const attachedConfigs = (group: Group): readonly Config[] =>
  (group?.properties.privateDnsZoneConfigs ?? []).map(({ name, properties }) => ({
    name: name ?? "",
    zoneId: properties?.privateDnsZoneId ?? "",
  }));

const zoneName = (id: string): string => nameOf(id).toLowerCase();

/** The zones that the target needs and that are not attached; extra zones are never wrong. */
export function missingZones({
  target,
  zoneGroup,
  addresses,
}: Pick<Facts, "target" | "zoneGroup" | "addresses">): readonly string[] {
  if (!target) return [];
  const attached = attachedConfigs(zoneGroup).map(({ zoneId }) => zoneName(zoneId));
  return requiredZones(target, addresses).filter((it) => !attached.includes(it));
}

/** A central zone wins; else exactly one visible zone of that name, linked to the endpoint's network. */
export function chooseZone(
  name: string,
  candidates: readonly ZoneCandidate[],
  network: string | undefined,
): ZoneCandidate | string {
  const named = candidates.filter((it) => it.name === name);
  const central = named.filter((it) => it.isCentral);
  const linked = named.filter(({ linkedNetworks }) =>
    linkedNetworks.some((it) => sameId(it, network)),
  );
  const [only, ...others] = central.length > 0 ? central : linked;
  if (!only) return `No zone ${name} is visible and linked to the network of this endpoint.`;
  return others.length > 0 ? `More than one zone ${name} could be meant.` : only;
}
