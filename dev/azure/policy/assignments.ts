import type { Body } from "../answers.ts";
import { isWithin, scopesOf } from "../ids.ts";
import type { Kind, Stored } from "../kinds.ts";
import { isObject, same } from "../merge.ts";
import type { World } from "../world.ts";
import type { Fields } from "./conditions.ts";
import { evaluate, type Scope } from "./expressions.ts";
import { fieldOf, type Subject } from "./fields.ts";

export const definitionType = "Microsoft.Authorization/policyDefinitions";
export const assignmentType = "Microsoft.Authorization/policyAssignments";
const exemptionType = "Microsoft.Authorization/policyExemptions";

/** An assigned definition with the parameters that it was given. */
export type Policy = Readonly<{
  assignment: Stored;
  definition: Stored;
  parameters: Body;
  /** In lower case. */
  effect: string;
  condition: unknown;
  details: Body;
}>;

/** Those that reach a resource of this kind; no order among them is promised. */
export function policiesFor(id: string, kind: Kind, world: World): Policy[] {
  return [...scopesOf(id), ""].flatMap((scope) =>
    world.children(scope, assignmentType).flatMap((assignment) => {
      if (!reaches(assignment, id) || isExempt(assignment, id, world)) return [];
      const definition = world.get(String(assignment.properties["policyDefinitionId"]));
      return definition && isMeant(definition, kind) ? [policyOf(assignment, definition)] : [];
    }),
  );
}

function reaches({ properties }: Stored, id: string): boolean {
  const spared = Array.isArray(properties["notScopes"]) ? properties["notScopes"] : [];
  if (same(String(properties["enforcementMode"]), "DoNotEnforce")) return false;
  return !spared.some((it) => isWithin(id, String(it)));
}

function isExempt({ id: assigned }: Stored, id: string, world: World): boolean {
  return [...scopesOf(id)]
    .flatMap((scope) => world.children(scope, exemptionType))
    .some(({ properties: { policyAssignmentId, expiresOn } }) => {
      const isOver = typeof expiresOn === "string" && new Date(expiresOn) <= world.now();
      return same(String(policyAssignmentId), assigned) && !isOver;
    });
}

/** azure-docs: mode Indexed looks at types with tags and a location only. */
function isMeant({ properties: { mode } }: Stored, kind: Kind): boolean {
  return same(String(mode), "All") || kind.tracked === true;
}

export function policyOf(assignment: Stored, definition: Stored): Policy {
  const { policyRule, parameters: known } = definition.properties;
  const rule = isObject(policyRule) ? policyRule : {};
  const then = isObject(rule["then"]) ? rule["then"] : {};
  const parameters = {
    ...valuesIn(known, "defaultValue"),
    ...valuesIn(assignment.properties["parameters"], "value"),
  };
  return {
    assignment,
    definition,
    parameters,
    effect: String(evaluate(then["effect"], { parameters })).toLowerCase(),
    condition: rule["if"],
    details: isObject(then["details"]) ? then["details"] : {},
  };
}

/** `{"effect": {"value": "deny"}}` is `{"effect": "deny"}`. */
export function valuesIn(parameters: unknown, key: "value" | "defaultValue"): Body {
  const given = Object.entries(isObject(parameters) ? parameters : {});
  return Object.fromEntries(
    given.flatMap(([name, it]) => (isObject(it) && it[key] !== undefined ? [[name, it[key]]] : [])),
  );
}

/** A resource as the rules of a policy see it. */
export function seenBy({ parameters }: Policy, subject: Subject, apiVersion = ""): Fields {
  const field = (name: string): unknown => fieldOf(subject, name);
  const scope: Scope = { parameters, field, apiVersion };
  return { scope, field };
}

/** Who deploys for it: its own principal, or that of an identity that it was given. */
export function identityOf({ identity }: Stored): string | undefined {
  if (!isObject(identity)) return undefined;
  const { principalId, userAssignedIdentities: users } = identity;
  const [first] = Object.values(isObject(users) ? users : {});
  const id = principalId ?? (isObject(first) ? first["principalId"] : undefined);
  return typeof id === "string" ? id : undefined;
}
