import { type Answer, list } from "../../answers.ts";
import { parsePath } from "../../ids.ts";
import { type Change, type Course, type Kind, type Stored, view } from "../../kinds.ts";
import type { World } from "../../world.ts";
import { isFree, listUnder, searchFailure, searchRefusal, searchVersions } from "./common.ts";

const type = "Microsoft.Search/searchServices/sharedPrivateLinkResources";

/** test_shared_private_link_resource_crud: 202 without a body, about 90 s, then Pending; `resourceRegion` is null. */
export const sharedLinks: Kind = {
  type,
  versions: searchVersions,
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  readOnly: ["status"],
  serve: { LIST: listUnder(type) },
  complete: (wanted, was) => ({
    ...wanted,
    properties: {
      resourceRegion: null,
      ...wanted.properties,
      status: was?.properties["status"] ?? "Pending",
    },
  }),
  refuse: refuseShared,
  course: sharedCourse,
  absent: ({ id }, verb, world) => (verb === "GET" ? notFound(id, world) : undefined),
};

/** Its text lost a double blank between 2021 and 2025; a DELETE of nothing was not recorded. */
function notFound(id: string, world: World): Answer {
  const { name, parent, group, subscription } = parsePath(id);
  const text = `Could not find sharedPrivateLinkResource '${name}' for searchService '${parsePath(parent).name}' in subscription '${subscription}', resourceGroupName '${group}'.`;
  return searchFailure(404, "ResourceNotFound", text, world);
}

/** azure-docs: a target, a group, and the basic tier at least; codes and texts are not recorded. */
function refuseShared({ wanted, call, world }: Change): Answer | undefined {
  if (!wanted) return undefined;
  const service = world.get(call.target.parent);
  if (service && isFree(service))
    return searchRefusal("BadRequest", "Shared links need the basic tier.");
  const isWhole = ["privateLinkResourceId", "groupId"].every(
    (it) => typeof wanted.properties[it] === "string",
  );
  return isWhole
    ? undefined
    : searchRefusal("BadRequest", "A shared link needs a target and a group.");
}

/** 2021 and 2025: a PUT 90 s (5 of 5), a DELETE within 30 s. */
function sharedCourse({ wanted }: Change): Course {
  return {
    status: 202,
    state: wanted ? "Updating" : "Deleting",
    seconds: wanted ? 90 : 30,
    operation: { dialect: "search" },
    answered: () => undefined,
  };
}

/** The service shows copies of them. */
export function embeddedLinks(service: Stored, world: World): readonly Stored[] {
  return world.children(service.id, type);
}

const reading = "for reading data (data source).";
const connects = "Azure Cognitive Search indexers can connect to";
const writing = `${connects} blobs in Azure Storage for reading data (data source), for writing intermediate results of indexer execution (annotation cache, preview) or for storing any knowledge store projections (preview)`;
const keeping = `${connects} tables in Azure Storage for reading data (data source), for writing book-keeping information about intermediate results of indexer execution (annotation cache, preview) or for storing any knowledge store projections (preview)`;
const vault =
  "Azure Cognitive Search can access keys in Azure Key Vault to encrypt search index and synonym map data";

/** Name, type, group and description, as recorded (test_list_private_link_resources 21). */
const shareable = [
  ["blob", "Microsoft.Storage/storageAccounts", "blob", writing],
  ["table", "Microsoft.Storage/storageAccounts", "table", keeping],
  [
    "dfs",
    "Microsoft.Storage/storageAccounts",
    "dfs",
    `${connects} Azure Data Lake Storage Gen2 ${reading}`,
  ],
  [
    "file",
    "Microsoft.Storage/storageAccounts",
    "file",
    `${connects} files in Azure Storage ${reading}`,
  ],
  [
    "Sql",
    "Microsoft.DocumentDB/databaseAccounts",
    "Sql",
    `${connects} CosmosDB using the SQL head ${reading}`,
  ],
  [
    "plr",
    "Microsoft.Sql/servers",
    "sqlServer",
    `${connects} AzureSQL databases in a SQL server ${reading}`,
  ],
  ["vault", "Microsoft.KeyVault/vaults", "vault", vault],
] as const;

export const searchLinks = view(
  "Microsoft.Search/searchServices/privateLinkResources",
  searchVersions,
  {
    LIST: ({ target }) =>
      list([
        {
          id: `${target.parent}/privateLinkResources/searchService`,
          name: "searchService",
          type: "Microsoft.Search/searchServices/privateLinkResources",
          properties: {
            groupId: "searchService",
            requiredMembers: ["searchService"],
            requiredZoneNames: ["privatelink.search.windows.net"],
            shareablePrivateLinkResourceTypes: shareable.map(
              ([name, of, groupId, description]) => ({
                name,
                properties: { type: of, groupId, description },
              }),
            ),
          },
        },
      ]),
  },
);
