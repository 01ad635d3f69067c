import type { Decision, Objection } from "../model/decision.ts";
import type { Approval } from "../model/finding.ts";
import { hashOf } from "../model/hash.ts";
import type { Plan } from "../model/remediation.ts";
import type { Fix, Guard } from "../model/rule.ts";
import type { Enforcement } from "../model/settings.ts";
import type { Verdict } from "../model/verdict.ts";
import type { Ruling } from "./ports.ts";
import type { Unread } from "./read-facts.ts";

/** All that bears on one verdict. Everything is a value, so a decision can be replayed. */
export type Case = Readonly<{
  verdict: Verdict;
  ruling: Ruling;
  enforcement: Enforcement;
  /** Absent: there is no way from this state, for the reason beside it. */
  plan?: Plan;
  noPlanBecause: string;
  /** What the verdict or the plan asks for could not be read just now. */
  unread?: Unread;
  reachability: Fix["reachability"];
  /** It was compliant within 30 days, and every private endpoint that was Approved then still is. */
  isDrift: boolean;
  /** It was made after Airlock was installed, and within 24 hours. */
  isNewborn: boolean;
  approval?: Approval;
  /** A fix that did not cure, a fight, a switch: it forbids a write until a person speaks. */
  givenUp?: Readonly<{ because: string; at: string }>;
  contested?: Readonly<{ because: string; at: string }>;
  stopped?: string;
  /** Seconds of grace that are left. */
  graceSeconds: number;
  now: string;
}>;

type Gate = (it: Case, objections: readonly Objection[]) => Decision | undefined;

/** In this order, the first that answers decides. None of these needs a guard. */
const gatesBeforeGuards: readonly Gate[] = [
  ({ verdict: { status } }) =>
    when(status === "compliant" || status === "not-applicable", "nothing", status),
  ({ ruling }) => when(ruling.mode === "off", "nothing", ruling.because),
  ({ unread }) => when(unread !== undefined, "wait", unread?.because, unread?.afterSeconds),
  ({ verdict }) => when(verdict.status === "unknown", "report", textOf(verdict)),
  ({ plan, noPlanBecause }) => when(plan === undefined, "report", noPlanBecause),
  ({ ruling }) => when(ruling.mode === "observe", "report", ruling.because),
  (it) => when(isOpen(it.givenUp, it), "hold", it.givenUp?.because),
  (it) => when(isOpen(it.contested, it), "hold", it.contested?.because),
  ({ stopped }) => when(stopped !== undefined, "hold", stopped),
];

/** And these, once the guards have been asked. */
const gatesAfterGuards: readonly Gate[] = [
  (it, objections) =>
    when(answerOf(it, objections) === "reject", "hold", "A person rejected this plan."),
  (it, objections) => {
    const first = objections.find((one) => !one.guard.passes && !isOverruled(one, it, objections));
    return when(first !== undefined, "hold", first?.because);
  },
  (it, objections) =>
    when(
      losesSomething(it) && !isApproved(it, objections),
      "hold",
      "Something would be lost that does not come back: a person must approve.",
    ),
  (it, objections) => when(!mayCut(it) && !isApproved(it, objections), "hold", ceilingOf(it)),
  (it, objections) => {
    const first = objections.find((one) => !isOverruled(one, it, objections));
    return when(first !== undefined, "wait", first?.because, first?.afterSeconds ?? 900);
  },
  ({ graceSeconds }) =>
    when(graceSeconds > 0, "wait", "A deployment may still be under way.", graceSeconds),
];

/** The guards worth their reads: none when all is decided without them, none that drift overrules. */
export function guardsToAsk(it: Case, guards: readonly Guard[]): readonly Guard[] {
  if (firstOf(gatesBeforeGuards, it, [])) return [];
  return guards.filter(({ yieldsTo }) => !(it.isDrift && yieldsTo.includes("drift")));
}

/** What is done about one verdict, and why. Pure, and the only place that decides. */
export function decide(it: Case, objections: readonly Objection[]): Decision {
  const decision = firstOf([...gatesBeforeGuards, ...gatesAfterGuards], it, objections);
  return decision ?? { do: "apply", because: whyApply(it, objections) };
}

/** Hash of all that a person must have seen before saying yes; what passes by itself is waited for anyway. */
export function shownHash(plan: Plan | undefined, objections: readonly Objection[]): string {
  const { ruleId, resourceId, steps } = plan ?? {};
  const lasting = objections.filter((it) => !it.guard.passes).map((it) => it.because);
  return hashOf([ruleId, resourceId?.toLowerCase(), steps, lasting]);
}

function firstOf(list: readonly Gate[], it: Case, objections: readonly Objection[]) {
  for (const gate of list) {
    const decision = gate(it, objections);
    if (decision) return decision;
  }
  return undefined;
}

function isOverruled({ guard }: Objection, it: Case, objections: readonly Objection[]): boolean {
  if (it.isDrift && guard.yieldsTo.includes("drift")) return true;
  return guard.yieldsTo.includes("approval") && isApproved(it, objections);
}

function answerOf({ approval, plan, now }: Case, objections: readonly Objection[]) {
  const isMeant =
    approval !== undefined &&
    approval.shown === shownHash(plan, objections) &&
    Date.parse(now) < Date.parse(approval.until);
  return isMeant ? approval.answer : undefined;
}

const isApproved = (it: Case, objections: readonly Objection[]) =>
  answerOf(it, objections) === "approve";

const losesSomething = ({ plan }: Case) =>
  plan?.impact === "destroys-state" || plan?.impact === "irreversible";

/** What the ceiling of the installation lets a fix do alone that may cut callers. */
function mayCut({ plan, enforcement, reachability, isDrift, isNewborn }: Case): boolean {
  if (plan?.impact === "none" || isDrift) return true;
  if (reachability === "unprovable") return false;
  return isNewborn || enforcement === "full";
}

function ceilingOf({ reachability }: Case): string {
  return reachability === "unprovable"
    ? "It was never closed while Airlock watched, and nothing proves that its callers would still reach it."
    : "It was open before Airlock came: a first closing waits for a person.";
}

/** What was held stays so until a person says yes after it began; their word has its end. */
function isOpen(it: { at: string } | undefined, { approval, now }: Case): boolean {
  if (it === undefined) return false;
  const isYes = approval?.answer === "approve" && Date.parse(now) < Date.parse(approval.until);
  return !(isYes && Date.parse(approval.at) > Date.parse(it.at));
}

function whyApply(it: Case, objections: readonly Objection[]): string {
  if (isApproved(it, objections)) return `${it.approval?.by} approved it.`;
  if (it.isDrift) return "It was compliant before.";
  return it.isNewborn ? "It is new, and nothing stands against it." : "Nothing stands against it.";
}

function when(
  holds: boolean,
  what: Decision["do"],
  because = "",
  afterSeconds?: number,
): Decision | undefined {
  if (!holds) return undefined;
  return { do: what, because, ...(afterSeconds !== undefined && { afterSeconds }) };
}

const textOf = (verdict: Verdict) => ("because" in verdict ? verdict.because : "");
