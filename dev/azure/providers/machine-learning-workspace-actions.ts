import type { Answer } from "../answers.ts";
import type { Call } from "../call.ts";
import type { Stored } from "../kinds.ts";
import type { World } from "../world.ts";

/** Recorded (ASO Apr 2025, 2021-07-01); the account's id has another name in newer specifications. */
export function listKeys({ properties }: Stored, call: Call, world: World): Answer {
  const account = properties["storageAccount"];
  const key = () => `${digits(world)}${digits(world)}`;
  return {
    status: 200,
    body: {
      userStorageKey: Buffer.from(`${key()}${key()}`, "hex").toString("base64"),
      [call.version < "2022" ? "userStorageArmId" : "userStorageResourceId"]: account,
      appInsightsInstrumentationKey: properties["applicationInsights"] ? world.guid() : null,
      containerRegistryCredentials: null,
      notebookAccessKeys: { primaryAccessKey: key(), secondaryAccessKey: key() },
    },
  };
}

const digits = (world: World): string => world.guid().replaceAll("-", "");
