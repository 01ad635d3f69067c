import type { AuditRecord, Entry } from "../model/audit-record.ts";
import type { Finding } from "../model/finding.ts";
import { type ResourceType, resourceTypes } from "../model/resource-types/index.ts";
import type { Rule } from "../model/rule.ts";
import type { Verdict } from "../model/verdict.ts";
import { compare, type Repair, repairsIn } from "./repairs.ts";

type Status = Verdict["status"];
/** How many of each; together they are all. */
export type Counts = Readonly<Record<Status, number>>;

type RuleWords = Pick<Rule, "id" | "title" | "severity" | "why" | "reference">;

export type ReportInput = Readonly<{
  sweepId: string;
  /** When the report was made. */
  at: string;
  subscriptions: readonly string[];
  /** The catalogue: a rule that found nothing is reported too. */
  rules: readonly RuleWords[];
  /** What the sweep judged, each resource with its verdict by rule id. */
  resources: readonly Readonly<{
    resourceId: string;
    resourceType: ResourceType;
    verdicts: Readonly<Record<string, Status>>;
  }>[];
  /** All that stand now, whoever found them. */
  findings: readonly Finding[];
  /** All audit records since the last report, of every resource, in any order. */
  activity: readonly AuditRecord[];
  notEvaluated: readonly NotEvaluated[];
}>;
export type NotEvaluated = Readonly<{ resourceId: string; because: string }>;

/** The JSON form of a report, complete: a page shows nothing that is not in it. */
export type Report = Readonly<{
  schema: 1;
  sweepId: string;
  at: string;
  subscriptions: readonly string[];
  totals: Totals;
  resourcesByType: readonly Readonly<{ resourceType: string; resources: number }>[];
  /** As the sweep judged, worst first. */
  posture: readonly (RuleWords & Readonly<{ counts: Counts }>)[];
  /** As they stood when the report was made, worst first. */
  findings: readonly FindingsOfRule[];
  /** Of these, the ones that wait for a person. */
  held: readonly Finding[];
  repaired: readonly Repair[];
  notRepaired: readonly Repair[];
  /** What people said, the newest first. */
  answers: readonly Answer[];
  notEvaluated: readonly NotEvaluated[];
}>;

/** `byWorst`: each resource counts once, as the worst that any rule says of it. */
export type Totals = Readonly<{
  resources: number;
  byWorst: Counts;
  findings: number;
  held: number;
  repaired: number;
  notRepaired: number;
  notEvaluated: number;
}>;

export type FindingsOfRule = Readonly<{
  ruleId: string;
  severity: Rule["severity"];
  title: string;
  findings: readonly Finding[];
}>;

export type Answer = Extract<Entry, { by: string }>;

/** Pure: the same input makes the same report, word for word. */
export function buildReport(input: ReportInput): Report {
  const { sweepId, at, subscriptions, resources, notEvaluated } = input;
  const findings = [...input.findings].sort(worstFirst);
  const held = findings.filter((it) => it.decision.do === "hold");
  const repairs = repairsIn(input.activity);
  const repaired = repairs.filter((it) => it.outcome === "repaired");
  const notRepaired = repairs.filter((it) => it.outcome !== "repaired");
  return {
    schema: 1,
    sweepId,
    at,
    subscriptions,
    totals: {
      resources: resources.length,
      byWorst: countsOf(resources.map((it) => worstOf(Object.values(it.verdicts)))),
      findings: findings.length,
      held: held.length,
      repaired: repaired.length,
      notRepaired: notRepaired.length,
      notEvaluated: notEvaluated.length,
    },
    resourcesByType: byType(resources),
    posture: postureOf(input),
    findings: byRule(findings),
    held,
    repaired,
    notRepaired,
    answers: answersIn(input.activity),
    notEvaluated: [...notEvaluated].sort((a, b) => compare(a.resourceId, b.resourceId)),
  };
}

const fromWorst = ["violation", "unknown", "compliant", "not-applicable"] as const;
const severities: readonly Rule["severity"][] = ["critical", "high", "medium", "low"];

const rank = ({ severity }: Pick<Rule, "severity">) => severities.indexOf(severity);

/** A resource that no rule spoke of is not compliant: no rule applied. */
const worstOf = (all: readonly Status[]): Status =>
  fromWorst.find((it) => all.includes(it)) ?? "not-applicable";

function countsOf(all: readonly Status[]): Counts {
  const count = (status: Status) => all.filter((it) => it === status).length;
  return {
    violation: count("violation"),
    unknown: count("unknown"),
    compliant: count("compliant"),
    "not-applicable": count("not-applicable"),
  };
}

function worstFirst(a: Finding, b: Finding): number {
  return (
    rank(a) - rank(b) ||
    compare(a.ruleId, b.ruleId) ||
    fromWorst.indexOf(a.verdict.status) - fromWorst.indexOf(b.verdict.status) ||
    compare(a.resourceId, b.resourceId)
  );
}

function postureOf({ rules, resources }: ReportInput): Report["posture"] {
  const posture = rules.map(({ id, title, severity, why, reference }) => {
    const verdicts = resources.flatMap((it) => it.verdicts[id] ?? []);
    return { id, title, severity, why, reference, counts: countsOf(verdicts) };
  });
  return posture.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      b.counts.violation - a.counts.violation ||
      b.counts.unknown - a.counts.unknown ||
      compare(a.id, b.id),
  );
}

/** Within a severity, the rule with the most findings is the worst. */
function byRule(findings: readonly Finding[]): readonly FindingsOfRule[] {
  const groups = [...Map.groupBy(findings, (it) => it.ruleId)].flatMap(([ruleId, group]) => {
    const [first] = group;
    return first ? { ruleId, severity: first.severity, title: first.title, findings: group } : [];
  });
  return groups.sort((a, b) => rank(a) - rank(b) || b.findings.length - a.findings.length);
}

function byType(resources: ReportInput["resources"]): Report["resourcesByType"] {
  const groups = [...Map.groupBy(resources, (it) => it.resourceType)];
  const counted = groups.map(([type, all]) => ({
    resourceType: resourceTypes[type].name,
    resources: all.length,
  }));
  return counted.sort((a, b) => compare(a.resourceType, b.resourceType));
}

const answersIn = (records: readonly AuditRecord[]): readonly Answer[] =>
  records.flatMap(({ entry }) => ("by" in entry ? entry : [])).sort((a, b) => compare(b.at, a.at));
