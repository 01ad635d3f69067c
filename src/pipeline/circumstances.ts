import type { Remembered, RuleMemory } from "../model/finding.ts";
import { hashOf } from "../model/hash.ts";
import {
  approvedEndpointsOf,
  createdAtOf,
  type Resource,
  steadyProperties,
} from "../model/resource.ts";
import { sameId } from "../model/resource-id.ts";
import type { Rule } from "../model/rule.ts";
import type { Case } from "./decide.ts";
import type { Installation } from "./ports.ts";

const day = 24 * 60 * 60_000;

type Circumstances = Pick<
  Case,
  "isDrift" | "isNewborn" | "givenUp" | "contested" | "stopped" | "graceSeconds"
>;

/** What is remembered of a resource, put as what bears on a decision. */
export function circumstancesOf(
  rule: Rule,
  resource: Resource,
  remembered: Remembered | undefined,
  installation: Installation | undefined,
  now: string,
): Circumstances {
  const memory = remembered?.memory.rules[rule.id];
  const stopped = installation?.stopped;
  const since = remembered?.findings.find((it) => it.ruleId === rule.id)?.since ?? now;
  const graceMs = (rule.fix?.graceMinutes ?? 0) * 60_000;
  return {
    isDrift: wasCompliant(memory, now) && keptEndpoints(resource, remembered),
    isNewborn: isNewborn(resource, remembered, installation, now),
    ...givenUp(memory, resource),
    ...contested(memory, now),
    ...(stopped && { stopped: `${stopped.by} stopped all writes: ${stopped.reason}` }),
    graceSeconds: Math.max(0, Math.ceil((graceMs - between(since, now)) / 1000)),
  };
}

const between = (from: string, to: string) => Date.parse(to) - Date.parse(from);

function wasCompliant(memory: RuleMemory | undefined, now: string): boolean {
  return memory?.compliantAt !== undefined && between(memory.compliantAt, now) <= 30 * day;
}

function keptEndpoints(resource: Resource, remembered: Remembered | undefined): boolean {
  const approved = approvedEndpointsOf(resource);
  return (remembered?.memory.approvedEndpoints ?? []).every((was) =>
    approved.some((it) => sameId(it, was)),
  );
}

/** Where ARM does not say when it was made, it is new if a finished baseline had not seen it. */
function isNewborn(
  resource: Resource,
  remembered: Remembered | undefined,
  installation: Installation | undefined,
  now: string,
): boolean {
  if (!installation) return false;
  const { installedAt, baselineAt } = installation;
  const createdAt = createdAtOf(resource);
  if (createdAt !== undefined)
    return between(installedAt, createdAt) > 0 && between(createdAt, now) < day;
  const seenAt = remembered?.memory.firstSeenAt ?? now;
  return baselineAt !== undefined && between(baselineAt, seenAt) > 0 && between(seenAt, now) < day;
}

function givenUp(memory: RuleMemory | undefined, resource: Resource): Pick<Case, "givenUp"> {
  const { uncured } = memory ?? {};
  if (uncured?.hash !== hashOf(steadyProperties(resource))) return {};
  return { givenUp: { because: `A repair did not cure it: ${uncured.because}`, at: uncured.at } };
}

/** Readings count, never events: three repairs that held and were undone within a day. */
function contested(memory: RuleMemory | undefined, now: string): Pick<Case, "contested"> {
  const recent = (memory?.repairedAt ?? []).filter((it) => between(it, now) < day);
  const at = recent.at(-1);
  if (recent.length < 3 || at === undefined) return {};
  return {
    contested: {
      because: `It was repaired ${recent.length} times within a day and is open again: somebody wants it so.`,
      at,
    },
  };
}
