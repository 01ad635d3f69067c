import { type Answer, type Body, failure, list } from "../answers.ts";
import { around } from "../around.ts";
import type { Call } from "../call.ts";
import { parsePath } from "../ids.ts";
import { type Change, type Kind, type Stored, stateless } from "../kinds.ts";
import { precise, same } from "../merge.ts";
import { assignmentType } from "../roles.ts";
import type { World } from "../world.ts";

/** Recorded: PUT answers 201 also on update, DELETE 200 with the deleted body, absent 204. */
export const roleAssignments: Kind = {
  type: assignmentType,
  versions: [
    "2015-07-01",
    "2018-01-01-preview",
    "2020-04-01-preview",
    "2020-08-01-preview",
    "2020-10-01-preview",
    "2022-04-01",
  ],
  echoesId: true,
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  inState: stateless,
  serve: { LIST: (call, world) => list(assignmentsAround(call, world)) },
  refuse: refuseAssignment,
  complete: completeAssignment,
  course: ({ wanted, was }) =>
    wanted
      ? { status: 201, answered: unborn }
      : { status: 200, answered: () => (was ? shown(was) : undefined) },
  show: shown,
  absent: ({ name }, verb) =>
    verb === "DELETE"
      ? undefined
      : failure(404, "RoleAssignmentNotFound", `The role assignment '${name}' is not found.`),
};

/** Recorded (RoleAssignment 10, 11): the answer to the PUT does not know yet who made it. */
const unborn = (it: Body): Body => ({
  ...it,
  properties: { ...Object(it["properties"]), createdBy: null },
});

function completeAssignment(
  wanted: Stored,
  was: Stored | undefined,
  world: World,
  call?: Call,
): Stored {
  const at = precise(world.now());
  const by = call?.principal?.objectId ?? null;
  const sent = wanted.properties;
  const role = parsePath(String(sent["roleDefinitionId"])).name;
  const who = world.directory.find(String(sent["principalId"]));
  const known = who?.kind === "user" ? "User" : "ServicePrincipal";
  return {
    ...wanted,
    properties: {
      scope: parsePath(wanted.id).scope,
      principalType: known,
      condition: null,
      conditionVersion: null,
      createdOn: was?.properties["createdOn"] ?? at,
      updatedOn: at,
      createdBy: was?.properties["createdBy"] ?? by,
      updatedBy: by,
      delegatedManagedIdentityResourceId: null,
      description: null,
      ...sent,
      roleDefinitionId: `/subscriptions/${parsePath(wanted.id).subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    },
  };
}

/** Recorded codes; a principal that says its type is taken unseen. Texts are public ones. */
function refuseAssignment({ wanted, was, body, world }: Change): Answer | undefined {
  if (!wanted) return undefined;
  const twin = refuseTwin(wanted, was, world);
  if (twin) return twin;
  const { principalId, roleDefinitionId } = wanted.properties;
  const role = parsePath(String(roleDefinitionId)).name ?? "";
  if (!world.roles.byId(role))
    return failure(
      404,
      "RoleDefinitionDoesNotExist",
      `The specified role definition with ID '${role.replaceAll("-", "")}' does not exist.`,
    );
  const typed = JSON.stringify(body).includes("principalType");
  if (typed || world.directory.find(String(principalId))) return undefined;
  return failure(
    400,
    "PrincipalNotFound",
    `Principal ${String(principalId).replaceAll("-", "")} does not exist in the directory. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.`,
  );
}

/** manners 1.9, verbatim; that an assignment keeps whom it is for: a public text. */
function refuseTwin(wanted: Stored, was: Stored | undefined, world: World): Answer | undefined {
  const key = (it: Stored, part: string): string =>
    (parsePath(String(it.properties[part])).name ?? String(it.properties[part])).toLowerCase();
  if (was && key(was, "principalId") !== key(wanted, "principalId"))
    return failure(
      409,
      "RoleAssignmentUpdateNotPermitted",
      "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
    );
  const twin = world
    .children(parsePath(wanted.id).scope, assignmentType)
    .filter((it) => !same(it.id, wanted.id))
    .find((it) =>
      ["principalId", "roleDefinitionId"].every((part) => key(it, part) === key(wanted, part)),
    );
  return (
    twin &&
    failure(
      409,
      "RoleAssignmentExists",
      `The role assignment already exists. The ID of the existing role assignment is ${twin.name.replaceAll("-", "")}.`,
    )
  );
}

/** Recorded: `atScope()` shows inherited ones too; without it also those below. `principalId eq` as documented. */
function assignmentsAround(call: Call, world: World) {
  const filter = call.query.get("$filter") ?? "";
  const [, principal] = /principalId eq '([^']*)'/i.exec(filter) ?? [];
  return [...world.children("", assignmentType), ...around(assignmentType, call, world)]
    .filter(
      (it) => principal === undefined || same(String(it.properties["principalId"]), principal),
    )
    .map(shown);
}

function shown(it: Stored) {
  return { properties: it.properties, id: it.id, type: it.type, name: it.name };
}
