import { type Answer, type Body, failure, list } from "../answers.ts";
import { parsePath } from "../ids.ts";
import { type Kind, type Stored, view } from "../kinds.ts";
import { isObject, omit, precise } from "../merge.ts";
import type { World } from "../world.ts";
import { cognitiveEtag, cognitiveVersions } from "./cognitive-common.ts";

const shown = "Microsoft.CognitiveServices/deletedAccounts";
/** softdelete 7: exactly 48 hours. */
const keptHours = 48;

/** A deleted account is kept whole for 48 hours, and its name with it (softdelete 7). */
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

/** What deleted accounts mean to a PUT of the same name. */
export function deletedAccounts(world: World) {
  const kept = (it: Stored): Stored | undefined => {
    const found = world.get(idOf(it));
    const until = Date.parse(String(found?.properties["scheduledPurgeDate"]));
    return found && until > world.now().getTime() ? found : undefined;
  };
  const isRestore = (body: Body): boolean =>
    isObject(body["properties"]) && body["properties"]["restore"] === true;
  return {
    isRestore,
    /** softdelete 8: the old properties come back; whoever restores counts as its creator. */
    restored(wanted: Stored): Stored | undefined {
      const found = isRestore(wanted) ? kept(wanted) : undefined;
      if (!found) return undefined;
      const properties = omit(found.properties, ["deletionDate", "scheduledPurgeDate"]);
      world.remove(found.id);
      return {
        ...omit(found, ["systemData"]),
        ...omit(wanted, ["properties"]),
        properties,
      } as Stored;
    },
    /** Quoted. */
    refuse(wanted: Stored, body: Body): Answer | undefined {
      if (isRestore(body) || !kept(wanted)) return undefined;
      return failure(
        409,
        "FlagMustBeSetForRestore",
        `An existing resource with ID '${wanted.id}' has been soft-deleted. To restore the resource, you must specify 'restore' to be 'true' in the property. If you don't want to restore existing resource, please purge it first.`,
      );
    },
  };
}

function idOf({ id, location, name }: Stored): string {
  const { subscription, group } = parsePath(id);
  const home = `/subscriptions/${subscription}/providers/Microsoft.CognitiveServices`;
  return `${home}/locations/${location}/resourceGroups/${group}/deletedAccounts/${name}`;
}

/** softdelete 11-13: a purge takes about a second. */
const deleted: Kind = {
  type: "Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts",
  shownType: shown,
  versions: cognitiveVersions,
  verbs: ["GET", "DELETE"],
  course: () => ({
    status: 202,
    state: "Deleting",
    seconds: 1,
    operation: { dialect: "cognitiveServices", word: "Deleting" },
  }),
};

/** softdelete 14: all of a subscription. The path of one is another type than that of the list. */
const deletedList: Kind = view(shown, cognitiveVersions, {
  LIST: ({ target }, world) => list(world.ofType(target.subscription, shown)),
});

export const deletedKinds: readonly Kind[] = [deleted, deletedList];
