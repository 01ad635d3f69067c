/** One clock for the whole process: Azurite, the local Azure, the functions host and the product. */
export type Clock = Readonly<{ now(): Date; advance(seconds: number): void }>;

const RealDate = globalThis.Date;
let offsetMs = 0;

const ShiftedDate: DateConstructor = new Proxy(RealDate, {
  construct: (target, args: unknown[], newTarget) =>
    args.length === 0
      ? Reflect.construct(target, [RealDate.now() + offsetMs], newTarget)
      : Reflect.construct(target, args, newTarget),
  apply: () => new ShiftedDate().toString(),
  get: (target, name) =>
    name === "now" ? () => RealDate.now() + offsetMs : Reflect.get(target, name),
});

/** Shifts `Date` from now on; timers of the event loop stay as they are. */
export function installClock(): Clock {
  globalThis.Date = ShiftedDate;
  return {
    now: () => new Date(),
    advance(seconds) {
      offsetMs += seconds * 1000;
    },
  };
}
