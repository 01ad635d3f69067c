import type { Change, Stored } from "../../kinds.ts";
import { same } from "../../merge.ts";
import type { World } from "../../world.ts";

/*
 * Claim 16: Detach leaves the cluster behind, and a later PUT of its name brings the old
 * specification back. What is left behind is kept below the workspace, out of every caller's sight.
 */

export function keepDetached({ call, was, world }: Change): void {
  if (!was) return;
  if (same(call.query.get("underlyingResourceAction") ?? "", "Detach"))
    world.put({ id: idOf(was), type: "detached", name: was.name, properties: was.properties });
  else world.remove(idOf(was));
}

/** The compute as it was when it was detached, for a PUT of its name. */
export function revive(wanted: Stored, world: World): Stored | undefined {
  const left = world.get(idOf(wanted));
  return left && { ...wanted, properties: left.properties };
}

const idOf = ({ id }: Stored): string => id.replace(/\/computes\/([^/]+)$/i, "/detached/$1");
