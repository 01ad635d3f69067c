import { expect, test } from "vitest";
import type { Objection } from "../../src/model/decision.ts";
import type { Approval } from "../../src/model/finding.ts";
import type { Plan } from "../../src/model/remediation.ts";
import type { Guard } from "../../src/model/rule.ts";
import { compliant, notApplicable, unknown, violation } from "../../src/model/verdict.ts";
import { type Case, decide, guardsToAsk, shownHash } from "../../src/pipeline/decide.ts";

const now = "2026-11-24T12:00:00.000Z";
const before = { because: "before", at: "2026-11-24T10:00:00.000Z" };
const modes = ["off", "observe", "enforce"] as const;
const ceilings = ["observe", "drift", "full"] as const;
/** What it asks for could not be read just now: neither a verdict, nor a plan. */
const unread = unknown("unread");
const impacts = [
  undefined,
  "unread",
  "none",
  "may-cut-callers",
  "destroys-state",
  "irreversible",
] as const;
const yields: readonly Guard["yieldsTo"][] = [[], ["drift"], ["approval"], ["drift", "approval"]];
const approvals = [undefined, "approve", "reject", "expired", "another plan"] as const;
const bools = [false, true] as const;

type Axes = Readonly<{
  verdict: Case["verdict"];
  mode: (typeof modes)[number];
  ceiling: (typeof ceilings)[number];
  impact: (typeof impacts)[number];
  yieldsTo: Guard["yieldsTo"];
  objects: boolean;
  passes: boolean;
  approval: (typeof approvals)[number];
  isDrift: boolean;
  isNewborn: boolean;
  isProven: boolean;
  stopped: boolean;
  givenUp: boolean;
  grace: boolean;
}>;

/** Every point of the space, one at a time. */
function* points(): Generator<Axes> {
  const axes: { [K in keyof Axes]: readonly Axes[K][] } = {
    verdict: [compliant, notApplicable, unknown("?"), unread, violation("!")],
    mode: modes,
    ceiling: ceilings,
    impact: impacts,
    yieldsTo: yields,
    objects: bools,
    passes: bools,
    approval: approvals,
    isDrift: bools,
    isNewborn: bools,
    isProven: bools,
    stopped: bools,
    givenUp: bools,
    grace: bools,
  };
  const names = Object.keys(axes) as (keyof Axes)[];
  const sizes = names.map((it) => axes[it].length);
  const total = sizes.reduce((a, b) => a * b);
  for (let n = 0; n < total; n++) {
    let rest = n;
    const point: Record<string, unknown> = {};
    for (const [i, name] of names.entries()) {
      const size = sizes[i] ?? 1;
      point[name] = axes[name][rest % size];
      rest = Math.floor(rest / size);
    }
    yield point as Axes;
  }
}

function caseOf(it: Axes): { given: Case; objections: readonly Objection[] } {
  const guard: Guard = {
    id: "g",
    title: "G",
    yieldsTo: it.yieldsTo,
    ...(it.passes && { passes: true }),
    check: () => (it.objects ? violation("cut off") : compliant),
  };
  const base: Case = {
    verdict: it.verdict,
    ruling: { mode: it.mode, because: it.mode },
    enforcement: it.ceiling,
    noPlanBecause: "no way",
    reachability: it.isProven ? "proven" : "unprovable",
    isDrift: it.isDrift,
    isNewborn: it.isNewborn,
    graceSeconds: it.grace ? 60 : 0,
    now,
    ...planOf(it),
    ...(it.stopped && { stopped: "stopped" }),
    ...(it.givenUp && { givenUp: before }),
  };
  const objecting = it.objects ? [{ guard, because: "cut off" }] : [];
  const approval = approvalOf(it.approval, base.plan, objecting);
  const given = { ...base, ...(approval && { approval }) };
  const asked = guardsToAsk(given, [guard]);
  const objections = it.objects ? asked.map((one) => ({ guard: one, because: "cut off" })) : [];
  return { given, objections };
}

