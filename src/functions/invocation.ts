import type { InvocationContext } from "@azure/functions";
import type { Invocation } from "../airlock.ts";

/** One line a log entry: constant text, facts as fields. */
export function invocationOf(context: InvocationContext): Invocation {
  return {
    runId: context.invocationId,
    log(level, text, fields) {
      context[level](JSON.stringify({ text, ...fields }));
    },
  };
}
