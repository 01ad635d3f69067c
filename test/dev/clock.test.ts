import { expect, test } from "vitest";
import { installClock } from "../../dev/clock.ts";

const real = Date.now;
const clock = installClock();
const hour = 3600;

/** How far the process' clock is ahead of the machine's, to the second. */
const aheadSeconds = (time: number) => Math.round((time - real()) / 1000);

test("every way to ask for the time moves with the clock", () => {
  const before = aheadSeconds(Date.now());
  clock.advance(hour);
  for (const time of [
    Date.now(),
    Date.parse(new Date().toISOString()),
    Date.parse(Date()),
    clock.now().getTime(),
  ])
    expect(Math.abs(aheadSeconds(time) - before - hour)).toBeLessThanOrEqual(1);
});

test("dates that are given are left as they are, and are dates", () => {
  clock.advance(hour);
  const given = new Date("2026-11-24T12:00:00.000Z");
  expect(given.toISOString()).toBe("2026-11-24T12:00:00.000Z");
  expect(new Date(0).getTime()).toBe(0);
  expect(Date.UTC(2026, 10, 24)).toBe(Date.parse("2026-11-24"));
  expect(new Date()).toBeInstanceOf(Date);
  expect(structuredClone(given)).toEqual(given);
});

test("a second clock is the same clock", () => {
  const before = aheadSeconds(Date.now());
  installClock().advance(hour);
  expect(Math.abs(aheadSeconds(clock.now().getTime()) - before - hour)).toBeLessThanOrEqual(1);
});

test("timers of the event loop are not moved", async () => {
  let isRun = false;
  const timer = setTimeout(() => {
    isRun = true;
  }, hour * 1000);
  clock.advance(2 * hour);
  await new Promise((resolve) => setImmediate(resolve));
  clearTimeout(timer);
  expect(isRun).toBe(false);
});
