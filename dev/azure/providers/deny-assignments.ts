import { type Body, failure, list } from "../answers.ts";
import { type Kind, view } from "../kinds.ts";
import {
  type DenyAssignment,
  denyAssignmentsAround,
  denyAssignmentType,
} from "../layers/deny-assignments.ts";
import { same } from "../merge.ts";

/** Only services make them (azure-docs deny-assignments); the shape is the specification's. */
export const denyAssignments: Kind = view(denyAssignmentType, ["2022-04-01"], {
  LIST: ({ target }, world) => list(denyAssignmentsAround(target.scope, world).map(shown)),
  GET: ({ target }, world) => {
    const found = denyAssignmentsAround(target.scope, world).find((it) =>
      same(it.guid, target.name),
    );
    return found
      ? { status: 200, body: shown(found) }
      : failure(
          404,
          "DenyAssignmentNotFound",
          `The deny assignment '${target.name}' is not found.`,
        );
  },
});

function shown({ id, guid, name, scope }: DenyAssignment): Body {
  return {
    properties: {
      denyAssignmentName: name,
      permissions: [
        { actions: ["*"], notActions: ["*/read"], dataActions: [], notDataActions: [] },
      ],
      scope,
      doNotApplyToChildScopes: false,
      principals: [{ id: "00000000-0000-0000-0000-000000000000", type: "SystemDefined" }],
      excludePrincipals: [],
      isSystemProtected: true,
    },
    id,
    type: denyAssignmentType,
    name: guid,
  };
}
