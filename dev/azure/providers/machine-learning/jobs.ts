import { type Answer, type Body, failure } from "../../answers.ts";
import type { Call } from "../../call.ts";
import type { Target } from "../../ids.ts";
import { type Change, type Kind, type Stored, stateless, type Verb } from "../../kinds.ts";
import { isObject, same } from "../../merge.ts";
import { page } from "../../paging.ts";
import type { World } from "../../world.ts";
import { frontendFailure, jobType, machineLearningVersions, workspaceOf } from "./common.ts";
import { entry, writtenBelow } from "./entries.ts";
import { showJob } from "./job-body.ts";
import { tendAll } from "./nodes.ts";
import {
  cancelLater,
  clustersOf,
  endLater,
  isActive,
  isWaiting,
  noteTarget,
  noteType,
  run,
} from "./runs.ts";

/**
 * Jobs move with the clock: Queued, Running as soon as nodes are free, Completed. How long one runs
 * is `runsForSeconds` beside `properties`, a field of this Azure that no answer shows: a loaded row
 * may carry it (absent: the job never ends by itself), a PUT gets what one recorded job took.
 */
export const jobs: Kind = {
  type: jobType,
  versions: machineLearningVersions,
  verbs: ["GET", "LIST", "PUT"],
  systemData: true,
  readOnly: ["status", "services"],
  inState: stateless,
  serve: { LIST: listed },
  complete,
  refuse,
  course: (change) => entry(change, !change.was),
  orphan: writtenBelow("workspaces/jobs"),
  settled(now, was, world) {
    if (!now || was) return;
    noteType(now, world);
    world.after(1, () => noteTarget(now.id, world));
    start(world.get(now.id) ?? now, world);
  },
  loaded(it, world) {
    world.after(0, () => goOn(it, world));
    return it;
  },
  show: showJob,
  absent,
  actions: { cancel },
};

/** PS Jul 2024: 08:48:48 to 08:49:55; a command that sleeps says how long itself (job 1). */
function secondsOf({ command }: Body): number {
  const asked = /^sleep (\d+)$/.exec(String(command))?.[1];
  return asked === undefined ? 67 : Number(asked);
}

function complete(wanted: Stored, was: Stored | undefined): Stored {
  const { properties } = wanted;
  const status = properties["status"];
  return {
    ...wanted,
    ...(status === undefined && {
      runsForSeconds: was?.["runsForSeconds"] ?? secondsOf(properties),
    }),
    properties: { status: "Queued", ...properties },
  };
}

/** PY Sep 2022, once: Spark without an identity of its own needs one of the workspace. */
function refuse({ wanted, was, world }: Change): Answer | undefined {
  const workspace = wanted && workspaceOf(wanted.id, world);
  if (!wanted || was || !workspace) return undefined;
  const identity = workspace["identity"];
  const users = isObject(identity) ? identity["userAssignedIdentities"] : undefined;
  const isSpark = same(String(wanted.properties["jobType"]), "Spark");
  if (!isSpark || isObject(wanted.properties["identity"]) || isObject(users)) return undefined;
  const message = `User assigned identity  is not attached to AML workspace ${workspace.name}.`;
  const inner = ["NotFound", "UserAssignedIdentityNotFound"];
  return complaint(404, message, inner, workspace, world);
}

/** Not recorded: how long serverless compute takes to come. */
function start(job: Stored, world: World): void {
  if (clustersOf(job).length > 0) tendAll(job, world);
  else
    world.after(30, () => {
      const now = world.get(job.id);
      if (now && isWaiting(now)) run(now, world, () => {});
    });
}

function goOn(job: Stored, world: World): void {
  if (isWaiting(job)) start(job, world);
  else endLater(job, world, () => tendAll(job, world));
  tendAll(job, world);
}

/** Claim 25: ActiveOnly, which is the default, means not archived. */
function listed(call: Call, world: World): Answer {
  const view = (call.query.get("listViewType") ?? "ActiveOnly").toLowerCase();
  if (!["activeonly", "archivedonly", "all"].includes(view))
    return failure(400, "BadRequest", "The listViewType is not known.");
  return page(call, world.children(call.target.parent, jobType), (it) => {
    const archived = it.properties["isArchived"] === true;
    const isShown = view === "all" || archived === (view === "archivedonly");
    return isShown ? showJob(it, call.version, world) : undefined;
  });
}

/** cancel 1, 2: 202 while it goes on, 200 once it is over; a pipeline that is over refuses (F6.2). */
function cancel(it: Stored, call: Call, world: World): Answer {
  const workspace = workspaceOf(it.id, world);
  if (isActive(it)) return cancelActive(it, workspace, call, world);
  if (!same(String(it.properties["jobType"]), "Pipeline")) return { status: 200 };
  const message = `The pipeline run ${it.name} is in terminal status, it can't be canceled.`;
  const inner = ["BadArgument", "ArgumentInvalid", "CancelPipelineRunInTerminalStatus"];
  return complaint(400, message, inner, workspace, world);
}

function cancelActive(it: Stored, workspace: Stored | undefined, call: Call, world: World): Answer {
  const { headers, end } = world.operations.start(call, {
    dialect: "jobCancels",
    word: `jc:${workspace?.properties["workspaceId"]}:${it.name}`,
    target: it.id,
    location: workspace?.location ?? "",
    result: () => ({ status: 200 }),
  });
  cancelLater(it, world, () => {
    tendAll(it, world);
    end();
  });
  const type = { "content-type": "application/json; charset=utf-8" };
  return { status: 202, headers: { ...headers, ...type }, body: "null" };
}

/** F6.2. */
function absent(target: Target, verb: Verb, world: World): Answer | undefined {
  if (verb === "DELETE") return undefined;
  const inner = ["NotFound", "JobNotFound"];
  const message = `Job ${target.name} not found.`;
  return complaint(404, message, inner, world.get(target.parent), world);
}

function complaint(
  status: number,
  message: string,
  inner: readonly string[],
  workspace: Stored | undefined,
  world: World,
): Answer {
  const { location = "" } = workspace ?? {};
  return frontendFailure({ status, code: "UserError", message, inner }, location, world);
}
