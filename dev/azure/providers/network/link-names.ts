import { parsePath } from "../../ids.ts";
import type { Stored } from "../../kinds.ts";
import type { World } from "../../world.ts";
import { plainLocation } from "./common.ts";
import { type Member, namedMembers } from "./link-services.ts";

/**
 * What an endpoint connects to. One member without names stands for all that has no public name: link
 * services, aliases, types that are not simulated.
 */
export function membersOf(
  target: string,
  groupIds: readonly string[],
  world: World,
): readonly Member[] {
  const group = groupIds[0] ?? "";
  const it = world.get(target);
  const known = it && simulated[parsePath(target).type.toLowerCase()]?.(it);
  return known ?? namedMembers(target, group, world) ?? [{ name: group, fqdns: [] }];
}

const simulated: Readonly<Record<string, (it: Stored) => Member[]>> = {
  "microsoft.cognitiveservices/accounts": accountMembers,
  "microsoft.machinelearningservices/workspaces": workspaceMembers,
};

/**
 * Recorded: one host of a single service account (CLI cognitiveservices 22, pec 5). OpenAI and
 * AIServices were not: hosts by their `endpoints`, members `secondary` and `third` by public templates.
 */
function accountMembers({ kind, properties }: Stored): Member[] {
  const sub = String(properties["customSubDomainName"]);
  const own = { name: "default", fqdns: [`${sub}.cognitiveservices.azure.com`] };
  if (kind === "OpenAI") return [{ name: "default", fqdns: [`${sub}.openai.azure.com`] }];
  if (kind !== "AIServices") return [own];
  return [
    own,
    { name: "secondary", fqdns: [`${sub}.openai.azure.com`] },
    { name: "third", fqdns: [`${sub}.services.ai.azure.com`] },
  ];
}

/** azure-docs how-to-custom-dns; the addresses as in a public exported template, not recorded. */
function workspaceMembers({ name, location, properties }: Stored): Member[] {
  const guid = String(properties["workspaceId"]);
  const region = plainLocation(location);
  return [
    {
      name: "default",
      fqdns: [
        `${guid}.workspace.${region}.api.azureml.ms`,
        `${guid}.workspace.${region}.cert.api.azureml.ms`,
      ],
    },
    { name: "notebook", fqdns: [`ml-${name}-${region}-${guid}.${region}.notebooks.azure.net`] },
    { name: "inference", fqdns: [`*.${guid}.inference.${region}.api.azureml.ms`] },
  ];
}

/** Zones whose name is not `privatelink` and the end of the public name (azure-docs private-endpoint-dns). */
const zoneEnds: Readonly<Record<string, string>> = { ".vaultcore.azure.net": ".vault.azure.net" };

/** The record for a public name in a zone; undefined in zones of foreign names (inferred from 9 groups). */
export function recordNameIn(zone: string, fqdn: string): string | undefined {
  const [, rest] = /^privatelink(\..+)$/i.exec(zone) ?? [];
  if (rest === undefined) return undefined;
  const end = zoneEnds[rest.toLowerCase()] ?? rest.toLowerCase();
  return fqdn.toLowerCase().endsWith(end) ? fqdn.slice(0, -end.length) : undefined;
}
