import { type Pipeline, type RetryStrategy, retryPolicy } from "@azure/core-rest-pipeline";
import { secondsOf } from "./errors.ts";

/** A longer wait is a new message's business, not a worker's: the answer goes up with its Retry-After. */
const longestWaitSeconds = 5;

const briefly: RetryStrategy = {
  name: "briefly",
  retry({ response, retryCount }) {
    const { status } = response ?? { status: 0 };
    const passes = status === 0 || status === 408 || status === 429 || status >= 500;
    const asked = secondsOf(response?.headers.get("retry-after")) ?? 0;
    const seconds = Math.max(asked, 0.5 * 2 ** retryCount);
    return passes && seconds <= longestWaitSeconds
      ? { retryAfterInMs: seconds * 1000 }
      : { skipStrategy: true };
  },
};

/**
 * Two more tries for a read. The SDK's own policy waits as long as Retry-After says, and does not
 * repeat a 429 without it.
 */
export function retryReads(pipeline: Pipeline): Pipeline {
  pipeline.removePolicy({ name: "defaultRetryPolicy" });
  pipeline.addPolicy(retryPolicy([briefly], { maxRetries: 2 }), { phase: "Retry" });
  return pipeline;
}
