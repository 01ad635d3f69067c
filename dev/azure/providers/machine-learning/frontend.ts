import type { Answer, Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import type { Target } from "../../ids.ts";
import type { Change, Course, Stored, Verb } from "../../kinds.ts";
import { isObject, merge, omit, pick } from "../../merge.ts";
import type { World } from "../../world.ts";
import { frontendFailure, machineLearningVersions, refuseUnsettled } from "./common.ts";

/*
 * What endpoints and deployments have in common: their tracked bodies, and operations that the body
 * names (F2, F4). From 2024 on these have other names, and DELETE has no body (PS Jul 2024, Nov 2025).
 */

/** Seen up to 2024-04-01; that a later version shows what nobody sent is not known. */
export const untold = (version: string): Body =>
  version <= "2024-04-01" ? { description: null } : {};

export const isModern = (version: string): boolean => version >= "2024";

const prefixes: Readonly<Record<string, readonly [string, string]>> = {
  onlineEndpoints: ["oe", "oeidp"],
  batchEndpoints: ["be", "bebes"],
  deployments: ["od", "odidp"],
};

/** `oe:{workspace}:{guid}`, new with every write. */
function operationName({ id, type }: Stored, version: string, world: World): string {
  const [old, modern] = prefixes[type.split("/").at(-1) ?? ""] ?? ["", ""];
  const workspace = world.get(id.split("/").slice(0, 9).join("/"));
  return `${isModern(version) ? modern : old}:${workspace?.properties["workspaceId"]}:${world.guid()}`;
}

const uri = "AzureAsyncOperationUri";

/** The write's own operation, kept beside `properties`; a loaded row says it in its body. */
export function begun(it: Stored, call: Call | undefined, world: World): Stored {
  const own = isObject(it.properties["properties"]) ? it.properties["properties"] : {};
  const known = /\/([^/?]+)\?api-version=(.+)$/.exec(call ? "" : String(own[uri]));
  const version = known?.[2] ?? call?.version ?? "2024-04-01";
  const name = known?.[1] ?? operationName(it, version, world);
  const properties = omit(own, [uri, "azureml.onlineendpointid"]);
  return { ...it, operation: { name, version }, properties: { ...it.properties, properties } };
}

const operationOf = (it: Stored) => it["operation"] as { name: string; version: string };

/** F4: what the body says of the last operation; its address is not the signed one. */
export function lastOperation(it: Stored): Body {
  const { name, version } = operationOf(it);
  const home = it.id.split("/resourceGroups/")[0];
  const path = `${home}/providers/Microsoft.MachineLearningServices/locations/${it.location}/mfeOperationsStatus/${name}`;
  return { [uri]: `https://management.azure.com${path}?api-version=${version}` };
}

/** What both kinds of endpoint share. */
export const endpoint = {
  versions: machineLearningVersions,
  tracked: true,
  systemData: true,
  readOnly: ["scoringUri", "swaggerUri"],
  patched: patchedOnly("identity"),
  refuse: ({ was }: Change) => refuseUnsettled(was),
} as const;

/** A tracked body around `properties`. */
export function tracked(it: Stored, properties: Body): Body {
  const systemData = isObject(it["systemData"]) ? it["systemData"] : {};
  return {
    id: it.id,
    name: it.name,
    type: it.type,
    properties,
    systemData: pick(systemData, ["createdAt", "createdBy", "lastModifiedAt"]),
    tags: it["tags"] ?? {},
    location: it.location,
    ...pick(it, ["kind", "sku", "identity"]),
  };
}

/** Claim 43: tags as a whole, and one object more; anything else is passed over. */
export function patchedOnly(name: string) {
  return (was: Stored, body: Body): Stored => ({
    ...(merge(was, pick(body, [name])) as Stored),
    ...(isObject(body["tags"]) && { tags: body["tags"] }),
  });
}

type Pace = Readonly<{ state: string; put: number; patch: number; remove: number }>;

/** F3: the word null is a body of four bytes; since 2024 there is none (patch 1). */
export function frontendCourse(
  { method, was, wanted, call, world }: Change,
  pace: Pace,
  answered?: (shown: Body) => Body,
): Course {
  const dialect = "endpoints" as const;
  const nothing = isModern(call.version)
    ? { answered: () => undefined }
    : {
        answered: () => "null",
        headers: { "content-type": "application/json; charset=utf-8" },
      };
  if (!wanted) {
    const word = was ? operationName(was, call.version, world) : "";
    const operation = { dialect, word };
    return { status: 202, state: "Deleting", seconds: pace.remove, operation, ...nothing };
  }
  const word = operationOf(wanted).name;
  if (method === "PATCH") {
    const operation = { dialect, word, headers: ["Location"] } as const;
    return { status: 202, state: "Updating", seconds: pace.patch, operation, ...nothing };
  }
  return {
    status: 201,
    state: pace.state,
    seconds: pace.put,
    operation: { dialect, word, headers: ["Azure-AsyncOperation"] },
    ...(answered && { answered }),
    headers: { location: `${call.origin}${wanted.id}?api-version=${call.version}` },
  };
}

/** F6.2. */
export function noSuchEndpoint(
  { name, parent }: Target,
  verb: Verb,
  world: World,
): Answer | undefined {
  if (verb === "DELETE") return undefined;
  const { location = "", name: workspace } = world.get(parent) ?? {};
  const code = "NoSuchEndpoint";
  const message = `There is no endpoint with name: ${name} in ${workspace}`;
  const details = [{ code, message, details: [], additionalInfo: [] }];
  return frontendFailure({ ...notFound, details }, location, world);
}

const notFound = {
  status: 404,
  code: "NotFound",
  message: "The specified resource was not found.",
};

/** Not recorded: what the front end says of a missing deployment in the details. */
export function noDeployment({ parent }: Target, verb: Verb, world: World): Answer | undefined {
  if (verb === "DELETE") return undefined;
  return frontendFailure(notFound, world.get(parent)?.location ?? "", world);
}
