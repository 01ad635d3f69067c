import type { Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import type { Kind, Stored } from "../../kinds.ts";
import { isObject } from "../../merge.ts";
import type { World } from "../../world.ts";
import { workspaceType } from "./common.ts";
import { authMode } from "./endpoints.ts";
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

/** PY Oct 2022 (sdkpy_batch_endpoint), PS Nov 2025. PATCH was not recorded: as of an online one. */
export const batchEndpoints: Kind = {
  type: `${workspaceType}/batchEndpoints`,
  ...endpoint,
  complete,
  course: (change) =>
    change.method === "PUT" && change.wanted?.properties["authMode"] !== "AADToken"
      ? { ...frontendCourse(change, { ...pace, put: 605 }), endsFailed: keysFail }
      : frontendCourse(change, { ...pace, put: change.world.between(10, 30) }),
  show: (it, version) => tracked(withIdentity(it, version), shown(it, version)),
  absent: noSuchEndpoint,
  orphan: writtenBelow("workspaces/batchEndpoints"),
};

const pace = { state: "Creating", patch: 11, remove: 10 };

/** batch 1: 4 of 4 with keys failed, after ten minutes; 3 of 3 with AADToken did not. */
const keysFail = {
  code: "InternalServerError",
  message:
    "Internal error. Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-internalservererror",
};

const born = "BatchEndpointCreationApiVersion";

function complete(wanted: Stored, was: Stored | undefined, world: World, call?: Call): Stored {
  const { properties } = wanted;
  const before = isObject(was?.properties["properties"]) ? was.properties["properties"] : {};
  const sent = isObject(properties["properties"]) ? properties["properties"] : {};
  const creation = before[born] ?? sent[born] ?? call?.version;
  return begun(
    {
      ...wanted,
      properties: {
        scoringUri: `https://${wanted.name}.${wanted.location}.inference.ml.azure.com/jobs`,
        ...properties,
        authMode: authMode(properties),
        properties: { ...sent, ...(creation !== undefined && { [born]: creation }) },
      },
    },
    call,
    world,
  );
}

/** 2022: an id among the online ones, and the last operation; 2025: its own id, and no operation. */
function shown(it: Stored, version: string): Body {
  const { properties } = it;
  const own = isObject(properties["properties"]) ? properties["properties"] : {};
  const key = "azureml.onlineendpointid";
  const online = it.id.replace(/batchEndpoints/i, "onlineEndpoints").toLowerCase();
  const written = isModern(version) ? { [key]: it.id } : { [key]: online, ...lastOperation(it) };
  return {
    ...untold(version),
    defaults: { deploymentName: null },
    ...properties,
    properties: { ...own, ...written },
    scoringUri: isThere(properties) ? properties["scoringUri"] : null,
    swaggerUri: null,
  };
}

const isThere = ({ provisioningState }: Body): boolean =>
  provisioningState !== "Creating" && provisioningState !== "Failed";

/** Claim 42: in 2022 the absence of an identity was shown. */
function withIdentity(it: Stored, version: string): Stored {
  const none = "00000000-0000-0000-0000-000000000000";
  if (isModern(version) || it["identity"] !== undefined) return it;
  return { ...it, identity: { type: "None", principalId: none, tenantId: none } };
}
