import type { Answer, Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import { type Kind, type Stored, stateless } from "../../kinds.ts";
import { omit, pick, same } from "../../merge.ts";
import { page } from "../../paging.ts";
import type { World } from "../../world.ts";
import { accountMissing, machineLearningVersions, workspaceType } from "./common.ts";
import { writtenBelow } from "./entries.ts";

const type = `${workspaceType}/connections` as const;

/** F3: PUT and DELETE 200, synchronous; claim 49: secrets are null, or not there without a login. */
export const workspaceConnections: Kind = {
  type,
  versions: machineLearningVersions,
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  serve: { LIST: listed, GET: read },
  systemData: true,
  inState: stateless,
  complete: (wanted) => ({
    ...wanted,
    properties: omit(wanted.properties, ["credentials", "value", "valueFormat"]),
  }),
  course: () => ({ status: 200 }),
  orphan: writtenBelow("workspaces/connections"),
  show: showConnection,
};

function read(call: Call, world: World): Answer {
  const { id, name } = call.target;
  const it = world.get(id);
  if (it) return { status: 200, body: showConnection(it, call.version) };
  return accountMissing(`Connection ${name} can't be found in this workspace`, call, world);
}

/** Filters of the specification; that of the category was recorded (PY May 2023). */
function listed(call: Call, world: World) {
  const asked = (name: string, it: Stored) => {
    const value = call.query.get(name);
    return value === null || same(value, String(it.properties[name]));
  };
  const found = world
    .children(call.target.parent, type)
    .filter((it) => asked("category", it) && asked("target", it));
  return page(call, found, (it) => showConnection(it, call.version));
}

/**
 * One shape a time: ASO Sep 2024 (2021-07-01), PY Aug 2022, Mar, May and Jul 2023, PS Jun 2022, ASO
 * Apr 2025 (2024-04-01). `expiryTime` came between 2022-05-01 and 2022-12-01-preview.
 */
function showConnection(it: Stored, version: string): Body {
  const top = { tags: null, location: null, ...pick(it, ["id", "name", "type"]) };
  const { authType, target, metadata = version < "2023" ? null : {} } = it.properties;
  const category = spelled(it.properties["category"]);
  const secret = authType === "None" ? {} : { credentials: null };
  if (version < "2022") {
    const properties = { category, target, authType, value: null, valueFormat: null };
    return { ...top, properties, systemData: null };
  }
  const expiry = version < "2022-06" ? {} : { expiryTime: null };
  const known = { authType, ...secret, category, ...expiry, target };
  const systemData = version < "2023-06" ? null : it["systemData"];
  if (version < "2024") return { ...top, properties: { ...known, metadata }, systemData };
  const properties = { ...known, ...shared(it), ...it.properties, category, metadata };
  return { ...top, properties, systemData };
}

/** PY Jul 2023: AzureOpenAi comes back as AzureOpenAI. Of the other words no second spelling was seen. */
const spelled = (category: unknown): unknown =>
  same(String(category), "AzureOpenAI") ? "AzureOpenAI" : category;

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
    // PS Nov 2025; not yet there in Apr 2025 (ASO)
    isDefault: true,
  };
}
