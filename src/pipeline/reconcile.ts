import { AirlockError, isKind } from "../model/airlock-error.ts";
import { isTerminal, type Resource } from "../model/resource.ts";
import { parseResourceId } from "../model/resource-id.ts";
import { isResourceType, type ResourceType } from "../model/resource-types/index.ts";
import { look, proceed } from "./apply.ts";
import { findingId, type Judged, judge } from "./judge.ts";
import { againOn, done, lookAgain, type Outcome, refusalDelay } from "./outcome.ts";
import type { Ports } from "./ports.ts";
import { recover } from "./recover.ts";
import { afterRepair, remembering, unreadable } from "./remember.ts";
import type { Closed, Work } from "./work.ts";

/** One repair a round; more than these many in one pass would be a fight with ourselves. */
const mostRounds = 8;

/** Goes on with the remediation that is open; judges the whole resource again when it ends. */
export async function resumeWork(work: Work): Promise<Outcome> {
  const { pass, ports, item } = work;
  const { open } = pass;
  if (!open) return done;
  try {
    const seen = await look(ports, open);
    const isUnclear = open.sent?.state === "intended";
    const ended = isUnclear ? await recover(work, open, seen) : await proceed(work, open, seen);
    return ended.kind === "closed" ? await judgeAndAct(work, ended.seen, ended) : ended;
  } catch (error) {
    return againOn(error, pass.open ? "continue" : "look", item.attempt);
  }
}

/** One resource, end to end: read, judge, remember, act. Every door ends here. */
export async function reconcile(work: Work): Promise<Outcome> {
  const { ports, pass, item } = work;
  const id = parseResourceId(item.resourceId);
  if (typeof id === "string" || !isResourceType(id.type))
    throw new AirlockError("invalid", `No rule is about ${item.resourceId}.`);
  try {
    return await judgeAndAct(work, await ports.reads.get(id.type, id.id));
  } catch (error) {
    if (isKind(error, "denied") || isKind(error, "stop")) {
      await noteUnreadable(ports, item.resourceId, id.type, error.message);
      return done;
    }
    return againOn(error, pass.open ? "continue" : "look", item.attempt);
  }
}

/** What cannot be read is reported: never repaired, never counted as fine. */
export async function noteUnreadable(
  ports: Ports,
  id: Resource["id"],
  type: ResourceType,
  because: string,
): Promise<void> {
  const as = { readAt: ports.now().toISOString(), readFrom: "arm" } as const;
  const rules = ports.rules.filter((it) => it.resourceType === type);
  const before = await ports.estate.recall(id);
  await ports.estate.remember(id, unreadable(before, { id, type }, rules, because, as));
  ports.log("warn", "A resource could not be judged.", { resourceId: id, because });
}

async function judgeAndAct(
  work: Work,
  first: Resource | undefined,
  before?: Closed,
): Promise<Outcome> {
  const { ports } = work;
  let seen = first;
  let closed = before;
  for (let round = 0; round < mostRounds; round++) {
    if (!seen) return gone(work);
    if (!isTerminal(seen)) return lookAgain(30, "ARM is still working on it.");
    const judged = await judgeAndRemember(ports, seen, closed);
    const plan = judged.find((it) => it.decision.do === "apply")?.plan;
    if (!plan) return waitOf(judged, work.item.attempt);
    const begunAt = ports.now().toISOString();
    const ended = await proceed(work, { schema: 1, id: ports.newId(), begunAt, plan }, seen);
    if (ended.kind !== "closed") return ended;
    ({ seen } = ended);
    closed = ended;
  }
  return lookAgain(60, "It needs more repairs than one pass makes.");
}

/** The repair that just ended bears on the judgement that follows it. */
export async function judgeAndRemember(
  ports: Ports,
  seen: Resource,
  closed: Closed | undefined,
): Promise<readonly Judged[]> {
  const readAt = ports.now().toISOString();
  const remembered = await ports.estate.recall(seen.id);
  const known = closed && remembered ? afterRepair(remembered, closed, readAt) : remembered;
  const judged = await judge(ports, seen, known);
  const now = remembering(known, seen, judged, { readAt, readFrom: "arm" });
  await ports.estate.remember(seen.id, now);
  tell(ports, seen, judged);
  return judged;
}

function tell({ log }: Ports, { id }: Resource, judged: readonly Judged[]): void {
  for (const { rule, verdict, decision } of judged) {
    if (!("because" in verdict)) continue;
    const { status, because } = verdict;
    const about = { resourceId: id, ruleId: rule.id, findingId: findingId(rule.id, id) };
    log("info", "A rule objects.", { ...about, status, because, decision });
  }
  log("info", "Judged a resource.", { resourceId: id, rules: judged.length });
}

function waitOf(judged: readonly Judged[], attempt: number): Outcome {
  const unread = judged.find((it) => it.unreadSeconds !== undefined);
  if (unread) {
    const afterSeconds = Math.max(unread.unreadSeconds ?? 0, refusalDelay(attempt));
    return lookAgain(afterSeconds, unread.decision.because);
  }
  const waits = judged.filter((it) => it.decision.do === "wait");
  const first = waits.sort((a, b) => secondsOf(a) - secondsOf(b))[0];
  if (!first) return done;
  const { because } = first.decision;
  return { kind: "look", afterSeconds: secondsOf(first), because, isPatient: true };
}

const secondsOf = ({ decision }: Judged): number => decision.afterSeconds ?? 300;

/** Believed on the second look, half a minute later: recorded, a GET once flapped 200, 404, 200. */
async function gone({ ports, item }: Work): Promise<Outcome> {
  const now = ports.now();
  const missingSince = item.missingSince ?? now.toISOString();
  if (now.getTime() - Date.parse(missingSince) < 30_000) {
    const because = "ARM says that it is gone.";
    return { kind: "look", afterSeconds: 30, because, missingSince };
  }
  await ports.estate.remember(item.resourceId, undefined);
  ports.log("info", "A resource is gone.", { resourceId: item.resourceId });
  return done;
}