function planOf(it: Axes): Pick<Case, "plan" | "unread"> {
  if (isUnread(it)) return { unread: { because: "unread", afterSeconds: 0 } };
  const { impact } = it;
  if (impact === undefined || impact === "unread") return {};
  return { plan: { ruleId: "r", resourceId: "x", impact, steps: [] } as unknown as Plan };
}

const isUnread = ({ verdict, impact }: Axes) =>
  verdict === unread || (verdict.status === "violation" && impact === "unread");

function approvalOf(
  kind: Axes["approval"],
  plan: Plan | undefined,
  objections: readonly Objection[],
): Approval | undefined {
  if (kind === undefined) return undefined;
  return {
    shown: kind === "another plan" ? "else" : shownHash(plan, objections),
    answer: kind === "reject" ? "reject" : "approve",
    by: "a person",
    reason: "r",
    at: "2026-11-24T11:00:00.000Z",
    until: kind === "expired" ? "2026-11-24T11:30:00.000Z" : "2026-12-01T00:00:00.000Z",
  };
}

test("what must hold of every decision, said apart from the code that decides", () => {
  const tally: Record<string, number> = {};
  const broken: string[] = [];
  for (const it of points()) {
    const { given, objections } = caseOf(it);
    const { do: done } = decide(given, objections);
    tally[done] = (tally[done] ?? 0) + 1;
    const complaint = complaintOf(it, done, given, objections);
    if (complaint) broken.push(`${complaint}: ${JSON.stringify(it)}`);
  }
  console.log(
    Object.values(tally).reduce((a, b) => a + b),
    "points",
    tally,
  );
  expect(broken.slice(0, 3)).toEqual([]);
}, 60_000);

type Seen = Readonly<{ it: Axes; done: string; given: Case; objections: readonly Objection[] }>;

const isApproved = ({ it }: Seen) => it.approval === "approve";
const isFirstClosing = (seen: Seen) =>
  seen.it.impact === "may-cut-callers" && !seen.it.isDrift && !isApproved(seen);
const isOverruled = (seen: Seen) =>
  (seen.it.isDrift && seen.it.yieldsTo.includes("drift")) ||
  (isApproved(seen) && seen.it.yieldsTo.includes("approval"));

/** Each must be false whenever the decision is to apply. */
const neverApplied: Readonly<Record<string, (seen: Seen) => boolean>> = {
  "only violations": ({ it }) => it.verdict.status !== "violation",
  "only what is enforced": ({ it }) => it.mode !== "enforce",
  "only a plan": ({ it }) => !it.impact || it.impact === "unread",
  "nothing past the switch": ({ it }) => it.stopped,
  "nothing that was rejected": ({ it, given, objections }) =>
    it.approval === "reject" && given.approval?.shown === shownHash(given.plan, objections),
  "nothing that is lost for good, without a person": (seen) =>
    ["destroys-state", "irreversible"].includes(seen.it.impact ?? "") && !isApproved(seen),
  "no unprovable first closing": (seen) => isFirstClosing(seen) && !seen.it.isProven,
  "no first closing of what is old": (seen) =>
    isFirstClosing(seen) && !seen.it.isNewborn && seen.it.ceiling !== "full",
  "no second try unasked": ({ it }) =>
    it.givenUp && it.approval !== "approve" && it.approval !== "another plan",
  "nothing within its grace": ({ it }) => it.grace,
  "nothing against a guard": (seen) => seen.it.objects && !isOverruled(seen),
};

function complaintOf(
  it: Axes,
  done: string,
  given: Case,
  objections: readonly Objection[],
): string | undefined {
  if (isUnread(it) && it.mode !== "off")
    return done === "wait" ? undefined : "what could not be read just now is waited for";
  if (it.verdict.status === "unknown" && it.mode !== "off" && done !== "report")
    return "unknown is reported, whatever else is true";
  if (done !== "apply") return undefined;
  const seen = { it, done, given, objections };
  return Object.keys(neverApplied).find((name) => neverApplied[name]?.(seen));
}
