import type { Body } from "../../answers.ts";
import type { Stored } from "../../kinds.ts";
import { isObject, omit, pick, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { isOff, isolationMode } from "./common.ts";
import { hasComputes } from "./network-refusals.ts";
import { filled, systemRules } from "./network-rules.ts";

const both = ["AllowInternetOutbound", "AllowOnlyApprovedOutbound"];

/** Claims 36 and 37, the longest of the recorded shapes; api-versions show less of it. */
const resting: Body = {
  changeableIsolationModes: both,
  isolationMode: "Disabled",
  enableNetworkMonitor: false,
  enableFirewallLog: false,
};

/** What becomes of `managedNetwork` in a write. */
export function managedNetworkOf(
  wanted: Stored,
  was: Stored | undefined,
  world: World,
): Body | undefined {
  const sent = wanted.properties["managedNetwork"];
  if (!isObject(sent)) return unsaid(was, world);
  if (isOff(isolationMode(wanted))) return { ...resting, ...sent, isolationMode: "Disabled" };
  const before = was?.properties["managedNetwork"];
  const status = isObject(before) ? before["status"] : undefined;
  const isOther = !same(isolationMode(was), isolationMode(wanted));
  return enabled(wanted, { ...sent, ...(status !== undefined && { status }) }, isOther, world);
}

function unsaid(was: Stored | undefined, world: World): Body | undefined {
  if (!was) return world.behaviour("networkNobodyAskedFor") === "shown" ? resting : undefined;
  const before = was.properties["managedNetwork"];
  return isOff(isolationMode(was)) && isObject(before) ? before : undefined;
}

/** A loaded row is what it says: only an enabled network without an id is filled up. */
export function loadedNetwork(row: Stored, world: World): Body | undefined {
  const said = row.properties["managedNetwork"];
  if (!isObject(said)) return undefined;
  if (isOff(isolationMode(row))) return { ...said, isolationMode: "Disabled" };
  const known = pick(said, ["changeableIsolationModes", "networkId"]);
  return { ...enabled(row, said, said["networkId"] === undefined, world), ...known };
}

/** Claim 38. The service's own rules come with the mode; what was sent is filled up. */
function enabled(it: Stored, network: Body, isOther: boolean, world: World): Body {
  const mode = isolationMode(it);
  const rules = isObject(network["outboundRules"]) ? network["outboundRules"] : {};
  return {
    ...network,
    changeableIsolationModes: both.slice(both.findIndex((one) => same(one, mode)) + 1),
    networkId: it.properties["workspaceId"],
    outboundRules: { ...filled(rules), ...(isOther && systemRules(it, mode, world)) },
    status: network["status"] ?? { status: "Inactive", sparkReady: false },
  };
}

const plain = ["isolationMode", "networkId", "outboundRules", "status"];
const watched = ["enableNetworkMonitor", "enableFirewallLog"];

/**
 * The mode alone up to 2023-04-01-preview (PY); what is watched at 2023-04-01 (C7N Jul 2025, Jul 2026)
 * and where the specification has it, not at 2024-04-01 (ASO). Why the list was once empty is not
 * recorded: here because of computes.
 */
export function shownNetwork(it: Stored, version: string, world: World): Body {
  const network = it.properties["managedNetwork"] as Body;
  if (version.endsWith("-preview") && version <= "2023-04-01-preview") return pick(network, plain);
  const showsAll = version === "2023-04-01" || version >= "2025-09-01";
  const seen = showsAll ? network : omit(network, watched);
  const isStuck = isOff(isolationMode(it)) && hasComputes(it.id, world);
  return network["changeableIsolationModes"] !== undefined && isStuck
    ? { ...seen, changeableIsolationModes: [] }
    : seen;
}
