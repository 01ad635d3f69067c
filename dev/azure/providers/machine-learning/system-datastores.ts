import type { Body } from "../../answers.ts";
import { parsePath } from "../../ids.ts";
import type { Stored } from "../../kinds.ts";
import { precise } from "../../merge.ts";
import type { World } from "../../world.ts";
import { workspaceType } from "./common.ts";

export const datastoreType = `${workspaceType}/datastores` as const;

/** The service itself. */
const service = "779301c0-18b2-4cdc-801b-a0a3368fee0a";

export const isSystem = ({ systemData }: Stored): boolean =>
  (systemData as Body | undefined)?.["createdBy"] === service;

/**
 * data 1: a workspace of kind Default has four, on its own account and with its key. Not recorded: the
 * other kinds, and what an identity in place of the key makes of them.
 */
export function bringDatastores(workspace: Stored, world: World): void {
  const account = workspace.properties["storageAccount"];
  if (workspace["kind"] !== "Default" || typeof account !== "string") return;
  const at = precise(world.now());
  const who = { createdBy: service, createdByType: "Application", createdAt: at };
  const last = { lastModifiedBy: service, lastModifiedByType: "Application", lastModifiedAt: at };
  for (const { name, ...own } of storesOf(account, String(workspace.properties["workspaceId"]))) {
    const id = `${workspace.id}/datastores/${name}`;
    const properties = { ...common, accountName: account.split("/").at(-1), ...own };
    const it = { id, type: datastoreType, name, properties, systemData: { ...who, ...last } };
    if (!world.get(id)) world.put(it);
  }
}

const common = {
  tags: null,
  properties: null,
  isDefault: false,
  credentials: { credentialsType: "AccountKey" },
  endpoint: "core.windows.net",
  protocol: "https",
  serviceDataAccessAuthIdentity: "None",
};

/** In the order of Nov 2025, oldest first. The share of the notebooks is called the same everywhere. */
function storesOf(account: string, guid: string) {
  const { subscription, group } = parsePath(account);
  return [
    { name: "workspacefilestore", ...share(`azureml-filestore-${guid}`) },
    { name: "workspaceartifactstore", ...container("azureml") },
    { name: "workspaceworkingdirectory", ...share("code-391ff5ac-6576-460f-ba4d-7e03433c68b6") },
    {
      name: "workspaceblobstore",
      ...container(`azureml-blobstore-${guid}`),
      isDefault: true,
      subscriptionId: subscription,
      resourceGroup: group,
      serviceDataAccessAuthIdentity: "WorkspaceSystemAssignedIdentity",
    },
  ];
}

const share = (fileShareName: string) => ({ datastoreType: "AzureFile", fileShareName });
const container = (containerName: string) => ({ datastoreType: "AzureBlob", containerName });
