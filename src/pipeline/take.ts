import { parseResourceId } from "../model/resource-id.ts";
import { isResourceType } from "../model/resource-types/index.ts";
import type { WorkItem } from "../model/work-item.ts";
import type { Outcome } from "./outcome.ts";
import type { Busy, Pass, Ports, Wanted } from "./ports.ts";
import { noteUnreadable, reconcile, resumeWork } from "./reconcile.ts";
import type { Work } from "./work.ts";

const hour = 60 * 60_000;

/** What became of a message. `again`: another one was sent in its place. */
export type Taken = Readonly<{ kind: "dropped" | "done" | "again" | "poisoned"; because: string }>;

/** Takes one message off the queue: T1 to T9 of the protocol in docs/architecture.md. */
export async function take(ports: Ports, item: WorkItem): Promise<Taken> {
  const { journal } = ports;
  const wanted = await journal.wanted(item.resourceId);
  if (item.kind === "look" && !wanted.dirty)
    return { kind: "dropped", because: "Already looked at." };
  if (isStorm(ports, item, wanted)) return sendAgain(ports, item, 10, "Looked at just now.");
  const pass = await journal.begin(item.resourceId, ports.runId);
  if ("busySeconds" in pass) return sendAgain(ports, item, busyDelay(pass), "Another has it.");
  try {
    return await inPass({ ports, pass, item }, wanted);
  } finally {
    await pass.end();
  }
}

/** The first at once, then at most one reading in ten seconds; a person is not made to wait. */
function isStorm({ now }: Ports, { kind, cause }: WorkItem, { lookedAt }: Wanted): boolean {
  if (kind !== "look" || cause === "person" || lookedAt === undefined) return false;
  return now().getTime() - Date.parse(lookedAt) < 10_000;
}

function busyDelay({ busySeconds }: Busy): number {
  return Math.min(Math.max(busySeconds, 2), 15) + Math.random() * 2;
}

async function inPass(work: Work, wanted: Wanted): Promise<Taken> {
  const { pass, item } = work;
  const { open } = pass;
  if (open && open.schema !== 1) return keepUnknown(work);
  if (item.kind === "continue" && isStale(item, pass))
    return { kind: "dropped", because: "A stale duplicate." };
  if (!open) return lookAt(work, wanted);
  if (item.kind === "look" && open.sent?.state !== "intended")
    return { kind: "done", because: "Its repair goes on by itself." };
  return goOn(work, wanted);
}

function isStale(item: Extract<WorkItem, { kind: "continue" }>, { open }: Pass): boolean {
  return !open || open.id !== item.remediation || (open.sent?.step ?? -1) !== item.step;
}

/** The pass that ends a repair has judged the whole resource: who wanted a look before has had it. */
async function goOn(work: Work, wanted: Wanted): Promise<Taken> {
  const { ports, item } = work;
  const outcome = await resumeWork(work);
  await sendNext(work, outcome);
  if (outcome.kind !== "done") return { kind: "again", because: outcome.because };
  await ports.journal.looked(item.resourceId, wanted, ports.now().toISOString());
  return { kind: "done", because: "Its repair has ended." };
}

async function lookAt(work: Work, wanted: Wanted): Promise<Taken> {
  const { ports, item } = work;
  const tries = wanted.tries + 1;
  const tried = await ports.journal.tried(item.resourceId, wanted, tries);
  if (tries > 10) return poison(work, tried, "It was tried ten times and never came to an end.");
  if (ports.now().getTime() - Date.parse(item.firstSeenAt) > 24 * hour)
    return poison(work, tried, "It was given up after 24 hours.");
  const outcome = await reconcile(work);
  await sendNext(work, outcome);
  if (outcome.kind !== "done") {
    await ports.journal.tried(item.resourceId, tried, 0); // an expected wait is no failed try
    return { kind: "again", because: outcome.because };
  }
  await ports.journal.looked(item.resourceId, tried, ports.now().toISOString());
  return { kind: "done", because: "Looked at." };
}

/** The message that goes on is sent before this one is acknowledged, and before the flag is cleared. */
async function sendNext({ ports, pass, item }: Work, outcome: Outcome): Promise<void> {
  const { open } = pass;
  if (outcome.kind === "done") return;
  const { resourceId, cause, firstSeenAt } = item;
  const base = { schema: 1, resourceId, cause, firstSeenAt } as const;
  if (outcome.kind === "continue" && open) {
    const step = open.sent?.step ?? -1;
    const isSame = item.kind === "continue" && item.step === step && item.remediation === open.id;
    const attempt = isSame ? item.attempt + 1 : 0;
    const next = { ...base, kind: "continue", remediation: open.id, step, attempt } as const;
    return ports.work.send(next, outcome.afterSeconds);
  }
  return ports.work.send(nextLook(ports, item, outcome), outcome.afterSeconds);
}

type Waiting = Exclude<Outcome, { kind: "done" }>;

/** The 24 hours count what is refused or unreadable, not what is patiently waited for. */
function nextLook(
  { now }: Ports,
  { resourceId, cause, firstSeenAt, kind, attempt }: WorkItem,
  { missingSince, isPatient }: Waiting,
): WorkItem {
  const isFresh = isPatient === true || kind !== "look";
  return {
    schema: 1,
    kind: "look",
    resourceId,
    cause,
    attempt: isFresh ? 0 : attempt + 1,
    firstSeenAt: isPatient ? now().toISOString() : firstSeenAt,
    ...(missingSince !== undefined && { missingSince }),
  };
}

async function sendAgain(
  { work }: Ports,
  item: WorkItem,
  seconds: number,
  because: string,
): Promise<Taken> {
  await work.send(item, seconds);
  return { kind: "again", because };
}

/** The flag stays up, so the next offer looks again; people are told. */
async function poison({ ports, item }: Work, tried: Wanted, because: string): Promise<Taken> {
  await ports.poison.keep({ source: "reconcile", text: JSON.stringify(item), because });
  const id = parseResourceId(item.resourceId);
  if (typeof id !== "string" && isResourceType(id.type))
    await noteUnreadable(ports, item.resourceId, id.type, because);
  await ports.journal.tried(item.resourceId, tried, 0);
  ports.log("error", "A resource was given up.", { resourceId: item.resourceId, because });
  return { kind: "poisoned", because };
}

/** Begun by a version that this one does not know: left as it is, and reported. */
async function keepUnknown({ ports, item }: Work): Promise<Taken> {
  const because = "Its repair was begun by a version that this one does not know.";
  await ports.poison.keep({ source: "reconcile", text: JSON.stringify(item), because });
  ports.log("error", "A repair was left as it is.", { resourceId: item.resourceId, because });
  return { kind: "poisoned", because };
}
