/** Where a worker is killed: before or after its n-th outside call, counted over all workers. */
export type Crashes = Readonly<{
  calls(): number;
  kills(): number;
  /** Waits for the work, or for the kill. */
  race(work: () => Promise<unknown>): Promise<"done" | "killed">;
  step<R>(act: () => Promise<R>): Promise<R>;
  /** Runs without counting or killing. */
  pause<R>(act: () => Promise<R>): Promise<R>;
}>;

export function crashesAt(points: readonly number[]): Crashes {
  let calls = 0;
  let kills = 0;
  let kill: () => void = () => {};
  let isDead = false;
  let isPaused = false;

  /** A killed process catches nothing: its promises stay open for ever. */
  function die(): Promise<never> {
    isDead = true;
    kills += 1;
    kill();
    return new Promise(() => {});
  }

  return {
    calls: () => calls,
    kills: () => kills,
    async race(work) {
      isDead = false;
      const killed = new Promise<"killed">((resolve) => {
        kill = () => resolve("killed");
      });
      return Promise.race([killed, work().then(() => "done" as const)]);
    },
    async pause(act) {
      isPaused = true;
      isDead = false;
      try {
        return await act();
      } finally {
        isPaused = false;
      }
    },
    async step(act) {
      if (isPaused) return act();
      if (isDead) return new Promise(() => {});
      calls += 1;
      if (points.includes(calls)) return die();
      const result = await act();
      if (isDead) return new Promise(() => {});
      calls += 1;
      if (points.includes(calls)) return die();
      return result;
    },
  };
}

/** Every method of `it` becomes an outside call that a kill can hit before or after. */
export function dying<T extends object>(it: T, crashes: Crashes): T {
  return new Proxy(it, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => crashes.step(() => Reflect.apply(value, target, args));
    },
  });
}
