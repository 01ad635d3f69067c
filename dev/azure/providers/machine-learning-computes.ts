import { type Answer, type Body, failure } from "../answers.ts";
import { parentNotFound } from "../existence.ts";
import type { Change, Course, Kind, Stored } from "../kinds.ts";
import { isObject, same } from "../merge.ts";
import type { World } from "../world.ts";
import {
  computeType,
  isLoaded,
  isolationMode,
  machineLearningVersions,
  offsetTime,
  refuseUnsettled,
  workspaceOf,
} from "./machine-learning-common.ts";
import { answered, show } from "./machine-learning-compute-body.ts";
import { keepDetached, revive } from "./machine-learning-detached.ts";
import { bornInstance, restart, stop } from "./machine-learning-instances.ts";
import { bornCluster, resume, tend } from "./machine-learning-nodes.ts";
import { failJobs } from "./machine-learning-runs.ts";

/** Clusters, instances and attached computes. No etag, no systemData, no sku (claim 23). */
export const computes: Kind = {
  type: computeType,
  versions: machineLearningVersions,
  readOnly: [
    "createdOn",
    "modifiedOn",
    "provisioningErrors",
    "provisioningWarnings",
    "isAttachedCompute",
  ],
  patched,
  complete,
  refuse,
  course,
  settled,
  loaded(it, world) {
    if (isCluster(it)) world.after(0, () => resume(it.id, world));
    return it;
  },
  show,
  // claim 17: 404 without a body; a DELETE of one that is gone was not recorded, here as specified
  absent: (_target, verb) => ({ status: verb === "DELETE" ? 204 : 404 }),
  orphan: parentNotFound("workspaces/computes"),
  actions: { start: restart, stop },
};

const typeIs = (it: Stored, name: string) => same(String(it.properties["computeType"]), name);
const isCluster = (it: Stored): boolean => typeIs(it, "AmlCompute");
const isInstance = (it: Stored): boolean => typeIs(it, "ComputeInstance");
const isOwn = (it: Stored): boolean => isCluster(it) || isInstance(it);
const specOf = (it: Stored): Body => it.properties["properties"] as Body;

function complete(wanted: Stored, was: Stored | undefined, world: World): Stored {
  if (was) return scaled(was, wanted, world);
  if (isLoaded(wanted, was)) return born(wanted, wanted.properties, world);
  const old = revive(wanted, world);
  return old ? scaled({ ...old, ...envelopeOf(wanted) }, wanted, world) : born(wanted, {}, world);
}

/** Claim 13 and bicep 17617: over an existing one only the scale settings take effect. */
function scaled(was: Stored, wanted: Stored, world: World): Stored {
  const sent = wanted.properties["properties"];
  const scaleSettings = isObject(sent) ? sent["scaleSettings"] : undefined;
  const takes = isCluster(was) && isObject(scaleSettings);
  return {
    ...was,
    ...envelopeOf(wanted),
    properties: {
      ...was.properties,
      modifiedOn: offsetTime(world.now()),
      properties: { ...specOf(was), ...(takes && { scaleSettings }) },
    },
  };
}

function envelopeOf({ tags, identity }: Stored): Body {
  return { ...(tags !== undefined && { tags }), ...(identity !== undefined && { identity }) };
}

/** `known`: what a loaded row says of times and states. */
function born(wanted: Stored, known: Body, world: World): Stored {
  const { properties } = wanted;
  const at = offsetTime(world.now());
  const spec = isObject(properties["properties"]) ? properties["properties"] : {};
  const own = isOwn(wanted);
  return {
    ...wanted,
    properties: {
      createdOn: at,
      modifiedOn: at,
      disableLocalAuth: properties["disableLocalAuth"] ?? false,
      description: properties["description"] ?? null,
      resourceId: own ? null : (properties["resourceId"] ?? null),
      computeType: properties["computeType"],
      computeLocation: properties["computeLocation"] ?? wanted.location,
      provisioningErrors: null,
      isAttachedCompute: !own,
      ...known,
      properties: upperSize(isCluster(wanted) ? bornCluster(spec) : spec),
    },
  };
}

/** Claim 7. */
function upperSize(spec: Body): Body {
  const { vmSize } = spec;
  return typeof vmSize === "string" ? { ...spec, vmSize: vmSize.toUpperCase() } : spec;
}

function patched(was: Stored, body: Body): Stored {
  return { ...was, properties: { ...was.properties, ...(body["properties"] as Body) } };
}

function refuse(change: Change): Answer | undefined {
  const { was, wanted, method } = change;
  const unsettled = refuseUnsettled(was);
  if (unsettled) return unsettled;
  if (method === "PATCH") return was && refusePatch(was, change.body);
  if (wanted) return was ? undefined : refuseNetwork(wanted, change.world);
  const action = change.call.query.get("underlyingResourceAction") ?? "";
  if (!was || !isOwn(was) || /^(delete|detach)$/i.test(action)) return undefined;
  // arm 2, claim 15: needed for clusters and instances; code and text are not recorded
  return failure(400, "BadRequest", "The query parameter underlyingResourceAction is required.");
}

/** ComputeResource.tsp: `ClusterUpdateParameters` has nothing else; the refusal is not recorded. */
function refusePatch(was: Stored, body: Body): Answer | undefined {
  const scale = only(only(only(body, "properties"), "properties"), "scaleSettings");
  if (isCluster(was) && isObject(scale) && scale["maxNodeCount"] !== undefined) return undefined;
  return failure(400, "BadRequest", "Only the scale settings of a cluster can be updated.");
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
    .children(workspace.id, "Microsoft.MachineLearningServices/workspaces/privateEndpointConnections")
    .some(({ properties }) =>
      JSON.stringify(properties["privateLinkServiceConnectionState"]).includes('"Approved"'),
    );
}

/** F2, F3: 201 always, 202, 202; an attached machine took 2 s (ASO), an instance 3 min. */
function course(change: Change): Course {
  const { wanted, was, method, world } = change;
  const operation = { dialect: "computes" } as const;
  const it = wanted ?? was;
  const quick = it !== undefined && !isOwn(it);
  if (!wanted) {
    keepDetached(change);
    const seconds = quick ? 2 : world.between(31, 63);
    return { status: 202, state: "Deleting", seconds, operation, answered: () => undefined };
  }
  const shown = (body: Body) => answered(body, change);
  if (method === "PATCH")
    return { status: 202, state: "Updating", seconds: world.between(7, 30), operation, answered: shown };
  const seconds = isInstance(wanted) && !was ? 180 : world.between(10, 30);
  return { status: 201, state: "Creating", seconds: quick ? 2 : seconds, operation, answered: shown };
}

function settled(now: Stored | undefined, was: Stored | undefined, world: World): void {
  if (!now) return was && failJobs(was, world);
  const it = { ...now, properties: { ...now.properties, modifiedOn: offsetTime(world.now()) } };
  world.put(it);
  if (isCluster(it)) tend(it.id, world);
  if (isInstance(it)) bornInstance(it, world);
}
