import type { Role } from "./roles.ts";

const groups = "Microsoft.Resources/subscriptions/resourceGroups/read";
const common = [
  "Microsoft.Authorization/*/read",
  "Microsoft.Insights/alertRules/*",
  "Microsoft.Resources/deployments/*",
  groups,
  "Microsoft.Support/*",
];
/** Services whose data is not behind ARM: what is left of the role here. */
const storage = "Microsoft.Storage/storageAccounts";
const blobs = `${storage}/blobServices/containers`;
const queues = `${storage}/queueServices/queues`;
const tables = `${storage}/tableServices/tables`;

const role = (
  id: string,
  name: string,
  actions: readonly string[],
  notActions: readonly string[] = [],
): Role => ({ id, name, actions, notActions });

/** Ids, names and actions: azure-docs built-in-roles; data actions are left out. */
export const builtInRoles: readonly Role[] = [
  role("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner", ["*"]),
  role(
    "b24988ac-6180-42a0-ab88-20f7382dd24c",
    "Contributor",
    ["*"],
    [
      "Microsoft.Authorization/*/Delete",
      "Microsoft.Authorization/*/Write",
      "Microsoft.Authorization/elevateAccess/Action",
    ],
  ),
  role("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader", ["*/read"]),
  role("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator", [
    "*/read",
    "Microsoft.Authorization/*",
    "Microsoft.Support/*",
  ]),
  role("4d97b98b-1d4f-4787-a291-c67834d212e7", "Network Contributor", [
    ...common,
    "Microsoft.Network/*",
    "Microsoft.ResourceHealth/availabilityStatuses/read",
  ]),
  role("b12aa53e-6015-4669-85d0-8515ebb3ae7f", "Private DNS Zone Contributor", [
    ...common,
    "Microsoft.Network/privateDnsZones/*",
    "Microsoft.Network/privateDnsOperationResults/*",
    "Microsoft.Network/privateDnsOperationStatuses/*",
    "Microsoft.Network/virtualNetworks/read",
    "Microsoft.Network/virtualNetworks/join/action",
  ]),
  role("f1a07417-d97a-45cb-824c-7a7467783830", "Managed Identity Operator", [
    ...common,
    "Microsoft.ManagedIdentity/userAssignedIdentities/*/read",
    "Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action",
  ]),
  role("17d1049b-9a84-46fb-8f53-869881c3d3ab", "Storage Account Contributor", [
    ...common,
    "Microsoft.Insights/diagnosticSettings/*",
    "Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action",
    `${storage}/*`,
  ]),
  role("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "Storage Blob Data Owner", [
    `${blobs}/*`,
    `${storage}/blobServices/generateUserDelegationKey/action`,
  ]),
  role("ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor", [
    `${blobs}/delete`,
    `${blobs}/read`,
    `${blobs}/write`,
    `${storage}/blobServices/generateUserDelegationKey/action`,
  ]),
  role("974c5e8b-45b9-4653-ba55-5f855dd0fb88", "Storage Queue Data Contributor", [
    `${queues}/delete`,
    `${queues}/read`,
    `${queues}/write`,
  ]),
  role("c6a89b2d-59bc-44d0-9896-0f6e12d7b80a", "Storage Queue Data Message Sender", []),
  role("0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", "Storage Table Data Contributor", [
    `${tables}/read`,
    `${tables}/write`,
    `${tables}/delete`,
  ]),
  role("3913510d-42f4-4e42-8a64-420c390055eb", "Monitoring Metrics Publisher", [
    "Microsoft.Insights/Register/Action",
    "Microsoft.Support/*",
    groups,
  ]),
  role("4633458b-17de-408a-b874-0445c86b69e6", "Key Vault Secrets User", []),
  role("7f951dda-4ed3-4680-a7ca-43fe172d538d", "AcrPull", [
    "Microsoft.ContainerRegistry/registries/pull/read",
  ]),
  role("a97b65f3-24c7-4388-baec-2e87135dc908", "Cognitive Services User", [
    "Microsoft.CognitiveServices/*/read",
    "Microsoft.CognitiveServices/accounts/listkeys/action",
    ...common,
  ]),
  role("5e0bd9bd-7b93-4f28-af87-19fc36ad61bd", "Cognitive Services OpenAI User", [
    "Microsoft.CognitiveServices/*/read",
    "Microsoft.Authorization/roleAssignments/read",
    "Microsoft.Authorization/roleDefinitions/read",
  ]),
];
