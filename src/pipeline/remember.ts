import type { Memory, Remembered, RuleMemory } from "../model/finding.ts";
import { hashOf } from "../model/hash.ts";
import { approvedEndpointsOf, type Resource, steadyProperties } from "../model/resource.ts";
import type { Rule } from "../model/rule.ts";
import { unknown } from "../model/verdict.ts";
import { findingsOf, type Judged } from "./judge.ts";
import type { Closed } from "./work.ts";

const day = 24 * 60 * 60_000;

type Subject = Pick<Resource, "id" | "type">;
type ReadAs = Readonly<{ readAt: string; readFrom: Memory["readFrom"] }>;

/** What is known of a resource after a judgement. Pure. */
export function remembering(
  before: Remembered | undefined,
  resource: Resource,
  judged: readonly Judged[],
  as: ReadAs,
): Remembered {
  const isOpen = judged.some((it) => it.verdict.status === "violation");
  // The endpoints of the last compliant reading count: one that is lost while it is open is no drift.
  const kept = isOpen ? before?.memory.approvedEndpoints : undefined;
  return remembered(before, resource, judged, as, kept ?? approvedEndpointsOf(resource));
}

/** What is known of a resource that could not be read: every rule answers `unknown`. */
export function unreadable(
  before: Remembered | undefined,
  subject: Subject,
  rules: readonly Rule[],
  because: string,
  as: ReadAs,
): Remembered {
  const verdict = unknown(because);
  const decision = { do: "report", because } as const;
  const judged = rules.map((rule) => ({ rule, verdict, decision, objections: [], shown: "" }));
  return remembered(before, subject, judged, as, before?.memory.approvedEndpoints ?? []);
}

/** What a repair that just ended adds to what is known. */
export function afterRepair(before: Remembered, closed: Closed, at: string): Remembered {
  const was = before.memory.rules[closed.ruleId];
  if (!was || closed.ended === "interrupted") return before;
  const rule: RuleMemory =
    closed.ended === "verified"
      ? { ...was, repairedAt: [...recent(was.repairedAt, at), at] }
      : {
          ...was,
          uncured: { hash: hashOf(steadyProperties(closed.seen)), at, because: closed.because },
        };
  const rules = { ...before.memory.rules, [closed.ruleId]: rule };
  return { ...before, memory: { ...before.memory, rules } };
}

function remembered(
  before: Remembered | undefined,
  { id, type }: Subject,
  judged: readonly Judged[],
  as: ReadAs,
  approvedEndpoints: readonly string[],
): Remembered {
  const rules = Object.fromEntries(
    judged.map(({ rule, verdict }) => [
      rule.id,
      ruleMemory(before?.memory.rules[rule.id], verdict.status, as.readAt),
    ]),
  );
  const firstSeenAt = before?.memory.firstSeenAt ?? as.readAt;
  return {
    memory: { resourceId: id, resourceType: type, ...as, firstSeenAt, approvedEndpoints, rules },
    findings: findingsOf(judged, { id, type }, before?.findings ?? [], as.readAt),
  };
}

function ruleMemory(
  was: RuleMemory | undefined,
  status: RuleMemory["status"],
  readAt: string,
): RuleMemory {
  const isCompliant = status === "compliant";
  const repairedAt = recent(was?.repairedAt, readAt);
  const compliantAt = isCompliant ? readAt : was?.compliantAt;
  return {
    status,
    ...(compliantAt !== undefined && { compliantAt }),
    ...(repairedAt.length > 0 && { repairedAt }),
    ...(was?.uncured && !isCompliant && { uncured: was.uncured }),
  };
}

const recent = (times: readonly string[] | undefined, now: string): readonly string[] =>
  (times ?? []).filter((it) => Date.parse(now) - Date.parse(it) < day);
