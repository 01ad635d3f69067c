import type { Call } from "./call.ts";
import { isWithin, scopesOf } from "./ids.ts";
import type { Stored } from "./kinds.ts";
import type { World } from "./world.ts";

/** azure-docs, and recorded of roles: all that apply here and below; `atScope()` leaves out those below. */
export function around(type: string, { target, query }: Call, world: World): Stored[] {
  const above = scopesOf(target.scope).flatMap((it) => world.children(it, type));
  const isNarrow = /atScope\(\)/i.test(query.get("$filter") ?? "");
  if (isNarrow) return above;
  const below = world
    .ofType(target.subscription, type)
    .filter((it) => isWithin(it.id, target.scope) && !above.includes(it));
  return [...above, ...below];
}
