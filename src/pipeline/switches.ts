import { headOf } from "./entries.ts";
import { offer } from "./offer.ts";
import type { Ports } from "./ports.ts";

/** Holds every plan before its next write; what was deleted still comes back. Recorded in a chain of its own. */
export async function stop(ports: Ports, by: string, reason: string): Promise<void> {
  await ports.journal.note("", { ...headOf(ports, ""), action: "stopped", by, reason });
  await ports.gates.stop(by, reason);
  ports.log("warn", "All writes were stopped.", { by, reason });
}

/** Lets writes go on, and looks again at all that was held meanwhile. Says how many. */
export async function resume(ports: Ports, by: string, reason: string): Promise<number> {
  await ports.journal.note("", { ...headOf(ports, ""), action: "started", by, reason });
  await ports.gates.resume();
  const held = (await ports.estate.findings()).filter((it) => it.plan);
  for (const it of held) await offer(ports, it.resourceId, "person");
  ports.log("warn", "Writes go on.", { by, reason, looks: held.length });
  return held.length;
}
