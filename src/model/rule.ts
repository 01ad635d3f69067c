import type { FactName, Facts } from "./facts.ts";
import type { Step } from "./request.ts";
import type { Resource } from "./resource.ts";
import type { ResourceType } from "./resource-types/index.ts";
import type { Verdict } from "./verdict.ts";

/**
 * One question about one type of resource. Pure: no clock, no network, no mutation.
 * `check` is a method with two parameters on purpose: TypeScript compares the parameters of methods
 * both ways, so checks of different types and needs share one list without `any`. That is sound
 * because `evaluate` asks a check only about its own type, with its own needs.
 */
export type Check<T extends ResourceType = ResourceType, N extends FactName = FactName> = Readonly<{
  id: string;
  title: string;
  /** Read for each resource that is judged. */
  needs?: readonly N[];
  check(resource: Resource<T>, facts: Pick<Facts, N>): Verdict;
}>;

/** A check that must be content before a fix is sent, and who may overrule it. */
export type Guard<T extends ResourceType = ResourceType, N extends FactName = FactName> = Check<
  T,
  N
> &
  Readonly<{
    yieldsTo: readonly ("drift" | "approval")[];
    /** What it objects to ends by itself, so it is waited for instead of held. */
    passes?: true;
  }>;

/** What may still be lost when every guard is content. */
export type Impact = "none" | "may-cut-callers" | "destroys-state" | "irreversible";

export type Fix<T extends ResourceType = ResourceType, N extends FactName = FactName> = Readonly<{
  /** Read for violations. */
  needs?: readonly N[];
  impact(resource: Resource<T>, facts: Pick<Facts, N>): Impact;
  /** Whether its guards prove that callers still reach the resource; what cannot be proved is held. */
  reachability: "proven" | "unprovable";
  /** Their needs are read only when a write may follow. */
  guards: readonly Guard<NoInfer<T>>[];
  /** Azure actions that its requests need, linked ones included; the role in infra/ follows from these. */
  permissions: readonly string[];
  /** How long after first sight it waits, so that a deployment under way is not raced. */
  graceMinutes?: number;
  /** The whole way from here to compliant, in order; or why no way is known from this state. */
  steps(resource: Resource<T>, facts: Pick<Facts, N>): readonly Step[] | string;
}>;

/** One requirement with its cure beside it. No `fix`: a person must do it. */
export type Rule<
  T extends ResourceType = ResourceType,
  N extends FactName = FactName,
  M extends FactName = FactName,
> = Check<T, N> &
  Readonly<{
    resourceType: T;
    severity: "critical" | "high" | "medium" | "low";
    why: string;
    reference: string;
    controls: readonly string[];
    fix?: Fix<T, M>;
  }>;

/** Gives `check` and `steps` their types: properties follow from `resourceType`, facts from `needs`. */
export function rule<
  T extends ResourceType,
  N extends FactName = never,
  M extends FactName = never,
>(it: Rule<T, N, M>): Rule<T, N, M> {
  return it;
}

export function guard<T extends ResourceType, N extends FactName = never>(
  it: Guard<T, N>,
): Guard<T, N> {
  return it;
}
