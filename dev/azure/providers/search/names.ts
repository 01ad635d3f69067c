import type { Answer, Body } from "../../answers.ts";
import { badContent, subscriptionType } from "../../existence.ts";
import { view } from "../../kinds.ts";
import type { World } from "../../world.ts";
import { nameRule, searchVersions, serviceType } from "./common.ts";
import { isName } from "./refusals.ts";

/** 1e (PY, NET): whether a name is free in all of Azure; what of a free one was not recorded. */
export const searchNames = view("Microsoft.Search/checkNameAvailability", searchVersions, {
  POST: ({ body }, world): Answer => {
    const name = body?.["name"];
    if (typeof name !== "string") return badContent("The request needs the name to check.");
    return { status: 200, body: availability(name, world) };
  },
});

function availability(name: string, world: World): Body {
  if (!isName(name)) return { nameAvailable: false, reason: "Invalid", message: nameRule };
  return isTaken(name, world)
    ? { nameAvailable: false, reason: "AlreadyExists", message: null }
    : { nameAvailable: true, message: null };
}

const isTaken = (name: string, world: World): boolean =>
  world
    .children("", subscriptionType)
    .flatMap((it) => world.ofType(it.name, serviceType))
    .some((it) => it.name === name);
