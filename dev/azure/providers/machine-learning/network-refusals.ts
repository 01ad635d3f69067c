import type { Answer } from "../../answers.ts";
import type { Change } from "../../kinds.ts";
import { isObject, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { computeType, invalid, isOff, isolationMode, workspaceType } from "./common.ts";

/** Transitions go one way: arm 1.3 (docs); the first two texts are quoted from public issues. */
export function refuseNetwork({ wanted, was, body, world }: Change): Answer | undefined {
  if (!wanted) return undefined;
  const sent = isObject(body["properties"]) ? body["properties"]["managedNetwork"] : undefined;
  if (same(String(wanted["kind"]), "Project") && isObject(sent))
    return invalid("Project workspace shouldn't define it's own managed network properties");
  const [from, to] = [isolationMode(was), isolationMode(wanted)];
  if (same(from, to)) return undefined;
  if (isOff(to)) return invalid("Managed network cannot be disabled once enabled.");
  if (!isOff(from) && same(to, "AllowInternetOutbound"))
    return invalid("Managed network cannot be changed from AllowOnlyApprovedOutbound.");
  return isOff(from) && hasComputes(wanted.id, world)
    ? invalid("Managed network cannot be enabled while the workspace has computes.")
    : undefined;
}

/** azure-docs: clusters, instances and managed endpoints must be made again inside the network. */
export function hasComputes(id: string, world: World): boolean {
  const managed = world
    .children(id, computeType)
    .some((it) => it.properties["isAttachedCompute"] !== true);
  return managed || world.children(id, `${workspaceType}/onlineEndpoints`).length > 0;
}
