import type { AuditRecord } from "./model/audit-record.ts";
import type { Ports } from "./pipeline/ports.ts";
import type { BatchResult, Sweep } from "./pipeline/sweep.ts";
import type { Audited } from "./records/chain.ts";
import type { Blobs } from "./records/ports.ts";
import { reportPage } from "./report/html.tsx";
import { buildReport } from "./report/report.ts";

/** Writes the report of a sweep as JSON and as a page, under the sweep's own name. */
export async function publishReport(
  ports: Ports,
  { blobs, audited }: Readonly<{ blobs: Blobs; audited: readonly Audited[] }>,
  sweep: Sweep,
  { resources, notEvaluated }: BatchResult,
): Promise<void> {
  const [findings, activity] = await Promise.all([
    ports.estate.findings(),
    activitySince(ports, audited, await lastReportAt(blobs, sweep.id)),
  ]);
  const report = buildReport({
    sweepId: sweep.id,
    at: sweep.beganAt, // the sweep's own time, so that a repeated report is the same
    subscriptions: ports.settings.subscriptions,
    rules: ports.rules,
    resources,
    findings,
    activity,
    notEvaluated,
  });
  await blobs.put(
    "reports",
    `${sweep.id}.json`,
    JSON.stringify(report, null, 2),
    "application/json",
  );
  await blobs.put("reports", `${sweep.id}.html`, reportPage(report), "text/html; charset=utf-8");
}

/** Names begin with the time at which their sweep began. */
async function lastReportAt(blobs: Blobs, sweepId: string): Promise<string> {
  const names = (await blobs.list("reports")).filter((it) => it < sweepId).sort();
  return names.at(-1)?.split("~")[0] ?? "";
}

async function activitySince(
  { journal }: Ports,
  audited: readonly Audited[],
  since: string,
): Promise<readonly AuditRecord[]> {
  const active = audited.filter((it) => it.at >= since);
  const histories = await Promise.all(active.map((it) => journal.history(it.resourceId)));
  return histories.flatMap(({ records }) => records.filter((it) => it.entry.at >= since));
}
