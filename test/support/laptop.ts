import { type AzureOptions, createAzure } from "../../dev/azure/azure.ts";
import type { Principal } from "../../dev/azure/principals.ts";
import type { Choices } from "../../dev/azure/unsettled.ts";
import type { AuditRecord } from "../../src/model/audit-record.ts";
import { parseResourceId, type ResourceId } from "../../src/model/resource-id.ts";
import { isResourceType, type ResourceType } from "../../src/model/resource-types/index.ts";
import type { Rule } from "../../src/model/rule.ts";
import type { Settings } from "../../src/model/settings.ts";
import type { WorkItem } from "../../src/model/work-item.ts";
import { type ChangeEvent, intake } from "../../src/pipeline/intake.ts";
import { offer } from "../../src/pipeline/offer.ts";
import type { Log, Ports } from "../../src/pipeline/ports.ts";
import {
  beginSweep,
  type SweepBatch,
  type SweepPorts,
  sweepIfDue,
} from "../../src/pipeline/sweep.ts";
import { sweepBatch } from "../../src/pipeline/sweep-batch.ts";
import { take } from "../../src/pipeline/take.ts";
import { tidy } from "../../src/pipeline/tidy.ts";
import { auditedIn } from "../../src/records/chain.ts";
import { createEstate } from "../../src/records/estate.ts";
import { createGates } from "../../src/records/gates.ts";
import { createJournal } from "../../src/records/journal.ts";
import { createPoison } from "../../src/records/poison.ts";
import type { Blobs, Tables } from "../../src/records/ports.ts";
import { createSweeps } from "../../src/records/sweeps.ts";
import { rules as catalogue } from "../../src/rules/index.ts";
import { type Crashes, dying } from "./crashes.ts";
import { memoryTables } from "./memory-tables.ts";
import { simulatedArm } from "./simulated-arm.ts";

export const subscription = "00000000-0000-4000-8000-000000000001";
export const tenant = "00000000-0000-4000-8000-0000000000ff";

const remediator: Principal = person("airlock", "a1", "app");
export const developer: Principal = person("developer@contoso.example", "b2", "user");

function person(name: string, digits: string, kind: "user" | "app"): Principal {
  const objectId = `00000000-0000-4000-8000-0000000000${digits}`;
  return { objectId, name, tenantId: tenant, kind, ...(kind === "user" && { upn: name }) };
}

type Options = Readonly<{
  estate: readonly object[];
  settings?: Partial<Settings>;
  rules?: readonly Rule[];
  delays?: NonNullable<AzureOptions["delays"]>;
  seed?: number;
  throttling?: NonNullable<AzureOptions["throttling"]>;
  unsettled?: Choices;
  /** "rough": events come late, out of order and sometimes twice, by the seed. Default "calm". */
  weather?: "calm" | "rough";
  crashes?: Crashes;
  tables?: Tables;
  log?: Log;
  /** When the clock starts; the installation is as old as that. */
  startsAt?: string;
}>;

type Due<T> = { at: number; it: T };

