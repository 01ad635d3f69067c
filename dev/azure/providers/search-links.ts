import { type Answer, list } from "../answers.ts";
import { type Change, type Course, type Kind, type Stored, view } from "../kinds.ts";
import type { World } from "../world.ts";
import { isFree, searchFailure, searchVersions } from "./search-common.ts";

const type = "Microsoft.Search/searchServices/sharedPrivateLinkResources";

/** 1e, test_shared_private_link_resource_crud: 202 without a body, about 90 s, then Pending. */
export const sharedLinks: Kind = {
  type,
  versions: searchVersions,
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  readOnly: ["status"],
  complete: (wanted, was) => ({
    ...wanted,
    properties: {
      ...wanted.properties,
      status: was?.properties["status"] ?? "Pending",
    },
  }),
  refuse: refuseShared,
  course: sharedCourse,
};

/** azure-docs: a target, a group, and the basic tier at least; codes and texts are not recorded. */
function refuseShared({ wanted, call, world }: Change): Answer | undefined {
  if (!wanted) return undefined;
  const service = world.get(call.target.parent);
  if (service && isFree(service))
    return searchFailure(400, "BadRequest", "Shared links need the basic tier.", world);
  const isWhole = ["privateLinkResourceId", "groupId"].every(
    (it) => typeof wanted.properties[it] === "string",
  );
  return isWhole
    ? undefined
    : searchFailure(400, "BadRequest", "A shared link needs a target and a group.", world);
}

function sharedCourse({ wanted }: Change): Course {
  return {
    status: 202,
    state: wanted ? "Updating" : "Deleting",
    seconds: 90,
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
