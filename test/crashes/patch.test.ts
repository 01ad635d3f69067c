import { expect, test } from "vitest";
import { expectClosed, killTwice, reopened } from "./reopened.ts";

test("killed nowhere", async () => {
  expect((await expectClosed([])).trail).toBe("intended 0, applied 0, verified 0");
});

test("killed once, before and after every outside call", async () => {
  const calm = (await reopened([])).crashes.calls();
  for (let n = 1; n <= calm; n++) expect((await expectClosed([n])).kills).toBe(1);
  console.log(`${calm} schedules with one kill`);
});

test("killed twice, everywhere: the first kill at an odd call", { timeout: 170_000 }, async () => {
  const odd = (calm: number) => Array.from({ length: calm }, (_, n) => n + 1).filter((n) => n % 2);
  console.log(`${await killTwice(odd)} schedules with two kills`);
});
