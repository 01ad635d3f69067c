import { type Answer, type Body, failure, list } from "../../answers.ts";
import type { Call } from "../../call.ts";
import { resourceNotFound } from "../../existence.ts";
import { parsePath } from "../../ids.ts";
import { type Change, type Kind, type Stored, view } from "../../kinds.ts";
import { isObject, omit, precise, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { cognitiveEtag, cognitiveVersions } from "./common.ts";

const shown = "Microsoft.CognitiveServices/deletedAccounts";
/** soft 7: exactly 48 hours. */
const keptHours = 48;

/** A deleted account is kept whole for 48 hours, and its name with it (soft 7). */
export function softDelete(account: Stored, world: World): void {
  const at = world.now();
  const until = new Date(at.getTime() + keptHours * 3_600_000);
  world.put({
    ...account,
    id: idOf(account),
    type: shown,
    etag: cognitiveEtag(world),
    properties: {
      ...account.properties,
      deletionDate: precise(at),
      scheduledPurgeDate: precise(until),
      provisioningState: "Succeeded",
    },
  });
}

const kept = (it: Stored, world: World): Stored | undefined => {
  const found = world.get(idOf(it));
  return found && isKept(found, world) ? found : undefined;
};

export const isRestore = (body: Body): boolean =>
  isObject(body["properties"]) && body["properties"]["restore"] === true;

/** soft 8: the old properties come back; whoever restores counts as its creator. */
export function restored(wanted: Stored, world: World): Stored | undefined {
  const found = isRestore(wanted) ? kept(wanted, world) : undefined;
  if (!found) return undefined;
  const properties = omit(found.properties, ["deletionDate", "scheduledPurgeDate"]);
  const own = omit(wanted, ["properties"]);
  return { ...omit(found, ["systemData"]), ...own, properties } as Stored;
}

/** What a name that is reserved, or a restore of nothing, is refused for: quoted. */
export function refuseDeleted({ wanted, was, body, world }: Change): Answer | undefined {
  if (!wanted) return undefined;
  if (was) return isRestore(body) ? active(was.id) : undefined;
  const isThere = kept(wanted, world) !== undefined;
  if (isThere === isRestore(body)) return undefined;
  return isThere ? mustSay(wanted.id) : nothingThere(wanted.id);
}

const mustSay = (id: string): Answer =>
  failure(
    409,
    "FlagMustBeSetForRestore",
    `An existing resource with ID '${id}' has been soft-deleted. To restore the resource, you must specify 'restore' to be 'true' in the property. If you don't want to restore existing resource, please purge it first.`,
  );

/** OpenAIWorkshop 50; the status was not quoted. */
const nothingThere = (id: string): Answer =>
  failure(
    409,
    "CanNotRestoreANonExistingResource",
    `Could not locate a resource to restore. The resource with ID '${id}' doesn't exist or it is already purged.`,
  );

/** azure-dev 7263; only the code was quoted. */
const active = (id: string): Answer =>
  failure(409, "CanNotRestoreAnActiveResource", `The resource with ID '${id}' is not deleted.`);

/** Deleted accounts that still hold their names, but for the one that `account` was. */
export function reservedNames(account: Stored, world: World): Stored[] {
  const { subscription } = parsePath(account.id);
  return world
    .ofType(subscription, shown)
    .filter((it) => isKept(it, world) && !same(it.id, idOf(account)));
}

/** One that came back is no deleted one any more. */
export function forget(account: Stored, world: World): void {
  world.remove(idOf(account));
}

function idOf({ id, location, name }: Stored): string {
  const { subscription, group } = parsePath(id);
  const home = `/subscriptions/${subscription}/providers/Microsoft.CognitiveServices`;
  return `${home}/locations/${location}/resourceGroups/${group}/deletedAccounts/${name}`;
}

const isKept = (it: Stored, world: World): boolean =>
  Date.parse(String(it.properties["scheduledPurgeDate"])) > world.now().getTime();

/** soft 11-13: a purge takes about a second. */
const deleted: Kind = {
  type: "Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts",
  shownType: shown,
  versions: cognitiveVersions,
  verbs: ["GET", "DELETE"],
  serve: { GET: refusePurged },
  course: () => ({
    status: 202,
    state: "Deleting",
    seconds: 1,
    operation: { dialect: "cognitiveServices", word: "Deleting" },
  }),
};

/** Azure purges by itself; here what is past its time is no longer shown. */
function refusePurged({ target }: Call, world: World): Answer | undefined {
  const it = world.get(target.id);
  return it && !isKept(it, world) ? resourceNotFound(target) : undefined;
}

/** soft 14: all of a subscription. The path of one is another type than that of the list. */
const deletedList: Kind = view(shown, cognitiveVersions, {
  LIST: ({ target }, world) =>
    list(world.ofType(target.subscription, shown).filter((it) => isKept(it, world))),
});

export const deletedKinds: readonly Kind[] = [deleted, deletedList];
