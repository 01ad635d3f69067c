import type { ResourceType } from "../model/resource-types/index.ts";
import type { Verdict } from "../model/verdict.ts";
import type { Ports } from "./ports.ts";

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

/** The first sweep of all runs as soon as none has ever finished; one that got stuck is begun anew. */
export async function sweepIfDue(ports: SweepPorts): Promise<void> {
  const latest = await ports.sweeps.latest();
  if (latest && !latest.isDone) {
    const age = ports.now().getTime() - Date.parse(latest.beganAt);
    if (age >= stuckHours * 3_600_000) await beginSweep(ports, latest.kind);
    return;
  }
  const { baselineAt } = await ports.gates.installation();
  if (baselineAt === undefined) await beginSweep(ports, "baseline");
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

/** Published under the sweep's own name before it is marked: a crash between repeats it, word for word. */
export async function finish(ports: SweepPorts, complete: Complete): Promise<void> {
  const { sweep, results } = complete;
  await ports.publish(sweep, {
    resources: results.flatMap((it) => it.resources),
    notEvaluated: results.flatMap((it) => it.notEvaluated),
  });
  if (sweep.kind === "baseline") await ports.gates.baselineDone(ports.now().toISOString());
  const isFirst = await ports.sweeps.markDone(complete);
  if (isFirst) ports.log("info", "A sweep is done.", { ...sweep });
}
