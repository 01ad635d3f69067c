import { type Answer, failure, gateway } from "../../answers.ts";
import { parsePath } from "../../ids.ts";
import type { Change, Stored } from "../../kinds.ts";
import { isObject, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { isTrusting } from "./account-shape.ts";
import { accountType, projectType, refuseBusy, refused } from "./common.ts";
import { refuseDeleted, reservedNames } from "./deleted.ts";

/** What an account objects to; no 4xx but 404 was ever recorded, so texts are quotes or say so. */
export function refuseAccount(change: Change): Answer | undefined {
  const { was, wanted, world } = change;
  if (!wanted) return (was && refuseNested(was, world)) ?? refuseBusy(change);
  return (
    refuseBusy(change) ??
    refuseName(wanted) ??
    refuseDeleted(change) ??
    refuseKind(wanted, was) ??
    refuseSubDomain(wanted, was, world) ??
    refuseAccess(wanted) ??
    refuseAcls(wanted)
  );
}

/** terraform-provider-azapi 894: ARM itself, as for zones with links; deployments do not hinder. */
function refuseNested(was: Stored, world: World): Answer | undefined {
  const nested = world
    .children(was.id, projectType)
    .map(({ id }) => id.slice(id.toLowerCase().lastIndexOf("/providers/") + 11));
  if (nested.length === 0) return undefined;
  return gateway(
    409,
    "CannotDeleteResource",
    `Cannot delete resource while nested resources exist. Some existing nested resource IDs include: '${nested.join(", ")}'. Please delete all nested resources before deleting this resource.`,
  );
}

/** arm 1.1: the specification's pattern; code and text are not recorded. */
function refuseName({ name }: Stored): Answer | undefined {
  return /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/.test(name)
    ? undefined
    : refused(`The account name '${name}' is invalid.`);
}

/** terraform azurerm: a kind changes only between OpenAI and AIServices; the text is not recorded. */
function refuseKind(wanted: Stored, was: Stored | undefined): Answer | undefined {
  const kind = wanted["kind"];
  if (typeof kind !== "string")
    return failure(400, "InvalidResourceProperties", "The property 'kind' is required.");
  if (!was || same(kind, String(was["kind"]))) return undefined;
  const free = ["OpenAI", "AIServices"];
  if (free.includes(kind) && free.includes(String(was["kind"]))) return undefined;
  return failure(400, "InvalidResourceProperties", "The kind of an account cannot be changed.");
}

/** arm 1.1: never changed once set; code and text are not recorded. */
function refuseSubDomain(
  wanted: Stored,
  was: Stored | undefined,
  world: World,
): Answer | undefined {
  const before = was?.properties["customSubDomainName"];
  const now = wanted.properties["customSubDomainName"];
  if (before !== undefined)
    return same(String(before), String(now))
      ? undefined
      : refused("The custom subdomain name cannot be changed once it is set.");
  return now === undefined ? undefined : refuseTaken(String(now), wanted, world);
}

/** azuresandbox 164: 409; also of an account deleted within 48 hours, except for its own restore. */
function refuseTaken(name: string, wanted: Stored, world: World): Answer | undefined {
  const { subscription } = parsePath(wanted.id);
  const holders = [
    ...world.ofType(subscription, accountType).filter((it) => !same(it.id, wanted.id)),
    ...reservedNames(wanted, world),
  ];
  if (!holders.some((it) => same(String(it.properties["customSubDomainName"]), name)))
    return undefined;
  return failure(
    409,
    "CustomDomainInUse",
    `Please pick a different name. The subdomain name '${name}' is not available as it's already used by a resource. If the resource using the name was deleted in the last 48 hours, you may need to purge the deleted resource. Learn more at "https://go.microsoft.com/fwlink/?linkid=2215493"`,
  );
}

/** The specification has two values; what others are answered is not recorded. */
function refuseAccess({ properties }: Stored): Answer | undefined {
  const access = String(properties["publicNetworkAccess"]);
  return ["Enabled", "Disabled"].includes(access)
    ? undefined
    : refused(`The value '${access}' of 'publicNetworkAccess' is invalid.`);
}

function refuseAcls(wanted: Stored): Answer | undefined {
  const acls = wanted.properties["networkAcls"];
  if (!isObject(acls)) return undefined;
  const kind = String(wanted["kind"]);
  // terraform-provider-azurerm 28221, a live test of 2024-12-19
  if (acls["bypass"] !== undefined && !isTrusting(kind))
    return failure(
      400,
      "NetworkAclsBypassNotSupported",
      `The Kind '${kind}' does not support Trusted Services.`,
    );
  // terraform RequiredWith, azure-docs virtual networks; code and text are not recorded
  if (wanted.properties["customSubDomainName"] === undefined)
    return refused("Network rules need a custom subdomain name.");
  const rule = narrowRule(acls["ipRules"]);
  // azure-powershell 25455; code and text are not recorded
  return rule === undefined
    ? undefined
    : refused(`The IP rule '${rule}' is too small for CIDR notation.`);
}

function narrowRule(rules: unknown): string | undefined {
  if (!Array.isArray(rules)) return undefined;
  return rules
    .map((it) => String(isObject(it) ? it["value"] : it))
    .find((it) => /\/3[12]$/.test(it));
}
