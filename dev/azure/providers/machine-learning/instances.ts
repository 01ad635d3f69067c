import type { Answer, Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import type { Stored } from "../../kinds.ts";
import { same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { isInstance, isolationMode, workspaceOf } from "./common.ts";
import { complaint } from "./compute-refusals.ts";
import { runOn } from "./runs.ts";

/** Claims 2, 3: a public address unless it was declined or a managed network stands around it. */
export function bornInstance(it: Stored, world: World): void {
  const spec = it.properties["properties"] as Body;
  if (spec["state"] !== undefined) return;
  const managed = !same(isolationMode(workspaceOf(it.id, world)), "Disabled");
  const open = spec["enableNodePublicIp"] !== false && !managed;
  const publicIpAddress = `20.47.${world.between(0, 255)}.${world.between(1, 254)}`;
  put(it, world, {
    connectivityEndpoints: { ...(open && { publicIpAddress }), privateIpAddress: "10.0.0.4" },
    state: "Running",
    lastOperation: operation("Create", world.now()),
  });
}

/** PY Sep 2022: its time is when it began, also once it is over. */
function operation(operationName: string, at: Date): Body {
  const operationTime = at.toISOString().replace("Z", "+00:00");
  return { operationName, operationTime, operationStatus: "Succeeded", operationTrigger: "User" };
}

function put(it: Stored, world: World, more: Body): void {
  const spec = it.properties["properties"] as Body;
  world.put({ ...it, properties: { ...it.properties, properties: { ...spec, ...more } } });
}

/** Claim 19: 202 empty; the public address stays. PY Sep 2022: 63 s to the state, 90 s to the poll. */
export const stop = turn({
  name: "Stop",
  from: "Running",
  by: "Stopping",
  to: "Stopped",
  seconds: [63, 90],
});

/** PY Sep 2022, PS Jun 2022. */
export const start = turn({
  name: "Start",
  from: "Stopped",
  by: "Starting",
  to: "Running",
  seconds: [92, 120],
});

/** PS Jun 2022: three minutes. */
export const restart = turn({
  name: "Restart",
  from: "Running",
  by: "Restarting",
  to: "Running",
  seconds: [152, 182],
});

type Turn = Readonly<{
  name: string;
  from: string;
  by: string;
  to: string;
  seconds: readonly [number, number];
}>;

/** Not recorded: other types, and an instance that is not in the state to begin with. */
function turn({ name, from, by, to, seconds }: Turn) {
  return (it: Stored, call: Call, world: World): Answer => {
    const spec = it.properties["properties"] as Body;
    if (!isInstance(it)) return complaint("The compute is no instance.", it, world);
    if (spec["state"] !== from || it.properties["provisioningState"] !== "Succeeded")
      return { status: 409 };
    put(it, world, { state: by });
    const began = world.now();
    const { headers, end } = world.operations.start(call, {
      dialect: "computes",
      target: it.id,
      location: workspaceOf(it.id, world)?.location ?? "",
      result: () => ({ status: 200 }),
    });
    world.after(world.between(...seconds), () => {
      const now = world.get(it.id);
      if (now) put(now, world, { state: to, lastOperation: operation(name, began) });
      if (now) runOn(now, world);
      end();
    });
    return { status: 202, headers };
  };
}
