import type { Body } from "../answers.ts";
import { type Kind, type Stored, stateless } from "../kinds.ts";
import { isObject, omit, pick } from "../merge.ts";
import {
  accountFailure,
  frontendFailure,
  machineLearningVersions,
  workspaceType,
} from "./machine-learning-common.ts";

/** F3: 201 with Location, 200, DELETE 200; claim 48: of credentials only their type comes back. */
export const datastores: Kind = {
  type: `${workspaceType}/datastores`,
  versions: machineLearningVersions,
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  systemData: true,
  inState: stateless,
  complete: (wanted) => ({
    ...wanted,
    properties: {
      description: null,
      tags: null,
      properties: null,
      isDefault: false,
      serviceDataAccessAuthIdentity: "None",
      ...wanted.properties,
      credentials: withoutSecrets(wanted.properties["credentials"]),
    },
  }),
  course: ({ wanted, was, call }) =>
    wanted && !was
      ? {
          status: 201,
          headers: { location: `${call.origin}${wanted.id}?api-version=${call.version}` },
        }
      : { status: 200 },
  show: (it) => pick(it, ["id", "name", "type", "properties", "systemData"]),
  absent: missing(frontendFailure, (name) => `Could not find datastore: ${name}.`),
};

/** A DELETE of what is absent is 204. */
function missing(
  refuse: typeof frontendFailure,
  textOf: (name: string) => string,
): NonNullable<Kind["absent"]> {
  return ({ name = "", parent }, verb, world) => {
    if (verb === "DELETE") return undefined;
    const location = world.get(parent)?.location ?? "";
    const it = { status: 404, code: "UserError", message: textOf(name), inner: ["NotFoundError"] };
    return refuse(it, location, world);
  };
}

function withoutSecrets(credentials: unknown): Body {
  return isObject(credentials) ? omit(credentials, ["secrets"]) : { credentialsType: "None" };
}

/** F3: PUT and DELETE 200, synchronous; claim 49: secrets are null, or not there without a login. */
export const workspaceConnections: Kind = {
  type: `${workspaceType}/connections`,
  versions: machineLearningVersions,
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  systemData: true,
  inState: stateless,
  complete: (wanted) => ({
    ...wanted,
    properties: omit(wanted.properties, ["credentials", "value", "valueFormat"]),
  }),
  course: () => ({ status: 200 }),
  show: showConnection,
  absent: missing(accountFailure, (name) => `Connection ${name} can't be found in this workspace`),
};

/** ASO Sep 2024 (2021-07-01), PY May 2023, ASO Apr 2025 (2024-04-01). */
function showConnection(it: Stored, version: string): Body {
  const top = { tags: null, location: null, ...pick(it, ["id", "name", "type"]) };
  const { authType, category, target, metadata = {} } = it.properties;
  const secret = authType === "None" ? {} : { credentials: null };
  if (version < "2023") {
    const properties = { category, target, authType, value: null, valueFormat: null };
    return { ...top, properties, systemData: null };
  }
  const known = { authType, ...secret, category, expiryTime: null, target };
  if (version < "2024") return { ...top, properties: { ...known, metadata }, systemData: null };
  return {
    ...top,
    properties: { ...known, ...shared(it), ...it.properties, metadata },
    systemData: it["systemData"],
  };
}

function shared({ id }: Stored): Body {
  return {
    group: "Azure",
    createdByWorkspaceArmId: id.replace(/\/connections\/[^/]+$/i, ""),
    useWorkspaceManagedIdentity: false,
    isSharedToAll: false,
    sharedUserList: [],
    peRequirement: "NotRequired",
    peStatus: "NotApplicable",
    error: null,
  };
}
