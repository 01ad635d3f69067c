import { AirlockError } from "../model/airlock-error.ts";
import type { AuditRecord } from "../model/audit-record.ts";
import { parseResourceId, type ResourceId } from "../model/resource-id.ts";
import type { CommandLine } from "./command-line.ts";

/** Walks every chain; the first broken row of each is named, and a broken one ends with exit 1. */
export async function auditVerify({ airlock, print }: CommandLine): Promise<void> {
  const chains = await airlock.verifyAudit();
  const broken = chains.filter((it) => it.broken);
  const records = chains.reduce((sum, it) => sum + it.records, 0);
  for (const { resourceId, key, broken: at } of broken)
    print(`BROKEN  ${resourceId || key}  ${at?.row}: ${at?.because}`);
  print(`${chains.length} chains, ${records} records, ${broken.length} broken.`);
  print("A chain that was cut at its end, or removed whole, shows only against the logged hashes.");
  if (broken.length > 0) throw new AirlockError("stop", "The audit log was changed.");
}

/** A timeline: who was seen, what was wrong, what was sent, before and after, the proof. */
export async function auditList(
  { airlock, by, print }: CommandLine,
  resource?: string,
): Promise<void> {
  const ports = airlock.portsFor(by);
  const ids = resource === undefined ? await airlock.auditedResources() : [idOf(resource)];
  const chains = await Promise.all(ids.map((it) => ports.journal.history(it)));
  const records = chains.flatMap((it) => it.records);
  const inOrder = [...records].sort((a, b) => (a.entry.at < b.entry.at ? -1 : 1));
  for (const it of inOrder) for (const line of linesOf(it)) print(line);
  if (records.length === 0) print("Nothing was recorded yet.");
}

function idOf(text: string): ResourceId {
  const id = parseResourceId(text);
  if (typeof id === "string") throw new AirlockError("invalid", `resource ${id}.`);
  return id.id;
}

function linesOf({ sequence, entry }: AuditRecord): readonly string[] {
  const name = entry.resourceId.split("/").at(-1) || "airlock";
  const head = `${entry.at.slice(0, 19)}Z  ${entry.action.padEnd(9)} ${name} #${sequence}`;
  return [head, ...detailsOf(entry).map((it) => `${" ".repeat(22)}${it}`)];
}

function detailsOf(entry: AuditRecord["entry"]): readonly string[] {
  switch (entry.action) {
    case "intended":
      return [
        `wrong   ${entry.because}`,
        ...(entry.seen ?? []).map((it) => `seen    ${it.claimedBy} (as an event claimed)`),
        `before  ${JSON.stringify(entry.before)}`,
        `send    ${entry.request.method} ${JSON.stringify(entry.request.body ?? {})}`,
      ];
    case "applied":
      return [`ARM     HTTP ${entry.status}`];
    case "verified":
      return [`after   ${JSON.stringify(entry.after)}`, `proof   read back; the rule is content`];
    case "failed":
    case "refused":
    case "resumed":
      return [`because ${entry.because}`];
    default:
      return [`by      ${entry.by}`, `reason  ${entry.reason}`];
  }
}
