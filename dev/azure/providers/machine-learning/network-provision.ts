import type { Answer, Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import type { Stored } from "../../kinds.ts";
import { isObject } from "../../merge.ts";
import type { World } from "../../world.ts";
import { invalid, isOff, isolationMode } from "./common.ts";
import { joinOwnEndpoints } from "./own-endpoints.ts";

/** PY 9 May 2023: 202 empty, four minutes, Location ends in the network's status. */
export function provision(it: Stored, call: Call, world: World): Answer {
  if (isOff(isolationMode(it))) return invalid("The workspace has no managed network.");
  const body = { status: "Active", sparkReady: call.body?.["includeSpark"] === true };
  const { headers, end } = world.operations.start(call, {
    dialect: "workspaces",
    target: it.id,
    location: it.location ?? "",
    result: () => ({ status: 200, body }),
  });
  world.after(240, () => {
    activate(it.id, body, world);
    end();
  });
  return { status: 202, headers };
}

function activate(id: string, status: Body, world: World): void {
  const it = world.get(id);
  const network = it?.properties["managedNetwork"];
  if (!it || !isObject(network)) return;
  world.put({ ...it, properties: { ...it.properties, managedNetwork: { ...network, status } } });
  keepActive(id, world);
}

/** What is added to a network that is up comes up with it (not recorded). */
export function keepActive(id: string, world: World): void {
  const it = world.get(id);
  const network = it?.properties["managedNetwork"];
  if (!it || !isObject(network) || !isActive(network)) return;
  const rules = Object.entries(network["outboundRules"] ?? {}) as [string, Body][];
  const outboundRules = Object.fromEntries(
    rules.map(([name, rule]) => [name, { ...rule, status: "Active" }]),
  );
  const managedNetwork = { ...network, outboundRules };
  world.put({ ...it, properties: { ...it.properties, managedNetwork } });
  joinOwnEndpoints(it, outboundRules, world);
}

const isActive = ({ status }: Body): boolean => isObject(status) && status["status"] === "Active";
