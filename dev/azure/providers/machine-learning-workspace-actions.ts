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

const looksAt = [
  "userDefinedRouteResults",
  "networkSecurityRuleResults",
  "resourceLockResults",
  "dnsResolutionResults",
  "storageAccountResults",
  "keyVaultResults",
  "containerRegistryResults",
  "applicationInsightsResults",
  "otherResults",
];

/** F3: 202 empty, Location only. What it finds is by specification: nothing wrong anywhere. */
export function diagnose({ id, location = "" }: Stored, call: Call, world: World): Answer {
  const value = Object.fromEntries(looksAt.map((it) => [it, []]));
  const { headers, end } = world.operations.start(call, {
    dialect: "workspaces",
    headers: ["Location"],
    target: id,
    location,
    result: () => ({ status: 200, body: { value } }),
  });
  world.after(world.between(10, 30), end);
  return { status: 202, headers };
}
