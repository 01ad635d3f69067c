import { type Answer, failure } from "../answers.ts";
import { parsePath } from "../ids.ts";
import { type Change, isTerminal } from "../kinds.ts";
import type { World } from "../world.ts";

export const cognitiveVersions = [
  "2017-04-18",
  "2021-04-30",
  "2021-10-01",
  "2022-03-01",
  "2022-10-01",
  "2022-12-01",
  "2023-05-01",
  "2024-10-01",
  "2025-06-01",
  "2025-09-01",
  "2025-12-01",
  "2026-01-15-preview",
  "2026-03-01",
  "2026-05-01",
  "2026-07-01",
];

/** Quotes inside; the last group begins with the seconds of the write (recorded). */
export function cognitiveEtag(world: World): string {
  const seconds = Math.floor(world.now().getTime() / 1000);
  return `"${world.guid().slice(0, 8)}-0000-0d00-0000-${seconds.toString(16)}0000"`;
}

/** Quoted from public issues, 409 without Retry-After: an account or its parent is not at rest. */
export function refuseBusy({ call, was, world }: Change): Answer | undefined {
  if (was && !isTerminal(was))
    return failure(
      409,
      "RequestConflict",
      `Cannot modify resource with id '${was.id}' because the resource entity provisioning state is not terminal. Please wait for the provisioning state to become terminal and then retry the request.`,
    );
  const account = world.get(parsePath(call.target.id).parent);
  if (!account || isTerminal(account) || account.type !== "Microsoft.CognitiveServices/accounts")
    return undefined;
  return failure(
    409,
    "RequestConflict",
    `Another operation is being performed on the parent resource '${account.id}'. Please try again later.`,
  );
}
