import { type Answer, type Body, failure } from "../../answers.ts";
import type { Change, Stored } from "../../kinds.ts";
import { isObject, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import {
  accountFailure,
  isCluster,
  isOwn,
  isolationMode,
  refuseUnsettled,
  workspaceOf,
} from "./common.ts";
import { specOf } from "./node-counts.ts";

export function refuseCompute(change: Change): Answer | undefined {
  const { was, wanted, method } = change;
  const unsettled = refuseUnsettled(was);
  if (unsettled) return unsettled;
  if (method === "PATCH") return was && refusePatch(was, change);
  if (wanted) return was ? undefined : refuseNetwork(wanted, change.world);
  const action = change.call.query.get("underlyingResourceAction") ?? "";
  if (!was || !isOwn(was) || /^(delete|detach)$/i.test(action)) return undefined;
  // arm 2, claim 15: needed for clusters and instances; the text is not recorded
  return complaint("The query parameter underlyingResourceAction is required.", was, change.world);
}

/** F6.3, PS Jun 2022: the envelope of the computes' own refusals. */
export function complaint(message: string, it: Stored, world: World): Answer {
  const { location = "" } = workspaceOf(it.id, world) ?? {};
  const answer = accountFailure({ status: 400, code: "UserError", message }, location, world);
  const body = { ...(answer.body as Body), componentName: "machinelearningcompute" };
  return { ...answer, body };
}

/** ComputeResource.tsp: `ClusterUpdateParameters` has nothing else; the refusal is not recorded. */
function refusePatch(was: Stored, { body, world }: Change): Answer | undefined {
  const scale = only(only(only(body, "properties"), "properties"), "scaleSettings");
  if (isCluster(was) && isObject(scale) && scale["maxNodeCount"] !== undefined) return undefined;
  return complaint("Only the scale settings of a cluster can be updated.", was, world);
}

function only(it: unknown, name: string): unknown {
  return isObject(it) && Object.keys(it).every((key) => key === name) ? it[name] : undefined;
}

/**
 * arm 2: nodes without public addresses need a managed network, or a subnet and an approved private
 * endpoint of the workspace; a managed network takes no subnets. The code is that of AzureTRE 1083,
 * where the region could not do it; nothing of this is recorded.
 */
function refuseNetwork(wanted: Stored, world: World): Answer | undefined {
  if (!isOwn(wanted)) return undefined;
  const workspace = workspaceOf(wanted.id, world);
  const { subnet, enableNodePublicIp } = specOf(wanted);
  const managed = !same(isolationMode(workspace), "Disabled");
  const denied = (text: string) => failure(400, "PropertyNotAllowed", text);
  if (managed && isObject(subnet))
    return denied("A subnet is not allowed in a workspace with a managed network.");
  if (enableNodePublicIp !== false || managed) return undefined;
  if (!isObject(subnet)) return denied("Compute without public IP needs a subnet.");
  return workspace && isConnected(workspace, world)
    ? undefined
    : denied("Compute without public IP needs a private endpoint of the workspace.");
}

function isConnected(workspace: Stored, world: World): boolean {
  return world
    .children(
      workspace.id,
      "Microsoft.MachineLearningServices/workspaces/privateEndpointConnections",
    )
    .some(({ properties }) =>
      JSON.stringify(properties["privateLinkServiceConnectionState"]).includes('"Approved"'),
    );
}
