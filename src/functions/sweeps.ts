import type { InvocationContext } from "@azure/functions";
import type { Airlock } from "../airlock.ts";
import type { SweepBatch } from "../pipeline/sweep.ts";
import { invocationOf } from "./invocation.ts";

export async function weekly(airlock: Airlock, context: InvocationContext): Promise<void> {
  await airlock.weekly(invocationOf(context));
}

export async function tidy(airlock: Airlock, context: InvocationContext): Promise<void> {
  await airlock.tidy(invocationOf(context));
}

/** One message of the queue `sweep-batch`; what is no batch of ours is kept as poison. */
export async function sweepBatch(
  airlock: Airlock,
  message: unknown,
  context: InvocationContext,
): Promise<void> {
  const invocation = invocationOf(context);
  const tries = Number(context.triggerMetadata?.["dequeueCount"] ?? 1);
  if (isBatch(message)) return airlock.sweepBatch(message, tries, invocation);
  await airlock.refuse(JSON.stringify(message), "It is no batch of a sweep.", invocation);
}

function isBatch(it: unknown): it is SweepBatch {
  if (typeof it !== "object" || it === null) return false;
  const { schema, sweepId, subscription, resourceType } = it as Partial<SweepBatch>;
  return (
    schema === 1 && [sweepId, subscription, resourceType].every((one) => typeof one === "string")
  );
}
