import { type Answer, type Body, failure } from "../../answers.ts";
import type { Call } from "../../call.ts";
import { parsePath } from "../../ids.ts";
import { type Change, type Kind, type Stored, stateless } from "../../kinds.ts";
import { isObject, omit, pick, same } from "../../merge.ts";
import { page } from "../../paging.ts";
import type { World } from "../../world.ts";
import { foundryVersions } from "./common.ts";

/** Recorded: prj 4-13, c7n 2-5. PUT, PATCH and DELETE are 200, at once; no etag; secrets never come back. */
const connections = (type: Kind["type"], isSharedToAll: boolean): Kind => ({
  type,
  versions: foundryVersions,
  serve: { LIST: (call, world) => listed(call, type, world) },
  systemData: true,
  inState: stateless,
  readOnly: ["group", "isDefault", "createdByWorkspaceArmId"],
  complete: (wanted, _was, world) => completed(wanted, isSharedToAll, world),
  refuse: refuseConnection,
  course: () => ({ status: 200 }),
  show: showConnection,
});

export const accountConnections = connections(
  "Microsoft.CognitiveServices/accounts/connections",
  true,
);
export const projectConnections = connections(
  "Microsoft.CognitiveServices/accounts/projects/connections",
  false,
);

/** c7n 3: a write over one that is there makes it anew; that "default" means the first of a category is inferred. */
function completed(wanted: Stored, isSharedToAll: boolean, world: World): Stored {
  const { category } = wanted.properties;
  const isFirst = !world
    .children(parsePath(wanted.id).parent, wanted.type)
    .some((it) => it.properties["category"] === category);
  const properties: Body = {
    group: groupOf(category),
    useWorkspaceManagedIdentity: false,
    isSharedToAll,
    sharedUserList: [],
    peRequirement: "NotRequired",
    peStatus: "NotApplicable",
    metadata: {},
    ...omit(wanted.properties, ["credentials"]),
    isDefault: isFirst,
  };
  return { ...wanted, systemData: undefined, properties };
}

/** c7n 2: AzureOpenAI; prj 4: ContainerRegistry. The others were not recorded. */
function groupOf(category: unknown): string {
  const ai = ["AzureOpenAI", "AIServices", "CognitiveSearch", "CognitiveService"];
  return ai.some((it) => same(it, String(category))) ? "AzureAI" : "Azure";
}

/** The specification needs a way to sign in; the words were not recorded. */
function refuseConnection({ wanted }: Change): Answer | undefined {
  return !wanted || typeof wanted.properties["authType"] === "string"
    ? undefined
    : failure(400, "ValidationError", "The property 'authType' of a connection is required.");
}

/** prj 4: null credentials; c7n 2: none where Entra ID signs in. Keys were not recorded. */
function showConnection(it: Stored): Body {
  const { authType, ...rest } = it.properties;
  const secret = /^(AAD|None)$/i.test(String(authType)) ? {} : { credentials: null };
  return {
    tags: null,
    location: null,
    ...pick(it, ["id", "name", "type"]),
    properties: { authType, ...secret, expiryTime: null, error: null, ...rest },
    systemData: it["systemData"],
  };
}

/** prj 5: `includeAll=false` shows all that there is; the filters are the specification's. */
function listed(call: Call, type: string, world: World): Answer {
  const asked = (name: string, it: Stored) => {
    const value = call.query.get(name);
    return value === null || same(value, String(it.properties[name]));
  };
  const found = world
    .children(call.target.parent, type)
    .filter((it) => isObject(it.properties) && asked("category", it) && asked("target", it));
  return page(call, found, showConnection);
}
