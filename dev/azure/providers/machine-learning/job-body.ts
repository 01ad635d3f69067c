import type { Body } from "../../answers.ts";
import type { Stored } from "../../kinds.ts";
import { isObject, omit, pick, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { workspaceOf } from "./common.ts";

/** job 1, 2; 2022-05-01 knows none of it. */
const since2022 = (version: string): boolean => version >= "2022-06-01";
const sinceNodes = (version: string): boolean => version >= "2022-10-01";
const since2023 = (version: string): boolean => version > "2023-04-01";

/** PS Jun 2022, Jul 2024, Nov 2025, in their order; what a command has beside the rest is added. */
export function showJob(it: Stored, version: string, world: World): Body {
  const { properties } = it;
  const isCommand = same(String(properties["jobType"]), "Command");
  const common = {
    description: null,
    tags: {},
    properties: {},
    displayName: it.name,
    status: properties["status"],
    experimentName: "Default",
    services: services(it, version, world),
    computeId: null,
    isArchived: false,
    identity: null,
    ...(since2022(version) && { componentId: null }),
    ...(since2023(version) && { notificationSetting: null }),
  };
  const systemData = it["systemData"];
  return {
    id: it.id,
    name: it.name,
    type: it.type,
    properties: { ...common, ...properties, ...(isCommand && command(it, version)) },
    ...(isObject(systemData) && {
      systemData: pick(systemData, ["createdAt", "createdBy", "createdByType"]),
    }),
  };
}

/** A node's limits, code and outputs are null or the service's own where nothing was sent. */
function command({ name, properties }: Stored, version: string): Body {
  const sent = (key: string): Body => (isObject(properties[key]) ? properties[key] : {});
  const { codeId = null, distribution = null, environmentVariables = null } = properties;
  const own = {
    description: null,
    uri: `azureml://datastores/workspaceartifactstore/ExperimentRun/dcid.${name}`,
    mode: "ReadWriteMount",
    jobOutputType: "uri_folder",
  };
  const newer = { shmSize: "2g", dockerArgs: null };
  const resources = { instanceCount: 1, instanceType: null, properties: null };
  return {
    resources: { ...resources, ...(since2022(version) && newer), ...sent("resources") },
    codeId,
    inputs: described(sent("inputs")),
    outputs: { ...sent("outputs"), default: { ...own, ...defaultOf(sent("outputs")) } },
    distribution,
    limits: isObject(properties["limits"]) ? { timeout: null, ...properties["limits"] } : null,
    environmentVariables,
    parameters: {},
    ...(since2023(version) && { queueSettings: { jobTier: "Null", ...sent("queueSettings") } }),
  };
}

/** job 2. */
const described = (inputs: Body): Body =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, it]) => [
      name,
      isObject(it) ? { description: null, ...it } : it,
    ]),
  );

const defaultOf = (outputs: Body): Body => (isObject(outputs["default"]) ? outputs["default"] : {});

function services(it: Stored, version: string, world: World): Body {
  const workspace = workspaceOf(it.id, world);
  const [, , subscription, , group, , , , name] = it.id.split("/");
  const at = (jobServiceType: string, endpoint: string): Body =>
    omit(
      {
        jobServiceType,
        port: null,
        endpoint,
        status: null,
        errorMessage: null,
        properties: null,
        nodes: null,
      },
      sinceNodes(version) ? [] : ["nodes"],
    );
  const api = `azureml://${workspace?.location}.api.azureml.ms/mlflow/v1.0${workspace?.id}?`;
  const wsid = `/subscriptions/${subscription}/resourcegroups/${group}/workspaces/${name}`;
  return {
    Tracking: at("Tracking", api),
    Studio: at("Studio", `https://ml.azure.com/runs/${it.name}?wsid=${wsid}`),
  };
}
