import type { Body } from "../answers.ts";
import { parentNotFound } from "../existence.ts";
import type { Change, Course, Kind, Stored } from "../kinds.ts";
import { isObject } from "../merge.ts";
import type { World } from "../world.ts";
import {
  computeType,
  isCluster,
  isInstance,
  isLoaded,
  isOwn,
  machineLearningVersions,
  offsetTime,
  workspaceOf,
} from "./machine-learning-common.ts";
import { answered, show } from "./machine-learning-compute-body.ts";
import { refuseCompute } from "./machine-learning-compute-refusals.ts";
import { keepDetached, revive } from "./machine-learning-detached.ts";
import { bornInstance, restart, stop } from "./machine-learning-instances.ts";
import { bornCluster, specOf } from "./machine-learning-node-counts.ts";
import { resume, tend } from "./machine-learning-nodes.ts";
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
  actions: { start: restart, stop },
};

function complete(wanted: Stored, was: Stored | undefined, world: World): Stored {
  if (was) return scaled(was, wanted, world);
  if (isLoaded(wanted, was)) return born(wanted, wanted.properties, world);
  const old = revive(wanted, world);
  return old ? scaled(born(old, {}, world), wanted, world) : born(wanted, {}, world);
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

/** F2, F3: 201 always, 202, 202; an attached machine took 2 s (ASO), an instance 3 min. */
function course(change: Change): Course {
  const { wanted, was, method, world } = change;
  // claim 22: the address names the workspace's region
  const { location = "" } = workspaceOf(change.call.target.id, world) ?? {};
  const operation = { dialect: "computes", location } as const;
  const it = wanted ?? was;
  const quick = it !== undefined && !isOwn(it);
  if (!wanted) {
    keepDetached(change);
    const seconds = quick ? 2 : world.between(31, 63);
    return { status: 202, state: "Deleting", seconds, operation, answered: () => undefined };
  }
  const shown = (body: Body) => answered(body, change);
  if (method === "PATCH")
    return {
      status: 202,
      state: "Updating",
      seconds: world.between(7, 30),
      operation,
      answered: shown,
    };
  const seconds = isInstance(wanted) && !was ? 180 : world.between(10, 30);
  return {
    status: 201,
    state: "Creating",
    seconds: quick ? 2 : seconds,
    operation,
    answered: shown,
  };
}

function settled(now: Stored | undefined, was: Stored | undefined, world: World): void {
  if (!now && was) failJobs(was, world);
  if (!now) return;
  const it = { ...now, properties: { ...now.properties, modifiedOn: offsetTime(world.now()) } };
  world.put(it);
  if (isCluster(it)) tend(it.id, world);
  if (isInstance(it)) bornInstance(it, world);
}
