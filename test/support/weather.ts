import type { FaultAnswer } from "../../dev/azure/layers/faults.ts";
import { mulberry32 } from "../../dev/azure/random.ts";
import type { Laptop } from "./laptop.ts";

export const failure = (status: number, code: string, headers: Record<string, string> = {}) => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8", ...headers },
  body: { error: { code, message: "As told." } },
});

/** What Azure does on bad days; each passes. */
const troubles: readonly FaultAnswer[] = [
  failure(429, "TooManyRequests"),
  failure(429, "TooManyRequests", { "retry-after": "17" }),
  failure(500, "InternalServerError"),
  failure(503, "ServerUnavailable"),
  failure(409, "RequestConflict"),
  { status: 503, headers: { "content-type": "text/html" }, body: "<html>Our services…</html>" },
  { status: 504, headers: { "content-type": "text/html" }, body: "" },
  "cut",
  "lost",
  "lro-fails",
  "lro-fails-but-applied",
  "never-applied",
  { stale: 20 },
  { missing: 20 },
];

/** Two workers are killed too, each at one of its calls to the outside. */
export function killsBy(seed: number, within: number): readonly number[] {
  const random = mulberry32(seed + 1);
  const first = 1 + Math.floor(random() * within);
  return [first, first + 1 + Math.floor(random() * within)];
}

/** Ten troubles of Azure, by the seed: each meets one of the next calls with its method. */
export function storm({ azure }: Laptop, seed: number): void {
  const random = mulberry32(seed);
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  for (let n = 0; n < 10; n++)
    azure.faults.add({
      method: one(["GET", "GET", "GET", "POST", "PATCH", "PUT", "DELETE"]),
      times: 1 + Math.floor(random() * 2),
      answer: one(troubles),
    });
}
