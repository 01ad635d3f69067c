import { group, localAzure, type Shown } from "./local-azure.ts";

export const workspace = `${group}/providers/Microsoft.MachineLearningServices/workspaces/studio`;
/** One that nobody made. */
export const gone = `${group}/providers/Microsoft.MachineLearningServices/workspaces/gone`;

type Setting = {
  properties?: object;
  location?: string;
  rows?: readonly object[];
  seed?: number;
};

/** A local Azure with one workspace at rest. */
export function withWorkspace({ properties, location, rows = [], seed = 1 }: Setting = {}) {
  const local = localAzure({ seed });
  const row = {
    id: workspace,
    type: "Microsoft.MachineLearningServices/workspaces",
    location: location ?? "eastus",
    kind: "Default",
    properties: { provisioningState: "Succeeded", ...properties },
  };
  local.azure.load([row, ...rows]);
  return local;
}

export const scale = { minNodeCount: 0, maxNodeCount: 4, nodeIdleTimeBeforeScaleDown: "PT120S" };

/** The body of a PUT. */
export function cluster(spec: object = {}, outer: object = {}) {
  return {
    location: "eastus",
    properties: {
      computeType: "AmlCompute",
      properties: { vmSize: "Standard_DS2_v2", scaleSettings: scale, ...spec },
      ...outer,
    },
  };
}

export const inner = (it: { body: Shown }) => it.body["properties"]?.["properties"];

/** A job as a GET shows it; it runs on the cluster `cpu`. */
export function job(
  name: string,
  more: object = {},
  properties: { jobType?: string } & Record<string, unknown> = {},
) {
  const { jobType = "Command" } = properties;
  const environmentId = `${workspace}/environments/e/versions/1`;
  return {
    id: `${workspace}/jobs/${name}`,
    type: "Microsoft.MachineLearningServices/workspaces/jobs",
    properties: {
      jobType,
      status: "Running",
      computeId: `${workspace}/computes/cpu`,
      ...(jobType === "Command" && { command: "echo", environmentId }),
      ...properties,
    },
    ...more,
  };
}
