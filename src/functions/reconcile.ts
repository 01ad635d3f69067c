import type { InvocationContext } from "@azure/functions";
import type { Airlock } from "../airlock.ts";
import { parseResourceId } from "../model/resource-id.ts";
import type { WorkItem } from "../model/work-item.ts";
import { invocationOf } from "./invocation.ts";

/** One message of the queue `reconcile`; what is no work item of ours is kept as poison. */
export async function reconcile(
  airlock: Airlock,
  message: unknown,
  context: InvocationContext,
): Promise<void> {
  const invocation = invocationOf(context);
  if (!isWorkItem(message))
    return airlock.refuse(JSON.stringify(message), "It is no work item.", invocation);
  await airlock.take(message, invocation);
}

/** The item gave up for good: it is kept where people list and replay it, and nothing throws. */
export async function reconcilePoison(
  airlock: Airlock,
  message: unknown,
  context: InvocationContext,
): Promise<void> {
  const because = "It failed five times; the cause is in the log of its runs.";
  await airlock.refuse(JSON.stringify(message), because, invocationOf(context));
}

function isWorkItem(it: unknown): it is WorkItem {
  if (typeof it !== "object" || it === null) return false;
  const { schema, kind, resourceId } = it as Partial<WorkItem>;
  const isKind = kind === "look" || kind === "continue";
  return schema === 1 && isKind && typeof parseResourceId(resourceId) !== "string";
}
