import type { Decision, Objection } from "../model/decision.ts";
import type { Finding, Remembered } from "../model/finding.ts";
import { hashOf } from "../model/hash.ts";
import type { Plan } from "../model/remediation.ts";
import type { Resource } from "../model/resource.ts";
import type { Check, Guard, Rule } from "../model/rule.ts";
import type { Verdict } from "../model/verdict.ts";
import { circumstancesOf } from "./circumstances.ts";
import { type Case, decide, guardsToAsk, shownHash } from "./decide.ts";
import { ask, evaluate, rulesFor } from "./evaluate.ts";
import type { Installation, Ports } from "./ports.ts";
import { readFacts, type Unread, unreadOf } from "./read-facts.ts";

/** All there is to say of one rule on one resource. A finding is this, kept. */
export type Judged = Readonly<{
  rule: Rule;
  verdict: Verdict;
  plan?: Plan;
  objections: readonly Objection[];
  decision: Decision;
  shown: string;
  /** Something that it asks for could not be read just now: to be judged again, and no sooner than this. */
  unreadSeconds?: number;
}>;

export type JudgePorts = Pick<Ports, "rules" | "reads" | "settings" | "policy" | "gates" | "now">;

/** Read, ask, decide. Nothing is written anywhere: a dry run is this and no more. */
export async function judge(
  ports: JudgePorts,
  resource: Resource,
  remembered: Remembered | undefined,
): Promise<readonly Judged[]> {
  const readings = await readFacts(ports, resource, needsOf(rulesFor(ports.rules, resource)));
  const answers = evaluate(ports.rules, resource, readings);
  const isOpen = answers.some(({ rule, verdict }) => verdict.status === "violation" && rule.fix);
  const installation = isOpen ? await ports.gates.installation() : undefined;
  return Promise.all(
    answers.map(({ rule, verdict }) => {
      const unread = passing(unreadOf(rule.needs, readings));
      return judgeOne(ports, { rule, verdict, unread, resource, remembered, installation });
    }),
  );
}

type Answered = Readonly<{
  rule: Rule;
  verdict: Verdict;
  unread: Unread | undefined;
  resource: Resource;
  remembered: Remembered | undefined;
  installation: Installation | undefined;
}>;

async function judgeOne(ports: JudgePorts, answered: Answered): Promise<Judged> {
  const { rule, verdict, resource } = answered;
  const plan = await planOf(ports, rule, resource, verdict);
  const it = await caseOf(ports, answered, plan);
  const objections = await objectionsOf(ports, resource, guardsToAsk(it, rule.fix?.guards ?? []));
  const unread = it.unread ?? objections.find((one) => one.afterSeconds !== undefined);
  return {
    rule,
    verdict,
    ...(it.plan && { plan: it.plan }),
    objections,
    decision: decide(it, objections),
    shown: shownHash(it.plan, objections),
    ...(unread?.afterSeconds !== undefined && { unreadSeconds: unread.afterSeconds }),
  };
}

async function caseOf(
  ports: JudgePorts,
  { rule, verdict, unread, resource, remembered, installation }: Answered,
  plan: Plan | Unread,
): Promise<Case> {
  const now = ports.now().toISOString();
  const finding = remembered?.findings.find((it) => it.ruleId === rule.id);
  const cannotTell = unread ?? ("steps" in plan ? undefined : passing(plan));
  return {
    verdict,
    ruling: await ports.policy(rule.id, resource),
    enforcement: ports.settings.enforcement,
    ...("steps" in plan ? { plan, noPlanBecause: "" } : { noPlanBecause: plan.because }),
    ...(cannotTell && { unread: cannotTell }),
    reachability: rule.fix?.reachability ?? "unprovable",
    ...(finding?.approval && { approval: finding.approval }),
    ...circumstancesOf(rule, resource, remembered, installation, now),
    now,
  };
}

/** Asks guards about a resource; one that cannot be read is not content. */
export async function objectionsOf(
  ports: Pick<Ports, "reads" | "settings">,
  resource: Resource,
  guards: readonly Guard[],
): Promise<readonly Objection[]> {
  if (guards.length === 0) return [];
  const readings = await readFacts(ports, resource, needsOf(guards));
  return guards.flatMap((guard) => {
    const unread = passing(unreadOf(guard.needs, readings));
    if (unread) return [{ guard: { id: guard.id, yieldsTo: [], passes: true }, ...unread }];
    const answer = ask(guard, resource, readings);
    return "because" in answer ? [{ guard: wordsOf(guard), because: answer.because }] : [];
  });
}

/** What passes is waited for; nobody said yes to what nobody has read. */
const passing = (it: Unread | undefined) => (it?.afterSeconds === undefined ? undefined : it);

const wordsOf = ({ id, yieldsTo, passes }: Guard): Objection["guard"] => ({
  id,
  yieldsTo,
  ...(passes && { passes }),
});

async function planOf(
  ports: JudgePorts,
  { id, fix }: Rule,
  resource: Resource,
  verdict: Verdict,
): Promise<Plan | Unread> {
  if (verdict.status !== "violation" || !("because" in verdict))
    return { because: "Nothing is wrong." };
  if (!fix) return { because: "A person must repair this." };
  const readings = await readFacts(ports, resource, fix.needs ?? []);
  const unread = unreadOf(fix.needs, readings);
  if (unread) return unread;
  const steps = fix.steps(resource, readings.facts);
  if (typeof steps === "string") return { because: steps };
  return {
    ruleId: id,
    resourceId: resource.id,
    resourceType: resource.type,
    impact: fix.impact(resource, readings.facts),
    because: verdict.because,
    steps,
  };
}

const needsOf = (checks: readonly Check[]) => checks.flatMap((it) => it.needs ?? []);

/** The id of a finding: rule and resource, nothing that changes. */
export const findingId = (ruleId: string, resourceId: string): string =>
  hashOf([ruleId, resourceId.toLowerCase()]).slice(0, 16);

/** The findings that a judgement leaves: what is wrong or unknown, with the time it was first seen. */
export function findingsOf(
  judged: readonly Judged[],
  resource: Pick<Resource, "id" | "type">,
  before: readonly Finding[],
  now: string,
): readonly Finding[] {
  return judged.flatMap(({ rule, verdict, decision, objections, plan, shown }) => {
    if (!("because" in verdict) || decision.do === "nothing") return [];
    const was = before.find((it) => it.ruleId === rule.id);
    return {
      id: findingId(rule.id, resource.id),
      ruleId: rule.id,
      severity: rule.severity,
      title: rule.title,
      resourceId: resource.id,
      resourceType: resource.type,
      verdict,
      decision,
      objections: objections.map((it) => it.because),
      ...(plan && { plan }),
      shown,
      ...(was?.approval && { approval: was.approval }),
      since: was?.since ?? now,
    };
  });
}
