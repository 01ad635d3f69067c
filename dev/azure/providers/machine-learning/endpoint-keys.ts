import type { Answer } from "../../answers.ts";
import type { Call } from "../../call.ts";
import type { Stored } from "../../kinds.ts";
import type { World } from "../../world.ts";
import { frontendFailure } from "./common.ts";

const hasKeys = ({ properties }: Stored): boolean => properties["authMode"] === "Key";

/** keys 3: an endpoint of AADToken has none, and says so under 200. */
export function listKeys(it: Stored, _call: Call, world: World): Answer {
  const key = () => (hasKeys(it) ? world.guid().replaceAll("-", "") : null);
  return { status: 200, body: { primaryKey: key(), secondaryKey: key() } };
}

const day = 86_400;

/** keys 3: for a day, to be renewed after half of it. */
export function token(it: Stored, _call: Call, world: World): Answer {
  if (hasKeys(it)) return keysOnly(it, world);
  const now = Math.floor(world.now().getTime() / 1000);
  return {
    status: 200,
    body: {
      accessToken: Buffer.from(world.guid()).toString("base64url"),
      tokenType: "Bearer",
      expiryTimeUtc: now + day,
      refreshAfterTimeUtc: now + day / 2,
    },
  };
}

/** Not recorded: what an endpoint with keys answers. */
function keysOnly(it: Stored, world: World): Answer {
  const message = `Endpoint ${it.name} has keys, not tokens.`;
  return frontendFailure({ status: 400, code: "UserError", message }, it.location ?? "", world);
}
