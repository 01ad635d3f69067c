import type { Touch } from "../model/audit-record.ts";
import type { ResourceId } from "../model/resource-id.ts";
import type { Cause } from "../model/work-item.ts";
import type { Ports } from "./ports.ts";

/** O1 to O3: the flag before the message, the message always. Any failure throws, and the source redelivers. */
export async function offer(
  { journal, work, now }: Pick<Ports, "journal" | "work" | "now">,
  resourceId: ResourceId,
  cause: Cause,
  touch?: Touch,
): Promise<void> {
  await journal.want(resourceId, touch);
  const firstSeenAt = now().toISOString();
  await work.send({ schema: 1, kind: "look", resourceId, cause, attempt: 0, firstSeenAt }, 0);
}
