import { type Answer, type Body, list } from "../answers.ts";
import type { Call } from "../call.ts";
import { parsePath } from "../ids.ts";
import { type Stored, view } from "../kinds.ts";
import { isObject, omit } from "../merge.ts";
import type { World } from "../world.ts";
import {
  accountFailure,
  invalid,
  machineLearningVersions,
  workspaceType,
} from "./machine-learning-common.ts";
import { showWorkspace } from "./machine-learning-workspace-body.ts";

/** The rules stand in the workspace; this is another look at them (F5). PUT was not recorded. */
export const outboundRules = view(`${workspaceType}/outboundRules`, machineLearningVersions, {
  LIST: (call, world) => list(Object.entries(rulesOf(call.target.parent, world)).map(row)),
  GET: (call, world) => {
    const { name = "" } = call.target;
    const rule = rulesOf(call.target.parent, world)[name];
    return rule ? { status: 200, body: one(call, name, rule) } : missing(call, world);
  },
  DELETE: remove,
});

function rulesOf(id: string, world: World): Record<string, Body> {
  const network = world.get(id)?.properties["managedNetwork"];
  const rules = isObject(network) ? network["outboundRules"] : undefined;
  return isObject(rules) ? (rules as Record<string, Body>) : {};
}

/** F5: neither id nor type in a list. */
function row([name, properties]: [string, Body]): Body {
  return { id: null, name, type: null, properties, systemData: null };
}

/** F5: an id that is none of ARM's. */
function one({ target }: Call, name: string, properties: Body): Body {
  const id = `${parsePath(target.parent).name}/outboundRules/${name}`;
  const type = `${workspaceType}/outboundRules`;
  return { tags: null, location: null, id, name, type, properties, systemData: null };
}

/** Not recorded. */
function missing({ target }: Call, world: World): Answer {
  const location = world.get(target.parent)?.location ?? "";
  const message = `Outbound rule ${target.name} can't be found in this workspace`;
  const inner = ["NotFoundError"];
  return accountFailure({ status: 404, code: "UserError", message, inner }, location, world);
}

/** Claim 40: 202 empty, both headers; Location ends in the whole workspace. */
function remove(call: Call, world: World): Answer {
  const { name = "", parent } = call.target;
  const workspace = world.get(parent);
  const rule = rulesOf(parent, world)[name];
  if (!workspace || !rule) return { status: 204 };
  if (rule["category"] !== "UserDefined") return invalid("Only user-defined rules can be deleted.");
  const { headers, end } = world.operations.start(call, {
    dialect: "workspaces",
    target: workspace.id,
    location: workspace.location ?? "",
    result: () => {
      const now = world.get(workspace.id);
      return { status: 200, ...(now && { body: showWorkspace(now, call.version, world) }) };
    },
  });
  // general 2: 30 s to 13 min
  world.after(world.between(30, 60), () => {
    const now = world.get(workspace.id);
    if (now) world.put(withoutRule(now, name, world));
    end();
  });
  return { status: 202, headers };
}

function withoutRule(it: Stored, name: string, world: World): Stored {
  const network = it.properties["managedNetwork"] as Body;
  const outboundRules = omit(rulesOf(it.id, world), [name]);
  const managedNetwork = { ...network, outboundRules };
  return { ...it, properties: { ...it.properties, managedNetwork } };
}
