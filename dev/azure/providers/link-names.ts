import type { Stored } from "../kinds.ts";
import type { World } from "../world.ts";
import { plainLocation } from "./network-common.ts";

/** The public names that a private endpoint of a target answers to; recorded but where it says memory. */
export function namesOf(target: string, world: World): string[] {
  const it = world.get(target);
  if (!it) return [];
  return names[it.type.toLowerCase()]?.(it) ?? [];
}

const names: Readonly<Record<string, (it: Stored) => string[]>> = {
  "microsoft.cognitiveservices/accounts": accountNames,
  "microsoft.search/searchservices": (it) => [`${it.name}.search.windows.net`],
  "microsoft.machinelearningservices/workspaces": workspaceNames,
};

/** Foundry accounts answer to three hosts (recorded: prj, aso2), OpenAI to its own. */
function accountNames({ kind, properties }: Stored): string[] {
  const sub = String(properties["customSubDomainName"]);
  if (kind === "OpenAI") return [`${sub}.openai.azure.com`];
  const first = `${sub}.cognitiveservices.azure.com`;
  if (kind !== "AIServices") return [first];
  return [first, `${sub}.openai.azure.com`, `${sub}.services.ai.azure.com`];
}

/** Memory, not recorded: the workspace's GUID in its region, and its notebook host. */
function workspaceNames({ name, location, properties }: Stored): string[] {
  const guid = String(properties["workspaceId"]);
  const region = plainLocation(location);
  return [
    `${guid}.workspace.${region}.api.azureml.ms`,
    `${guid}.workspace.${region}.cert.api.azureml.ms`,
    `ml-${name}-${region}-${guid}.${region}.notebooks.azure.net`,
  ];
}

/** Records are made in zones that are named `privatelink` and the rest of one of the names (inferred from 9 groups). */
export function recordNameIn(zone: string, name: string): string | undefined {
  const suffix = zone.toLowerCase().replace(/^privatelink\./, ".");
  if (suffix === zone.toLowerCase() || !name.toLowerCase().endsWith(suffix)) return undefined;
  return name.slice(0, -suffix.length);
}
