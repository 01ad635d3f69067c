import type { Stored } from "../../kinds.ts";
import type { World } from "../../world.ts";
import { isInstance } from "./common.ts";
import { secondsOf } from "./durations.ts";
import { isAtRest, type Nodes, nodesOf, none, scaleOf, specOf, write } from "./node-counts.ts";
import { activeJobs, clustersOf, isWaiting, nodesFor, run, runOn } from "./runs.ts";

/*
 * The nodes of a cluster, as a machine that moves with the clock. Jobs and `minNodeCount` say how
 * many are wanted. Too few: a resize up, then the new ones prepare, then take jobs. Too many for
 * `nodeIdleTimeBeforeScaleDown`: a resize down, in the shapes that were recorded (claim 9,
 * sdkpy_cluster_states). How long each step takes was not recorded.
 */

/** A loaded cluster goes on from where it was; a resize under way arrives in half a minute. */
export function resume(id: string, world: World): void {
  const it = world.get(id);
  if (it?.properties["provisioningState"] !== "Succeeded") return;
  const nodes = nodesOf(it) ?? none;
  if (nodes === none) write(id, none, world);
  if (isAtRest(nodes)) tend(id, world);
  else later(id, 30, world, () => arrive(id, nodes.target, world));
}

/** Looks whether the cluster has the nodes it should have, and sets off the next step. */
export function tend(id: string, world: World): void {
  const it = world.get(id);
  if (it?.properties["provisioningState"] !== "Succeeded") return;
  if (isInstance(it)) runOn(it, world);
  const nodes = isInstance(it) ? undefined : (nodesOf(it) ?? come(it, world));
  if (!nodes || !isAtRest(nodes)) return;
  const wanted = wantedNodes(it, world);
  if (wanted > nodes.current) grow(id, nodes, wanted, world);
  else arrange(it, nodes, world);
  if (wanted < nodes.current) waitIdle(id, wanted, world);
  else forget(id, world);
}

/** fact 7, F1: the ND family has no quota here; it shows only in the resource. */
function come(it: Stored, world: World): Nodes | undefined {
  if (!/^STANDARD_ND/.test(String(specOf(it)["vmSize"]))) {
    write(it.id, none, world);
    return none;
  }
  const provisioningErrors = [
    { error: { code: "ClusterMinNodesExceedCoreQuota", message: noQuota } },
  ];
  world.put({
    ...it,
    properties: { ...it.properties, provisioningState: "Failed", provisioningErrors },
  });
  return undefined;
}

const noQuota =
  "The specified subscription has a Standard ND family vCPU quota of 0 and cannot accomodate for at least 1 requested managed compute nodes which maps to 6 vCPUs. Talk to your Subscription Admin or refer to https://docs.microsoft.com/azure/machine-learning/how-to-manage-quotas#request-quota-increases to increase the family quota";

function wantedNodes(it: Stored, world: World): number {
  const scale = scaleOf(it);
  const asked = activeJobs(it, world).reduce((sum, job) => sum + nodesFor(job), 0);
  const least = Number(scale["minNodeCount"] ?? 0);
  return Math.min(Math.max(asked, least), Number(scale["maxNodeCount"] ?? 0));
}

/** Only for as long as the cluster is the same: one made again under its name starts afresh. */
function later(id: string, seconds: number, world: World, step: () => void): void {
  const { createdOn } = world.get(id)?.properties ?? {};
  world.after(seconds, () => {
    if (world.get(id)?.properties["createdOn"] === createdOn) step();
  });
}

/** Recorded: target ahead under Steady, then `Resizing 0/2` with nothing, then Steady and preparing. */
function grow(id: string, from: Nodes, wanted: number, world: World): void {
  const next = { ...from, target: wanted };
  write(id, next, world);
  later(id, 5, world, () => write(id, { ...next, state: "Resizing" }, world));
  later(id, world.between(60, 120), world, () => {
    const grown = { ...next, current: wanted, preparing: wanted - from.current, state: "Steady" };
    write(id, grown, world);
    later(id, world.between(20, 40), world, () => {
      write(id, { ...grown, preparing: 0 }, world);
      tend(id, world);
    });
  });
}

/** Hands idle nodes to the jobs that wait; shows those in use as running. */
function arrange(it: Stored, nodes: Nodes, world: World): void {
  const jobs = activeJobs(it, world);
  let used = 0;
  for (const job of jobs.filter((one) => !isWaiting(one))) used += nodesFor(job);
  for (const job of jobs.filter(isWaiting)) {
    if (used + nodesFor(job) > nodes.current) continue;
    used += nodesFor(job);
    run(job, world, () => tendAll(job, world));
  }
  write(it.id, { ...nodes, running: Math.min(used, nodes.current) }, world);
}

export function tendAll(job: Stored, world: World): void {
  for (const id of clustersOf(job)) tend(id, world);
}

/** The idle time begins when there are too many; anything else in between ends it. */
function waitIdle(id: string, wanted: number, world: World): void {
  const it = world.get(id);
  if (!it || it["excess"] === wanted) return;
  world.put({ ...it, excess: wanted });
  later(id, secondsOf(scaleOf(it)["nodeIdleTimeBeforeScaleDown"]), world, () => {
    const now = world.get(id);
    const nodes = now && nodesOf(now);
    if (!nodes || now["excess"] !== wanted || !isAtRest(nodes)) return;
    forget(id, world);
    if (wantedNodes(now, world) === wanted) shrink(id, nodes, wanted, world);
    else tend(id, world);
  });
}

function forget(id: string, world: World): void {
  const it = world.get(id);
  if (it?.["excess"] === undefined) return;
  const { excess: _, ...rest } = it;
  world.put(rest as Stored);
}

/** Recorded: `Resizing 2/0` leaving, or still running as here every other time, `Resizing 0/0`, Steady. */
function shrink(id: string, from: Nodes, wanted: number, world: World): void {
  const resizing = { ...from, target: wanted, state: "Resizing" };
  const leaving = from.current - wanted;
  const still = world.random() < 0.5 ? { running: from.running + leaving } : { leaving };
  const left = world.between(40, 60);
  write(id, { ...resizing, ...still }, world);
  later(id, 10, world, () => write(id, { ...resizing, leaving }, world));
  later(id, left, world, () => write(id, { ...resizing, current: wanted }, world));
  later(id, left + 20, world, () => arrive(id, wanted, world));
}

function arrive(id: string, current: number, world: World): void {
  const it = world.get(id);
  const nodes = it && nodesOf(it);
  if (nodes)
    write(
      id,
      { ...none, running: Math.min(nodes.running, current), current, target: current },
      world,
    );
  tend(id, world);
}
