import type { Answer } from "../answers.ts";
import { type Change, isTerminal, type Stored } from "../kinds.ts";
import { isObject } from "../merge.ts";
import type { World } from "../world.ts";
import { isFree, searchFailure } from "./search-common.ts";
import { accesses } from "./search-shape.ts";

/** What a service objects to. None was recorded: rules as named, codes and texts are ours. */
export function refuseService(change: Change): Answer | undefined {
  const { wanted, was, world } = change;
  if (!wanted) return undefined;
  const text =
    readOnlyIn(change) ??
    badName(wanted) ??
    missing(wanted) ??
    badAccess(wanted, change.call.version) ??
    bothAuths(change) ??
    free(wanted);
  if (text !== undefined) return searchFailure(400, "BadRequest", text, world);
  return was && busy(was, world);
}

function busy(was: Stored, world: World): Answer | undefined {
  if (isTerminal(was) || world.behaviour("searchWriteWhileProvisioning") === "accepted")
    return undefined;
  const text = `Cannot update search service '${was.name}' because it is being provisioned.`;
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

const badName = ({ name }: Stored): string | undefined =>
  isName(name) ? undefined : `The name '${name}' is invalid.`;

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

/** azure-docs: private endpoints and the IP firewall begin with the basic tier. */
function free(wanted: Stored): string | undefined {
  const { publicNetworkAccess, networkRuleSet } = wanted.properties;
  const rules = isObject(networkRuleSet) ? JSON.stringify(networkRuleSet["ipRules"]) : "[]";
  return isFree(wanted) && (publicNetworkAccess !== "Enabled" || rules !== "[]")
    ? "Network rules are not supported in the free tier."
    : undefined;
}
