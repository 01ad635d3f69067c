import type { Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import type { Kind, Stored } from "../../kinds.ts";
import { isObject, omit, pick, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { workspaceType } from "./common.ts";
import { listKeys, token } from "./endpoint-keys.ts";
import { writtenBelow } from "./entries.ts";
import {
  begun,
  endpoint,
  frontendCourse,
  isModern,
  lastOperation,
  noSuchEndpoint,
  tracked,
  untold,
} from "./frontend.ts";

/** F4. PUT is whole, PATCH takes tags and identity only (claims 43, 44). */
export const onlineEndpoints: Kind = {
  type: `${workspaceType}/onlineEndpoints`,
  ...endpoint,
  complete,
  // F2: 20 to 90 s, PATCH 11 s, DELETE 10 s
  course: (change) =>
    frontendCourse(
      change,
      { state: "Creating", put: change.world.between(20, 90), patch: 11, remove: 10 },
      isModern(change.call.version) ? unfinished : undefined,
    ),
  show: (it, version) => tracked(dated(it, version), shown(it, version)),
  absent: noSuchEndpoint,
  orphan: writtenBelow("workspaces/onlineEndpoints"),
  actions: { listKeys, token },
};

/** patch 1: since 2024 neither a PUT nor a PATCH shows in its times. */
function dated(it: Stored, version: string): Stored {
  const { systemData } = it;
  if (!isModern(version) || !isObject(systemData)) return it;
  return { ...it, systemData: { ...systemData, lastModifiedAt: systemData["createdAt"] } };
}

const modes = ["AMLToken", "Key", "AADToken"];

/** Claim 46. */
export function authMode(sent: Body): string {
  return modes.find((it) => same(it, String(sent["authMode"]))) ?? String(sent["authMode"]);
}

function complete(wanted: Stored, _was: Stored | undefined, world: World, call?: Call): Stored {
  const sent = omit(wanted.properties, ["keys"]);
  const host = `https://${wanted.name}.${wanted.location}.inference.ml.azure.com`;
  const properties = {
    scoringUri: `${host}/score`,
    swaggerUri: `${host}/swagger.json`,
    ...sent,
    authMode: authMode(sent),
  };
  return begun({ ...wanted, kind: wanted["kind"] ?? "Managed", properties }, call, world);
}

/** F4: no addresses before it is made; 2022-05-01 knows neither publicNetworkAccess nor mirrorTraffic. */
function shown(it: Stored, version: string): Body {
  const { properties } = it;
  const hidden = version === "2022-05-01" ? ["publicNetworkAccess", "mirrorTraffic"] : [];
  const all = {
    ...untold(version),
    properties: {},
    scoringUri: null,
    swaggerUri: null,
    authMode: null,
    provisioningState: "Succeeded",
    compute: null,
    publicNetworkAccess: "Enabled",
    traffic: {},
    mirrorTraffic: {},
    ...properties,
    ...(properties["provisioningState"] === "Creating" && { scoringUri: null, swaggerUri: null }),
  };
  const own = isObject(properties["properties"]) ? properties["properties"] : {};
  const written = { "azureml.onlineendpointid": it.id.toLowerCase(), ...lastOperation(it) };
  return omit({ ...all, properties: { ...own, ...written } }, hidden);
}

/** F4, PS Jul 2024: no location, no identity, no id: nothing to build the next PUT from. */
function unfinished(shown: Body): Body {
  const outer = shown["properties"] as Body;
  const inner = omit(outer["properties"] as Body, ["azureml.onlineendpointid"]);
  return {
    ...pick(shown, ["id", "name", "type", "tags", "kind"]),
    properties: { ...outer, properties: inner },
    systemData: {},
  };
}
