import type { Body } from "../../answers.ts";
import { parsePath } from "../../ids.ts";
import type { Stored } from "../../kinds.ts";
import { isObject, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { isInstance, isOwn, jobType } from "./common.ts";

/** Claim 25. Whatever is neither of these holds nodes. */
const ended = ["Completed", "Failed", "Canceled"];
const waiting = ["NotStarted", "Queued"];

const statusOf = (job: Stored): string => String(job.properties["status"]);
const isOneOf = (names: readonly string[], job: Stored): boolean =>
  names.some((it) => same(it, statusOf(job)));

export const isActive = (job: Stored): boolean => !isOneOf(ended, job);
export const isWaiting = (job: Stored): boolean => isOneOf(waiting, job);

/** PS Jul 2024: nodes that a job asks for; one where it says nothing. */
export function nodesFor(job: Stored): number {
  const resources = job.properties["resources"];
  const count = isObject(resources) ? Number(resources["instanceCount"]) : 1;
  return Number.isFinite(count) ? count : 1;
}

/** Claim 24: `computeId`, `settings.default_compute`, or deep in the jobs of a pipeline; none: serverless. */
export function clustersOf({ properties }: Stored): string[] {
  const { computeId, settings, jobs } = properties;
  const named = [computeId, isObject(settings) ? settings["default_compute"] : undefined];
  return [...named, ...computeIdsIn(jobs)].filter(
    (it): it is string => typeof it === "string" && !/\/computes\/serverless$/i.test(it),
  );
}

function computeIdsIn(it: unknown): unknown[] {
  if (!isObject(it)) return [];
  const own = [
    it["computeId"],
    isObject(it["settings"]) ? it["settings"]["default_compute"] : undefined,
  ];
  return [...own, ...Object.values(it).flatMap(computeIdsIn)];
}

/** The jobs that a cluster has to serve, oldest first. */
export function activeJobs(cluster: Stored, world: World): Stored[] {
  return world
    .children(parsePath(cluster.id).parent, jobType)
    .filter((it) => isActive(it) && clustersOf(it).some((id) => same(id, cluster.id)));
}

/** Nodes are there: it runs for `runsForSeconds`, for ever where nobody knows how long. */
export function run(job: Stored, world: World, done: () => void): void {
  const notes = { ...whereOf(job, world), StartTimeUtc: blankTime(world.now()) };
  setStatus(job, "Running", world, notes);
  endLater(job, world, done);
}

/** job 2: said in the answer already. */
export function noteType(job: Stored, world: World): void {
  setStatus(job, statusOf(job), world, targetOf(job, world));
}

function targetOf(job: Stored, world: World): Body {
  const [id] = clustersOf(job);
  const compute = id === undefined ? undefined : world.get(id);
  const type = compute && isInstance(compute) ? "amlcdsi" : "amlctrain";
  return id === undefined ? {} : { "_azureml.ComputeTargetType": type };
}

/** job 1: `amlctrain` are clusters; job 2: `amlcdsi` are instances. */
function whereOf(job: Stored, world: World): Body {
  const [id] = clustersOf(job);
  if (id === undefined) return {};
  return {
    ...targetOf(job, world),
    "_azureml.ClusterName": id.split("/").at(-1),
    ProcessInfoFile: "azureml-logs/process_info.json",
    ProcessStatusFile: "azureml-logs/process_status.json",
  };
}

/** job 1, 2: what a cluster was like when the job came; the answer does not say it yet. */
export function noteTarget(id: string, world: World): void {
  const job = world.get(id);
  const compute = job && clustersOf(job).map((it) => world.get(it))[0];
  const seen = compute && stateOf(compute);
  if (!job || !seen) return;
  const own = isObject(job.properties["tags"]) ? job.properties["tags"] : {};
  const tags = { ...own, _aml_system_ComputeTargetStatus: JSON.stringify(seen) };
  world.put({ ...job, properties: { ...job.properties, tags } });
}

/** job 2: an instance is a steady node. */
function stateOf(compute: Stored): Body | undefined {
  const spec = compute.properties["properties"];
  if (!isObject(spec) || !isOwn(compute)) return undefined;
  const counts = isObject(spec["nodeStateCounts"]) ? spec["nodeStateCounts"] : {};
  return {
    AllocationState: String(spec["allocationState"] ?? "Steady").toLowerCase(),
    PreparingNodeCount: counts["preparingNodeCount"] ?? 0,
    RunningNodeCount: counts["runningNodeCount"] ?? 0,
    CurrentNodeCount: isInstance(compute) ? 1 : spec["currentNodeCount"],
  };
}

/**
 * job 2: eight seconds after it came a job runs on an instance, as long as that is up. Not recorded:
 * how many at once; here all of them.
 */
export function runOn(instance: Stored, world: World): void {
  const isUp = (it: Stored | undefined) =>
    (it?.properties["properties"] as Body | undefined)?.["state"] === "Running";
  for (const { id } of activeJobs(instance, world).filter(isWaiting))
    world.after(8, () => {
      const job = world.get(id);
      if (job && isWaiting(job) && isUp(world.get(instance.id))) run(job, world, () => {});
    });
}

export function endLater(job: Stored, world: World, done: () => void): void {
  const seconds = job["runsForSeconds"];
  if (typeof seconds !== "number") return;
  world.after(seconds, () => {
    const now = world.get(job.id);
    if (!now || !isActive(now)) return;
    setStatus(now, "Completed", world, { EndTimeUtc: blankTime(world.now()) });
    done();
  });
}

/** Claim 25; not recorded: how long it takes. One that still waits has nothing to give back. */
export function cancelLater(job: Stored, world: World, done: () => void): void {
  const waits = isWaiting(job);
  setStatus(job, waits ? "Canceled" : "CancelRequested", world);
  if (waits) {
    done();
    return;
  }
  world.after(world.between(5, 20), () => {
    const now = world.get(job.id);
    if (now && isActive(now))
      setStatus(now, "Canceled", world, { EndTimeUtc: blankTime(world.now()) });
    done();
  });
}

/** Not recorded: what becomes of the jobs on a cluster that is deleted. */
export function failJobs(cluster: Stored, world: World): void {
  for (const job of activeJobs(cluster, world)) setStatus(job, "Failed", world);
}

/** PS Jul 2024, Nov 2025: what the service notes of a run in the job's own properties. */
function setStatus(job: Stored, status: string, world: World, notes: Body = {}): void {
  const own = isObject(job.properties["properties"]) ? job.properties["properties"] : {};
  const properties = { ...job.properties, status, properties: { ...own, ...notes } };
  world.put({ ...job, properties });
}

/** `2024-07-24 08:48:48`. */
const blankTime = (at: Date): string => at.toISOString().slice(0, 19).replace("T", " ");
