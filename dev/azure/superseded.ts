import type { Answer } from "./answers.ts";
import type { Operation } from "./dialects.ts";
import { parsePath } from "./ids.ts";
import { same } from "./merge.ts";

/** An operation that another one may cut short. */
export type Running = Operation & { canceledBy?: Operation };

/** Network's own names for what it does: DeletePrivateDnsZoneGroupOperation. */
export function operationName(verb: string, id: string): string {
  const { type } = parsePath(id);
  const plural = type.slice(type.lastIndexOf("/") + 1);
  const name = plural.charAt(0).toUpperCase() + plural.slice(1).replace(/s$/, "");
  return `${verb === "DELETE" ? "Delete" : "Put"}${name}Operation`;
}

/** Cancels what still runs on the target of this operation, or below it; a delete leaves its like alone. */
export function supersede(running: Iterable<Running>, by: Operation): void {
  for (const it of running) {
    const isOwn = same(it.target, by.target);
    const isBelow = it.target.toLowerCase().startsWith(`${by.target.toLowerCase()}/`);
    if (it === by || it.endedAt || !(isBelow || (isOwn && it.verb !== by.verb))) continue;
    it.canceledBy = by;
  }
}

/** Recorded (1b): a group's delete, cut short by that of its endpoint; HTTP 200, and one header more. */
export function canceled(it: Operation, by: Operation, address: string): Answer {
  const named = (one: Operation) => `${operationName(one.verb, one.target)} (${one.id})`;
  const detail = {
    code: "CanceledAndSupersededDueToAnotherOperation",
    message: `Operation ${named(it)} was canceled and superseded by operation ${named(by)}.`,
  };
  const error = { code: "Canceled", message: "Operation was canceled.", details: [detail] };
  return {
    status: 200,
    headers: { "canceled-by-azure-asyncoperation": address },
    body: { status: "Canceled", error },
  };
}
