import type { Step } from "./request.ts";
import type { Resource } from "./resource.ts";
import type { ResourceId } from "./resource-id.ts";
import type { ResourceType } from "./resource-types/index.ts";
import type { Impact } from "./rule.ts";

/** What would be done, as data: shown in a dry run, approved by hash, stored with the first step. */
export type Plan = Readonly<{
  ruleId: string;
  resourceId: ResourceId;
  resourceType: ResourceType;
  impact: Impact;
  /** What was wrong, for the record. */
  because: string;
  steps: readonly Step[];
}>;

/** A plan under way. What is kept is what cannot be seen on the resource; the rest is read off it. */
export type Remediation = Readonly<{
  schema: 1;
  id: string;
  begunAt: string;
  plan: Plan;
  sent?: Sent;
  /** Since when what a step expects has been seen, for `steadyMinutes`. */
  steadySince?: string;
  /** What a look saw that only a second one, half a minute later, makes certain. */
  doubt?: Readonly<{ it: "gone" | "uncured"; since: string }>;
  /** How often the last step was refused for good or failed after ARM took it. */
  failedTries?: number;
  /** Something was taken away: whatever steps are left, they always run. */
  mustFinish?: true;
  /** Why the plan was given up; its steps are now the ones that put things back. */
  givenUpBecause?: string;
}>;

/**
 * The step that was sent last. `intended`: recorded, ARM's answer is not; `applied`: ARM took it;
 * `seen`: ARM's answer is not known, but the resource shows the effect. `firstAt`: of its first try.
 */
export type Sent = Readonly<{
  step: number;
  at: string;
  firstAt: string;
  recordId: string;
  state: "intended" | "applied" | "seen";
}>;

/** What to do next. `remember` is kept before waiting. */
export type Move =
  | Readonly<{ do: "send"; step: number }>
  | Readonly<{ do: "wait"; because: string; remember?: Remediation }>
  | Readonly<{ do: "give up"; because: string }>
  | Readonly<{ do: "done" }>
  | Readonly<{ do: "fail"; because: string }>;

/** A reading of the resource that is being repaired; undefined when ARM says that it is gone. */
export type Sight = Resource | undefined;

/** What the rule says of that reading. `isBusy`: something the verdict is read from is being written. */
export type Proof = Readonly<{ isBusy: boolean; isCured: boolean }>;
