import type { Answer, Body } from "../answers.ts";
import type { Change, Course, Kind, Stored } from "../kinds.ts";
import { isObject, merge, omit, pick, precise } from "../merge.ts";
import type { World } from "../world.ts";
import {
  machineLearningVersions,
  refuseUnsettled,
  workspaceType,
} from "./machine-learning-common.ts";
import { connectionRules, takeApart } from "./machine-learning-connections.ts";
import { managedNetworkOf, provision, refuseNetwork } from "./machine-learning-networks.ts";
import { showWorkspace } from "./machine-learning-workspace-body.ts";

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
  ],
  patched: patchedWorkspace,
  complete: completeWorkspace,
  refuse: refuseWorkspace,
  course: workspaceCourse,
  loaded: takeApart,
  show: showWorkspace,
  actions: { provisionManagedNetwork: provision },
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
  const patch = { ...pick(body, ["identity"]), properties: { ...isolation, ...properties } };
  return {
    ...(merge(was, patch) as Stored),
    ...(isObject(body["tags"]) && { tags: body["tags"] }),
  };
}

function completeWorkspace(wanted: Stored, was: Stored | undefined, world: World): Stored {
  const kind = String(wanted["kind"] ?? was?.["kind"] ?? "Default");
  const sent = omit(wanted.properties, ["allowPublicAccessWhenBehindVnet", "managedNetwork"]);
  const hub = world.get(String(sent["hubResourceId"] ?? ""));
  const properties = { ...bornWith(wanted, kind, hub, world), ...sent, ...idsOf(sent, kind) };
  const workspaceId = String(properties["workspaceId"]);
  const managedNetwork = managedNetworkOf(wanted, was, workspaceId, world);
  return {
    ...wanted,
    kind,
    // claim 55: whatever was sent
    sku: { name: "Basic", tier: "Basic" },
    ...(isObject(wanted["identity"]) && { identity: identityOf(wanted["identity"]) }),
    properties: { ...properties, ...(managedNetwork && { managedNetwork }) },
  };
}

/** In the order of PS Nov 2025; a project takes over its hub's (claim 51). */
function bornWith(it: Stored, kind: string, hub: Stored | undefined, world: World): Body {
  const isolated = kind === "Hub" || kind === "Project";
  return {
    friendlyName: "",
    description: "",
    storageAccount: hub?.properties["storageAccount"] ?? null,
    keyVault: hub?.properties["keyVault"] ?? null,
    applicationInsights: null,
    hbiWorkspace: false,
    tenantId: world.directory.all()[0]?.tenantId ?? "",
    imageBuildCompute: null,
    provisioningState: "Succeeded",
    allowRoleAssignmentOnRG: kind !== "Project",
    v1LegacyMode: false,
    softDeleteEnabled: false,
    creationTime: precise(world.now()),
    notebookInfo: { resourceId: digits(world) },
    storageHnsEnabled: false,
    workspaceId: world.guid(),
    linkedModelInventoryArmId: null,
    publicNetworkAccess: "Enabled",
    ipAllowlist: [],
    networkAcls: { defaultAction: "Allow", bypass: "", ipRules: [], resourceAccessRules: [] },
    serverlessComputeSettings: null,
    EnableSoftwareBillOfMaterials: false,
    sdkTelemetryAppInsightsKey: world.guid(),
    // not recorded: the value where nothing was sent
    systemDatastoresAuthMode: "AccessKey",
    ...(kind === "Hub" && {
      workspaceHubConfig: { defaultWorkspaceResourceGroup: it.id.split("/providers/")[0] },
    }),
    enableDataIsolation: isolated,
  };
}

/** F5: the providers' letters change on Default and FeatureStore, not on Hub and Project. */
function idsOf(sent: Body, kind: string): Body {
  if (kind !== "Default" && kind !== "FeatureStore") return {};
  const { keyVault, applicationInsights } = sent;
  return {
    ...(typeof keyVault === "string" && {
      keyVault: keyVault.replace("Microsoft.KeyVault", "Microsoft.Keyvault"),
    }),
    ...(typeof applicationInsights === "string" && {
      applicationInsights: applicationInsights.replace("Microsoft.Insights", "Microsoft.insights"),
    }),
  };
}

/** Claim 42 and F5: capitals, no blank, and `resourceGroups` in the keys. */
function identityOf(identity: Body): Body {
  const users = identity["userAssignedIdentities"];
  const type = String(identity["type"])
    .replace(/systemassigned/i, "SystemAssigned")
    .replace(/userassigned/i, "UserAssigned")
    .replaceAll(" ", "");
  const keys = isObject(users) && {
    userAssignedIdentities: Object.fromEntries(
      Object.entries(users).map(([id, it]) => [
        id.replace("/resourcegroups/", "/resourceGroups/"),
        it,
      ]),
    ),
  };
  return { ...identity, type, ...keys };
}

function refuseWorkspace(change: Change): Answer | undefined {
  return refuseUnsettled(change.was) ?? refuseNetwork(change);
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

function digits(world: World): string {
  return world.guid().replaceAll("-", "");
}
