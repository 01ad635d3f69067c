import { contains } from "../model/json.ts";
import type { Remediation, Sight } from "../model/remediation.ts";
import { isTerminal } from "../model/resource.ts";
import { proceed, prove } from "./apply.ts";
import { stepOf } from "./entries.ts";
import { isBegun, isPastDelete } from "./next.ts";
import { goOn, type Outcome } from "./outcome.ts";
import type { Closed, Work } from "./work.ts";

/**
 * A step was intended and ARM's answer is not recorded: a worker died, or no answer came. Concludes
 * nothing while ARM is at work, never claims `applied`, and finishes what a delete began.
 */
export async function recover(
  work: Work,
  open: Remediation,
  seen: Sight,
): Promise<Outcome | Closed> {
  const proof = await prove(work.ports, open, seen);
  if (seen && (!isTerminal(seen) || proof.isBusy)) return goOn(30, "ARM is still working on it.");
  if (isPastDelete(open)) return recoverDelete(work, open, seen);
  if (!seen) return proceed(work, open, seen); // gone, and not by us
  if (proof.isCured) return proceed(work, open, seen); // verified, sent: unknown
  if (isMiddle(open) && showsEffect(open, seen)) return resume(work, open, seen);
  return interrupted(work, open, seen);
}

/** The delete itself, or what follows it: the resource tells which of them took effect. */
async function recoverDelete(work: Work, open: Remediation, seen: Sight) {
  const { sent, plan } = open;
  const isDelete = sent !== undefined && plan.steps[sent.step]?.destructive === true;
  const tookEffect = isDelete ? seen === undefined : seen !== undefined;
  return tookEffect ? resume(work, open, seen) : interrupted(work, open, seen);
}

async function resume(work: Work, open: Remediation, seen: Sight) {
  const { sent } = open;
  if (!sent) return proceed(work, open, seen);
  const resumed: Remediation = { ...open, sent: { ...sent, state: "seen" } };
  const entry = stepOf(work.ports, open, sent.step);
  await work.pass.append(
    {
      ...entry,
      action: "resumed",
      because: "The resource shows its effect; ARM's answer is not known.",
    },
    resumed,
  );
  return proceed(work, resumed, seen);
}

/** What came before it stands, so the plan goes on from there; the first step of a fix is judged anew. */
async function interrupted(
  { ports, pass, item }: Work,
  open: Remediation,
  seen: Sight,
): Promise<Outcome | Closed> {
  const { sent, plan } = open;
  const because = "Interrupted before it took effect.";
  const step = sent?.step ?? 0;
  const entry = { ...stepOf(ports, open, step), action: "failed", because } as const;
  const { sent: _, ...unsent } = open;
  const back: Remediation =
    sent && step > 0 ? { ...open, sent: { ...sent, step: step - 1, state: "seen" } } : unsent;
  if (!isBegun(back)) {
    await pass.append(entry, undefined);
    return { kind: "closed", ruleId: plan.ruleId, seen, ended: "interrupted", because };
  }
  await pass.append(entry, back);
  return proceed({ ports, pass, item }, back, seen);
}

function isMiddle({ plan, sent }: Remediation): boolean {
  return sent !== undefined && sent.step < plan.steps.length - 1;
}

function showsEffect({ plan, sent }: Remediation, seen: Sight): boolean {
  return sent !== undefined && contains(seen, plan.steps[sent.step]?.request.body);
}
