import { test } from "vitest";
import { killTwice } from "./reopened.ts";

test("killed twice, everywhere: the first kill at an even call", { timeout: 170_000 }, async () => {
  const even = (calm: number) =>
    Array.from({ length: calm }, (_, n) => n + 1).filter((n) => n % 2 === 0);
  console.log(`${await killTwice(even)} schedules with two kills`);
});
