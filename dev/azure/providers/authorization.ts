import { type Answer, failure, list } from "../answers.ts";
import type { Call } from "../call.ts";
import { type Kind, type Stored, stateless, view } from "../kinds.ts";
import { locksBelow, locksOn, lockType } from "../layers/locks.ts";
import { pick, same } from "../merge.ts";
import { grantsAt } from "../roles.ts";
import type { World } from "../world.ts";
import { policyExemptions } from "./policy-exemptions.ts";
import { roleAssignments } from "./role-assignments.ts";

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

export const authorizationKinds: readonly Kind[] = [
  locks,
  policyExemptions,
  roleAssignments,
  permissions,
];
