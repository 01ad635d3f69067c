import { type Body, failure } from "../answers.ts";
import { parsePath } from "../ids.ts";
import type { Kind, Stored } from "../kinds.ts";
import { isObject } from "../merge.ts";
import type { World } from "../world.ts";
import { cognitiveEtag, cognitiveVersions, refuseBusy } from "./cognitive-common.ts";

const projectType = "Microsoft.CognitiveServices/accounts/projects";

/** Recorded: aso1 16, 22, prj: 201 and 200, synchronous; the account's etag moves (aso1 11 to 28). */
export const projects: Kind = {
  type: projectType,
  versions: cognitiveVersions.filter((it) => it >= "2025"),
  tracked: true,
  longName: true,
  systemData: true,
  etag: cognitiveEtag,
  readOnly: ["endpoints", "isDefault", "internalId"],
  refuse: refuseBusy,
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

/** Recorded: aso1 14-17; 201 and 200, DELETE 200, all synchronous; etag a plain GUID in quotes. */
export const deployments: Kind = {
  type: "Microsoft.CognitiveServices/accounts/deployments",
  versions: cognitiveVersions.filter((it) => it >= "2021-10-01"),
  systemData: true,
  etag: (world) => `"${world.guid()}"`,
  readOnly: ["currentCapacity", "capabilities", "rateLimits"],
  refuse: refuseBusy,
  complete: completeDeployment,
  absent: ({ id }, verb) =>
    verb === "DELETE"
      ? undefined
      : failure(404, "NotFound", `Specified resource '${id}' cannot be found.`),
};

function completeDeployment(wanted: Stored): Stored {
  const sku: Body = isObject(wanted["sku"]) ? wanted["sku"] : { name: "Standard", capacity: 1 };
  const capacity = Number(sku["capacity"] ?? 1);
  return {
    ...wanted,
    sku,
    properties: {
      versionUpgradeOption: "OnceNewDefaultVersionAvailable",
      capabilities: {
        area: "US",
        chatCompletion: "true",
        jsonSchemaResponse: "true",
        assistants: "true",
        responses: "true",
        agentsV2: "true",
      },
      raiPolicyName: "Microsoft.DefaultV2",
      ...wanted.properties,
      currentCapacity: capacity,
      rateLimits: [
        { key: "request", renewalPeriod: 10, count: capacity },
        { key: "token", renewalPeriod: 60, count: capacity * 1000 },
      ],
    },
  };
}
