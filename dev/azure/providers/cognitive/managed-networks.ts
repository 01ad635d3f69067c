import type { Body } from "../../answers.ts";
import type { Change, Course, Kind, Stored } from "../../kinds.ts";
import { isObject, omit } from "../../merge.ts";
import type { World } from "../../world.ts";
import { networkVersions } from "./common.ts";
import {
  isEndpoint,
  modeOf,
  networkIdOf,
  networkType,
  refuseNetwork,
  ruleType,
} from "./network-common.ts";
import { provision } from "./network-provision.ts";
import { putRule, rulesOf, shownRule, systemRules } from "./outbound-rules.ts";

/** Recorded: mn, mnp. Before the first PUT nothing is there, but for `bringNetwork`: not recorded, it may read Disabled. */
export const managedNetworks: Kind = {
  type: networkType,
  versions: networkVersions,
  complete: completeNetwork,
  refuse: refuseNetwork,
  course: networkCourse,
  settled(now, _was, world) {
    if (now) settleRules(now, world);
  },
  loaded: takeRulesApart,
  show: showNetwork,
  actions: { provision },
};

const readOnly = ["networkId", "status", "changeableIsolationModes", "provisioningState"];

const managed = ({ properties }: Stored): Body =>
  isObject(properties["managedNetwork"]) ? properties["managedNetwork"] : {};

/** mn 8: what the service adds; rules stand by themselves, here until the write has ended. */
function completeNetwork(wanted: Stored, was: Stored | undefined): Stored {
  const managedNetwork = {
    // not recorded: a network of which no mode was said
    isolationMode: "Disabled",
    firewallSku: "Standard",
    enableNetworkMonitor: false,
    enableFirewallLog: false,
    provisionNetworkNow: true,
    managedNetworkKind: was ? managed(was)["managedNetworkKind"] : "V2",
    ...omit(managed(wanted), [...readOnly, "firewallPublicIpAddress"]),
  };
  return { ...wanted, properties: { ...wanted.properties, managedNetwork } };
}

/** mn 9: 32 s, polled each half minute. DELETE was not recorded. */
function networkCourse({ wanted, was, call, world }: Change): Course {
  const network = networkIdOf(call.target.parent, world);
  const word = `${network.id}-${network.home}`;
  return {
    status: 202,
    state: wanted ? "Updating" : "Deleting",
    seconds: wanted && !was ? secondsOfCreation(wanted, world) : world.between(20, 31),
    operation: { dialect: "managedNetworks", word },
    answered: () => undefined,
  };
}

/** mn 5, mnp 1: 4 min 33 s; accounts 21: with its own rules up to 5 min 35 s, with an endpoint among them 7 min 36 s. */
function secondsOfCreation(wanted: Stored, world: World): number {
  if (modeOf(wanted) !== "AllowOnlyApprovedOutbound") return world.between(244, 272);
  const endpoints = Object.values(systemRules(wanted, world)).filter(isEndpoint);
  return endpoints.length > 0 ? world.between(426, 456) : world.between(244, 335);
}

/** accounts 22: who asks for Microsoft's network has one, open to the internet, without a PUT of it. */
export function bringNetwork(account: Stored, world: World): void {
  const injections = account.properties["networkInjections"];
  const asks = (it: unknown) => isObject(it) && it["useMicrosoftManagedNetwork"] === true;
  const id = `${account.id}/managedNetworks/default`;
  if (!Array.isArray(injections) || !injections.some(asks) || world.get(id)) return;
  const properties = {
    managedNetwork: { isolationMode: "AllowInternetOutbound" },
    provisioningState: "Succeeded",
  };
  world.put(completeNetwork({ id, name: "default", type: networkType, properties }, undefined));
}

/** mn 12, or 13: the service's own rules come with the mode that needs them. */
function settleRules(network: Stored, world: World): void {
  const bare = takeRulesApart(network, world);
  world.put(bare);
  if (managed(bare)["isolationMode"] !== "AllowOnlyApprovedOutbound") return;
  const there = rulesOf(bare.id, world).map((it) => it.name);
  for (const [name, rule] of Object.entries(systemRules(bare, world)))
    if (!there.includes(name)) putRule(bare, name, rule, world);
}

/** Rules inside a body become children. Whether a PUT drops others was not recorded: they stay. */
function takeRulesApart(network: Stored, world: World): Stored {
  const { outboundRules, ...managedNetwork } = managed(network);
  for (const [name, rule] of Object.entries(isObject(outboundRules) ? outboundRules : {}))
    if (isObject(rule)) putRule(network, name, rule, world);
  return { ...network, properties: { ...network.properties, managedNetwork } };
}

/** Fields of the preview (mn 8) that no stable specification has. */
const preview = ["enableNetworkMonitor", "enableFirewallLog", "provisionNetworkNow"];

/** mn 8, 12: no id, name or type; changeableIsolationModes is always empty, and says nothing. */
function showNetwork(it: Stored, version: string, world: World): Body {
  const { isolationMode, outboundRules, ...rest } = managed(it);
  const { provisioningState } = it.properties;
  const isUp = provisioningState === "Succeeded" && isolationMode !== "Disabled";
  const children = world.children(it.id, ruleType).map((rule) => [rule.name, shownRule(rule)]);
  const managedNetwork = {
    isolationMode,
    networkId: networkIdOf(it.id.slice(0, it.id.lastIndexOf("/managedNetworks/")), world).id,
    outboundRules: {
      ...(isObject(outboundRules) && outboundRules),
      ...Object.fromEntries(children),
    },
    // Inactive was not recorded: the specification has it
    status: { status: isUp ? "Active" : "Inactive" },
    ...(version.endsWith("-preview") ? rest : omit(rest, preview)),
    provisioningState,
    changeableIsolationModes: [],
  };
  return { properties: { provisioningState, managedNetwork } };
}
