import type { Answer, Body } from "../answers.ts";
import type { Call, Layer } from "../call.ts";
import { readPlan } from "./fault-plan.ts";
import { createHaze, type Haze } from "./haze.ts";

/** What goes wrong instead of, or after, the real answer. */
export type FaultAnswer =
  | Readonly<{ status: number; headers?: Readonly<Record<string, string>>; body?: Body | string }>
  /** The connection is cut, nothing was done. */
  | "cut"
  /** Nothing was done and nothing is ever answered. */
  | "hang"
  /** Done, but the answer is lost. */
  | "lost"
  /** Done and answered, so many real seconds late. */
  | Readonly<{ seconds: number }>
  /** A write that is answered as if it were done (its operation succeeds too), and nothing is done. */
  | "never-applied"
  /** Accepted; the operation ends Failed and nothing has changed. */
  | "lro-fails"
  /** Accepted; the operation ends Failed although the change was made. */
  | "lro-fails-but-applied"
  /** A write that is done; GETs show what was there before it for so many seconds of the clock. */
  | Readonly<{ stale: number }>
  /** A write that is done; GETs of it answer 404 for so many seconds of the clock. */
  | Readonly<{ missing: number }>;

/** One line of a plan: which call, which time, what. */
export type Fault = Readonly<{
  method?: string;
  /** Part of path and query, in any case. */
  urlIncludes?: string;
  /** From this moment of the clock on, as an ISO date. */
  from?: string;
  /** Before this moment. */
  until?: string;
  /** So many calls that it concerns are spared first. */
  skip?: number;
  /** How often, "the next so many"; absent: always. */
  times?: number;
  answer: FaultAnswer;
}>;

export type Faults = Readonly<{
  /** First added, first asked; the answer takes it back. */
  add(fault: Fault): () => void;
  /** Adds a plan that came as JSON: a list of faults. An error names the field that is wrong. */
  load(plan: unknown): void;
  /** What is still to come. */
  list(): readonly Fault[];
  /** Forgets the plan, and stale reads that it began. */
  clear(): void;
}>;

type Entry = { fault: Fault; skip: number; left: number };

export function createFaults(): { faults: Faults; layer: Layer } {
  const plan: Entry[] = [];
  const haze = createHaze();
  const drop = (entry: Entry): void => {
    const at = plan.indexOf(entry);
    if (at >= 0) plan.splice(at, 1);
  };
  const add = (fault: Fault): (() => void) => {
    const entry = { fault, skip: fault.skip ?? 0, left: fault.times ?? Number.POSITIVE_INFINITY };
    plan.push(entry);
    return () => drop(entry);
  };
  const faults: Faults = {
    add,
    load: (text) => void readPlan(text).map(add),
    list: () => plan.map(remaining),
    clear() {
      plan.splice(0);
      haze.clear();
    },
  };
  const layer: Layer = (call, through, world) => {
    const entry = plan.find((it) => isNext(it, call, world.now()));
    if (!entry) return haze.read(call, through, world);
    entry.left -= 1;
    if (entry.left <= 0) drop(entry);
    return carryOut(entry.fault.answer, haze)(call, through, world);
  };
  return { faults, layer };
}

function remaining({ fault, skip, left }: Entry): Fault {
  return {
    ...fault,
    ...(fault.skip !== undefined && { skip }),
    ...(fault.times !== undefined && { times: left }),
  };
}

/** Counts a call that is to be spared. */
function isNext(entry: Entry, call: Call, now: Date): boolean {
  if (!concerns(entry.fault, call, now)) return false;
  if (entry.skip === 0) return true;
  entry.skip -= 1;
  return false;
}

function concerns({ method, urlIncludes, from, until, answer }: Fault, call: Call, now: Date) {
  if (method !== undefined && method !== call.method) return false;
  if (from !== undefined && now < new Date(from)) return false;
  if (until !== undefined && now >= new Date(until)) return false;
  if (isOfWrites(answer) && ["GET", "HEAD"].includes(call.method)) return false;
  return call.raw.toLowerCase().includes((urlIncludes ?? "").toLowerCase());
}

function isOfWrites(answer: FaultAnswer): boolean {
  if (typeof answer === "string") return answer.startsWith("lro") || answer === "never-applied";
  return "stale" in answer || "missing" in answer;
}

const operations = {
  "never-applied": "never-applied",
  "lro-fails": "fails",
  "lro-fails-but-applied": "fails-but-applied",
} as const;

function carryOut(answer: FaultAnswer, haze: Haze): Layer {
  if (answer === "cut" || answer === "hang")
    return (): Answer => ({ status: 0, socket: answer, fault: true });
  if (answer === "lost")
    return (call, through) => ({ ...through(call), socket: "cut", fault: true });
  if (typeof answer === "string")
    return (call, through) => through({ ...call, operationFault: operations[answer] });
  if ("seconds" in answer)
    return (call, through) => ({ ...through(call), seconds: answer.seconds });
  if ("stale" in answer) return haze.over("stale", answer.stale);
  if ("missing" in answer) return haze.over("missing", answer.missing);
  return () => ({ ...answer, fault: true });
}
