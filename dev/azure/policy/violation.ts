import type { Answer, Body } from "../answers.ts";
import { parsePath } from "../ids.ts";
import { type Policy, seenBy } from "./assignments.ts";
import { evidence, type Leaf } from "./conditions.ts";
import { placeOf, type Subject } from "./fields.ts";

/** 403 RequestDisallowedByPolicy: public, manners 1.9; one entry a policy that denies. */
export function disallowed(subject: Subject, denying: readonly Policy[], version: string): Answer {
  const identifiers = denying.map(({ assignment, definition }) => ({
    policyAssignment: { name: shownName(assignment), id: assignment.id },
    policyDefinition: { name: shownName(definition), id: definition.id, version: "1.0.0" },
  }));
  return {
    status: 403,
    headers: { "x-ms-failure-cause": "gateway" },
    body: {
      error: {
        code: "RequestDisallowedByPolicy",
        target: subject.name,
        message: `Resource '${subject.name}' was disallowed by policy. Policy identifiers: '${JSON.stringify(identifiers)}'.`,
        additionalInfo: denying.map((it) => violation(it, subject, version)),
      },
    },
  };
}

const shownName = ({ name, properties }: Policy["definition"]): string =>
  typeof properties["displayName"] === "string" ? properties["displayName"] : name;

function violation(policy: Policy, subject: Subject, version: string): Body {
  const { assignment, definition } = policy;
  const leaves = evidence(policy.condition, seenBy(policy, subject, version));
  return {
    type: "PolicyViolation",
    info: {
      evaluationDetails: { evaluatedExpressions: leaves.map((it) => expression(it, subject)) },
      policyDefinitionId: definition.id,
      policyDefinitionName: definition.name,
      policyDefinitionDisplayName: shownName(definition),
      policyDefinitionVersion: "1.0.0",
      policyDefinitionEffect: policy.effect,
      policyAssignmentId: assignment.id,
      policyAssignmentName: assignment.name,
      policyAssignmentDisplayName: shownName(assignment),
      policyAssignmentScope: parsePath(assignment.id).scope,
      policyAssignmentParameters: assignment.properties["parameters"] ?? {},
      policyExemptionIds: [],
      policyEnrollmentIds: [],
    },
  };
}

function expression({ field, operator, wanted, actual }: Leaf, { type }: Subject): Body {
  return {
    result: "True",
    expressionKind: "Field",
    expression: field,
    path: (placeOf(field, type) ?? []).join("."),
    ...(actual !== undefined && { expressionValue: actual }),
    targetValue: wanted,
    operator: operator.slice(0, 1).toUpperCase() + operator.slice(1),
  };
}
