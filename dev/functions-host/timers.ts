import { Cron } from "croner";
import type { LoadedApp, Registered } from "./load-app.ts";

export type Timers = Readonly<{ fire(): Promise<number>; nextDueAt(): Date | undefined }>;

/** NCRONTAB with seconds, in UTC. However far the clock jumps, a timer that fell due fires once. */
export function timers(
  app: LoadedApp,
  functions: readonly Registered[],
  onError: (name: string, error: unknown) => void,
): Timers {
  const due = functions.map((it) => ({ it, cron: cronOf(it), at: nextOf(cronOf(it)) }));

  async function run(it: Registered): Promise<void> {
    const schedule = { adjustForDST: true };
    try {
      await app.invoke(it, { json: JSON.stringify({ schedule, isPastDue: false }) });
    } catch (error) {
      onError(it.name, error);
    }
  }

  return {
    async fire() {
      const now = new Date();
      const ready = due.filter(({ at }) => at !== undefined && at <= now);
      for (const one of ready) {
        one.at = nextOf(one.cron);
        await run(one.it);
      }
      return ready.length;
    },
    nextDueAt() {
      const times = due.flatMap(({ at }) => at?.getTime() ?? []);
      return times.length > 0 ? new Date(Math.min(...times)) : undefined;
    },
  };
}

function cronOf({ name, bindings }: Registered): Cron {
  const trigger = Object.values(bindings).find((it) => it.type === "timerTrigger");
  const schedule = trigger?.["schedule"];
  if (typeof schedule !== "string") throw new Error(`${name} has no schedule.`);
  return new Cron(schedule, { paused: true, timezone: "UTC" });
}

const nextOf = (cron: Cron): Date | undefined => cron.nextRun() ?? undefined;
