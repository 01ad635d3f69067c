import type { Body } from "../answers.ts";
import type { Change, Course, Kind, Stored } from "../kinds.ts";
import { isObject, merge, omit, pick } from "../merge.ts";
import type { World } from "../world.ts";
import {
  frontendFailure,
  isLoaded,
  machineLearningVersions,
  refuseUnsettled,
  workspaceOf,
  workspaceType,
} from "./machine-learning-common.ts";

/** F4. PUT is whole, PATCH takes tags and identity only (claims 43, 44). */
export const onlineEndpoints: Kind = {
  type: `${workspaceType}/onlineEndpoints`,
  versions: machineLearningVersions,
  tracked: true,
  systemData: true,
  readOnly: ["scoringUri", "swaggerUri"],
  patched: (was, body) => ({
    ...(merge(was, pick(body, ["identity"])) as Stored),
    ...(isObject(body["tags"]) && { tags: body["tags"] }),
  }),
  complete,
  refuse: ({ was }) => refuseUnsettled(was),
  course,
  show,
  absent({ name, parent }, verb, world) {
    if (verb === "DELETE") return undefined;
    const { location = "", name: workspace } = world.get(parent) ?? {};
    const code = "NoSuchEndpoint";
    const message = `There is no endpoint with name: ${name} in ${workspace}`;
    return frontendFailure(
      {
        status: 404,
        code: "NotFound",
        message: "The specified resource was not found.",
        details: [{ code, message, details: [], additionalInfo: [] }],
      },
      location,
      world,
    );
  },
};

const modes = ["AMLToken", "Key", "AADToken"];

function complete(wanted: Stored, was: Stored | undefined, world: World): Stored {
  const sent = omit(wanted.properties, ["keys"]);
  const host = `https://${wanted.name}.${wanted.location}.inference.ml.azure.com`;
  const mode = String(sent["authMode"]);
  const own = isObject(sent["properties"]) ? sent["properties"] : {};
  return {
    ...wanted,
    kind: "Managed",
    properties: {
      description: null,
      scoringUri: `${host}/score`,
      swaggerUri: `${host}/swagger.json`,
      compute: null,
      publicNetworkAccess: "Enabled",
      traffic: {},
      mirrorTraffic: {},
      ...sent,
      // claim 46
      authMode: modes.find((it) => it.toLowerCase() === mode.toLowerCase()) ?? mode,
      properties: isLoaded(wanted, was)
        ? { ...written(wanted, world), ...own }
        : { ...own, ...written(wanted, world) },
    },
  };
}

/** F4: the second changes with every operation; its address is not the signed one. */
function written(it: Stored, world: World): Body {
  const workspace = workspaceOf(it.id, world);
  const id = `oe:${workspace?.properties["workspaceId"]}:${world.guid()}`;
  const home = it.id.split("/resourceGroups/")[0];
  const path = `${home}/providers/Microsoft.MachineLearningServices/locations/${it.location}/mfeOperationsStatus/${id}`;
  return {
    "azureml.onlineendpointid": it.id.toLowerCase(),
    AzureAsyncOperationUri: `https://management.azure.com${path}?api-version=2024-04-01`,
  };
}

const order = {
  description: null,
  properties: {},
  scoringUri: null,
  swaggerUri: null,
  authMode: null,
  provisioningState: "Succeeded",
  compute: null,
  publicNetworkAccess: "Enabled",
};

/** F4: 2022-05-01 knows neither publicNetworkAccess nor mirrorTraffic. */
function show(it: Stored, version: string): Body {
  const hidden = version === "2022-05-01" ? ["publicNetworkAccess", "mirrorTraffic"] : [];
  const systemData = isObject(it["systemData"]) ? it["systemData"] : {};
  return {
    id: it.id,
    name: it.name,
    type: it.type,
    properties: omit({ ...order, ...it.properties }, hidden),
    systemData: pick(systemData, ["createdAt", "createdBy", "lastModifiedAt"]),
    tags: it["tags"] ?? {},
    location: it.location,
    kind: it["kind"],
    ...(it["identity"] !== undefined && { identity: it["identity"] }),
  };
}

const json = { "content-type": "application/json; charset=utf-8" };
const dialect = "endpoints" as const;

/** F2: 20-90 s, 10 s; the body of the answers is the word null. */
function course({ method, wanted, call, world }: Change): Course {
  const answered = () => "null";
  if (!wanted)
    return {
      status: 202,
      state: "Deleting",
      seconds: 10,
      operation: { dialect },
      answered,
      headers: json,
    };
  if (method === "PATCH") {
    const operation = { dialect, headers: ["Location"] } as const;
    return { status: 202, state: "Updating", seconds: 11, operation, answered, headers: json };
  }
  return {
    status: 201,
    state: "Creating",
    seconds: world.between(20, 90),
    operation: { dialect, headers: ["Azure-AsyncOperation"] },
    answered: unfinished,
    headers: { location: `${call.origin}${wanted.id}?api-version=${call.version}` },
  };
}

/** F4: no location, no identity, no addresses: nothing to build the next PUT from. */
function unfinished(shown: Body): Body {
  const outer = shown["properties"] as Body;
  const inner = omit(outer["properties"] as Body, ["azureml.onlineendpointid"]);
  return {
    ...omit(shown, ["location", "identity"]),
    properties: { ...outer, properties: inner, scoringUri: null, swaggerUri: null },
    systemData: {},
  };
}
