import { createArm } from "./azure/arm.ts";
import { createBlobs } from "./azure/blobs.ts";
import { createCredential } from "./azure/credential.ts";
import { createGraph } from "./azure/graph.ts";
import { createQueue } from "./azure/queue.ts";
import { createReads } from "./azure/reads.ts";
import { createSend } from "./azure/send.ts";
import { createTables } from "./azure/tables.ts";
import type { Config } from "./config.ts";
import type { WorkItem } from "./model/work-item.ts";
import { type ChangeEvent, intake } from "./pipeline/intake.ts";
import type { Log, Policy, Ports } from "./pipeline/ports.ts";
import {
  type BatchResult,
  beginSweep,
  type Sweep,
  type SweepBatch,
  type SweepPorts,
  sweepIfDue,
} from "./pipeline/sweep.ts";
import { sweepBatch } from "./pipeline/sweep-batch.ts";
import { take } from "./pipeline/take.ts";
import { tidy } from "./pipeline/tidy.ts";
import { auditedIn } from "./records/chain.ts";
import { createEstate } from "./records/estate.ts";
import { createGates } from "./records/gates.ts";
import { createJournal } from "./records/journal.ts";
import { createPoison } from "./records/poison.ts";
import { createSweeps } from "./records/sweeps.ts";
import { verifyChains } from "./records/verify-chain.ts";
import { rules } from "./rules/index.ts";

/** One run of a function, a command or a test: who runs, and where it says so. */
export type Invocation = Readonly<{ runId: string; log: Log }>;

const now = () => new Date();
const newId = () => crypto.randomUUID();

/** Every part, wired once. The function app, the command line and the tests differ only in their doors. */
export function createAirlock(config: Config) {
  const { tables, blobs, queue, poison, portsFor } = createParts(config);
  const audited = () => auditedIn(tables("journal"));
  /** The page is loaded when a sweep ends: no event needs it. */
  const publish = async (ports: Ports, sweep: Sweep, result: BatchResult): Promise<void> => {
    const { publishReport } = await import("./publish-report.ts");
    await publishReport(ports, { blobs, audited: await audited() }, sweep, result);
  };
  const sweepPorts = (by: Invocation): SweepPorts => ({
    ...portsFor(by),
    sweeps: createSweeps(tables("sweeps"), blobs),
    sendBatch: (batch) => queue.send("sweep-batch", batch, 0),
    publish: (sweep, result) => publish(portsFor(by), sweep, result),
  });
  return {
    config,
    portsFor,
    intake: (event: ChangeEvent, by: Invocation) => intake(portsFor(by), event),
    take: (item: WorkItem, by: Invocation) => take(portsFor(by), item),
    weekly: (by: Invocation) => beginSweep(sweepPorts(by), "weekly"),
    sweepBatch: (batch: SweepBatch, tries: number, by: Invocation) =>
      sweepBatch(sweepPorts(by), batch, tries),
    /** Every 15 minutes: what got stuck, and the first sweep. */
    async tidy(by: Invocation) {
      const ports = sweepPorts(by);
      await ports.gates.install();
      await tidy(ports);
      await sweepIfDue(ports);
    },
    verifyAudit: () => verifyChains(tables("journal"), blobs),
    /** Every resource that something was recorded of. */
    auditedResources: async () => (await audited()).map((it) => it.resourceId),
    /** The names of the reports, oldest first. */
    reports: async () => [...(await blobs.list("reports"))].sort(),
    report: (name: string) => blobs.get("reports", name),
    /** Keeps what could not be read, so that nothing is lost. */
    async refuse(text: string, because: string, { log }: Invocation) {
      await poison.keep({ source: "message", text, because });
      log("warn", "A message was refused.", { because });
    },
  };
}
export type Airlock = ReturnType<typeof createAirlock>;

/** What lives as long as the process; only log and run differ from one invocation to the next. */
function createParts(config: Config) {
  const { settings, storage } = config;
  const credential = createCredential(config);
  const arm = createArm({ endpoint: config.armEndpoint, credential });
  const tables = createTables(storage, credential);
  const blobs = createBlobs(storage, credential);
  const queue = createQueue(storage, credential);
  const poison = createPoison(tables("poison"), now, newId);
  const lasting = {
    rules,
    settings,
    reads: createReads(arm, createGraph(arm, credential)),
    send: createSend(arm),
    estate: createEstate({
      estate: tables("estate"),
      blobs,
      subscriptions: settings.subscriptions,
    }),
    gates: createGates(tables("gates"), now),
    policy: createPolicy(config),
    work: { send: (item: WorkItem, seconds: number) => queue.send("reconcile", item, seconds) },
    poison,
    now,
    newId,
  };
  const portsFor = ({ runId, log }: Invocation): Ports => ({
    ...lasting,
    journal: createJournal({ journal: tables("journal"), blobs, now, log }),
    log,
    runId,
  });
  return { tables, blobs, queue, poison, portsFor };
}

/** The first form of policy: an installation observes or enforces as a whole. */
function createPolicy({ settings }: Config): Policy {
  const isObserving = settings.enforcement === "observe";
  return async () =>
    isObserving
      ? { mode: "observe", because: "This installation only observes." }
      : { mode: "enforce", because: "" };
}
