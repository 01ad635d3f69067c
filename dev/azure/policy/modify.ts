import type { Body } from "../answers.ts";
import { isObject, same } from "../merge.ts";
import { type Policy, seenBy } from "./assignments.ts";
import { evaluate } from "./expressions.ts";
import { placeOf, type Subject, valueAt, withValue } from "./fields.ts";

/** A request on its way to the provider: its body, and what that would make of the resource. */
export type Draft = Readonly<{
  body: Body;
  apiVersion: string;
  isPatch: boolean;
  result(body: Body): Subject;
}>;

/**
 * azure-docs effect-modify: the operations rewrite the request before its provider sees it; one whose
 * condition does not hold is left out. Not simulated: conflicts of two policies over one field.
 */
export function modified(draft: Draft, policy: Policy): Body {
  const operations = policy.details["operations"];
  if (!Array.isArray(operations)) return draft.body;
  return operations.filter(isObject).reduce<Body>((body, it) => {
    const subject = draft.result(body);
    const { scope } = seenBy(policy, subject, draft.apiVersion);
    if (it["condition"] !== undefined && evaluate(it["condition"], scope) !== true) return body;
    const place = placeOf(String(evaluate(it["field"], scope)), subject.type);
    return place
      ? changed(draft, { ...it, value: evaluate(it["value"], scope) }, place, body)
      : body;
  }, draft.body);
}

function changed(
  { isPatch, result }: Draft,
  { operation, value }: Body,
  place: readonly string[],
  body: Body,
): Body {
  const subject = result(body);
  const isThere = valueAt(subject, place) !== undefined;
  if (same(String(operation), "add") && isThere) return body;
  const isRemoval = same(String(operation), "remove");
  if (isRemoval && !isThere) return body;
  // tags are sent as a whole: what is not sent is gone
  const whole = place[0] === "tags" ? { ...body, tags: subject["tags"] ?? {} } : body;
  if (!isRemoval) return withValue(whole, place, value);
  return withValue(whole, place, isPatch && place[0] !== "tags" ? null : undefined);
}
