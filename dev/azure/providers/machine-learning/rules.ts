import { type Answer, type Body, list } from "../../answers.ts";
import type { Call } from "../../call.ts";
import { badContent } from "../../existence.ts";
import { parsePath } from "../../ids.ts";
import { type Stored, view } from "../../kinds.ts";
import { isObject, omit, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import {
  accountMissing,
  invalid,
  isOff,
  isolationMode,
  machineLearningVersions,
  refuseUnsettled,
  workspaceType,
} from "./common.ts";
import { keepActive } from "./network-provision.ts";
import { filled } from "./network-rules.ts";
import { cutOwnEndpoints } from "./own-endpoints.ts";
import { showWorkspace } from "./workspace-body.ts";

const versions = machineLearningVersions.filter((it) => it >= "2023-04-01-preview");

/** The rules stand in the workspace; this is another look at them (F5). */
export const outboundRules = view(`${workspaceType}/outboundRules`, versions, {
  LIST: ({ target, version }, world) => {
    const rules = Object.entries(rulesOf(target.parent, world));
    return list(rules.map(([name, rule]) => row(version, name, rule)));
  },
  GET: (call, world) => {
    const found = ruleOf(call, world);
    return found ? { status: 200, body: one(call, ...found) } : missing(call, world);
  },
  PUT: put,
  DELETE: remove,
});

function rulesOf(id: string, world: World): Record<string, Body> {
  const network = world.get(id)?.properties["managedNetwork"];
  const rules = isObject(network) ? network["outboundRules"] : undefined;
  return isObject(rules) ? (rules as Record<string, Body>) : {};
}

/** With the letters of its name as it was made. */
function ruleOf({ target }: Call, world: World): [string, Body] | undefined {
  return Object.entries(rulesOf(target.parent, world)).find(([name]) => same(name, target.name));
}

/** What was seen of these bodies was seen before; whether ids came with later versions is not recorded. */
const isOld = (version: string): boolean => version < "2024-10-01";

/** F5: neither id nor type in a list. */
function row(version: string, name: string, properties: Body): Body {
  return isOld(version)
    ? { id: null, name, type: null, properties, systemData: null }
    : { name, properties };
}

/** F5, and ISS azure-rest-api-specs 28982 (2024-04-01-preview): an id that is none of ARM's. */
function one({ target, version }: Call, name: string, properties: Body): Body {
  const type = `${workspaceType}/outboundRules`;
  if (!isOld(version)) return { name, type, properties };
  const id = `${parsePath(target.parent).name}/outboundRules/${name}`;
  return { tags: null, location: null, id, name, type, properties, systemData: null };
}

/** Not recorded. */
function missing(call: Call, world: World): Answer {
  const message = `Outbound rule ${call.target.name} can't be found in this workspace`;
  return accountMissing(message, call, world);
}

/** Not recorded: here as DELETE was; the specification has 202 with Location. */
function put(call: Call, world: World): Answer {
  const workspace = world.get(call.target.parent);
  const sent = call.body?.["properties"];
  if (!isObject(sent) || sent["type"] === undefined)
    return badContent("The request content was invalid and could not be deserialized.");
  const refused = refuseUnsettled(workspace);
  if (!workspace || refused) return refused ?? missing(call, world);
  if (isOff(isolationMode(workspace))) return invalid("The workspace has no managed network.");
  const [name = call.target.name ?? "", before] = ruleOf(call, world) ?? [];
  if (before && before["category"] !== "UserDefined")
    return invalid("Only user-defined rules can be changed.");
  return begin(call, workspace, world, (rules) => ({ ...rules, ...filled({ [name]: sent }) }));
}

/** Claim 40: 202 empty, both headers; Location ends in the whole workspace. */
function remove(call: Call, world: World): Answer {
  const workspace = world.get(call.target.parent);
  const found = ruleOf(call, world);
  if (!workspace || !found) return { status: 204 };
  const [name, rule] = found;
  if (rule["category"] !== "UserDefined") return invalid("Only user-defined rules can be deleted.");
  return begin(call, workspace, world, (rules) => {
    cutOwnEndpoints(workspace, world, { [name]: rule });
    return omit(rules, [name]);
  });
}

type Rules = Record<string, unknown>;

function begin(
  call: Call,
  { id, location = "" }: Stored,
  world: World,
  change: (it: Rules) => Rules,
) {
  const { headers, end } = world.operations.start(call, {
    dialect: "workspaces",
    target: id,
    location,
    result: () => {
      const now = world.get(id);
      return { status: 200, ...(now && { body: showWorkspace(now, call.version, world) }) };
    },
  });
  // general 2: 30 s to 13 min
  world.after(world.between(30, 60), () => {
    const now = world.get(id);
    if (now) world.put(withRules(now, change(rulesOf(id, world))));
    keepActive(id, world);
    end();
  });
  return { status: 202, headers };
}

function withRules(it: Stored, outboundRules: Rules): Stored {
  const managedNetwork = { ...(it.properties["managedNetwork"] as Body), outboundRules };
  return { ...it, properties: { ...it.properties, managedNetwork } };
}
