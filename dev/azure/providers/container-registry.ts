import type { Body } from "../answers.ts";
import type { Call } from "../call.ts";
import type { Change, Course, Kind, Stored } from "../kinds.ts";
import { isObject, pick, precise } from "../merge.ts";
import type { World } from "../world.ts";
import { connectionKind, connectionsIn, connectionsOf } from "./network/service-connections.ts";

const type = "Microsoft.ContainerRegistry/registries";
const versions = [
  "2019-05-01",
  "2019-12-01-preview",
  "2020-11-01-preview",
  "2021-09-01",
  "2022-12-01",
  "2023-01-01-preview",
  "2023-07-01",
  "2023-11-01-preview",
  "2025-04-01",
];

/** Sources: recorded (CLI private_endpoint_connection_acr 11 to 13, ASO Registry_20230701 16), manners 1.2. */
const registries: Kind = {
  type,
  versions,
  tracked: true,
  systemData: true,
  readOnly: ["loginServer", "creationDate", "policies"],
  complete: completeRegistry,
  course: registryCourse,
  show: (it, version, world) => ({
    ...pick(it, [
      "sku",
      "type",
      "id",
      "name",
      "location",
      "tags",
      "identity",
      "managedBy",
      "systemData",
    ]),
    properties: {
      ...it.properties,
      ...connectionsIn(it, ["id", "name", "type", "properties"], world),
      ...(version >= "2023-11-01-preview" && { metadataSearch: "Disabled" }),
    },
  }),
  connections: connectionsOf({
    type,
    groupIds: ["registry"],
    approved: "Auto-Approved", // the words of most; not recorded for registries
    named: (_request, target, world) => `${target.name}.${world.guid().replaceAll("-", "")}`,
  }),
};

/** New: 201 and an operation of 10 s; changed: 200; gone: 202 with Location. */
function registryCourse({ wanted, was, world }: Change): Course {
  if (wanted && was) return { status: 200 };
  const headers = [wanted ? "Azure-AsyncOperation" : "Location"] as const;
  return {
    status: wanted ? 201 : 202,
    state: wanted ? "Creating" : "Deleting",
    seconds: world.between(1, 10),
    operation: { dialect: "containerRegistry", headers, word: "Creating" },
    ...(!wanted && { answered: () => undefined }),
  };
}

function completeRegistry(
  wanted: Stored,
  was: Stored | undefined,
  world: World,
  call?: Call,
): Stored {
  if (!call) return wanted; // a row is what it says
  const sku = isObject(wanted["sku"]) ? wanted["sku"] : was?.["sku"];
  const tier = isObject(sku) ? String(sku["name"]) : undefined;
  return {
    tags: {},
    ...wanted,
    ...(tier !== undefined && { sku: { name: tier, tier } }),
    properties: {
      loginServer: `${wanted.name.toLowerCase()}.azurecr.io`,
      creationDate: precise(world.now()),
      adminUserEnabled: false,
      ...(tier === "Premium" && { networkRuleSet: { defaultAction: "Allow", ipRules: [] } }),
      policies: policies(world),
      encryption: { status: "disabled" },
      dataEndpointEnabled: false,
      dataEndpointHostNames: [],
      publicNetworkAccess: "Enabled",
      networkRuleBypassOptions: "AzureServices",
      zoneRedundancy: "Disabled",
      anonymousPullEnabled: false,
      ...wanted.properties,
    },
  };
}

function policies(world: World): Body {
  const lastUpdatedTime = precise(world.now()).replace("Z", "+00:00");
  return {
    quarantinePolicy: { status: "disabled" },
    trustPolicy: { type: "Notary", status: "disabled" },
    retentionPolicy: { days: 7, lastUpdatedTime, status: "disabled" },
    exportPolicy: { status: "enabled" },
    azureADAuthenticationAsArmPolicy: { status: "enabled" },
    softDeletePolicy: { retentionDays: 7, lastUpdatedTime, status: "disabled" },
  };
}

/** Recorded (CLI private_endpoint_connection_acr 21): the state alone while it waits. */
const connections = connectionKind(type, versions, {
  show(it) {
    const { status, description } = Object(it.properties["privateLinkServiceConnectionState"]);
    const state = { status, ...(description !== undefined && { description }) };
    return {
      ...pick(it, ["type", "id", "name"]),
      properties: { ...it.properties, privateLinkServiceConnectionState: state },
    };
  },
});

export const containerRegistryKinds: readonly Kind[] = [registries, connections];
