import { type Kind, shownType } from "./kinds.ts";
import { createOperations, type Operations } from "./operations.ts";
import { createDirectory, type Directory } from "./principals.ts";
import { mulberry32 } from "./random.ts";
import { createRoles, type Roles } from "./roles.ts";
import { createSchedule, type Schedule } from "./schedule.ts";
import { createStore, type Store } from "./store.ts";
import { noteTimes } from "./times.ts";
import { type Choices, choose } from "./unsettled.ts";

/** All that providers may read and change. */
export type World = Store &
  Pick<Schedule, "now" | "after"> &
  Readonly<{
    kind(type: string): Kind | undefined;
    /** Chance by the seed: 0 up to 1. */
    random(): number;
    /** Whole seconds from `low` to `high` by the seed. */
    between(low: number, high: number): number;
    guid(): string;
    /** Gives a stored resource a fresh etag: something about it moved without a write to it. */
    touch(id: string): void;
    operations: Operations;
    directory: Directory;
    roles: Roles;
    /** What is done inside was always so, as of a loaded estate, with what it puts off for 0 seconds. */
    still(work: () => void): void;
    isStill(): boolean;
    /** `--empty`: a subscription exists as soon as somebody names it. */
    anySubscription: boolean;
    /** How this Azure behaves where nobody knows how Azure does. */
    behaviour: ReturnType<typeof choose>;
  }>;

export type WorldOptions = Readonly<{
  now(): Date;
  seed: number;
  delays: "recorded" | "none";
  anySubscription: boolean;
  unsettled?: Choices;
  kinds: readonly Kind[];
}>;

export function createWorld(options: WorldOptions): World & Schedule {
  const kinds = new Map(
    options.kinds.flatMap((it) => [it.type, shownType(it)].map((type) => [type.toLowerCase(), it])),
  );
  const random = mulberry32(options.seed);
  const schedule = createSchedule(options.now, options.delays === "none");
  const store = createStore();
  const guid = () => guidOf(random);
  const key = guid();
  const behaviour = choose(options.unsettled ?? {});
  const stillness = createStillness();
  const world: World & Schedule = {
    ...store,
    ...schedule,
    ...stillness,
    after: (seconds, run) =>
      schedule.after(
        seconds,
        seconds === 0 && stillness.isStill() ? () => stillness.still(run) : run,
      ),
    kind: (type) => kinds.get(type.toLowerCase()),
    random,
    between: (low, high) => low + Math.floor(random() * (high - low + 1)),
    guid,
    touch(id) {
      const it = store.get(id);
      const etag = it && kinds.get(it.type.toLowerCase())?.etag?.(world);
      if (it && etag !== undefined) store.put({ ...it, etag });
    },
    operations: createOperations({ now: schedule.now, guid, key, behaviour }),
    directory: createDirectory(options.now, key),
    roles: createRoles(),
    anySubscription: options.anySubscription,
    behaviour,
  };
  noteTimes(world);
  return world;
}

function createStillness(): Pick<World, "still" | "isStill"> {
  let isStill = false;
  return {
    isStill: () => isStill,
    still(work) {
      const was = isStill;
      isStill = true;
      try {
        work();
      } finally {
        isStill = was;
      }
    },
  };
}

function guidOf(random: () => number): string {
  const hex = (digits: number) =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, "0");
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(8)}${hex(4)}`;
}
