import type { Answer, Body } from "../../answers.ts";
import type { Change, Course, Kind, Stored } from "../../kinds.ts";
import { isObject, merge, pick, same } from "../../merge.ts";
import { invalid, machineLearningVersions, refuseUnsettled, workspaceType } from "./common.ts";
import { connectionRules, takeApart } from "./connections.ts";
import { keepActive, provision } from "./network-provision.ts";
import { refuseNetwork } from "./network-refusals.ts";
import { cutOwnEndpoints } from "./own-endpoints.ts";
import { bringDatastores } from "./system-datastores.ts";
import { diagnose, listKeys, resyncKeys } from "./workspace-actions.ts";
import { showWorkspace } from "./workspace-body.ts";
import { completeWorkspace, spelledIdentity } from "./workspace-spec.ts";

/** Default, Hub, Project, FeatureStore. Never an etag, never Retry-After (F3, claim 53). */
export const workspaces: Kind = {
  type: workspaceType,
  versions: machineLearningVersions,
  tracked: true,
  systemData: true,
  readOnly: [
    "tenantId",
    "creationTime",
    "workspaceId",
    "notebookInfo",
    "storageHnsEnabled",
    "linkedModelInventoryArmId",
    "privateLinkCount",
    "privateEndpointConnections",
    "discoveryUrl",
    "mlFlowTrackingUri",
    "sdkTelemetryAppInsightsKey",
    "allowRoleAssignmentOnRG",
    "softDeleteEnabled",
    "associatedWorkspaces",
    "sasGetterUri",
    "azureOpenAI",
  ],
  patched: patchedWorkspace,
  complete: completeWorkspace,
  refuse: refuseWorkspace,
  course: workspaceCourse,
  settled(now, was, world) {
    if (now && !was) bringDatastores(now, world);
    if (now) keepActive(now.id, world);
    else if (was) cutOwnEndpoints(was, world);
  },
  loaded(it, world) {
    bringDatastores(it, world);
    return takeApart(it, world);
  },
  show: showWorkspace,
  actions: { provisionManagedNetwork: provision, listKeys, resyncKeys, diagnose },
  connections: connectionRules,
};

/** arm 1.3: what the PATCH model has; anything else in the body is passed over in silence. */
const patchable = [
  "applicationInsights",
  "containerRegistry",
  "description",
  "enableDataIsolation",
  "encryption",
  "featureStoreSettings",
  "friendlyName",
  "imageBuildCompute",
  "managedNetwork",
  "primaryUserAssignedIdentity",
  "publicNetworkAccess",
  "serverlessComputeSettings",
  "serviceManagedResourcesSettings",
  "systemDatastoresAuthMode",
  "v1LegacyMode",
];

/** Claims 29, 30, 39: tags as a whole, rules by name, and data isolation is lost where not sent. */
function patchedWorkspace(was: Stored, body: Body): Stored {
  const properties = isObject(body["properties"]) ? pick(body["properties"], patchable) : {};
  const isolation = was["kind"] === "Default" ? { enableDataIsolation: false } : {};
  const { identity } = body;
  const patch = {
    ...(isObject(identity) && { identity: spelledIdentity(identity) }),
    properties: { ...isolation, ...properties },
  };
  return {
    ...(merge(was, patch) as Stored),
    ...(isObject(body["tags"]) && { tags: body["tags"] }),
  };
}

function refuseWorkspace(change: Change): Answer | undefined {
  return refuseUnsettled(change.was) ?? refuseNetwork(change) ?? refuseServerless(change);
}

/** arm 2: without public addresses only inside a subnet, once they were public or the workspace is closed. */
function refuseServerless({ wanted, was }: Change): Answer | undefined {
  const isBare = (it: Stored | undefined) => {
    const serverless = it?.properties["serverlessComputeSettings"];
    return (
      isObject(serverless) &&
      serverless["serverlessComputeNoPublicIP"] === true &&
      !serverless["serverlessComputeCustomSubnet"]
    );
  };
  const isClosed = same(String(wanted?.properties["publicNetworkAccess"]), "Disabled");
  return isBare(wanted) && (isClosed || (was && !isBare(was)))
    ? invalid("Serverless compute without public IP addresses needs a custom subnet.")
    : undefined;
}

/** Claims 26 to 28; the time of a PUT was not recorded. */
function workspaceCourse({ wanted, was, world }: Change): Course {
  const common = {
    status: 202,
    operation: { dialect: "workspaces" },
    answered: () => undefined,
  } as const;
  if (!wanted) return { ...common, state: "Deleting", seconds: 90 };
  if (was) return { ...common, state: "Updating", seconds: world.between(1, 30) };
  return { ...common, state: "Creating", seconds: world.between(20, 40) };
}
