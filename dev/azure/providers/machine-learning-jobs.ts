import { type Answer, type Body, failure } from "../answers.ts";
import type { Call } from "../call.ts";
import type { Target } from "../ids.ts";
import { type Kind, type Stored, stateless, type Verb } from "../kinds.ts";
import { isObject, pick } from "../merge.ts";
import { page } from "../paging.ts";
import type { World } from "../world.ts";
import { frontendFailure, jobType, machineLearningVersions } from "./machine-learning-common.ts";
import { tendAll } from "./machine-learning-nodes.ts";
import { clustersOf, endLater, isWaiting, run } from "./machine-learning-runs.ts";

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
  settled(now, was, world) {
    if (now && !was) start(now, world);
  },
  loaded(it, world) {
    world.after(0, () => goOn(it, world));
    return it;
  },
  show,
  absent,
};

/** PS Jul 2024: 08:48:48 to 08:49:55. */
const recordedSeconds = 67;

function complete(wanted: Stored, was: Stored | undefined): Stored {
  const { properties } = wanted;
  const status = properties["status"];
  return {
    ...wanted,
    ...(status === undefined && { runsForSeconds: was?.["runsForSeconds"] ?? recordedSeconds }),
    properties: {
      description: null,
      tags: {},
      properties: {},
      displayName: wanted.name,
      status: "Queued",
      experimentName: "Default",
      services: null,
      computeId: null,
      isArchived: false,
      ...properties,
    },
  };
}

/** Not recorded: how long serverless compute takes to come. */
function start(job: Stored, world: World): void {
  if (clustersOf(job).length > 0) tendAll(job, world);
  else world.after(30, () => run(job, world, () => {}));
}

function goOn(job: Stored, world: World): void {
  if (isWaiting(job)) start(job, world);
  else endLater(job, world, () => tendAll(job, world));
  tendAll(job, world);
}

function show(it: Stored): Body {
  const systemData = it["systemData"];
  return {
    id: it.id,
    name: it.name,
    type: it.type,
    properties: it.properties,
    ...(isObject(systemData) && {
      systemData: pick(systemData, ["createdAt", "createdBy", "createdByType"]),
    }),
  };
}

/** Claim 25: ActiveOnly, which is the default, means not archived. */
function listed(call: Call, world: World): Answer {
  const view = (call.query.get("listViewType") ?? "ActiveOnly").toLowerCase();
  if (!["activeonly", "archivedonly", "all"].includes(view))
    return failure(400, "BadRequest", "The listViewType is not known.");
  return page(call, world.children(call.target.parent, jobType), (it) => {
    const archived = it.properties["isArchived"] === true;
    return view === "all" || archived === (view === "archivedonly") ? show(it) : undefined;
  });
}

/** F6.2. */
function absent(target: Target, verb: Verb, world: World): Answer | undefined {
  if (verb === "DELETE") return undefined;
  const location = world.get(target.parent)?.location ?? "";
  const inner = ["NotFound", "JobNotFound"];
  const message = `Job ${target.name} not found.`;
  return frontendFailure({ status: 404, code: "UserError", message, inner }, location, world);
}
