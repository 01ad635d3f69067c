import {
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  RestError,
} from "@azure/core-rest-pipeline";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { retryReads } from "../../src/azure/read-retries.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

type Answer = Readonly<{ status: number; retryAfter?: string }> | "cut";

/** What a reader gets when the service answers in this way, and how many answers that took. */
async function outcome(answers: readonly Answer[]) {
  let asked = 0;
  const request = createPipelineRequest({ url: "https://management.azure.com/x" });
  const work = retryReads(createEmptyPipeline())
    .sendRequest(
      {
        async sendRequest() {
          const answer = answers[asked++] ?? "cut";
          if (answer === "cut") throw new RestError("cut", { request });
          const { status, retryAfter } = answer;
          const headers = createHttpHeaders(retryAfter ? { "retry-after": retryAfter } : {});
          return { status, request, headers };
        },
      },
      request,
    )
    .then(
      (it) => it.status,
      (error: Error) => error.message,
    );
  await vi.runAllTimersAsync();
  return { got: await work, asked };
}

const busy = { status: 503 };
const fine = { status: 200 };

test.each<[string, readonly Answer[], { got: number | string; asked: number }]>([
  ["an answer is an answer", [fine], { got: 200, asked: 1 }],
  ["a cut connection is tried again", ["cut", "cut", fine], { got: 200, asked: 3 }],
  ["twice at most", [busy, busy, busy, fine], { got: 503, asked: 3 }],
  ["and no longer", ["cut", "cut", "cut", fine], { got: "cut", asked: 3 }],
  ["throttled without a word", [{ status: 429 }, fine], { got: 200, asked: 2 }],
  ["throttled for a moment", [{ status: 429, retryAfter: "4" }, fine], { got: 200, asked: 2 }],
  ["throttled for long", [{ status: 429, retryAfter: "17" }, fine], { got: 429, asked: 1 }],
  ["a refusal stands", [{ status: 403 }, fine], { got: 403, asked: 1 }],
  ["so does a conflict", [{ status: 409 }, fine], { got: 409, asked: 1 }],
  ["and what is not there", [{ status: 404 }, fine], { got: 404, asked: 1 }],
])("%s", async (_what, answers, expected) => {
  expect(await outcome(answers)).toEqual(expected);
});
