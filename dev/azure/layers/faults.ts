import type { Answer, Body } from "../answers.ts";
import type { Call, Layer } from "../call.ts";

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
  /** Accepted; the operation ends Failed and nothing has changed. */
  | "lro-fails"
  /** Accepted; the operation ends Failed although the change was made. */
  | "lro-fails-but-applied";

export type Fault = Readonly<{
  method?: string;
  /** Part of path and query, in any case. */
  urlIncludes?: string;
  /** How often; absent: always. */
  times?: number;
  answer: FaultAnswer;
}>;

export type Faults = Readonly<{
  /** First added, first asked; the answer takes it back. */
  add(fault: Fault): () => void;
  clear(): void;
}>;

export function createFaults(): { faults: Faults; layer: Layer } {
  const plan: { fault: Fault; left: number }[] = [];
  const drop = (entry: { fault: Fault; left: number }): void => {
    const at = plan.indexOf(entry);
    if (at >= 0) plan.splice(at, 1);
  };
  const faults: Faults = {
    add(fault) {
      const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
      plan.push(entry);
      return () => drop(entry);
    },
    clear: () => void plan.splice(0),
  };
  const layer: Layer = (call, through) => {
    const entry = plan.find(({ fault }) => concerns(fault, call));
    if (!entry) return through(call);
    entry.left -= 1;
    if (entry.left <= 0) drop(entry);
    return carryOut(entry.fault.answer, call, through);
  };
  return { faults, layer };
}

function concerns({ method, urlIncludes, answer }: Fault, call: Call): boolean {
  if (method !== undefined && method !== call.method) return false;
  if (typeof answer === "string" && answer.startsWith("lro") && call.method === "GET") return false;
  return call.raw.toLowerCase().includes((urlIncludes ?? "").toLowerCase());
}

function carryOut(answer: FaultAnswer, call: Call, through: (call: Call) => Answer): Answer {
  if (answer === "cut" || answer === "hang") return { status: 0, socket: answer, fault: true };
  if (answer === "lost") return { ...through(call), socket: "cut", fault: true };
  if (answer === "lro-fails") return through({ ...call, operationFault: "fails" });
  if (answer === "lro-fails-but-applied")
    return through({ ...call, operationFault: "fails-but-applied" });
  if ("seconds" in answer) return { ...through(call), seconds: answer.seconds };
  return { ...answer, fault: true };
}
