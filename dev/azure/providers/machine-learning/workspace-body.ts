import type { Body } from "../../answers.ts";
import type { Stored } from "../../kinds.ts";
import { isObject, omit, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { workspaceType } from "./common.ts";
import { embedded } from "./connections.ts";
import { shownNetwork } from "./networks.ts";

/** What GET shows; `etag` is always null (claim 53). */
export function showWorkspace(it: Stored, version: string, world: World): Body {
  const { id, name, type, location, properties } = it;
  const all = {
    ...properties,
    ...networkOf(it, version, world),
    ...associated(it, world),
    ...formerly(it, version),
  };
  return {
    id,
    name,
    type,
    location,
    tags: it["tags"] ?? {},
    etag: null,
    properties: visible(all, version),
    ...(it["identity"] !== undefined && { identity: identityOf(it, version) }),
    kind: it["kind"],
    sku: it["sku"],
    ...(it["systemData"] !== undefined && { systemData: it["systemData"] }),
  };
}

/** Claim 42: without one of the system's the principal is null; the tenant stands there all the same. */
function identityOf({ identity, properties }: Stored, version: string): unknown {
  if (!isObject(identity) || identity["type"] !== "UserAssigned") return identity;
  const { type, ...rest } = identity;
  const nobody = version <= "2024-04-01" ? { principalId: null } : {};
  return { type, ...nobody, tenantId: properties["tenantId"], ...rest };
}

/** Claims 33, 35, 36 and the bodies of 2021-07-01, 2022-05-01, 2023-04-01, 2024-04-01. */
const since: readonly (readonly [string, readonly string[]])[] = [
  ["2021-10-01", ["v1LegacyMode", "softDeleteEnabled", "publicNetworkAccess"]],
  ["2021-10-01", ["enableDataIsolation"]],
  ["2022-12-01", ["managedNetwork"]],
  ["2024-04-01", ["ipAllowlist", "networkAcls", "serverlessComputeSettings"]],
  ["2024-04-01", ["EnableSoftwareBillOfMaterials"]],
  ["2025-06-01", ["systemDatastoresAuthMode"]],
];

/** Leftovers that old api-versions show: ASO Apr 2025, PY May 2023, C7N 2021 and 2022. */
function formerly(it: Stored, version: string): Body {
  const unlinked = { provisioningState: "NotStarted", resourceId: null };
  const azureOpenAI = { ...unlinked, endpoint: null, proxyResourceId: null };
  return {
    ...(version <= "2024-04-01" && version > "2020-08-01" && { sasGetterUri: "" }),
    ...(version === "2023-04-01-preview" && it["kind"] === "Default" && { azureOpenAI }),
    ...(version <= "2020-08-01" && it.properties["containerRegistry"] === undefined
      ? { containerRegistry: null }
      : {}),
  };
}

function visible(all: Body, version: string): Body {
  const hidden = since.flatMap(([from, names]) => (version < from ? names : []));
  const isPublic = !same(String(all["publicNetworkAccess"]), "Disabled");
  return {
    ...omit(all, hidden),
    // claim 34: there in old versions only, and says the same as publicNetworkAccess
    ...(version < "2021-10-01" && { allowPublicAccessWhenBehindVnet: isPublic }),
  };
}

/** Claim 41, F5: a private endpoint shows in the count, the notebooks and the addresses. */
function networkOf(it: Stored, version: string, world: World): Body {
  const connections = embedded(it, version, world);
  const isPrivate = connections.length > 0;
  const { managedNetwork } = it.properties;
  return {
    notebookInfo: notebooks(hubOf(it, world) ?? it, isPrivate),
    privateLinkCount: connections.length,
    ...(isPrivate && { privateEndpointConnections: connections }),
    ...(isObject(managedNetwork) && { managedNetwork: shownNetwork(it, version, world) }),
    ...addresses(it, isPrivate),
  };
}

/** Claim 51: a project shows its hub's notebooks, where the hub has any (PY May 2023: not every one). */
function hubOf({ properties }: Stored, world: World): Stored | undefined {
  const hub = world.get(String(properties["hubResourceId"] ?? ""));
  return hub && hasNotebooks(hub) ? hub : undefined;
}

/** Recorded (PY 1 May 2023): a hub without an account of its own has none. */
const hasNotebooks = (it: Stored): boolean =>
  it["kind"] !== "Hub" || it.properties["storageAccount"] !== null;

/** The name without its underscores, cut so that name and region have 22 letters (6 recorded). */
function notebooks(it: Stored, isPrivate: boolean): Body {
  const rest = { isPrivateLinkEnabled: isPrivate, notebookPreparationError: null };
  if (!hasNotebooks(it)) return { resourceId: null, fqdn: null, ...rest };
  const { name, location = "", properties } = it;
  const known = isObject(properties["notebookInfo"]) ? properties["notebookInfo"] : {};
  const short = name.replaceAll("_", "").slice(0, Math.max(22 - location.length, 0));
  const host = `ml-${short}-${location}-${properties["workspaceId"]}.${location}.notebooks.azure.net`;
  return { fqdn: host, ...rest, ...known, isPrivateLinkEnabled: isPrivate };
}

function addresses({ id, location, properties }: Stored, isPrivate: boolean): Body {
  const guid = properties["workspaceId"];
  const host = isPrivate
    ? `${guid}.workspace.${location}.api.azureml.ms`
    : `${location}.api.azureml.ms`;
  return {
    discoveryUrl: `https://${host}/discovery${isPrivate ? `/workspaces/${guid}` : ""}`,
    mlFlowTrackingUri: `azureml://${host}/mlflow/v1.0${id}`,
  };
}

/** Claim 51: a hub names its projects, once it has any. */
function associated(hub: Stored, world: World): Body {
  if (hub["kind"] !== "Hub") return {};
  const projects = world
    .ofType(hub.id.split("/")[2] ?? "", workspaceType)
    .filter((it) => same(String(it.properties["hubResourceId"]), hub.id));
  return projects.length > 0 ? { associatedWorkspaces: projects.map((it) => it.id) } : {};
}
