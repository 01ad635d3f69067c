import type { Answer, Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import type { Stored } from "../../kinds.ts";
import { isObject } from "../../merge.ts";
import type { World } from "../../world.ts";
import { isCluster } from "./common.ts";
import { complaint } from "./compute-refusals.ts";
import { specOf } from "./node-counts.ts";

/** PS Jul 2024: of a cluster without nodes. What a node looks like is only described, its id recorded. */
export function listNodes(it: Stored, { version }: Call, world: World): Answer {
  if (!isCluster(it)) return complaint("Only clusters have nodes.", it, world);
  const counts = specOf(it)["nodeStateCounts"];
  const states = Object.entries(isObject(counts) ? counts : {}).flatMap(([name, count]) =>
    Array<string>(Number(count)).fill(name.replace("NodeCount", "")),
  );
  // seen up to 2024-04-01, and described for no version
  const type = version <= "2024-04-01" && { computeType: "AmlCompute" };
  return { status: 200, body: { ...type, nodes: states.map(node) } };
}

function node(nodeState: string, n: number): Body {
  const nodeId = `tvmps_${String(n).padStart(64, "0")}_d`;
  return { nodeId, privateIpAddress: `10.0.0.${n + 4}`, port: 50000 + n, nodeState };
}
