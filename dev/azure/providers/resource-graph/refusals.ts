import type { Answer, Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import type { Failure } from "../../kql/cursor.ts";
import { precise } from "../../merge.ts";
import type { World } from "../../world.ts";

export type Refuse = (call: Call, world: World) => Answer;

/**
 * Recorded in public: one message for all, the reason in the details. Entries carry numbers, though
 * the specification has objects there. `x-not-simulated`: the real one may take it.
 */
function refused(details: readonly Body[], notSimulated?: string): Refuse {
  return (call, world) => ({
    status: 400,
    ...(notSimulated !== undefined && { headers: { "x-not-simulated": notSimulated } }),
    body: {
      error: {
        code: "BadRequest",
        message: `Please provide below info when asking for support: timestamp = ${precise(world.now())}, correlationId = ${call.correlationId}.`,
        details,
      },
    },
  });
}

const because = (code: string, message: string, notSimulated?: string): Refuse =>
  refused([{ code, message }], notSimulated);

/** Public texts: azure-powershell 13762, aztfexport 485; grafana 35225: a place of 0 is left out. */
export function badQuery({ code, isOurs, ...found }: Failure): Refuse {
  const notSimulated = isOurs ? "query" : undefined;
  if (code === "DisallowedLogicalTableName")
    // public: azqr 847, where it is the only detail
    return because(
      code,
      `Table ${found.token} is invalid, unsupported or disallowed.`,
      notSimulated,
    );
  const invalid = {
    code: "InvalidQuery",
    message:
      "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.",
  };
  const { characterPositionInLine: place, ...rest } = found;
  const where = { line: rest.line, ...(place !== 0 && { characterPositionInLine: place }) };
  return refused([invalid, { code, message: code, ...where, ...rest }], notSimulated);
}

/** Not recorded: what Azure says of options that it does not take. */
export const badOption = (name: string): Refuse =>
  because("InvalidRequest", `The value of '${name}' is invalid or not simulated.`);

/** Public: rubrik-sizing-scripts 87. There is none here, not even the tenant's own. */
export const noGroups = (given: readonly unknown[]): Refuse =>
  because(
    "ManagementGroupsContainInvalidIds",
    `The provided management groups must be valid. Given: '${given.join(",")}'.`,
    "managementGroups",
  );

/** Public: ARI 76. */
export const noGuids = (given: readonly unknown[]): Refuse =>
  because(
    "SubscriptionsContainInvalidGuids",
    `Subscription ids have to be valid GUIDs. Given: '${given.join(",")}'.`,
  );

/** Public (2026): subscriptions that cannot be read are left out without a word, unless all are. */
export const noSubscription = (given: readonly unknown[]): Refuse =>
  because(
    "NoValidSubscriptionsInQueryRequest",
    `There must be at least one subscription that is eligible to contain resources. Given: '${given.join(",")}'.`,
  );

/** Public: cosmos-explorer 1877 (2024), azure-orphan-resources 46. What counts is not recorded; here JSON's bytes. */
export const tooLarge = (bytes: number, most: number): Refuse =>
  because(
    "ResponsePayloadTooLarge",
    `Response payload size is ${bytes}, and has exceeded the limit of ${most}. Please consider querying less data at a time and make paginated call if needed.`,
  );
