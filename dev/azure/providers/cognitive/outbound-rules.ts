import { type Body, list } from "../../answers.ts";
import type { Call } from "../../call.ts";
import { parsePath } from "../../ids.ts";
import type { Change, Course, Kind, Stored } from "../../kinds.ts";
import { isObject, omit } from "../../merge.ts";
import type { World } from "../../world.ts";
import { cutOwnEndpoints, joinOwnEndpoints } from "../machine-learning/own-endpoints.ts";
import { networkVersions } from "./common.ts";
import { digits, networkIdOf, refuseRule, ruleType } from "./network-common.ts";

/** Recorded: or 1-17. A rule has neither id, name, type, systemData nor etag. */
export const outboundRules: Kind = {
  type: ruleType,
  versions: networkVersions,
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  serve: {
    // or 5: those of clients first; names stand only in the network, as keys
    LIST: ({ target }, world) =>
      list(rulesOf(target.parent, world).map((it) => ({ properties: shownRule(it) }))),
  },
  readOnly: ["status", "errorInformation", "parentRuleNames"],
  inState: (it, state) => ({
    ...it,
    properties: { ...it.properties, status: state === "Succeeded" ? "Active" : state },
  }),
  complete: (wanted, _was, world) => whole(wanted, world),
  refuse: refuseRule,
  course: ruleCourse,
  settled(now, was, world) {
    const it = now ?? was;
    if (it) reach(it, now !== undefined, world);
  },
  show: (it) => ({ properties: shownRule(it) }),
};

const isRequired = (it: Stored): boolean => it.properties["category"] === "Required";

export function rulesOf(network: string, world: World): Stored[] {
  const all = world.children(network, ruleType);
  return [...all.filter((it) => !isRequired(it)), ...all.filter(isRequired)];
}

export const shownRule = (it: Stored): Body => omit(it.properties, ["networkId"]);

/** With its network's id, which is wanted once network and account are gone. */
function whole(rule: Stored, world: World): Stored {
  const account = parsePath(parsePath(rule.id).parent).parent;
  const networkId = networkIdOf(account, world).id;
  return { ...rule, properties: { ...filled(rule.properties), networkId } };
}

/** or 12, 17: a service tag gets an action and prefixes, an endpoint nothing. */
function filled(rule: Body): Body {
  const to = rule["destination"];
  const isTag = rule["type"] === "ServiceTag" && isObject(to);
  const { type } = rule;
  return {
    status: "Active",
    category: "UserDefined",
    ...(type !== undefined && { type }),
    ...rule,
    ...(isTag && {
      destination: {
        ...to,
        action: to["action"] ?? "Allow",
        addressPrefixes: to["addressPrefixes"] ?? [],
      },
    }),
  };
}

/** One that comes with the network. */
export function putRule(network: Stored, name: string, rule: Body, world: World): void {
  const id = `${network.id}/outboundRules/${name}`;
  const it = whole({ id, name, type: ruleType, properties: rule }, world);
  world.put(it);
  reach(it, true, world);
}

function ruleCourse({ wanted, was, call, world }: Change): Course {
  const sort = (wanted ?? was)?.properties["type"];
  const account = parsePath(call.target.parent).parent;
  const [least, most] = durationOf(sort, wanted !== undefined, call, world);
  return {
    status: 202,
    state: wanted ? "Provisioning" : "Deleting",
    seconds: world.between(least, most),
    operation: { dialect: "managedNetworks", word: networkIdOf(account, world).id },
    answered: () => undefined,
  };
}

/**
 * or 14: endpoint 3 min 2 s; or 9: tag 31 s; or 1-8: the first FQDN, which brings the firewall,
 * 7 min 36 s, its DELETE 13 min 12 s; accounts 21: 5 min 4 s, and the next FQDN 3 min 33 s; half a minute between polls.
 */
function durationOf(sort: unknown, isPut: boolean, { target }: Call, world: World): Span {
  if (sort === "PrivateEndpoint") return [153, 182];
  if (sort !== "FQDN") return [20, 31];
  if (!isPut) return [763, 792];
  const isFirst = !world.children(target.parent, ruleType).some(isFqdn);
  return isFirst ? [274, 456] : [183, 213];
}

type Span = readonly [least: number, most: number];

const isFqdn = (it: Stored): boolean => it.properties["type"] === "FQDN";

/** Quoted, 2026-05: the endpoint that a rule stands for is an Approved connection of its target. */
function reach(rule: Stored, isThere: boolean, world: World): void {
  const owner = { ...rule, properties: { workspaceId: rule.properties["networkId"] } };
  const rules = { [rule.name]: rule.properties };
  if (isThere) joinOwnEndpoints(owner, rules, world);
  else cutOwnEndpoints(owner, world, rules);
}

/** mn 12; or 13: an account with a sub-domain gets an endpoint of its own. */
export function systemRules(network: Stored, world: World): Record<string, Body> {
  const account = world.get(parsePath(network.id).parent);
  const tag: Body = {
    category: "Required",
    type: "ServiceTag",
    destination: { serviceTag: "AzureActiveDirectory", protocol: "TCP", portRanges: "80, 443" },
  };
  const own: Body = {
    category: "Required",
    type: "PrivateEndpoint",
    destination: { serviceResourceId: account?.id, subresourceTarget: "account" },
  };
  const hasName = account?.properties["customSubDomainName"] !== undefined;
  return {
    __SYS_ST_AzureActiveDirectory_TCP: tag,
    ...(account && hasName && { [`__SYS_PE_${account.name}_account_${digits(account.id)}`]: own }),
  };
}
