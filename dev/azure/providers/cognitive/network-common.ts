import { createHash } from "node:crypto";
import { type Answer, type Body, failure } from "../../answers.ts";
import { parsePath } from "../../ids.ts";
import { type Change, isTerminal, type Stored } from "../../kinds.ts";
import { isObject, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { isChanging, refuseBusy } from "./common.ts";

export const networkType = "Microsoft.CognitiveServices/accounts/managedNetworks";
export const ruleType = `${networkType}/outboundRules` as const;

/** Eight hexadecimal digits that are always the same for a text. */
export const digits = (text: string): string =>
  createHash("sha256").update(text.toLowerCase()).digest("hex").slice(0, 8);

/** mn 1 and 8: the account's internalId with dashes. `home` stands in operations (mn 5, mnp 1). */
export function networkIdOf(account: string, world: World): { id: string; home: string } {
  const internal = String(world.get(account)?.properties["internalId"] ?? "");
  const id = internal.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { id, home: digits(parsePath(account).subscription) };
}

export const modeOf = (it: Stored | undefined): unknown => {
  const network = it?.properties["managedNetwork"];
  return isObject(network) ? network["isolationMode"] : undefined;
};

const invalid = (message: string): Answer => failure(400, "ValidationError", message);

/** Quoted, 2026-10: code and part of the text; the status is not. */
export function refuseOngoing(network: Stored | undefined, world: World): Answer | undefined {
  if (!network) return undefined;
  return ![network, ...world.children(network.id, ruleType)].some(isChanging)
    ? undefined
    : failure(409, "Conflict", "The managed network has an ongoing operation running.");
}

const modes = ["Disabled", "AllowInternetOutbound", "AllowOnlyApprovedOutbound"];

/** docs: a network goes towards less, and is not switched off; no text of it was recorded. */
export function refuseNetwork(change: Change): Answer | undefined {
  const { was, wanted, call, world } = change;
  const busy = refuseOngoing(was, world) ?? refuseBusy(change);
  if (busy || !wanted) return busy;
  if (call.target.name?.toLowerCase() !== "default")
    return invalid("The name of a managed network is 'default'.");
  const [from, to] = [modes.indexOf(String(modeOf(was))), modes.indexOf(String(modeOf(wanted)))];
  if (to < 0) return invalid(`The isolation mode '${String(modeOf(wanted))}' is not known.`);
  if (from > 0 && to === 0) return invalid("Managed network cannot be disabled once enabled.");
  if (from > to) return invalid(`Managed network cannot be changed from ${String(modeOf(was))}.`);
  return kindOf(was) === "V2" && kindOf(wanted) === "V1"
    ? invalid("The kind of a managed network cannot be changed from V2 to V1.")
    : undefined;
}

const kindOf = (it: Stored | undefined): unknown => {
  const network = it?.properties["managedNetwork"];
  return isObject(network) ? network["managedNetworkKind"] : undefined;
};

/** What a rule, or a change of one, is refused for. */
export function refuseRule(change: Change): Answer | undefined {
  const { was, wanted, call, world } = change;
  const network = world.get(call.target.parent);
  const account = world.get(parsePath(call.target.parent).parent);
  const busy =
    refuseOngoing(network, world) ??
    (account && !isTerminal(account) ? refuseBusy({ ...change, was: account }) : undefined);
  if (busy) return busy;
  // arm 1.4 has it for workspaces; or 9: a client may say Recommended
  if ((was ?? wanted)?.properties["category"] === "Required")
    return invalid("Required outbound rules cannot be changed.");
  return wanted && (refuseSort(wanted, modeOf(network)) ?? refuseTwin(wanted, network, world));
}

export const isEndpoint = (rule: Body): boolean => rule["type"] === "PrivateEndpoint";

const endpointOf = ({ properties }: Stored): string | undefined => {
  const to = properties["destination"];
  if (!isEndpoint(properties) || !isObject(to)) return undefined;
  return `${to["serviceResourceId"]} ${to["subresourceTarget"]}`.toLowerCase();
};

/** accounts 23: words and status; the code was not told, nor of other sorts. */
function refuseTwin(wanted: Stored, network: Stored | undefined, world: World): Answer | undefined {
  const target = endpointOf(wanted);
  const others = network ? world.children(network.id, ruleType) : [];
  return target !== undefined &&
    others.some((it) => endpointOf(it) === target && !same(it.id, wanted.id))
    ? invalid("There is already an outbound rule to the same destination")
    : undefined;
}

/** The second text is quoted (2026); its code and status are not. */
function refuseSort({ properties }: Stored, mode: unknown): Answer | undefined {
  const { type, destination } = properties;
  const isWhole = type === "FQDN" ? typeof destination === "string" : isObject(destination);
  if (!["FQDN", "PrivateEndpoint", "ServiceTag"].includes(String(type)) || !isWhole)
    return invalid("The outbound rule needs a type, and a destination that fits it.");
  if (mode === "AllowInternetOutbound" && type !== "PrivateEndpoint")
    return invalid(
      'Only "PrivateEndpoint" outbound rules are supported when managed network isolation mode is "AllowInternetOutbound".',
    );
  return mode === "Disabled" ? invalid("The account has no managed network.") : undefined;
}
