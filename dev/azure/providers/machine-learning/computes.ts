import type { Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import { parentNotFound } from "../../existence.ts";
import type { Change, Course, Kind, Stored } from "../../kinds.ts";
import { isObject } from "../../merge.ts";
import type { World } from "../../world.ts";
import {
  computeType,
  isCluster,
  isInstance,
  isLoaded,
  isOwn,
  machineLearningVersions,
  offsetTime,
  workspaceOf,
} from "./common.ts";
import { answered, show } from "./compute-body.ts";
import { refuseCompute } from "./compute-refusals.ts";
import { keepDetached, revive } from "./detached.ts";
import { bornInstance, restart, start, stop } from "./instances.ts";
import { bornCluster, specOf } from "./node-counts.ts";
import { listNodes } from "./node-list.ts";
import { resume, tend } from "./nodes.ts";
import { failJobs } from "./runs.ts";

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
  refuse: refuseCompute,
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
  actions: { start, stop, restart, listNodes },
};

function complete(sent: Stored, was: Stored | undefined, world: World, call?: Call): Stored {
  const wanted = { ...sent, ...identityOf(sent, call) };
  if (was) return scaled(was, wanted, world);
  if (isLoaded(wanted, was)) return born(wanted, wanted.properties, world);
  const old = revive(wanted, world);
  return old ? scaled(born(old, {}, world), wanted, world) : born(wanted, {}, world);
}

/** sdkpy_cluster_states 3: the tenant stands there with a user-assigned identity too. */
function identityOf({ identity }: Stored, call: Call | undefined): Body {
  const tenantId = call?.principal?.tenantId;
  return isObject(identity) && tenantId !== undefined
    ? { identity: { tenantId, ...identity } }
    : {};
}

/**
 * Claim 13 and bicep 17617: over an existing one only the scale settings take effect. Whether those
 * that a PATCH leaves out are kept or reset cannot be told (claim 11): here reset, which is worse.
 */
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
      properties: upperSize(isCluster(wanted) ? bornCluster(spec, known === properties) : spec),
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

/**
 * F3: 201 always, 202, 202. By `modifiedOn` a new cluster took 10 to 22 s, an instance 127 to 155 s,
 * a change to an old one 0 to 6 s (PS, PY), an attached machine 2 s (ASO); a DELETE as in F2.
 */
function course(change: Change): Course {
  const { wanted, was, method, world } = change;
  // claim 22: the address names the workspace's region
  const { location = "" } = workspaceOf(change.call.target.id, world) ?? {};
  const operation = { dialect: "computes", location } as const;
  if (!wanted) {
    keepDetached(change);
    const seconds = was && isOwn(was) ? world.between(31, 60) : 2;
    return { status: 202, state: "Deleting", seconds, operation, answered: () => undefined };
  }
  const shown = { operation, answered: (body: Body) => answered(body, change) };
  if (method === "PATCH")
    return { status: 202, state: "Updating", seconds: world.between(1, 7), ...shown };
  return { status: 201, state: "Creating", seconds: creation(change, wanted), ...shown };
}

function creation({ was, world }: Change, wanted: Stored): number {
  if (!isOwn(wanted)) return 2;
  if (was) return world.between(1, 7);
  return isInstance(wanted) ? world.between(127, 155) : world.between(10, 22);
}

function settled(now: Stored | undefined, was: Stored | undefined, world: World): void {
  if (!now && was) failJobs(was, world);
  if (!now) return;
  const it = { ...now, properties: { ...now.properties, modifiedOn: offsetTime(world.now()) } };
  world.put(it);
  if (isInstance(it)) bornInstance(it, world);
  if (isOwn(it)) tend(it.id, world);
}
