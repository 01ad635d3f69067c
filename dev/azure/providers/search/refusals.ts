import type { Answer } from "../../answers.ts";
import { type Change, isTerminal, type Stored } from "../../kinds.ts";
import { isObject, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { isFree, nameRule, searchFailure, searchRefusal, skuOf } from "./common.ts";
import { accesses } from "./shape.ts";

/** What a service objects to. Where no recording is named the rule is as named, and its words are ours. */
export function refuseService(change: Change): Answer | undefined {
  const { wanted, was, world } = change;
  if (!wanted) return undefined;
  if (!isName(wanted.name))
    return searchRefusal(
      "InvalidServiceName",
      `Service name '${wanted.name}' is invalid: ${nameRule}`,
    );
  const text =
    readOnlyIn(change) ??
    missing(wanted) ??
    fixed(change) ??
    badAccess(wanted, change.call.version) ??
    bothAuths(change) ??
    free(change);
  if (text !== undefined) return searchRefusal("BadRequest", text);
  return was && busy(was, world);
}

/** The text: azure-docs, errors during scaling; its status and code were not recorded. */
function busy(was: Stored, world: World): Answer | undefined {
  if (isTerminal(was) || world.behaviour("searchWriteWhileProvisioning") === "accepted")
    return undefined;
  const text =
    "Service update operations aren't allowed at this time because we're processing a previous request.";
  return searchFailure(409, "Conflict", text, world);
}

const readOnly = [
  "privateEndpointConnections",
  "provisioningState",
  "sharedPrivateLinkResources",
  "status",
  "statusDetails",
];

/** terraform azurerm, search_service_resource.go: a PATCH that carries them is refused. */
function readOnlyIn({ method, body }: Change): string | undefined {
  const sent = isObject(body["properties"]) ? Object.keys(body["properties"]) : [];
  const found = method === "PATCH" ? sent.find((it) => readOnly.includes(it)) : undefined;
  return found && `The property '${found}' is read-only.`;
}

/** Required by the specification. */
const missing = (wanted: Stored): string | undefined =>
  isObject(wanted["sku"]) ? undefined : "The property 'sku' is required.";

/** azure-docs: 2 to 60 lower-case letters, digits and single dashes, none among the first two or at the end. */
export const isName = (name: string): boolean =>
  /^[a-z0-9]{2}[a-z0-9-]{0,58}$/.test(name) && !/--|-$/.test(name);

/** azure-docs: since 2025 a tier may be changed, upwards only. */
const tiers = ["basic", "standard", "standard2", "standard3"];

/** NET UpdatingImmutableProperties, by PATCH; letters do not count (NET CanAddAndRemoveServiceIdentity). */
function fixed({ was, wanted, body, call }: Change): string | undefined {
  if (!was || !wanted) return undefined;
  const sent = isObject(body["properties"]) ? body["properties"]["hostingMode"] : undefined;
  if (sent !== undefined && !same(String(sent), String(was.properties["hostingMode"])))
    return "Updating HostingMode of an existing search service is not allowed.";
  const [from, to] = [skuOf(was), skuOf(wanted)];
  const isUpwards = tiers.includes(from) && tiers.indexOf(to) > tiers.indexOf(from);
  return from === "" || from === to || (isUpwards && call.version >= "2025")
    ? undefined
    : "Updating Sku of an existing search service is not allowed.";
}

/** Perimeters came with 2025-05-01 (specification). */
function badAccess({ properties }: Stored, version: string): string | undefined {
  const access = String(properties["publicNetworkAccess"]);
  const known = version < "2025" ? accesses.slice(0, 2) : accesses;
  return known.includes(access)
    ? undefined
    : `The value '${access}' of 'publicNetworkAccess' is invalid.`;
}

/** azure-docs, specification: disableLocalAuth cannot be true while authOptions are set. */
function bothAuths({ body, wanted }: Change): string | undefined {
  const sent = isObject(body["properties"]) ? body["properties"] : {};
  return wanted?.properties["disableLocalAuth"] === true && isObject(sent["authOptions"])
    ? "The property 'authOptions' cannot be set while 'disableLocalAuth' is true."
    : undefined;
}

/** NET CannotCreateOrUpdateFreeServiceWithIdentity; azure-docs: the IP firewall begins with the basic tier. */
function free({ wanted, body }: Change): string | undefined {
  if (!wanted || !isFree(wanted)) return undefined;
  if (isObject(body["identity"])) return "Resource identity is not supported for the selected SKU";
  const { publicNetworkAccess, networkRuleSet } = wanted.properties;
  const rules = isObject(networkRuleSet) ? JSON.stringify(networkRuleSet["ipRules"]) : "[]";
  return publicNetworkAccess !== "Enabled" || rules !== "[]"
    ? "Network rules are not supported in the free tier."
    : undefined;
}
