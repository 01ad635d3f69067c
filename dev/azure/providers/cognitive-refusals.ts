import { type Answer, failure } from "../answers.ts";
import type { Change, Stored } from "../kinds.ts";
import { isObject, same } from "../merge.ts";
import { refuseBusy } from "./cognitive-common.ts";
import { deletedAccounts } from "./cognitive-deleted.ts";

/** What an account objects to; no 4xx but 404 was ever recorded, so texts are quotes or say so. */
export function refuseAccount(change: Change): Answer | undefined {
  const { was, wanted, world, body } = change;
  const busy = refuseBusy(change);
  if (busy || !wanted) return busy;
  if (!was) {
    const reserved = deletedAccounts(world).refuse(wanted, body);
    if (reserved) return reserved;
  }
  return refuseKind(wanted, was) ?? refuseSubDomain(wanted, was) ?? refuseAcls(wanted);
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

/** arm.md 1.1: never changed once set; code and text are not recorded. */
function refuseSubDomain(wanted: Stored, was: Stored | undefined): Answer | undefined {
  const before = was?.properties["customSubDomainName"];
  if (
    before === undefined ||
    same(String(before), String(wanted.properties["customSubDomainName"]))
  )
    return undefined;
  return failure(400, "BadRequest", "The custom subdomain name cannot be changed once it is set.");
}

const trusting = ["OpenAI", "AIServices", "TextAnalytics"];

function refuseAcls(wanted: Stored): Answer | undefined {
  const acls = wanted.properties["networkAcls"];
  if (!isObject(acls)) return undefined;
  const kind = String(wanted["kind"]);
  // quoted: terraform PR 28221, a live test of 2024-12-19
  if (acls["bypass"] !== undefined && !trusting.includes(kind))
    return failure(
      400,
      "NetworkAclsBypassNotSupported",
      `The Kind '${kind}' does not support Trusted Services.`,
    );
  // terraform RequiredWith, azure-docs virtual networks; code and text are not recorded
  if (wanted.properties["customSubDomainName"] === undefined)
    return failure(400, "BadRequest", "Network rules need a custom subdomain name.");
  const rule = narrowRule(acls["ipRules"]);
  // azure-powershell 25455; code and text are not recorded
  return rule === undefined
    ? undefined
    : failure(400, "BadRequest", `The IP rule '${rule}' is too small for CIDR notation.`);
}

function narrowRule(rules: unknown): string | undefined {
  if (!Array.isArray(rules)) return undefined;
  return rules
    .map((it) => String(isObject(it) ? it["value"] : it))
    .find((it) => /\/3[12]$/.test(it));
}
