import { isKind } from "../model/airlock-error.ts";
import type { Resource } from "../model/resource.ts";
import { isResourceType, type ResourceType, resourceTypes } from "../model/resource-types/index.ts";
import type { Verdict } from "../model/verdict.ts";
import { judge } from "./judge.ts";
import { offer } from "./offer.ts";
import type { Ports } from "./ports.ts";
import { judgeAndRemember } from "./reconcile.ts";
import { remembering } from "./remember.ts";

/** One subscription and type of a sweep, as it stands on the queue `sweep-batch`. */
export type SweepBatch = Readonly<{
  schema: 1;
  sweepId: string;
  subscription: string;
  resourceType: string;
}>;

export type SweptResource = Readonly<{
  resourceId: string;
  resourceType: ResourceType;
  verdicts: Readonly<Record<string, Verdict["status"]>>;
}>;

/** What one batch came to. Results of all batches make the report. */
export type BatchResult = Readonly<{
  resources: readonly SweptResource[];
  notEvaluated: readonly Readonly<{ resourceId: string; because: string }>[];
}>;

export type Sweep = Readonly<{
  id: string;
  kind: "baseline" | "weekly";
  beganAt: string;
  total: number;
}>;

/**
 * Where sweeps are kept. `keep` keeps a batch's result, once or many times the same, and gives all
 * results once the sweep is complete and not marked as done yet.
 */
export type Sweeps = Readonly<{
  begin(sweep: Sweep): Promise<void>;
  /** The newest sweep that has begun. */
  latest(): Promise<(Sweep & Readonly<{ isDone: boolean }>) | undefined>;
  keep(batch: SweepBatch, result: BatchResult): Promise<Complete | undefined>;
  /** True for the one caller that marks it first. */
  markDone(complete: Complete): Promise<boolean>;
}>;
export type Complete = Readonly<{ sweep: Sweep; results: readonly BatchResult[]; etag: string }>;

export type SweepPorts = Ports &
  Readonly<{
    sweeps: Sweeps;
    sendBatch(batch: SweepBatch): Promise<void>;
    publish(sweep: Sweep, result: BatchResult): Promise<void>;
  }>;

const stuckHours = 6;

/** The first sweep of all runs as soon as none has ever finished, so that drift can be told from old. */
export async function baselineIfNone(ports: SweepPorts): Promise<boolean> {
  const { baselineAt } = await ports.gates.installation();
  if (baselineAt !== undefined) return false;
  const latest = await ports.sweeps.latest();
  const age = ports.now().getTime() - Date.parse(latest?.beganAt ?? "");
  if (latest && !latest.isDone && age < stuckHours * 3_600_000) return false;
  await beginSweep(ports, "baseline");
  return true;
}

/** Every type that a rule names, in every subscription that is served. */
export async function beginSweep(ports: SweepPorts, kind: Sweep["kind"]): Promise<Sweep> {
  const types = [...new Set(ports.rules.map((it) => it.resourceType))];
  const { subscriptions } = ports.settings;
  const beganAt = ports.now().toISOString();
  const sweep = {
    id: `${beganAt}~${kind}`,
    kind,
    beganAt,
    total: types.length * subscriptions.length,
  };
  await ports.sweeps.begin(sweep);
  for (const subscription of subscriptions)
    for (const resourceType of types)
      await ports.sendBatch({ schema: 1, sweepId: sweep.id, subscription, resourceType });
  ports.log("info", "A sweep began.", { ...sweep });
  return sweep;
}

/** How a batch came: on a late try nobody waits for a better answer, what cannot be read is told. */
export type Try = Readonly<{ isLate: boolean }>;

/** Judges one batch; the one that completes the sweep publishes its report. */
export async function sweepBatch(ports: SweepPorts, batch: SweepBatch, by: Try): Promise<void> {
  const result = await resultOf(ports, batch, by);
  const complete = await ports.sweeps.keep(batch, result);
  const resources = result.resources.length;
  ports.log("info", "A batch of a sweep is done.", { ...batch, resources });
  if (complete) await finish(ports, complete);
}

/** Published under the sweep's own name before it is marked: a crash between repeats it, word for word. */
async function finish(ports: SweepPorts, complete: Complete): Promise<void> {
  const { sweep, results } = complete;
  await ports.publish(sweep, {
    resources: results.flatMap((it) => it.resources),
    notEvaluated: results.flatMap((it) => it.notEvaluated),
  });
  if (sweep.kind === "baseline") await ports.gates.baselineDone(ports.now().toISOString());
  const isFirst = await ports.sweeps.markDone(complete);
  if (isFirst) ports.log("info", "A sweep is done.", { ...sweep });
}

async function resultOf(ports: SweepPorts, batch: SweepBatch, by: Try): Promise<BatchResult> {
  const { resourceType: type, subscription } = batch;
  if (!isResourceType(type)) return { resources: [], notEvaluated: [] };
  try {
    const resources = await rowsOf(ports, type, subscription);
    const swept: (SweptResource | Unread)[] = [];
    for (const it of resources) swept.push(await sweepOne(ports, it, by));
    return {
      resources: swept.filter((it) => "verdicts" in it),
      notEvaluated: swept.filter((it) => "because" in it),
    };
  } catch (error) {
    if (!isKind(error, "denied") && !by.isLate) throw error; // the queue brings the batch again
    const resourceId = `/subscriptions/${subscription} (${resourceTypes[type].name})`;
    return { resources: [], notEvaluated: [{ resourceId, because: messageOf(error) }] };
  }
}

type Unread = Readonly<{ resourceId: string; because: string }>;

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
  by: Try,
): Promise<SweptResource | Unread> {
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
    if (isKind(error, "retry") && !by.isLate) throw error;
    return { resourceId, because: messageOf(error) };
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** A row may be minutes old: it never replaces a reading of ARM that may be younger. */
function isYounger(readAt: string | undefined, now: string): boolean {
  return readAt !== undefined && Date.parse(now) - Date.parse(readAt) < 15 * 60_000;
}

/** Undefined: another pass has it, which keeps what it finds; the row is all there is to count. */
async function readFresh(
  ports: SweepPorts,
  row: Resource,
): Promise<SweptResource | Unread | undefined> {
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
