import { isKind, messageOf } from "../model/airlock-error.ts";
import type { Resource } from "../model/resource.ts";
import { isResourceType, type ResourceType, resourceTypes } from "../model/resource-types/index.ts";
import { judge } from "./judge.ts";
import { offer } from "./offer.ts";
import { judgeAndRemember } from "./reconcile.ts";
import { remembering } from "./remember.ts";
import {
  type BatchResult,
  finish,
  type SweepBatch,
  type SweepPorts,
  type SweptResource,
} from "./sweep.ts";

/** Of five that the queue makes: from here on nobody waits for a better answer, and a crash has one more. */
const lateTry = 4;

/** Judges one batch, brought for the so many-th time; the one that completes the sweep publishes its report. */
export async function sweepBatch(
  ports: SweepPorts,
  batch: SweepBatch,
  tries: number,
): Promise<void> {
  const result = await resultOf(ports, batch, tries >= lateTry);
  const complete = await ports.sweeps.keep(batch, result);
  const resources = result.resources.length;
  ports.log("info", "A batch of a sweep is done.", { ...batch, resources });
  if (complete) await finish(ports, complete);
}

async function resultOf(
  ports: SweepPorts,
  batch: SweepBatch,
  isLate: boolean,
): Promise<BatchResult> {
  const { resourceType: type, subscription } = batch;
  if (!isResourceType(type)) return { resources: [], notEvaluated: [] };
  try {
    const resources = await rowsOf(ports, type, subscription);
    const swept: (SweptResource | NotEvaluated)[] = [];
    for (const it of resources) swept.push(await sweepOne(ports, it, isLate));
    return {
      resources: swept.filter((it) => "verdicts" in it),
      notEvaluated: swept.filter((it) => "because" in it),
    };
  } catch (error) {
    if (!isKind(error, "denied") && !isLate) throw error; // the queue brings the batch again
    const resourceId = `/subscriptions/${subscription} (${resourceTypes[type].name})`;
    return { resources: [], notEvaluated: [{ resourceId, because: messageOf(error) }] };
  }
}

type NotEvaluated = BatchResult["notEvaluated"][number];

/** Resource Graph has most types; children that it lacks are listed under their parents. */
async function rowsOf(
  { reads }: SweepPorts,
  type: ResourceType,
  subscription: string,
): Promise<readonly Resource[]> {
  if (resourceTypes[type].inGraph) return reads.all(type, subscription);
  const parentType = type.slice(0, type.lastIndexOf("/"));
  if (!isResourceType(parentType)) return [];
  const parents = await reads.all(parentType, subscription);
  const children: Resource[] = [];
  for (const it of parents) children.push(...(await reads.list(type, it.id)));
  return children;
}

/** What a row calls compliant is; what it does not is read fresh, kept as a finding, and offered. */
async function sweepOne(
  ports: SweepPorts,
  row: Resource,
  isLate: boolean,
): Promise<SweptResource | NotEvaluated> {
  const { id: resourceId, type: resourceType } = row;
  try {
    const remembered = await ports.estate.recall(resourceId);
    const judged = await judge(ports, row, remembered);
    if (judged.every((it) => it.decision.do === "nothing")) {
      const readAt = ports.now().toISOString();
      if (!isYounger(remembered?.memory.readAt, readAt)) {
        const as = { readAt, readFrom: "graph" } as const;
        await ports.estate.remember(resourceId, remembering(remembered, row, judged, as));
      }
      return { resourceId, resourceType, verdicts: verdictsOf(judged) };
    }
    return (
      (await readFresh(ports, row)) ?? { resourceId, resourceType, verdicts: verdictsOf(judged) }
    );
  } catch (error) {
    const passes = isKind(error, "retry");
    if (passes && !isLate) throw error;
    if (passes) await offer(ports, resourceId, "sweep"); // the report waits no longer, the resource may
    return { resourceId, because: messageOf(error) };
  }
}

/** A row may be minutes old: it never replaces a reading of ARM that may be younger. */
function isYounger(readAt: string | undefined, now: string): boolean {
  return readAt !== undefined && Date.parse(now) - Date.parse(readAt) < 15 * 60_000;
}

/** Undefined: another pass has it, which keeps what it finds; the row is all there is to count. */
async function readFresh(
  ports: SweepPorts,
  row: Resource,
): Promise<SweptResource | NotEvaluated | undefined> {
  const { id: resourceId, type: resourceType } = row;
  const pass = await ports.journal.begin(resourceId, ports.runId);
  if ("busySeconds" in pass) return undefined;
  try {
    const seen = await ports.reads.get(resourceType, resourceId);
    if (!seen) return { resourceId, because: "It is gone." };
    const judged = await judgeAndRemember(ports, seen, undefined);
    if (judged.some((it) => it.decision.do === "apply" || it.decision.do === "wait"))
      await offer(ports, resourceId, "sweep");
    return { resourceId, resourceType, verdicts: verdictsOf(judged) };
  } finally {
    await pass.end();
  }
}

const verdictsOf = (judged: Awaited<ReturnType<typeof judge>>): SweptResource["verdicts"] =>
  Object.fromEntries(judged.map((it) => [it.rule.id, it.verdict.status]));
