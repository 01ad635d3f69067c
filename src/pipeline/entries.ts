import type { Entry } from "../model/audit-record.ts";
import type { Plan, Remediation } from "../model/remediation.ts";
import type { Ports } from "./ports.ts";

type Head = Pick<Entry, "schema" | "recordId" | "at" | "runId" | "resourceId">;

/** What every record says of itself. */
export function headOf(
  { now, newId, runId }: Pick<Ports, "now" | "newId" | "runId">,
  resourceId: Entry["resourceId"],
): Head {
  return { schema: 1, recordId: newId(), at: now().toISOString(), runId, resourceId };
}

/** What every record about a step says. */
export function stepOf(
  ports: Pick<Ports, "now" | "newId" | "runId">,
  { id, plan }: Remediation,
  step: number,
) {
  return {
    ...headOf(ports, plan.resourceId),
    ruleId: plan.ruleId,
    remediationId: id,
    step,
    title: titleOf(plan, step),
  };
}

const titleOf = ({ steps }: Plan, step: number): string => steps[step]?.title ?? `Step ${step}`;
