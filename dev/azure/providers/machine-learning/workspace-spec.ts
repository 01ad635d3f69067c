import type { Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import type { Stored } from "../../kinds.ts";
import { isObject, omit, precise } from "../../merge.ts";
import type { World } from "../../world.ts";
import { loadedNetwork, managedNetworkOf } from "./networks.ts";

/** What the service adds to a workspace that is written, or to a loaded row (no call). */
export function completeWorkspace(
  wanted: Stored,
  was: Stored | undefined,
  world: World,
  call?: Call,
): Stored {
  const kind = kindOf(wanted["kind"] ?? was?.["kind"]);
  const sent = omit(wanted.properties, ["allowPublicAccessWhenBehindVnet", "managedNetwork"]);
  const hub = world.get(String(sent["hubResourceId"] ?? ""));
  const properties: Body = { ...bornWith(wanted, kind, hub, world), ...sent, ...idsOf(sent, kind) };
  const { managedNetwork } = wanted.properties;
  const asked = isObject(managedNetwork) ? { ...properties, managedNetwork } : properties;
  const whole = { ...wanted, kind, properties: asked };
  const network = call ? managedNetworkOf(whole, was, world) : loadedNetwork(whole, world);
  const { identity } = wanted;
  return {
    ...wanted,
    kind,
    // claim 55: whatever was sent
    sku: { name: "Basic", tier: "Basic" },
    ...(isObject(identity) && { identity: trimmed(spelledIdentity(identity)) }),
    properties: { ...properties, ...(network && { managedNetwork: network }) },
  };
}

/** Claim 51; `Lean` is what a project was called in 2023. Sent in any case: not recorded. */
function kindOf(sent: unknown): string {
  const kinds = ["Default", "Hub", "Project", "FeatureStore"];
  return (
    kinds.find((it) => it.toLowerCase() === String(sent).toLowerCase()) ?? String(sent ?? "Default")
  );
}

/** In the order of PS Nov 2025; a project takes over its hub's (claim 51). */
function bornWith(it: Stored, kind: string, hub: Stored | undefined, world: World): Body {
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
    notebookInfo: { resourceId: world.guid().replaceAll("-", "") },
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
    enableDataIsolation: kind !== "Default" && kind !== "FeatureStore",
  };
}

/**
 * F5: the letters of the providers' names change on Default and FeatureStore, not on Hub and Project.
 * So do those of the path around them (PS May 2022); of Hub and Project no other letters were recorded.
 */
function idsOf(sent: Body, kind: string): Body {
  if (kind !== "Default" && kind !== "FeatureStore") return {};
  const known = ["storageAccount", "keyVault", "applicationInsights", "containerRegistry"];
  const ids = known.filter((name) => typeof sent[name] === "string");
  return Object.fromEntries(ids.map((name) => [name, spelledId(String(sent[name]))]));
}

const spelledId = (id: string): string =>
  [
    "/resourceGroups/",
    "/storageAccounts/",
    "/Microsoft.Keyvault/",
    "/Microsoft.insights/",
    "/vaults/",
    "/components/",
    "/registries/",
  ].reduce((it, word) => it.replace(new RegExp(word.replace(".", "\\."), "i"), word), id);

/** Claim 42 and F5: capitals, no blank, and `resourceGroups` in the keys. */
export function spelledIdentity(identity: Body): Body {
  const users = identity["userAssignedIdentities"];
  const type = String(identity["type"])
    .replace(/systemassigned/i, "SystemAssigned")
    .replace(/userassigned/i, "UserAssigned")
    .replaceAll(" ", "");
  return {
    ...identity,
    ...(identity["type"] !== undefined && { type }),
    ...(isObject(users) && {
      userAssignedIdentities: Object.fromEntries(
        Object.entries(users).map(([id, it]) => [
          id.replace("/resourcegroups/", "/resourceGroups/"),
          it,
        ]),
      ),
    }),
  };
}

/** Those of a type that is no longer asked for are gone (recorded of accounts: ident 12). */
function trimmed(identity: Body): Body {
  return /UserAssigned/.test(String(identity["type"]))
    ? identity
    : omit(identity, ["userAssignedIdentities"]);
}
