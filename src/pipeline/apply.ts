import { AirlockError } from "../model/airlock-error.ts";
import { type Json, touchedBy } from "../model/json.ts";
import type { Move, Proof, Remediation, Sight } from "../model/remediation.ts";
import { stepOf } from "./entries.ts";
import { ask, isBusy } from "./evaluate.ts";
import { isPastDelete, next } from "./next.ts";
import { goOn, type Outcome, workDelay } from "./outcome.ts";
import type { Ports } from "./ports.ts";
import { readFacts, unreadOf } from "./read-facts.ts";
import { sendStep } from "./send-step.ts";
import { targetOf } from "./target-of.ts";
import type { Closed, Work } from "./work.ts";

/** Makes the next moves of a remediation: sends a step, waits, or closes it. */
export async function proceed(
  work: Work,
  open: Remediation,
  seen: Sight,
): Promise<Outcome | Closed> {
  const { ports } = work;
  const proof = await prove(ports, open, seen);
  const move = next(open, seen, proof, ports.now().toISOString());
  if (move.do === "send") return sendAndLook(work, open, seen, move.step);
  if (move.do === "wait") return waitFor(work, open, move);
  if (move.do === "give up") return giveUp(work, open, seen, move.because);
  if (move.do === "fail") return closeFailed(work, open, seen, move.because);
  return open.givenUpBecause === undefined
    ? closeVerified(work, open, seen)
    : closeFailed(work, open, seen, open.givenUpBecause, true);
}

/** Asks the rule of this reading; what it is read from must be terminal too. Throws `retry` for what cannot be read just now. */
export async function prove(ports: Ports, { plan }: Remediation, seen: Sight): Promise<Proof> {
  const rule = ports.rules.find((it) => it.id === plan.ruleId);
  if (!rule || !seen) return { isBusy: false, isCured: false };
  const readings = await readFacts(ports, seen, rule.needs ?? []);
  const { because = "", afterSeconds } = unreadOf(rule.needs, readings) ?? {};
  if (afterSeconds !== undefined)
    throw new AirlockError("retry", because, { retryAfterSeconds: afterSeconds });
  return {
    isBusy: isBusy(rule, seen, readings),
    isCured: ask(rule, seen, readings).status === "compliant",
  };
}

/** Reads the resource that is being repaired. */
export async function look({ reads }: Ports, { plan }: Remediation): Promise<Sight> {
  return reads.get(plan.resourceType, plan.resourceId);
}

async function sendAndLook(
  work: Work,
  open: Remediation,
  seen: Sight,
  step: number,
): Promise<Outcome | Closed> {
  const sent = await sendStep(work, open, seen, step);
  switch (sent.kind) {
    case "sent":
      return proceed(work, sent.open, await look(work.ports, sent.open));
    case "stale":
      return { ...(await closeFailed(work, open, seen, sent.because)), ended: "interrupted" };
    case "give up":
      return giveUp(work, sent.open, seen, sent.because);
    default:
      return sent;
  }
}

async function waitFor(
  { ports, pass, item }: Work,
  open: Remediation,
  { because, remember }: Extract<Move, { do: "wait" }>,
): Promise<Outcome> {
  if (remember || pass.open === undefined) await pass.keep(remember ?? open);
  const isSame = item.kind === "continue" && item.step === (open.sent?.step ?? -1);
  const elapsed = (ports.now().getTime() - Date.parse(open.sent?.at ?? open.begunAt)) / 1000;
  const delay = remember?.doubt ? 30 : workDelay(isSame ? item.attempt : 0, elapsed);
  return goOn(delay, because);
}

async function closeVerified(
  work: Work,
  open: Remediation,
  seen: Sight,
): Promise<Outcome | Closed> {
  const { ports, pass } = work;
  const { sent, plan } = open;
  const closed = { kind: "closed", ruleId: plan.ruleId, seen, ended: "verified" } as const;
  if (!sent) {
    await pass.keep(undefined); // somebody else was faster; nothing of ours to record
    return { ...closed, ended: "interrupted", because: "It was repaired by somebody else." };
  }
  const isKnown = sent.state === "applied";
  await pass.append(
    {
      ...stepOf(ports, open, sent.step),
      action: "verified",
      after: await afterOf(work, open, seen),
      ...(!isKnown && { sent: "unknown" }),
    },
    undefined,
  );
  ports.log("info", "The repair held.", { resourceId: plan.resourceId, ruleId: plan.ruleId });
  return { ...closed, because: "Read back and content." };
}

/** Of what was written only what the last write touched: the rest is in ARM. */
async function afterOf({ ports }: Work, { plan, sent }: Remediation, seen: Sight): Promise<Json> {
  const request = plan.steps[sent?.step ?? 0]?.request;
  if (!request) return null;
  return touchedBy(await targetOf(ports, request, seen), request.body) ?? null;
}

async function closeFailed(
  { ports, pass }: Work,
  open: Remediation,
  seen: Sight,
  because: string,
  restored = false,
): Promise<Closed> {
  const { plan, sent } = open;
  await pass.append(
    {
      ...stepOf(ports, open, sent?.step ?? 0),
      action: "failed",
      because,
      ...(restored && { restored: true }),
    },
    undefined,
  );
  ports.log("warn", "The repair failed.", {
    resourceId: plan.resourceId,
    ruleId: plan.ruleId,
    because,
    restored,
  });
  return { kind: "closed", ruleId: plan.ruleId, seen, ended: "failed", because };
}

/** Puts back what the steps that were sent changed, if they did; else it has failed. */
async function giveUp(
  work: Work,
  open: Remediation,
  seen: Sight,
  because: string,
): Promise<Outcome | Closed> {
  const sent = open.plan.steps.slice(0, (open.sent?.step ?? -1) + 1);
  const steps = sent.findLast((it) => it.ifGivenUp)?.ifGivenUp;
  if (!steps) return closeFailed(work, open, seen, because);
  const { sent: _, steadySince: __, doubt: ___, failedTries: ____, ...rest } = open;
  const putBack: Remediation = {
    ...rest,
    begunAt: work.ports.now().toISOString(),
    plan: { ...open.plan, steps },
    givenUpBecause: because,
    ...(isPastDelete(open) && { mustFinish: true }),
  };
  await work.pass.keep(putBack);
  return proceed(work, putBack, seen);
}
