import { Cron } from "croner";
import { type LoadedApp, type Registered, type TypedData, triggerOf } from "./load-app.ts";

export type Timers = Readonly<{ fire(): Promise<number>; nextDueAt(): Date | undefined }>;

/** NCRONTAB with seconds, in UTC. However far the clock jumps, a timer that fell due fires once. */
export function timers(app: LoadedApp, functions: readonly Registered[]): Timers {
  const due = functions.map((it) => ({ it, at: nextOf(it) }));
  return {
    async fire() {
      const now = new Date();
      const ready = due.filter(({ at }) => at <= now);
      for (const one of ready) {
        one.at = nextOf(one.it);
        await app.invoke(one.it, timerInput(one.it)).catch(() => {}); // logged; not tried again
      }
      return ready.length;
    },
    nextDueAt: () => due.map(({ at }) => at).reduce<Date | undefined>(earlier, undefined),
  };
}

/** What a timer's function is called with, in the names of the host. */
export function timerInput(it: Registered): TypedData {
  const now = new Date();
  const status = { Last: now, LastUpdated: now, Next: nextOf(it) };
  const schedule = { AdjustForDST: true };
  return {
    json: JSON.stringify({ Schedule: schedule, ScheduleStatus: status, IsPastDue: false }),
  };
}

function nextOf(it: Registered): Date {
  const { schedule } = triggerOf(it);
  if (typeof schedule !== "string") throw new Error(`${it.name} has no schedule.`);
  const next = new Cron(schedule, {
    paused: true,
    timezone: "UTC",
    mode: "5-or-6-parts",
    domAndDow: true, // NCRONTAB, unlike cron, wants both to match
  }).nextRun();
  if (!next) throw new Error(`${it.name} is never due.`);
  return next;
}

const earlier = (one: Date | undefined, other: Date): Date =>
  one === undefined || other < one ? other : one;
