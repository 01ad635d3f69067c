/** What is still to happen, by the clock that was handed in. */
export type Schedule = Readonly<{
  /** The clock; while something due runs, the moment at which it was due. */
  now(): Date;
  /**
   * Runs once this many seconds have passed; at once in a world without delays, where a run that
   * schedules itself again would never end.
   */
  after(seconds: number, run: () => void): void;
  /** Runs all that is due, in order, each at its own due time. */
  settle(): void;
  nextDueAt(): Date | undefined;
}>;

type Due = Readonly<{ at: number; run: () => void }>;

export function createSchedule(clock: () => Date, immediate: boolean): Schedule {
  const due: Due[] = [];
  let running: number | undefined;
  const now = () => (running === undefined ? clock() : new Date(running));
  return {
    now,
    after(seconds, run) {
      const at = now().getTime() + (immediate ? 0 : seconds * 1000);
      due.splice(placeFor(due, at), 0, { at, run });
    },
    settle() {
      if (running !== undefined) return;
      const until = clock().getTime();
      try {
        for (let first = due[0]; first && first.at <= until; first = due[0]) {
          due.shift();
          running = first.at;
          first.run();
        }
      } finally {
        running = undefined;
      }
    },
    nextDueAt: () => (due[0] ? new Date(due[0].at) : undefined),
  };
}

/** After all that is due at the same moment or before: first come, first run. */
function placeFor(due: readonly Due[], at: number): number {
  let low = 0;
  let high = due.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((due[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
