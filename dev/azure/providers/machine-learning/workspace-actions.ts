import type { Answer, Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import type { Stored } from "../../kinds.ts";
import type { World } from "../../world.ts";
import { showWorkspace } from "./workspace-body.ts";

/** keys 1; specifications have another name for the id. */
export function listKeys(it: Stored, call: Call, world: World): Answer {
  const { storageAccount, applicationInsights } = it.properties;
  const key = () => `${digits(world)}${digits(world)}`;
  return {
    status: 200,
    body: {
      userStorageKey: Buffer.from(`${key()}${key()}`, "hex").toString("base64"),
      [call.version <= "2024-04-01" ? "userStorageArmId" : "userStorageResourceId"]: storageAccount,
      appInsightsInstrumentationKey: applicationInsights ? world.guid() : null,
      containerRegistryCredentials: registryKeys(it, world),
      notebookAccessKeys: { primaryAccessKey: key(), secondaryAccessKey: key() },
    },
  };
}

/** keys 1. */
function registryKeys({ location, properties }: Stored, world: World): Body | null {
  const { containerRegistry } = properties;
  if (typeof containerRegistry !== "string" || containerRegistry === "") return null;
  const password = (name: string) => ({ name, value: digits(world) });
  return {
    location,
    username: containerRegistry.split("/").at(-1),
    passwords: [password("password"), password("password2")],
  };
}

/** keys 2; within 30 s. */
export function resyncKeys(it: Stored, call: Call, world: World): Answer {
  const { headers, end } = world.operations.start(call, {
    dialect: "workspaces",
    target: it.id,
    location: it.location ?? "",
    result() {
      const now = world.get(it.id);
      return { status: 200, ...(now && { body: showWorkspace(now, call.version, world) }) };
    },
  });
  world.after(world.between(1, 30), end);
  return { status: 202, headers };
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
