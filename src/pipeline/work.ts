import type { Sight } from "../model/remediation.ts";
import type { WorkItem } from "../model/work-item.ts";
import type { Pass, Ports } from "./ports.ts";

/** One message in one pass. */
export type Work = Readonly<{ ports: Ports; pass: Pass; item: WorkItem }>;

/** A remediation that ended in this pass, with the reading that it ended on. */
export type Closed = Readonly<{
  kind: "closed";
  ruleId: string;
  seen: Sight;
  ended: "verified" | "failed" | "interrupted";
  because: string;
}>;
