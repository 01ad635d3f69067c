import type { Answer, Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import { type Kind, type Stored, stateless } from "../../kinds.ts";
import { isObject, omit, pick, same } from "../../merge.ts";
import { page } from "../../paging.ts";
import type { World } from "../../world.ts";
import { frontendFailure, machineLearningVersions } from "./common.ts";
import { entry, writtenBelow } from "./entries.ts";
import { isModern, untold } from "./frontend.ts";
import { datastoreType, isSystem } from "./system-datastores.ts";

/** F3: 201 with Location, 200, DELETE 200; claim 48: of credentials only their type comes back. */
export const datastores: Kind = {
  type: datastoreType,
  versions: machineLearningVersions,
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  serve: { LIST: listed },
  systemData: true,
  inState: stateless,
  complete: (wanted) => ({
    ...wanted,
    secrets: secretsOf(wanted.properties["credentials"]),
    properties: {
      tags: null,
      properties: null,
      isDefault: false,
      serviceDataAccessAuthIdentity: "None",
      ...wanted.properties,
      credentials: withoutSecrets(wanted.properties["credentials"]),
    },
  }),
  // data 2: since 2024 one that was there is answered as a new one
  course: (change) => entry(change, !change.was || isModern(change.call.version)),
  orphan: writtenBelow("workspaces/datastores"),
  show: shown,
  actions: { listSecrets },
  absent: ({ name = "", parent }, verb, world) =>
    verb === "DELETE" ? undefined : missing(name, parent, world),
};

/** data 1: the newest first. */
function listed(call: Call, world: World): Answer {
  const all = world.children(call.target.parent, datastoreType);
  const inOrder = same(call.query.get("orderByAsc") ?? "", "true") ? all : all.toReversed();
  return page(call, inOrder, (it) => shown(it, call.version));
}

function shown(it: Stored, version: string): Body {
  const all = { ...untold(version), ...home(version), ...it.properties };
  const { systemData } = it;
  return {
    ...pick(it, ["id", "name", "type"]),
    properties: omit(all, version < "2023-04-01" ? ["subscriptionId", "resourceGroup"] : []),
    ...(isObject(systemData) && {
      systemData: withOffset(omit(systemData, isModern(version) && isSystem(it) ? creator : [])),
    }),
  };
}

/** data 1: in 2025 nobody had made those that come with a workspace. */
const creator = ["createdBy", "createdByType"];

/** PS Nov 2025 (2024-04-01): null where nothing was sent; 2022-05-01 does not know them. */
const home = (version: string): Body =>
  version >= "2024" && version <= "2024-04-01" ? { subscriptionId: null, resourceGroup: null } : {};

function missing(name: string, parent: string, world: World): Answer {
  const message = `Could not find datastore: ${name}.`;
  return refuse(404, message, ["NotFoundError"], parent, world);
}

function refuse(
  status: number,
  message: string,
  inner: readonly string[],
  parent: string,
  world: World,
): Answer {
  const location = world.get(parent)?.location ?? "";
  return frontendFailure({ status, code: "UserError", message, inner }, location, world);
}

function withoutSecrets(credentials: unknown): Body {
  return isObject(credentials) ? omit(credentials, ["secrets"]) : { credentialsType: "None" };
}

/** Recorded (PY Sep 2022): written with an offset, unlike a workspace's. */
function withOffset(systemData: Body): Body {
  const told = (it: unknown) => (typeof it === "string" ? it.replace(/Z$/, "+00:00") : it);
  const { createdAt, lastModifiedAt } = systemData;
  return { ...systemData, createdAt: told(createdAt), lastModifiedAt: told(lastModifiedAt) };
}

const secretNames: Readonly<Record<string, string>> = {
  AccountKey: "key",
  Certificate: "certificate",
  Sas: "sasToken",
  ServicePrincipal: "clientSecret",
};

const secretsOf = (credentials: unknown): unknown =>
  isObject(credentials) ? credentials["secrets"] : undefined;

/** PY Sep 2022: what was sent, each time; a loaded row has none, so that its is made up. */
function listSecrets(it: Stored, _call: Call, world: World): Answer {
  const { credentialsType } = it.properties["credentials"] as Body;
  const secretsType = String(credentialsType);
  const name = secretNames[secretsType];
  const workspace = it.id.slice(0, it.id.toLowerCase().lastIndexOf("/datastores/"));
  if (name === undefined)
    return refuse(400, `Datastore ${it.name} has no secrets.`, ["BadArgument"], workspace, world);
  if (!isObject(it["secrets"])) world.put({ ...it, secrets: { [name]: world.guid() } });
  const kept = world.get(it.id)?.["secrets"] as Body;
  return { status: 200, body: { secretsType, [name]: kept[name] } };
}
