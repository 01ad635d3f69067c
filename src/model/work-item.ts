import type { ResourceId } from "./resource-id.ts";

/** Who asked: it changes no decision, only what is said; a person is not made to wait. */
export type Cause = "event" | "person" | "sweep" | "approval" | "catch-up";

/** A message on the queue `reconcile`. Carries an id, never a state. */
export type WorkItem = Readonly<{
  schema: 1;
  resourceId: ResourceId;
  cause: Cause;
  attempt: number;
  firstSeenAt: string;
  /** Since when ARM says that the resource is not there: believed on the second look. */
  missingSince?: string;
}> &
  (Readonly<{ kind: "look" }> | Readonly<{ kind: "continue"; remediation: string; step: number }>);
