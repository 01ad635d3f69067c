import { offer } from "./offer.ts";
import type { Ports, Stuck } from "./ports.ts";

/** Longer than any message of ours sleeps, so what is older has lost its message. */
const stuckMinutes = 45;

/** Every 15 minutes: picks up what lost its message. Says how many it picked up. */
export async function tidy(ports: Ports): Promise<number> {
  const before = new Date(ports.now().getTime() - stuckMinutes * 60_000).toISOString();
  const stuck = await ports.journal.stuck(before);
  for (const it of stuck) await pickUp(ports, it);
  if (stuck.length > 0)
    ports.log("warn", "Picked up what had lost its message.", { count: stuck.length });
  return stuck.length;
}

async function pickUp(ports: Ports, { resourceId, open }: Stuck): Promise<void> {
  if (!open) return offer(ports, resourceId, "catch-up");
  const firstSeenAt = ports.now().toISOString();
  await ports.work.send(
    {
      schema: 1,
      kind: "continue",
      resourceId,
      cause: "catch-up",
      attempt: 0,
      firstSeenAt,
      remediation: open.id,
      step: open.sent?.step ?? -1,
    },
    0,
  );
}
