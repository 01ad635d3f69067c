import type { Body } from "./answers.ts";
import type { Stored } from "./kinds.ts";
import { isObject, precise } from "./merge.ts";
import type { World } from "./world.ts";

type Times = { createdTime?: string; changedTime: string };
const noted = new WeakMap<World, Map<string, Times>>();

/** From here on it is kept when something was made and changed last; not of a loaded estate. */
export function noteTimes(world: World): void {
  const times = new Map<string, Times>();
  noted.set(world, times);
  world.watch((was, next) => {
    const key = (next ?? was)?.id.toLowerCase() ?? "";
    if (world.isStill()) return;
    if (!next) return void times.delete(key);
    const changedTime = precise(world.now());
    const createdTime = was ? times.get(key)?.createdTime : changedTime;
    times.set(key, { ...(createdTime !== undefined && { createdTime }), changedTime });
  });
}

/** Recorded: the changed time is about ten minutes late; here it is the time of the change. */
export function timesOf(world: World, it: Stored): Body {
  const own = isObject(it["systemData"]) ? it["systemData"] : {};
  const { createdTime, changedTime } = noted.get(world)?.get(it.id.toLowerCase()) ?? {};
  return {
    createdTime: createdTime ?? own["createdAt"],
    changedTime: changedTime ?? own["lastModifiedAt"],
  };
}
