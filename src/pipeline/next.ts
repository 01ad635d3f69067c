import { contains } from "../model/json.ts";
import type { Move, Proof, Remediation, Sent, Sight } from "../model/remediation.ts";
import type { Step } from "../model/request.ts";
import { hasFailed, isTerminal } from "../model/resource.ts";

const defaultPatienceMinutes = 24 * 60;

/**
 * The next move of a remediation, from what was sent last and what is seen now. Pure. Progress is
 * observed, not counted; not terminal is asked first: a value that ARM still works on proves nothing.
 */
export function next(open: Remediation, seen: Sight, proof: Proof, now: string): Move {
  const move = moveOf(open, seen, proof, now);
  if (move.do !== "wait" || move.remember?.doubt) return move;
  const { doubt, ...sure } = move.remember ?? open;
  return doubt === undefined ? move : { ...move, remember: sure };
}

function moveOf(open: Remediation, seen: Sight, proof: Proof, now: string): Move {
  if (seen && (!isTerminal(seen) || proof.isBusy)) return overdueOrWait(open, now, atWork);
  if (!seen && !isPastDelete(open))
    return onSecondLook("gone", open, now, { do: "fail", because: "It is gone, and not by us." });
  if (isFinished(open, seen, proof)) return { do: "done" };

  const at = reached(open, seen, now);
  const step = open.plan.steps[at];
  if (step && at >= 0 && !holds(step, open, seen, now)) return awaitEffect(open, step, seen, now);
  if (at + 1 < open.plan.steps.length) return { do: "send", step: at + 1 };
  return onSecondLook("uncured", open, now, retryOrFail(open, open.sent, seen)); // all was sent
}

const atWork = "ARM is still working on it.";

/** Whether a step that takes something away was sent: then a missing resource is progress. */
export function isPastDelete({ plan, sent, mustFinish }: Remediation): boolean {
  const sentSteps = plan.steps.slice(0, (sent?.step ?? -1) + 1);
  return mustFinish === true || sentSteps.some((it) => it.destructive);
}

/** One that has sent nothing yet is judged again; one that has, or that puts things back, goes on. */
export const isBegun = ({ sent, givenUpBecause }: Remediation): boolean =>
  sent !== undefined || givenUpBecause !== undefined;

/** A fix ends when its rule is content; what puts things back, or undoes, says itself what it expects. */
function isFinished({ plan, sent }: Remediation, seen: Sight, { isCured }: Proof): boolean {
  const last = plan.steps.at(-1);
  if (last?.expect === undefined) return isCured;
  return sent?.step === plan.steps.length - 1 && shows(last, seen);
}

/** The last step that was sent, or that needs no sending because the resource shows it already. */
function reached(open: Remediation, seen: Sight, now: string): number {
  let at = open.sent?.step ?? -1;
  for (let due = open.plan.steps[at + 1]; due; due = open.plan.steps[at + 1]) {
    const done = at < 0 || holds(open.plan.steps[at], open, seen, now);
    if (!done || !isNeedless(due, seen)) break;
    at++;
  }
  return at;
}

/** A value that is already there is never written again. */
function isNeedless({ request, expect }: Step, seen: Sight): boolean {
  return expect !== undefined && request.method === "PATCH" && contains(seen, request.body);
}

function holds(step: Step | undefined, open: Remediation, seen: Sight, now: string): boolean {
  if (step?.expect === undefined) return true;
  if (!shows(step, seen)) return false;
  const since = open.steadySince;
  return minutesBetween(since ?? now, now) >= (step.steadyMinutes ?? 0);
}

function shows({ expect }: Step, seen: Sight): boolean {
  return expect === "gone" ? seen === undefined : contains(seen, expect);
}

/** Sent, and its effect is not there yet, or not for long enough. */
function awaitEffect(open: Remediation, step: Step, seen: Sight, now: string): Move {
  if ((step.attempts ?? 1) > 1)
    return onSecondLook("uncured", open, now, retryOrFail(open, open.sent, seen));
  const steadySince = shows(step, seen) ? (open.steadySince ?? now) : undefined;
  const { steadySince: _, doubt: __, ...rest } = open;
  const remember = { ...rest, ...(steadySince !== undefined && { steadySince }) };
  const because = `${step.title}: waiting for its effect.`;
  if (step.destructive && seen) return awaitDelete(open, step, seen, now, because);
  const move = overdueOrWait(open, now, because);
  return move.do === "wait" && steadySince !== open.steadySince ? { ...move, remember } : move;
}

/** One that does not come is undone after its time; but what somebody changed meanwhile is theirs. */
function awaitDelete(open: Remediation, { stillIs }: Step, seen: Sight, now: string, why: string) {
  const move = overdue(open, now, why);
  const isOurs = stillIs === undefined || contains(seen, stillIs);
  if (move.do === "wait" || isOurs) return move;
  return { do: "fail", because: "It was not deleted, and was changed meanwhile." } as const;
}

/** What was taken away is brought back however long it takes: it is never given up for time alone. */
function overdueOrWait(open: Remediation, now: string, because: string): Move {
  return isPastDelete(open) ? { do: "wait", because } : overdue(open, now, because);
}

function overdue(open: Remediation, now: string, because: string): Move {
  const at = Math.max(open.sent?.step ?? 0, 0);
  const { patienceMinutes = defaultPatienceMinutes } = open.plan.steps[at] ?? {};
  const since = open.sent?.firstAt ?? open.begunAt;
  if (minutesBetween(since, now) <= patienceMinutes) return { do: "wait", because };
  return { do: "give up", because: `No effect within ${patienceMinutes} minutes.` };
}

/** Believed on the second look, half a minute later. */
function onSecondLook(it: "gone" | "uncured", open: Remediation, now: string, move: Move): Move {
  const { doubt } = open;
  const wait = { do: "wait", because: "It does not show yet." } as const;
  if (doubt?.it !== it) return { ...wait, remember: { ...open, doubt: { it, since: now } } };
  return minutesBetween(doubt.since, now) < 0.5 ? { ...wait, remember: open } : move;
}

function retryOrFail(open: Remediation, sent: Sent | undefined, seen: Sight): Move {
  const step = sent?.step ?? 0;
  const { attempts = 1 } = open.plan.steps[step] ?? {};
  const because = whyUncured(seen);
  if (attempts === 1) return { do: "fail", because };
  if ((open.failedTries ?? 0) + 1 < attempts) return { do: "send", step };
  return { do: "give up", because };
}

function whyUncured(seen: Sight): string {
  if (!seen) return "ARM took it, and nothing is there.";
  return hasFailed(seen)
    ? "ARM took it and then failed."
    : "ARM took it, and the rule still objects.";
}

function minutesBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 60_000;
}
