import type { Body } from "../../answers.ts";
import type { Stored } from "../../kinds.ts";
import { isObject, omit, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { offsetTime } from "./common.ts";

/** What clients cannot say. */
const ofNodes = [
  "currentNodeCount",
  "targetNodeCount",
  "nodeStateCounts",
  "allocationState",
  "allocationStateTransitionTime",
  "errors",
  "propertyBag",
];

type Counts = Readonly<{ preparing: number; running: number; leaving: number }>;
export type Nodes = Counts & Readonly<{ current: number; target: number; state: string }>;

export const none: Nodes = {
  current: 0,
  target: 0,
  state: "Steady",
  preparing: 0,
  running: 0,
  leaving: 0,
};

/** What a client sends becomes the specification; passwords are forgotten (claim 21). */
export function bornCluster(sent: Body, isLoaded: boolean): Body {
  const spec = isLoaded ? sent : omit(sent, ofNodes);
  const credentials = spec["userAccountCredentials"];
  return {
    scaleSettings: {},
    ...spec,
    ...(isObject(credentials) && {
      userAccountCredentials: omit(credentials, ["adminUserPassword"]),
    }),
  };
}

export const isAtRest = ({ state, current, target, preparing }: Nodes): boolean =>
  same(state, "Steady") && current === target && preparing === 0;

export const specOf = (it: Stored): Body => it.properties["properties"] as Body;
export const scaleOf = (it: Stored): Body => {
  const scale = specOf(it)["scaleSettings"];
  return isObject(scale) ? scale : {};
};

/** Undefined until the cluster has come up. */
export function nodesOf(it: Stored): Nodes | undefined {
  const spec = specOf(it);
  if (typeof spec["allocationState"] !== "string") return undefined;
  const counts = isObject(spec["nodeStateCounts"]) ? spec["nodeStateCounts"] : {};
  const count = (name: string) => Number(counts[`${name}NodeCount`] ?? 0);
  return {
    current: Number(spec["currentNodeCount"] ?? 0),
    target: Number(spec["targetNodeCount"] ?? 0),
    state: spec["allocationState"],
    preparing: count("preparing"),
    running: count("running"),
    leaving: count("leaving"),
  };
}

/** Idle are those that are nothing else. */
export function write(id: string, nodes: Nodes, world: World): void {
  const it = world.get(id);
  if (!it) return;
  const { current, target, state, preparing, running, leaving } = nodes;
  const spec = specOf(it);
  const moved = spec["allocationState"] !== state;
  const properties = {
    ...spec,
    currentNodeCount: current,
    targetNodeCount: target,
    nodeStateCounts: {
      preparingNodeCount: preparing,
      runningNodeCount: running,
      idleNodeCount: current - preparing - running - leaving,
      unusableNodeCount: 0,
      leavingNodeCount: leaving,
      preemptedNodeCount: 0,
    },
    allocationState: state,
    ...(moved && { allocationStateTransitionTime: offsetTime(world.now()) }),
  };
  world.put({ ...it, properties: { ...it.properties, properties } });
}
