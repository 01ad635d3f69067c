import type { Answer } from "../../answers.ts";
import type { Call } from "../../call.ts";
import { parsePath } from "../../ids.ts";
import type { Stored } from "../../kinds.ts";
import type { World } from "../../world.ts";
import { networkIdOf, refuseOngoing } from "./network-common.ts";

/** mnp 5-8: 202, empty, 30 s; Location is the network, and nothing about it changes. */
export function provision(it: Stored, call: Call, world: World): Answer {
  const refused = refuseOngoing(it, world);
  if (refused) return refused;
  const account = parsePath(it.id).parent;
  const network = networkIdOf(account, world);
  const { headers, end } = world.operations.start(call, {
    dialect: "managedNetworks",
    word: `${network.id}-${network.home}`,
    target: it.id,
    location: world.get(account)?.location ?? "",
    result: () => ({ status: 200 }),
  });
  world.after(world.between(20, 29), () => end());
  return { status: 202, headers };
}