/** The product's own pipeline and records on the local Azure, in memory, on one clock that jumps. */
export function createLaptop(options: Options) {
  let time = Date.parse(options.startsAt ?? "2026-11-24T12:00:00.000Z");
  const now = () => new Date(time);
  const events: Due<ChangeEvent>[] = [];
  const queue: Due<WorkItem>[] = [];
  const batches: Due<{ batch: SweepBatch; tries: number }>[] = [];
  /** What a run threw: the queue brings its message again after a minute. */
  const failures: unknown[] = [];
  const azure = createAzure({
    now,
    publish: (event, seconds) =>
      void events.push({ at: time + seconds * 1000, it: changeEventOf(event) }),
    events: options.weather ?? "calm",
    delays: options.delays ?? "recorded",
    seed: options.seed ?? 1,
    throttling: options.throttling ?? "none", // no time passes between calls, and no client waits here
    ...(options.unsettled && { unsettled: options.unsettled }),
  });
  azure.load(options.estate);
  for (const it of [remediator, developer]) {
    azure.principals.register(it);
    azure.grant(it, "Owner", `/subscriptions/${subscription}`);
  }
  const arm = simulatedArm(azure, () => azure.principals.token(remediator));
  const outside = simulatedArm(azure, () => azure.principals.token(developer));
  const { tables, blobs } = storageOf(options.tables);
  const crashes = options.crashes;
  const pause = <R>(act: () => Promise<R>) => (crashes ? crashes.pause(act) : act());
  const alive = <T extends object>(it: T): T => (crashes ? dying(it, crashes) : it);
  const settings: Settings = {
    subscriptions: [subscription],
    enforcement: "drift",
    allowComputeRecreate: true,
    privateDnsZones: [],
    ...options.settings,
  };
  const log: Log = options.log ?? (() => {});
  const newId = () => crypto.randomUUID();

  function portsFor(runId: string): Ports {
    const journal = alive(tables("journal"));
    return {
      rules: options.rules ?? catalogue,
      settings,
      reads: alive(arm.reads),
      send: alive({ send: arm.send }).send,
      journal: createJournal({ journal, blobs: alive(blobs), now, log }),
      estate: createEstate({
        estate: alive(tables("estate")),
        blobs: alive(blobs),
        subscriptions: settings.subscriptions,
      }),
      gates: createGates(alive(tables("gates")), now),
      policy: async () =>
        settings.enforcement === "observe"
          ? { mode: "observe", because: "observing" }
          : { mode: "enforce", because: "" },
      work: alive({
        send: async (it: WorkItem, seconds: number) =>
          void queue.push({ at: time + seconds * 1000, it }),
      }),
      poison: createPoison(alive(tables("poison")), now, newId),
      log,
      now,
      newId,
      runId,
    };
  }

  function sweepPortsFor(runId: string): SweepPorts {
    const ports = portsFor(runId);
    return {
      ...ports,
      sweeps: createSweeps(alive(tables("sweeps")), alive(blobs)),
      sendBatch: alive({
        send: async (batch: SweepBatch) => void batches.push({ at: time, it: { batch, tries: 0 } }),
      }).send,
      async publish(sweep, result) {
        const { publishReport } = await import("../../src/publish-report.ts");
        const audited = await auditedIn(tables("journal"));
        await publishReport(ports, { blobs, audited }, sweep, result);
      },
    };
  }

  /** One worker: a process that may be killed. */
  async function attempt(work: (ports: SweepPorts) => Promise<unknown>): Promise<unknown> {
    const run = () => work(sweepPortsFor(newId()));
    try {
      return await (crashes ? crashes.race(run) : run());
    } catch (error) {
      failures.push(error);
      return "failed";
    }
  }

  /** One delivery; a killed worker's message comes back after ten minutes, a failed one after one. */
  async function deliver<T>(list: Due<T>[], work: (it: T, ports: SweepPorts) => Promise<unknown>) {
    const index = list.findIndex((it) => it.at <= time);
    const [taken] = index < 0 ? [] : list.splice(index, 1);
    if (!taken) return false;
    const end = await attempt((ports) => work(taken.it, ports));
    if (end === "killed") list.push({ at: time + 600_000, it: taken.it });
    if (end === "failed") list.push({ at: time + 60_000, it: taken.it });
    return true;
  }

  let sweeps = false;
  let nextTidy = time + 15 * 60_000;

  const dueAt = () => [
    ...events.map((it) => it.at),
    ...queue.map((it) => it.at),
    ...batches.map((it) => it.at),
    ...(azure.nextDueAt() ? [azure.nextDueAt()?.getTime() ?? 0] : []),
  ];

  async function step(): Promise<boolean> {
    azure.settle();
    if (await deliver(events, (it, ports) => intake(ports, it))) return true;
    if (await deliver(queue, (it, ports) => take(ports, it))) return true;
    return deliver(batches, (it, ports) => sweepBatch(ports, it.batch, ++it.tries));
  }

  async function tidyIfDue(): Promise<boolean> {
    if (time < nextTidy) return false;
    nextTidy = time + 15 * 60_000;
    await attempt(async (ports) => {
      await tidy(ports);
      if (sweeps) await sweepIfDue(ports);
    });
    return true;
  }

  return {
    azure,
    arm,
    tables,
    blobs,
    queue,
    failures,
    now,
    portsFor,
    settings,
    advance(seconds: number): void {
      time += seconds * 1000;
    },
    /** Delivers all that is due and jumps to the next moment, until nothing is left or time is up. */
    async run(seconds = 14 * 24 * 3600): Promise<void> {
      const end = time + seconds * 1000;
      for (let quiet = 0; quiet <= 8 && time < end; ) {
        if (await step()) quiet = 0;
        else time = Math.max(time, Math.min(...dueAt(), nextTidy));
        if (await tidyIfDue()) quiet++;
      }
    },
    /** The weekly timer, which a host runs again that died in it; from now on `tidy` sees to sweeps. */
    async sweep(): Promise<void> {
      sweeps = true;
      while ((await attempt((ports) => beginSweep(ports, "weekly"))) === "killed") time += 60_000;
    },
    /** What Event Grid had not delivered yet never comes. */
    loseEvents(): void {
      azure.settle();
      events.length = 0;
    },
    async look(id: string): Promise<void> {
      await offer(portsFor(newId()), id as ResourceId, "person");
    },
    /** A write by the developer, as a person would do it in the portal. */
    write(method: string, path: string, body?: unknown) {
      return azure.answer({
        method,
        url: `https://management.azure.com${path}`,
        headers: {
          authorization: `Bearer ${azure.principals.token(developer)}`,
          "content-type": "application/json",
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    },
    async records(id: string): Promise<readonly AuditRecord[]> {
      return pause(async () => (await portsFor(newId()).journal.history(id as ResourceId)).records);
    },
    /** What ARM itself says, past every worker. */
    seen: (id: string) => outside.reads.get(typeOf(id), id),
    /** What Airlock wrote to ARM, and what came of it. */
    writes: () => arm.exchanges.filter((it) => it.method !== "GET" && it.method !== "POST"),
    /** Looked at once, as a compliant past: no kill counts here. */
    async remembered(id: string): Promise<void> {
      await pause(() => offer(portsFor(newId()), id as ResourceId, "person"));
      while (await pause(step)) {}
      time += 60_000;
      arm.exchanges.length = 0;
    },
    recall: (id: string) => pause(() => portsFor(newId()).estate.recall(id as ResourceId)),
  };
}
export type Laptop = ReturnType<typeof createLaptop>;

function typeOf(id: string): ResourceType {
  const parsed = parseResourceId(id);
  if (typeof parsed === "string" || !isResourceType(parsed.type)) throw new Error(`Odd id: ${id}`);
  return parsed.type;
}

function changeEventOf(event: {
  id: string;
  eventType: string;
  subject: string;
  eventTime: string;
  data: unknown;
}): ChangeEvent {
  const { id, eventType: type, subject, eventTime: time, data } = event;
  return { id, type, subject, time, data };
}

function storageOf(tables: Tables | undefined): { tables: Tables; blobs: Blobs } {
  const kept = new Map<string, string>();
  const blobs: Blobs = {
    put: async (container, name, text) => void kept.set(`${container}/${name}`, text),
    get: async (container, name) => kept.get(`${container}/${name}`),
    list: async (container) =>
      [...kept.keys()]
        .filter((it) => it.startsWith(`${container}/`))
        .map((it) => it.slice(container.length + 1)),
  };
  return { tables: tables ?? memoryTables(), blobs };
}
