import type { Answer } from "../../answers.ts";
import { parsePath } from "../../ids.ts";
import type { Change, Kind, Stored } from "../../kinds.ts";
import { same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { cognitiveEtag, foundryVersions, projectType, refuseBusy, refused } from "./common.ts";

/** Recorded: aso1 16, 22, prj: 201 and 200, synchronous; the account's etag moves (aso1 11 to 28). */
export const projects: Kind = {
  type: projectType,
  versions: foundryVersions,
  tracked: true,
  longName: true,
  systemData: true,
  etag: cognitiveEtag,
  readOnly: ["endpoints", "isDefault", "internalId"],
  refuse: (change) => refuseBusy(change) ?? refuseProject(change),
  complete(wanted, was, world) {
    const account = parsePath(wanted.id).parent;
    const host = world.get(account)?.properties["customSubDomainName"] ?? parsePath(account).name;
    return {
      ...wanted,
      kind: "AIServices",
      properties: {
        endpoints: {
          "AI Foundry API": `https://${host}.services.ai.azure.com/api/projects/${parsePath(wanted.id).name}`,
        },
        isDefault: !was && world.children(account, projectType).length === 0,
        internalId: world.guid().replaceAll("-", ""),
        ...wanted.properties,
      },
    };
  },
  settled: (now, was, world) => noteProjects(now ?? was, world),
};

/** azure-ai-docs: only Foundry accounts that manage projects have any; the refusal is not recorded. */
function refuseProject({ wanted, world }: Change): Answer | undefined {
  if (!wanted) return undefined;
  const account = world.get(parsePath(wanted.id).parent);
  const isFoundry = same(String(account?.["kind"]), "AIServices");
  return isFoundry && account?.properties["allowProjectManagement"] === true
    ? undefined
    : refused("Projects need an account of kind AIServices that allows project management.");
}

/** The account names its projects; `[]` stays after the last is gone (aso1 28). */
function noteProjects(it: Stored | undefined, world: World): void {
  const account = it && world.get(parsePath(it.id).parent);
  if (!account) return;
  const all = world.children(account.id, projectType);
  const first = all.find((project) => project.properties["isDefault"] === true);
  const { defaultProject: _, ...rest } = account.properties;
  world.put({
    ...account,
    properties: {
      ...rest,
      ...(first && { defaultProject: parsePath(first.id).name }),
      associatedProjects: all.map((project) => parsePath(project.id).name),
    },
  });
  world.touch(account.id);
}
