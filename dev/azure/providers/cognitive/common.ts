import { type Answer, failure } from "../../answers.ts";
import { scopesOf } from "../../ids.ts";
import { type Change, isTerminal, type Stored } from "../../kinds.ts";
import { same } from "../../merge.ts";
import type { World } from "../../world.ts";

export const accountType = "Microsoft.CognitiveServices/accounts";
export const projectType = `${accountType}/projects` as const;

/** accounts 20: the specification's folders. */
export const cognitiveVersions = [
  "2017-04-18",
  "2021-04-30",
  "2021-10-01",
  "2022-03-01",
  "2022-10-01",
  "2022-12-01",
  "2023-05-01",
  "2023-10-01-preview",
  "2024-04-01-preview",
  "2024-06-01-preview",
  "2024-10-01",
  "2025-04-01-preview",
  "2025-06-01",
  "2025-07-01-preview",
  "2025-09-01",
  "2025-10-01-preview",
  "2025-12-01",
  "2026-01-15-preview",
  "2026-03-01",
  "2026-03-15-preview",
  "2026-05-01",
  "2026-05-15-preview",
  "2026-07-01",
];

/** Projects, connections and what else Foundry brought. */
export const foundryVersions = cognitiveVersions.filter((it) => it >= "2025");

/** accounts 20: managed networks and their rules. */
export const networkVersions = cognitiveVersions.filter((it) => it >= "2025-10");

/** Quotes inside; the last group begins with the seconds of the write (recorded). */
export function cognitiveEtag(world: World): string {
  const seconds = Math.floor(world.now().getTime() / 1000);
  return `"${world.guid().slice(0, 8)}-0000-0d00-0000-${seconds.toString(16)}0000"`;
}

/** A refusal of which neither code nor text was recorded. */
export const refused = (message: string): Answer => failure(400, "BadRequest", message);

/** Quoted from public issues, 409 without Retry-After: an account or its parent is not at rest. */
export function refuseBusy(change: Change): Answer | undefined {
  const { was } = change;
  if (!was || isTerminal(was)) return refuseBusyFamily(change);
  return failure(
    409,
    "RequestConflict",
    `Cannot modify resource with id '${was.id}' because the resource entity provisioning state is not terminal. Please wait for the provisioning state to become terminal and then retry the request.`,
  );
}

/** or 1 to 18: a rule of a managed network has a status instead. */
export const isChanging = (it: Stored): boolean =>
  !isTerminal(it) || /^(Provisioning|Deleting)$/.test(String(it.properties["status"]));

/** How often: that it is possible was quoted, that it is certain was not. */
const refusedOften = 0.8;

/** A child while its account is written, and the other way; aso1 14 to 22: not beside another child. */
function refuseBusyFamily({ call, world }: Change): Answer | undefined {
  const isAccount = same(call.target.type, accountType);
  const account = scopesOf(isAccount ? call.target.id : call.target.parent)
    .map((id) => world.get(id))
    .find((it) => it?.type === accountType);
  if (!account) return undefined;
  const isBusy = isAccount ? world.below(account.id).some(isChanging) : !isTerminal(account);
  if (!isBusy || world.random() >= refusedOften) return undefined;
  return failure(
    409,
    "RequestConflict",
    `Another operation is being performed on the parent resource '${account.id}'. Please try again later.`,
  );
}
