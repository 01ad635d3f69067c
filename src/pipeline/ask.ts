import { AirlockError } from "../model/airlock-error.ts";
import type { AuditRecord } from "../model/audit-record.ts";
import type { Decision } from "../model/decision.ts";
import type { Finding, Memory } from "../model/finding.ts";
import type { Request } from "../model/request.ts";
import { type ParsedId, parseResourceId, type ResourceId } from "../model/resource-id.ts";
import { isResourceType, type ResourceType } from "../model/resource-types/index.ts";
import type { Verdict } from "../model/verdict.ts";
import { findingId, judge } from "./judge.ts";
import { offer } from "./offer.ts";
import type { Ports } from "./ports.ts";
import { take } from "./take.ts";

/** What is said of one rule on one resource. `requests`: what would be sent, in order. */
export type Answer = Readonly<{
  id: string;
  ruleId: string;
  verdict: Verdict["status"];
  because: string;
  decision: Pick<Decision, "do" | "because">;
  requests: readonly Request[];
  journal: readonly AuditRecord[];
}>;
export type Status = Readonly<{
  resourceId: ResourceId;
  findings: readonly Answer[];
  /** Work on it is under way or queued. */
  isWorking: boolean;
}>;

/** An id that a person typed, if it is one that Airlock judges and serves. */
export function askable(
  { rules, settings }: Ports,
  text: unknown,
): ParsedId & { type: ResourceType } {
  const id = parseResourceId(text);
  if (typeof id === "string") throw new AirlockError("invalid", `resourceId ${id}.`);
  if (!settings.subscriptions.includes(id.subscription))
    throw new AirlockError(
      "invalid",
      `resourceId: the subscription ${id.subscription} is not served.`,
    );
  const { type } = id;
  if (!isResourceType(type) || !rules.some((it) => it.resourceType === type))
    throw new AirlockError("invalid", `resourceId: no rule is about ${type}.`);
  return { ...id, type };
}

/** Reads and judges; writes nothing anywhere. */
export async function observe(ports: Ports, text: unknown): Promise<Status> {
  const { id, type } = askable(ports, text);
  const resource = await ports.reads.get(type, id);
  if (!resource) throw new AirlockError("invalid", "resourceId: ARM says that it is not there.");
  const [remembered, { records }] = await Promise.all([
    ports.estate.recall(id),
    ports.journal.history(id),
  ]);
  const judged = await judge(ports, resource, remembered);
  const findings = judged.map(({ rule, verdict, decision, plan }) => ({
    id: findingId(rule.id, id),
    ruleId: rule.id,
    verdict: verdict.status,
    because: "because" in verdict ? verdict.because : "",
    decision,
    requests: (plan?.steps ?? []).map((it) => it.request),
    journal: recordsOf(records, rule.id),
  }));
  return { resourceId: resource.id, findings, isWorking: false };
}

/** The same as an event would do, at once: one message, taken here instead of from the queue. */
export async function evaluateNow(ports: Ports, text: unknown): Promise<Status> {
  const { id } = askable(ports, text);
  await offer(ports, id, "person");
  const firstSeenAt = ports.now().toISOString();
  const cause = "person";
  await take(ports, { schema: 1, kind: "look", resourceId: id, cause, attempt: 0, firstSeenAt });
  return statusOf(ports, id);
}

/** What is known of a resource now, from what was remembered: no call to ARM. */
export async function statusOf(ports: Ports, id: ResourceId): Promise<Status> {
  const [remembered, { records }, state] = await Promise.all([
    ports.estate.recall(id),
    ports.journal.history(id),
    ports.journal.peek(id),
  ]);
  const { memory, findings = [] } = remembered ?? {};
  return {
    resourceId: memory?.resourceId ?? id,
    findings: memory ? answersOf(memory, findings, records) : [],
    isWorking: state.isOpen || state.dirty,
  };
}

function answersOf(
  { resourceId, rules }: Memory,
  findings: readonly Finding[],
  records: readonly AuditRecord[],
): readonly Answer[] {
  return Object.entries(rules).map(([ruleId, { status }]) => {
    const finding = findings.find((it) => it.ruleId === ruleId);
    return {
      id: findingId(ruleId, resourceId),
      ruleId,
      verdict: finding?.verdict.status ?? status,
      because: finding?.verdict.because ?? "",
      decision: finding?.decision ?? { do: "nothing", because: status },
      requests: (finding?.plan?.steps ?? []).map((it) => it.request),
      journal: recordsOf(records, ruleId),
    };
  });
}

const recordsOf = (records: readonly AuditRecord[], ruleId: string) =>
  records.filter((it) => it.entry.ruleId === ruleId);
