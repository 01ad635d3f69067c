import { groupOf } from "../../../model/resource-id.ts";
import { guard } from "../../../model/rule.ts";
import { compliant, violation } from "../../../model/verdict.ts";

/**
 * Recorded: the list also returns locks on children and neighbours. Those at or above stop every
 * write; a CanNotDelete below stops a delete. A lock on the group of its network stops the delete of
 * the load balancer that Azure put there (azure-docs how-to-secure-training-vnet).
 */
export const noLocks = guard<"microsoft.machinelearningservices/workspaces/computes", "locks">({
  id: "no-locks",
  title: "No lock stands in the way",
  needs: ["locks"],
  yieldsTo: [],
  check({ id, properties }, { locks }) {
    const subnet = properties.properties?.subnet?.id ?? "";
    const group = groupOf(subnet);
    const lock = locks.find(
      ({ scope }) =>
        isWithin(id, scope) || isWithin(scope, id) || (group && isWithin(group, scope)),
    );
    return lock ? violation(`A ${lock.level} lock on ${lock.scope} forbids it.`) : compliant;
  },
});

const isWithin = (id: string, scope: string): boolean =>
  `${id}/`.toLowerCase().startsWith(`${scope}/`.toLowerCase());
