import { createHash } from "node:crypto";
import { type Answer, type Body, failure, list } from "../../answers.ts";
import type { Call } from "../../call.ts";
import { type Kind, type Stored, view } from "../../kinds.ts";
import { isObject, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { accountCourse } from "./account-course.ts";
import { completeAccount, providerWritten, showAccount } from "./account-shape.ts";
import { childKinds } from "./children.ts";
import { accountType, cognitiveEtag, cognitiveVersions } from "./common.ts";
import { connectionRules, connectionsKind, takeApart } from "./connections.ts";
import { deletedKinds, forget, softDelete } from "./deleted.ts";
import { bringNetwork } from "./managed-networks.ts";
import { refuseAccount } from "./refusals.ts";

/** All kinds of account. Sources: docs/sources.md unless a line says otherwise. */
const accounts: Kind = {
  type: accountType,
  versions: cognitiveVersions,
  tracked: true,
  systemData: true,
  etag: cognitiveEtag,
  readOnly: providerWritten,
  complete: completeAccount,
  refuse: refuseAccount,
  course: accountCourse,
  settled(now, was, world) {
    if (!now && was) softDelete(was, world);
    if (now && !was) forget(now, world);
    if (now) bringNetwork(now, world);
  },
  loaded(it, world) {
    bringNetwork(it, world);
    return takeApart(it, world);
  },
  show: showAccount,
  actions: {
    listKeys: (it) => withKeys(it, () => keysOf(it)),
    regenerateKey: (it, call, world) => withKeys(it, () => regenerated(it, call, world)),
  },
  connections: connectionRules,
};

/** Public text; not recorded. */
const withKeys = (it: Stored, keys: () => Body | undefined): Answer => {
  if (it.properties["disableLocalAuth"] === true)
    return failure(400, "BadRequest", "Failed to list key. disableLocalAuth is set to be true");
  const body = keys();
  return body ? { status: 200, body } : failure(400, "BadRequest", "There are Key1 and Key2.");
};

/** The same until somebody makes new ones. */
function keysOf({ properties: { keys, internalId } }: Stored): Body {
  if (isObject(keys)) return keys;
  return { key1: keyOf(`1 ${internalId}`), key2: keyOf(`2 ${internalId}`) };
}

/** accounts 28: how long they are; what they are made of was blanked. */
const keyOf = (seed: string): string =>
  createHash("sha512").update(seed).digest("hex").slice(0, 84);

/** crud 5 to 8: the etag moves, systemData does not. */
function regenerated(it: Stored, { body }: Call, world: World): Body | undefined {
  const name = ["key1", "key2"].find((key) => same(key, String(body?.["keyName"])));
  if (name === undefined) return undefined;
  const keys = { ...keysOf(it), [name]: keyOf(world.guid()) };
  world.put({ ...it, properties: { ...it.properties, keys } });
  world.touch(it.id);
  return keys;
}

/** pec 5, pe 5 (FormRecognizer, TextAnalytics); OpenAI and AIServices were not recorded. */
const privateLinkResources = view(`${accountType}/privateLinkResources`, cognitiveVersions, {
  LIST: ({ target }) =>
    list([
      {
        id: `${target.parent}/privateLinkResources/account`,
        name: "account",
        type: `${accountType}/privateLinkResources`,
        properties: {
          groupId: "account",
          requiredMembers: ["default"],
          requiredZoneNames: ["privatelink.cognitiveservices.azure.com"],
        },
      },
    ]),
});

export const cognitiveServicesKinds: readonly Kind[] = [
  accounts,
  connectionsKind,
  ...childKinds,
  privateLinkResources,
  ...deletedKinds,
];
