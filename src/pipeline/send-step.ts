import { AirlockError } from "../model/airlock-error.ts";
import { contains, touchedBy } from "../model/json.ts";
import type { Remediation, Sight } from "../model/remediation.ts";
import type { Step } from "../model/request.ts";
import { stepOf } from "./entries.ts";
import { objectionsOf } from "./judge.ts";
import { isBegun, isPastDelete } from "./next.ts";
import { goOn, lookAgain, type Outcome, refusalDelay } from "./outcome.ts";
import type { Accepted } from "./ports.ts";
import { targetOf } from "./target-of.ts";
import { actorsOf } from "./touches.ts";
import type { Work } from "./work.ts";

type Sent =
  | Outcome
  | Readonly<{ kind: "sent"; open: Remediation }>
  | Readonly<{ kind: "stale"; because: string }>
  | Readonly<{ kind: "give up"; open: Remediation; because: string }>;

/** A send needs its own timeout and a minute to spare, or a successor may have begun. */
const secondsNeeded = 90;

/** No record, no act: ARM is asked only after `append` has returned. */
export async function sendStep(
  work: Work,
  open: Remediation,
  seen: Sight,
  step: number,
): Promise<Sent> {
  const { ports, pass } = work;
  const due = open.plan.steps[step];
  if (!due) throw new AirlockError("stop", `The plan has no step ${step}.`);
  if (pass.secondsLeft() < secondsNeeded) return again(open, 5, "Too little of the pass is left.");
  const objection = await objectionTo(work, open, due, seen);
  if (objection) return objection;

  const intended = await intend(work, open, due, seen, step);
  ports.log("info", "Sending a write to ARM.", {
    resourceId: open.plan.resourceId,
    ruleId: open.plan.ruleId,
    step,
    title: due.title,
    request: due.request,
    because: open.plan.because,
  });
  try {
    const accepted = await ports.send(due.request, intended.recordId);
    return await noteApplied(work, intended.open, step, accepted);
  } catch (error) {
    return noteRefused(work, open, step, error);
  }
}

/** What may stand against this step now: the switch, the caps, the incarnation, guards asked afresh. */
async function objectionTo(
  work: Work,
  open: Remediation,
  due: Step,
  seen: Sight,
): Promise<Sent | undefined> {
  const { ports, pass } = work;
  if (isPastDelete(open)) return undefined; // finishing what we began is not a new write
  if (due.destructive) await pass.extend(15);
  const sight = due.destructive
    ? await ports.reads.get(open.plan.resourceType, open.plan.resourceId)
    : seen;
  if (due.stillIs && !contains(sight, due.stillIs))
    return { kind: "stale", because: "It was changed meanwhile: planned anew." };
  const objection = await guardObjection(work, open, due, sight);
  if (objection) return objection;
  const reason =
    open.givenUpBecause === undefined ? await ports.gates.mayWrite(open.plan) : undefined;
  return reason === undefined ? undefined : again(open, 300, reason);
}

async function guardObjection(
  { ports }: Work,
  open: Remediation,
  { guards = [], destructive }: Step,
  sight: Sight,
): Promise<Sent | undefined> {
  if (!sight) return undefined;
  const rule = ports.rules.find((it) => it.id === open.plan.ruleId);
  const asked = (rule?.fix?.guards ?? []).filter((it) => guards.includes(it.id));
  const [first] = await objectionsOf(ports, sight, asked);
  if (first?.guard.passes && !isPatienceOver(open, ports.now()))
    return again(open, 300, first.because);
  if (first) return { kind: "give up", open, because: first.because };
  if (!destructive) return undefined;
  const { mode, because } = await ports.policy(open.plan.ruleId, sight);
  return mode === "enforce" ? undefined : { kind: "give up", open, because };
}

function isPatienceOver(open: Remediation, now: Date): boolean {
  const { patienceMinutes = 24 * 60 } = open.plan.steps[open.sent?.step ?? 0] ?? {};
  return now.getTime() - Date.parse(open.begunAt) > patienceMinutes * 60_000;
}

async function intend(
  { ports, pass }: Work,
  open: Remediation,
  due: Step,
  seen: Sight,
  step: number,
): Promise<{ open: Remediation; recordId: string }> {
  const entry = stepOf(ports, open, step);
  const isRepeat = open.sent?.step === step;
  const { steadySince: _, doubt: __, failedTries = 0, ...rest } = open;
  const firstAt = isRepeat ? (open.sent?.firstAt ?? entry.at) : entry.at;
  const intended: Remediation = {
    ...rest,
    ...((isRepeat || failedTries > 0) && { failedTries: failedTries + (isRepeat ? 1 : 0) }),
    sent: { step, at: entry.at, firstAt, recordId: entry.recordId, state: "intended" },
  };
  const target = await targetOf(ports, due.request, seen);
  const actors = open.sent ? [] : await actorsOf(ports, open.plan.resourceId);
  await pass.append(
    {
      ...entry,
      action: "intended",
      request: due.request,
      before: touchedBy(target, due.request.body) ?? null,
      because: open.givenUpBecause ?? open.plan.because,
      ...(actors.length > 0 && { seen: actors }),
    },
    intended,
  );
  return { open: intended, recordId: entry.recordId };
}

async function noteApplied(
  { ports, pass }: Work,
  intended: Remediation,
  step: number,
  { status }: Accepted,
): Promise<Sent> {
  const { sent } = intended;
  const open: Remediation = { ...intended, ...(sent && { sent: { ...sent, state: "applied" } }) };
  await pass.append({ ...stepOf(ports, open, step), action: "applied", status }, open);
  const { resourceId, ruleId } = open.plan;
  ports.log("info", "ARM accepted a write.", { resourceId, ruleId, step, status });
  return { kind: "sent", open };
}

/** Where nobody knows whether it took effect nothing is recorded: recovery looks at the resource. */
async function noteRefused(
  { ports, pass, item }: Work,
  before: Remediation,
  step: number,
  error: unknown,
): Promise<Sent> {
  if (!(error instanceof AirlockError)) throw error;
  const delay = refusalDelay(item.attempt, error);
  if (error.isAmbiguous) return goOn(delay, error.message);
  const { resourceId, ruleId } = before.plan;
  const isFinal = error.kind !== "retry";
  const failedTries = (before.failedTries ?? 0) + (isFinal ? 1 : 0);
  const open: Remediation = { ...before, ...(failedTries > 0 && { failedTries }) };
  const entry = stepOf(ports, before, step);
  await pass.append(
    { ...entry, action: "refused", because: error.message },
    isBegun(before) ? open : undefined,
  );
  ports.log("warn", "ARM refused a write.", { resourceId, ruleId, because: error.message });
  const { attempts = 1 } = before.plan.steps[step] ?? {};
  if (isFinal && (!isPastDelete(before) || failedTries >= attempts))
    return { kind: "give up", open, because: error.message };
  return again(open, delay, error.message);
}

function again(open: Remediation, afterSeconds: number, because: string): Outcome {
  return isBegun(open) ? goOn(afterSeconds, because) : lookAgain(afterSeconds, because);
}
