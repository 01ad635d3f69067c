import type { Laptop } from "./laptop.ts";

/** Works off all that is due at this moment. */
export async function settle(laptop: Laptop): Promise<void> {
  while ((await laptop.tick()) > 0);
}

/** Moves the clock by so many seconds; all that falls due on the way happens at its own time. */
export async function advance(laptop: Laptop, seconds: number): Promise<void> {
  const end = laptop.clock.now().getTime() + seconds * 1000;
  await settle(laptop);
  for (let next = dueBefore(laptop, end); next !== undefined; next = dueBefore(laptop, end)) {
    jumpTo(laptop, next);
    await settle(laptop);
  }
  jumpTo(laptop, end);
  await settle(laptop);
}

/** Runs until nothing is left to wait for, or for so long; `onJump` hears how far the clock was moved. */
export async function runUntilQuiet(
  laptop: Laptop,
  mostSeconds: number,
  onJump: (seconds: number) => void = () => {},
): Promise<void> {
  const end = laptop.clock.now().getTime() + mostSeconds * 1000;
  await settle(laptop);
  for (let next = dueBefore(laptop, end); next !== undefined; next = dueBefore(laptop, end)) {
    onJump(jumpTo(laptop, next));
    await settle(laptop);
  }
}

function dueBefore(laptop: Laptop, end: number): number | undefined {
  const next = laptop.nextDueAt()?.getTime();
  return next !== undefined && next <= end ? next : undefined;
}

/** Never back: what is due already has no need of it. */
export function jumpTo({ clock }: Laptop, time: number): number {
  const seconds = Math.max(0, (time - clock.now().getTime()) / 1000) + 0.001;
  clock.advance(seconds);
  return seconds;
}
