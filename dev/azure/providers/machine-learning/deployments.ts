import type { Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import type { Kind, Stored } from "../../kinds.ts";
import { isObject, omit } from "../../merge.ts";
import type { World } from "../../world.ts";
import { isLoaded, machineLearningVersions, refuseUnsettled, workspaceType } from "./common.ts";
import {
  begun,
  frontendCourse,
  isModern,
  lastOperation,
  noDeployment,
  patchedOnly,
  tracked,
  untold,
} from "./frontend.ts";

/** PY Oct 2022 (sdkpy_online_endpoint 5, 6), PS Jun 2022 and Jul 2024: a model behind an online endpoint. */
export const deployments: Kind = {
  type: `${workspaceType}/onlineEndpoints/deployments`,
  versions: machineLearningVersions,
  tracked: true,
  systemData: true,
  patched: patchedOnly("sku"),
  complete,
  refuse: ({ was }) => refuseUnsettled(was),
  // 9 min, PATCH of tags 6 to 7 min; how long a DELETE takes was not noted
  course: (change) =>
    frontendCourse(change, {
      state: "Updating",
      put: change.world.between(400, 550),
      patch: 400,
      remove: 60,
    }),
  settled(now, _was, world) {
    if (now) world.put({ ...now, isUp: true });
  },
  show: (it, version) => tracked(it, shown(it, version)),
  absent: noDeployment,
};

function complete(wanted: Stored, was: Stored | undefined, world: World, call?: Call): Stored {
  const sku = isObject(wanted["sku"]) ? wanted["sku"] : {};
  return begun(
    {
      ...wanted,
      kind: wanted["kind"] ?? "Managed",
      sku: { name: "Default", tier: "Standard", capacity: 1, ...sku },
      isUp: isLoaded(wanted, was) || was?.["isUp"] === true,
    },
    call,
    world,
  );
}

const probe = {
  failureThreshold: 30,
  successThreshold: 1,
  timeout: "PT2S",
  period: "PT10S",
  initialDelay: "PT10S",
};

/** What comes to be with the first success is null before; 2022-05-01 knows nothing of its network. */
function shown({ properties, ...it }: Stored, version: string): Body {
  const isUp = it["isUp"] === true;
  const part = (name: string, otherwise: Body) =>
    isObject(properties[name]) ? { ...otherwise, ...properties[name] } : otherwise;
  const requestTimeout = isUp ? "PT5S" : "PT0S";
  const own = isObject(properties["properties"]) ? properties["properties"] : {};
  const all = {
    ...untold(version),
    codeConfiguration: null,
    environmentId: null,
    environmentVariables: {},
    scaleSettings: { scaleType: "Default" },
    modelMountPath: null,
    appInsightsEnabled: false,
    egressPublicNetworkAccess: "Enabled",
    ...properties,
    ...(isModern(version) && { dataCollector: properties["dataCollector"] ?? null }),
    properties: { ...own, ...lastOperation({ ...it, properties }) },
    requestSettings: part("requestSettings", {
      maxQueueWait: "PT0S",
      requestTimeout,
      maxConcurrentRequestsPerInstance: 1,
    }),
    livenessProbe: isUp ? part("livenessProbe", probe) : null,
    readinessProbe: isUp ? part("readinessProbe", probe) : null,
  };
  return omit(all, version === "2022-05-01" ? ["egressPublicNetworkAccess"] : []);
}
