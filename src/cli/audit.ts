import { AirlockError } from "../model/airlock-error.ts";
import { parseResourceId, type ResourceId } from "../model/resource-id.ts";
import { timeline } from "../report/timeline.ts";
import type { CommandLine } from "./command-line.ts";

/** Walks every chain; the first broken row of each is named, and a broken one ends with exit 1. */
export async function auditVerify({ airlock, print }: CommandLine): Promise<void> {
  const chains = await airlock.verifyAudit();
  const broken = chains.filter((it) => it.broken);
  const records = chains.reduce((sum, it) => sum + it.records, 0);
  for (const { resourceId, key, broken: at } of broken)
    print(`BROKEN  ${resourceId || key}  ${at?.row}: ${at?.because}`);
  print(`${chains.length} chains, ${records} records, ${broken.length} broken.`);
  print("A chain that was removed whole shows only against the logged hashes.");
  if (broken.length > 0) throw new AirlockError("stop", "The audit log was changed.");
}

/** A timeline: who was seen, what was wrong, what was sent, before and after, the proof. */
export async function auditList(
  { airlock, by, print }: CommandLine,
  resource?: string,
): Promise<void> {
  const ports = airlock.portsFor(by);
  const ids = resource === undefined ? await airlock.auditedResources() : [idOf(resource)];
  for (const id of ids) {
    const { records } = await ports.journal.history(id);
    if (records.length === 0) continue;
    print(id || "Airlock itself");
    for (const { at, what, text } of timeline(records)) print(`  ${at}  ${what.padEnd(9)} ${text}`);
  }
  if (ids.length === 0) print("Nothing was recorded yet.");
}

function idOf(text: string): ResourceId {
  const id = parseResourceId(text);
  if (typeof id === "string") throw new AirlockError("invalid", `resource ${id}.`);
  return id.id;
}
