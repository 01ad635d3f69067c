import { messageOf } from "../model/airlock-error.ts";
import type { FactName } from "../model/facts.ts";
import { isTerminal, type Resource } from "../model/resource.ts";
import type { Check, Rule } from "../model/rule.ts";
import { notApplicable, unknown, type Verdict } from "../model/verdict.ts";
import { type Readings, unreadOf } from "./read-facts.ts";

/** Asks every rule for this type; one that throws, or lacks a fact, answers `unknown` and stops no other. */
export function evaluate(
  rules: readonly Rule[],
  resource: Resource,
  readings: Readings,
): { rule: Rule; verdict: Verdict }[] {
  return rulesFor(rules, resource).map((rule) => ({
    rule,
    verdict: ask(rule, resource, readings),
  }));
}

export const rulesFor = (rules: readonly Rule[], { type }: Pick<Resource, "type">) =>
  rules.filter((it) => it.resourceType === type);

/** What a service made and manages is not ours to judge: its owner undoes what we do. */
export function ask(check: Check, resource: Resource, readings: Readings): Verdict {
  if (resource.managedBy) return notApplicable;
  const unread = unreadOf(check.needs, readings);
  if (unread) return unknown(unread.because);
  if (isBusy(check, resource, readings)) return unknown("ARM is still working on it.");
  try {
    return check.check(resource, readings.facts);
  } catch (error) {
    return unknown(`The rule failed: ${messageOf(error)}`);
  }
}

/** A value that is seen while something is being written is an intention, not a state (recorded). */
export function isBusy({ needs = [] }: Check, resource: Resource, { facts }: Readings): boolean {
  return !isTerminal(resource) || needs.some((it) => writtenChildren(it, facts[it]));
}

/** The children that our own writes go to; a busy workspace above does not make a compute busy. */
function writtenChildren(name: FactName, fact: unknown): boolean {
  return name === "zoneGroup" && fact !== undefined && !isTerminal(fact as Resource);
}
