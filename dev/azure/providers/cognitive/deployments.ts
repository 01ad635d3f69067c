import { type Answer, type Body, failure } from "../../answers.ts";
import type { Change, Kind, Stored } from "../../kinds.ts";
import { isObject, omit } from "../../merge.ts";
import { accountType, cognitiveVersions, refuseBusy, refused } from "./common.ts";
import { deployed } from "./models.ts";

/** Recorded: aso1 14-17; 201 and 200, DELETE 200, all synchronous; etag a plain GUID in quotes. */
export const deployments: Kind = {
  type: `${accountType}/deployments`,
  versions: cognitiveVersions.filter((it) => it >= "2021-10-01"),
  systemData: true,
  etag: (world) => `"${world.guid()}"`,
  readOnly: ["currentCapacity", "capabilities", "rateLimits"],
  refuse: (change) => refuseBusy(change) ?? refuseDeployment(change),
  complete: completeDeployment,
  show: showDeployment,
  absent: ({ id }, verb) =>
    verb === "DELETE"
      ? undefined
      : failure(404, "NotFound", `Specified resource '${id}' cannot be found.`),
};

/** The specification: a deployment is one of a model; the refusal is not recorded. */
function refuseDeployment({ wanted }: Change): Answer | undefined {
  const model = wanted?.properties["model"];
  return !wanted || (isObject(model) && typeof model["name"] === "string")
    ? undefined
    : refused("A deployment needs the name of its model.");
}

/** aso1 14: what was not sent is `Microsoft.DefaultV2`, and so on; what else there is hangs on the model. */
function completeDeployment(wanted: Stored): Stored {
  const sku: Body = isObject(wanted["sku"]) ? wanted["sku"] : { name: "Standard", capacity: 1 };
  const model = wanted.properties["model"];
  return {
    ...wanted,
    sku,
    properties: {
      versionUpgradeOption: "OnceNewDefaultVersionAvailable",
      raiPolicyName: defaultPolicy,
      ...wanted.properties,
      ...deployed(isObject(model) ? model : {}, Number(sku["capacity"] ?? 1)),
    },
  };
}

const defaultPolicy = "Microsoft.DefaultV2";

/** From which version on what is new in it is shown: accounts 27; `currentCapacity`: specification. */
const newSince: Readonly<Record<string, readonly string[]>> = {
  "2022-10": ["capabilities"],
  "2023-05": ["versionUpgradeOption", "rateLimits"],
  "2023-10": ["currentCapacity"],
};

/** depl: until 2023-05-01 no policy that nobody named; accounts 27: before it no sku either. */
function showDeployment(it: Stored, version: string): Body {
  const isUnnamed = it.properties["raiPolicyName"] === defaultPolicy;
  const hidden = Object.entries(newSince).flatMap(([since, names]) =>
    version < since ? names : [],
  );
  if (version < "2023-10" && isUnnamed) hidden.push("raiPolicyName");
  const shown = version < "2023-05" ? omit(it, ["sku"]) : it;
  return { ...shown, properties: omit(it.properties, hidden) };
}
