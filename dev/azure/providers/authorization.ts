import { type Answer, failure, list } from "../answers.ts";
import type { Call } from "../call.ts";
import { isWithin, parsePath, scopesOf } from "../ids.ts";
import { type Change, type Kind, type Stored, stateless, view } from "../kinds.ts";
import { locksBelow, locksOn, lockType } from "../layers/locks.ts";
import { pick, same } from "../merge.ts";
import { assignmentType, grantsAt } from "../roles.ts";
import type { World } from "../world.ts";

/** Recorded: az-cli resource/*lock*; no systemData, no etag, PUT 201 then 200, DELETE 200 empty. */
const locks: Kind = {
  type: lockType,
  versions: ["2015-01-01", "2016-09-01", "2017-04-01", "2020-05-01"],
  echoesId: true,
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  inState: stateless,
  serve: { LIST: (call, world) => list(locksAround(call, world)) },
  refuse: ({ wanted }) => (wanted ? refuseLevel(wanted) : undefined),
  show: (it) => ({ properties: it.properties, id: it.id, type: it.type, name: it.name }),
};

/** Recorded: a list shows locks above and below its scope; `atScope()` leaves out those below. */
function locksAround({ target, query }: Call, world: World) {
  const above = locksOn(world, target.scope);
  const below = /atScope\(\)/i.test(query.get("$filter") ?? "")
    ? []
    : locksBelow(world, target.scope);
  return [...above, ...below].map((it) => pick(it, ["properties", "id", "type", "name"]));
}

/** Public text; not recorded. */
function refuseLevel({ properties }: Stored): Answer | undefined {
  const level = String(properties["level"]);
  if (["CanNotDelete", "ReadOnly"].some((it) => same(it, level))) return undefined;
  return failure(400, "InvalidLockLevel", `The lock level '${level}' is invalid.`);
}

/** Recorded: PUT answers 201 also on update, DELETE 200 with the deleted body, absent 204. */
const roleAssignments: Kind = {
  type: assignmentType,
  versions: [
    "2015-07-01",
    "2018-01-01-preview",
    "2020-04-01-preview",
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
    wanted ? { status: 201 } : { status: 200, answered: () => (was ? shown(was) : undefined) },
  show: shown,
  absent: ({ name }, verb) =>
    verb === "DELETE"
      ? undefined
      : failure(404, "RoleAssignmentNotFound", `The role assignment '${name}' is not found.`),
};

function completeAssignment(wanted: Stored, was: Stored | undefined, world: World): Stored {
  const at = world.now().toISOString();
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
      createdBy: null,
      delegatedManagedIdentityResourceId: null,
      description: null,
      ...sent,
      roleDefinitionId: `/subscriptions/${parsePath(wanted.id).subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    },
  };
}

/** Recorded codes; a principal that says its type is taken unseen. Texts are public ones. */
function refuseAssignment({ wanted, body, world }: Change): Answer | undefined {
  if (!wanted) return undefined;
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

/** Recorded: `atScope()` shows inherited ones too; without it also those below. */
function assignmentsAround({ target, query }: Call, world: World) {
  const above = scopesOf(target.scope).flatMap((it) => world.children(it, assignmentType));
  const below = world
    .ofType(target.subscription, assignmentType)
    .filter((it) => isWithin(it.id, target.scope) && !above.includes(it));
  const wide = /atScope\(\)/i.test(query.get("$filter") ?? "") ? [] : below;
  return [...world.children("", assignmentType), ...above, ...wide].map(shown);
}

function shown(it: Stored) {
  return { properties: it.properties, id: it.id, type: it.type, name: it.name };
}

/** What the caller may do at a scope, one entry a role assignment (azure-docs permissions list). */
const permissions = view(
  "Microsoft.Authorization/permissions",
  ["2015-07-01", "2018-07-01", "2022-04-01"],
  {
    LIST: ({ principal, target }, world) =>
      list(
        (principal ? grantsAt(world, principal, target.scope) : []).map(({ role }) => ({
          actions: role.actions,
          notActions: role.notActions,
          dataActions: [],
          notDataActions: [],
        })),
      ),
  },
);

export const authorizationKinds: readonly Kind[] = [locks, roleAssignments, permissions];
