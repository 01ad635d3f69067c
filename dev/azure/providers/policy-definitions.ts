import { type Answer, type Body, failure } from "../answers.ts";
import type { Call } from "../call.ts";
import { type Kind, type Stored, stateless } from "../kinds.ts";
import { isObject, pick, precise, same } from "../merge.ts";
import { definitionType } from "../policy/assignments.ts";
import { oddCondition } from "../policy/conditions.ts";
import { deploymentOf } from "../policy/deploy.ts";
import { oddExpression } from "../policy/expressions.ts";
import type { World } from "../world.ts";

/**
 * Definitions of a small part of Azure Policy: conditions of fields, the effects below. The rest is refused
 * with `x-not-simulated`, and a loaded one is an error. Shapes: specification; PUT 201 and DELETE 200.
 */
export const policyDefinitions: Kind = {
  type: definitionType,
  versions: ["2020-09-01", "2021-06-01", "2023-04-01", "2024-05-01", "2025-01-01", "2025-03-01"],
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  systemData: true,
  inState: stateless,
  complete: completeDefinition,
  refuse: ({ wanted }) => (wanted ? refuseRule(wanted) : undefined),
  course: ({ wanted }) => ({
    status: wanted ? 201 : 200,
    answered: (it) => (wanted ? it : undefined),
  }),
  loaded(it) {
    const odd = oddRule(it.properties["policyRule"]);
    if (odd !== undefined) throw new Error(`${it.id} is not simulated: ${odd}`);
    return it;
  },
  show: shownPolicy,
  absent: ({ name }, verb) =>
    verb === "DELETE"
      ? undefined
      : failure(
          404,
          "PolicyDefinitionNotFound",
          `The policy definition '${name}' could not be found.`,
        ),
};

export function shownPolicy(it: Stored): Body {
  return pick(it, ["properties", "id", "type", "name", "location", "identity", "systemData"]);
}

/** Recorded for assignments: the times of `metadata` move. */
export function metadataOf(
  wanted: Stored,
  was: Stored | undefined,
  world: World,
  call: Call | undefined,
): Body {
  const sent = wanted.properties["metadata"];
  const before = was?.properties["metadata"];
  const at = precise(world.now());
  const by = call?.principal?.objectId ?? null;
  return {
    ...(isObject(sent) && sent),
    createdBy: isObject(before) ? before["createdBy"] : by,
    createdOn: isObject(before) ? before["createdOn"] : at,
    updatedBy: was ? by : null,
    updatedOn: was ? at : null,
  };
}

function completeDefinition(
  wanted: Stored,
  was: Stored | undefined,
  world: World,
  call?: Call,
): Stored {
  return {
    ...wanted,
    properties: {
      policyType: "Custom",
      mode: "Indexed",
      ...wanted.properties,
      metadata: metadataOf(wanted, was, world, call),
    },
  };
}

function refuseRule({ properties, name }: Stored): Answer | undefined {
  const odd = oddRule(properties["policyRule"]);
  if (odd === undefined) return undefined;
  const message = `The policy definition '${name}' rule is invalid or not simulated: ${odd}`;
  return failure(400, "InvalidPolicyRule", message, { "x-not-simulated": "policy" });
}

/** audit, auditIfNotExists and disabled leave a write alone; what they report is not simulated. */
const effects = ["deny", "modify", "deployIfNotExists", "audit", "auditIfNotExists", "disabled"];

function oddRule(rule: unknown): string | undefined {
  const it = isObject(rule) ? rule : {};
  const then = isObject(it["then"]) ? it["then"] : {};
  const effect = String(then["effect"]);
  const isKnown = effect.startsWith("[") || effects.some((one) => same(one, effect));
  if (!isKnown) return `the effect ${effect}`;
  return oddCondition(it["if"]) ?? oddExpression(then["effect"]) ?? oddDetails(then["details"]);
}

function oddDetails(details: unknown): string | undefined {
  if (!isObject(details)) return undefined;
  const { existenceCondition: wanted, existenceScope, operations, name } = details;
  const resources = deploymentOf(details).template["resources"];
  const kinds = Array.isArray(resources) ? resources.map((it) => String(it?.type)) : [];
  const nested = kinds.find((it) => same(it, "Microsoft.Resources/deployments"));
  return (
    nested ??
    (existenceScope === undefined ? undefined : "existenceScope") ??
    (wanted === undefined ? undefined : oddCondition(wanted)) ??
    oddExpression([operations, name, resources, deploymentOf(details).given])
  );
}
