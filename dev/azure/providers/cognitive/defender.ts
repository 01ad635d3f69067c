import { type Answer, failure } from "../../answers.ts";
import type { Call } from "../../call.ts";
import { type Change, type Kind, type Stored, stateless } from "../../kinds.ts";
import { isObject, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { cognitiveVersions, refuseBusy } from "./common.ts";

const type = "Microsoft.CognitiveServices/accounts/defenderForAISettings";

/** Recorded: nsp 4-7. PUT 200, at once; the etag is a plain GUID; no DELETE in the specification. */
export const defenderSettings: Kind = {
  type,
  versions: cognitiveVersions.filter((it) => it >= "2024-10-01"),
  verbs: ["GET", "LIST", "PUT", "PATCH"],
  serve: { GET: appear, LIST: appear, PUT: appear, PATCH: appear },
  systemData: true,
  inState: stateless,
  etag: (world) => `"${world.guid()}"`,
  complete: (wanted) => ({ ...wanted, properties: { state: "Disabled", ...wanted.properties } }),
  refuse: refuseSetting,
  course: () => ({ status: 200 }),
};

/** nsp 4: there with the account, Disabled; here it is written down when somebody first asks. */
function appear({ target }: Call, world: World): undefined {
  const account = world.get(target.name === undefined ? target.parent : target.parent);
  if (!account || world.children(account.id, type).length > 0) return;
  world.put(settingOf(account, world));
}

function settingOf(account: Stored, world: World): Stored {
  return {
    id: `${account.id}/defenderForAISettings/Default`,
    type,
    name: "Default",
    properties: { state: "Disabled" },
    ...(isObject(account["systemData"]) && { systemData: account["systemData"] }),
    etag: `"${world.guid()}"`,
  };
}

/** The specification: the states; that there is one setting only is inferred. */
function refuseSetting(change: Change): Answer | undefined {
  const { wanted } = change;
  if (wanted && !same(wanted.name, "Default"))
    return failure(400, "BadRequest", "The name of the setting is 'Default'.");
  return /^(Enabled|Disabled)$/.test(String(wanted?.properties["state"]))
    ? refuseBusy(change)
    : failure(400, "BadRequest", "The state of the setting is 'Enabled' or 'Disabled'.");
}
