import type { Actor, Touch } from "../model/audit-record.ts";
import type { ResourceId } from "../model/resource-id.ts";
import type { History, Ports } from "./ports.ts";

/** Who was seen touching a resource since our last record of it; our own writes are not among them. */
export async function actorsOf(
  { journal }: Pick<Ports, "journal">,
  id: ResourceId,
): Promise<readonly Actor[]> {
  return actorsIn(await journal.history(id));
}

export function actorsIn({ records, touches }: History): readonly Actor[] {
  const ours = new Set(records.map((it) => it.entry.recordId.toLowerCase()));
  const since = records.findLast((it) => it.entry.action === "verified")?.entry.at ?? "";
  const theirs = touches.filter((it) => !isOurs(it, ours) && it.at >= since);
  const byName = new Map(theirs.map((it) => [it.actor.claimedBy, it.actor]));
  return [...byName.values()];
}

const isOurs = ({ clientRequestId }: Touch, ours: ReadonlySet<string>) =>
  clientRequestId !== undefined && ours.has(clientRequestId.toLowerCase());
