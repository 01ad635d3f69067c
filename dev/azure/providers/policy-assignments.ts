import { type Answer, failure, gateway, list } from "../answers.ts";
import { around } from "../around.ts";
import type { Call } from "../call.ts";
import { parsePath } from "../ids.ts";
import { type Change, type Kind, type Stored, stateless } from "../kinds.ts";
import { isObject } from "../merge.ts";
import { assignmentType, policyOf } from "../policy/assignments.ts";
import type { World } from "../world.ts";
import { metadataOf, shownPolicy } from "./policy-definitions.ts";

/** Recorded (manners 1.2): PUT 201 also on update, DELETE 200 with the deleted body; enforcementMode Default. */
export const policyAssignments: Kind = {
  type: assignmentType,
  versions: [
    "2020-09-01",
    "2021-06-01",
    "2022-06-01",
    "2023-04-01",
    "2024-05-01",
    "2025-01-01",
    "2025-03-01",
  ],
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  systemData: true,
  inState: stateless,
  serve: { LIST: (call, world) => list(assignmentsAround(call, world)) },
  complete: completeAssignment,
  refuse: refuseAssignment,
  course: ({ wanted, was }) =>
    wanted
      ? { status: 201 }
      : { status: 200, answered: () => (was ? shownPolicy(was) : undefined) },
  loaded(it, world) {
    registerIdentity(it, world);
    return it;
  },
  show: shownPolicy,
  absent: ({ name }, verb) =>
    verb === "DELETE"
      ? { status: 204 }
      : failure(404, "PolicyAssignmentNotFound", `The policy assignment '${name}' is not found.`),
};

function completeAssignment(
  wanted: Stored,
  was: Stored | undefined,
  world: World,
  call?: Call,
): Stored {
  return {
    ...wanted,
    properties: {
      notScopes: [],
      enforcementMode: "Default",
      ...wanted.properties,
      scope: parsePath(wanted.id).scope,
      metadata: metadataOf(wanted, was, world, call),
    },
  };
}

const needIdentity = new Map([
  ["modify", "Modify"],
  ["deployifnotexists", "DeployIfNotExists"],
]);

/** Public texts: Enterprise-Scale 804, azure-powershell 11996. Initiatives are not simulated. */
function refuseAssignment({ wanted, world }: Change): Answer | undefined {
  if (!wanted) return undefined;
  const { policyDefinitionId } = wanted.properties;
  const definition = world.get(String(policyDefinitionId));
  if (!definition)
    return failure(
      400,
      "PolicyDefinitionNotFound",
      `The policy assignment create request is invalid. The policy definition '${policyDefinitionId}' could not be found.`,
    );
  const effect = needIdentity.get(policyOf(wanted, definition).effect);
  if (effect === undefined || isObject(wanted["identity"])) return undefined;
  return gateway(
    400,
    "ResourceIdentityRequired",
    `The policy assignment '${wanted.name}' request is invalid. Policy assignments must include a resource identity when assigning '${effect}' policy definitions.`,
  );
}

/** A loaded one is known; it may do what it is granted, as any other principal. */
function registerIdentity({ name, identity }: Stored, world: World): void {
  const { principalId, tenantId } = isObject(identity) ? identity : {};
  if (typeof principalId !== "string" || world.directory.find(principalId)) return;
  world.directory.register({
    objectId: principalId,
    appId: world.guid(),
    name,
    tenantId: String(tenantId),
    kind: "app",
  });
}

const assignmentsAround = (call: Call, world: World) =>
  around(assignmentType, call, world).map(shownPolicy);
