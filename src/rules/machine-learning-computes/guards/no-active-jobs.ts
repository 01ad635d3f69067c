import type { Resource } from "../../../model/resource.ts";
import { sameId } from "../../../model/resource-id.ts";
import { guard } from "../../../model/rule.ts";
import { compliant, violation } from "../../../model/verdict.ts";

type Job = Resource<"microsoft.machinelearningservices/workspaces/jobs">;

const ended = ["completed", "failed", "canceled"];

/** Recorded: a status that is not listed as ended counts as active; `ActiveOnly` means not archived. */
export const noActiveJobs = guard<"microsoft.machinelearningservices/workspaces/computes", "jobs">({
  id: "no-active-jobs",
  title: "No job runs on it or waits for it",
  needs: ["jobs"],
  yieldsTo: [],
  passes: true,
  check(compute, { jobs }) {
    const active = jobs.filter(
      (it) => !ended.includes(it.properties.status?.toLowerCase() ?? "") && uses(it, compute.id),
    );
    return active[0] === undefined
      ? compliant
      : violation(`${active.length} of its jobs are not finished: ${active[0].name}.`);
  },
});

/** Recorded: pipelines name their cluster in `settings.default_compute`, or deep in nested jobs. */
function uses({ properties }: Job, id: string): boolean {
  const { computeId, settings, jobs } = properties;
  return (
    sameId(computeId ?? undefined, id) ||
    sameId(settings?.default_compute ?? undefined, id) ||
    mentions(jobs, id)
  );
}

function mentions(it: unknown, id: string): boolean {
  if (typeof it === "string") return sameId(it, id);
  return (
    typeof it === "object" && it !== null && Object.values(it).some((one) => mentions(one, id))
  );
}
