import type { Answer, Body } from "../answers.ts";
import { decide } from "../connections.ts";
import { unknownType } from "../existence.ts";
import { parsePath } from "../ids.ts";
import {
  type Change,
  type ConnectionRequest,
  type Course,
  type Kind,
  type Stored,
  stateless,
} from "../kinds.ts";
import { omit, pick } from "../merge.ts";
import type { World } from "../world.ts";
import { connectionsIn } from "./network/service-connections.ts";

const versions = [
  "2018-06-01-preview",
  "2019-06-01-preview",
  "2020-02-02-preview",
  "2020-11-01-preview",
  "2021-02-01-preview",
  "2021-11-01",
  "2022-05-01-preview",
  "2023-05-01-preview",
  "2023-08-01",
];

const serverType = "Microsoft.Sql/servers";
const connectionType = `${serverType}/privateEndpointConnections` as const;

/** Sources: recorded (CLI network private_endpoint_connection_sql_server 2 to 29), manners 1.2. */
const servers: Kind = {
  type: serverType,
  versions,
  tracked: true,
  inState: stateless, // no provisioningState in 314 GETs
  complete: (wanted, _was, _world, call) => (call ? completed(wanted) : wanted), // a row is what it says
  course: (change) => course(change, `${change.wanted ? "Upsert" : "Drop"}LogicalServer`),
  show: (it, _version, world) => ({
    ...pick(it, ["kind", "location", "tags", "id", "name", "type"]),
    properties: {
      ...it.properties,
      ...connectionsIn(it, ["id", "properties"], world),
    },
  }),
  connections: { groupIds: ["sqlServer"], type: connectionType, make: makeConnection },
};

function completed(wanted: Stored): Stored {
  return {
    ...wanted,
    kind: "v12.0",
    properties: {
      version: "12.0",
      state: "Ready",
      fullyQualifiedDomainName: `${wanted.name}.database.windows.net`,
      minimalTlsVersion: "None",
      publicNetworkAccess: "Enabled",
      restrictOutboundNetworkAccess: "Disabled",
      externalGovernanceStatus: "Disabled",
      ...omit(wanted.properties, ["administratorLoginPassword", "createMode", ...empty(wanted)]),
    },
  };
}

/** `administrators: {}` does not come back. */
const empty = ({ properties }: Stored): string[] =>
  Object.keys(Object(properties["administrators"])).length === 0 ? ["administrators"] : [];

/** 83 of 83: 202, the body is the operation; 3 to 67 s. */
function course({ wanted, was, world }: Change, operation: string): Course {
  return {
    status: 202,
    seconds: was && wanted ? world.between(3, 26) : world.between(26, 67),
    operation: { dialect: "sql" },
    answered: (): Body => ({ operation, startTime: world.now().toISOString() }),
    ...(!wanted && { headers: { "retry-after": "15" } }),
  };
}

/** 27: named after the endpoint, with a GUID of its own; a manual one waits without words. */
function makeConnection(request: ConnectionRequest, target: Stored, world: World): Stored {
  const name = `${parsePath(request.endpoint).name}-${world.guid()}`;
  return {
    id: `${target.id}/privateEndpointConnections/${name}`,
    name,
    type: connectionType,
    properties: {
      privateEndpoint: { id: request.endpoint },
      groupIds: request.groupIds,
      privateLinkServiceConnectionState: {
        status: request.manual ? "Pending" : "Approved",
        ...(!request.manual && { description: "Auto-approved" }),
        ...(request.message !== undefined && { description: request.message }),
        actionsRequired: "None",
      },
      provisioningState: "Ready",
    },
  };
}

/** Its PUT was not recorded. */
const connections: Kind = {
  type: connectionType,
  versions,
  verbs: ["GET", "LIST", "DELETE"],
  serve: { PUT: (call): Answer => unknownType(call.target, call.version) },
  inState: stateless,
  course: (change) => course(change, "DropPrivateEndpointConnection"),
  settled(now, was, world) {
    if (!now && was) decide(world, was, parsePath(was.id).parent, true);
  },
};

export const sqlKinds: readonly Kind[] = [servers, connections];
