import type { Ports } from "./pipeline/ports.ts";
import type { BatchResult, Sweep } from "./pipeline/sweep.ts";
import type { Blobs } from "./records/ports.ts";

export async function publishReport(
  ports: Ports,
  blobs: Blobs,
  sweep: Sweep,
  result: BatchResult,
): Promise<void> {
  const findings = await ports.estate.findings();
  await blobs.put(
    "reports",
    `${sweep.id}.json`,
    JSON.stringify({ sweep, result, findings }, null, 2),
    "application/json",
  );
}
