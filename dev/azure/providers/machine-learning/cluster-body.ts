import type { Body } from "../../answers.ts";
import type { Stored } from "../../kinds.ts";
import { isObject, pick, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { isolationMode, workspaceOf } from "./common.ts";
import { durationOf, secondsOf } from "./durations.ts";

/**
 * Where Azure shows what no description has (recorded from 2022-10-01-preview to 2024-04-01). Of
 * later versions nothing is recorded: here as described.
 */
export const isRecorded = (version: string): boolean =>
  version >= "2022-10-01" && version <= "2024-04-01";

/**
 * Claims 5 to 8: until the cluster is there, and when it has failed, counts and states are null and
 * nothing is resolved. A GET while it changes was not recorded: here like the answers.
 */
export function showCluster(it: Stored, spec: Body, version: string, world: World): Body {
  const state = String(it.properties["provisioningState"]);
  const there = state === "Succeeded" || state === "Deleting";
  return {
    vmSize: spec["vmSize"],
    ...(there ? cluster(it, spec, world) : unresolved(spec, state === "Failed")),
    virtualMachineImage: spec["virtualMachineImage"] ?? null,
    isolatedNetwork: spec["isolatedNetwork"] ?? false,
    ...pick(spec, ["enableNodePublicIp"]),
    ...(isRecorded(version) && { enableBatchPrivateLink: spec["enableBatchPrivateLink"] ?? false }),
    ...(there && { propertyBag: spec["propertyBag"] ?? {} }),
  };
}

function cluster(it: Stored, spec: Body, world: World): Body {
  const scale = scaleOf(spec);
  const idle = durationOf(secondsOf(scale["nodeIdleTimeBeforeScaleDown"]));
  const credentials = credentialsOf(spec);
  return {
    vmPriority: spec["vmPriority"] ?? "Dedicated",
    scaleSettings: { ...scale, nodeIdleTimeBeforeScaleDown: idle },
    ...(credentials && { userAccountCredentials: credentials }),
    subnet: spec["subnet"] ?? null,
    currentNodeCount: spec["currentNodeCount"],
    targetNodeCount: spec["targetNodeCount"],
    nodeStateCounts: spec["nodeStateCounts"],
    allocationState: spec["allocationState"],
    allocationStateTransitionTime: spec["allocationStateTransitionTime"],
    errors: spec["errors"] ?? null,
    remoteLoginPortPublicAccess: loginOf(it, spec, world),
    osType: spec["osType"] ?? "Linux",
  };
}

function unresolved(spec: Body, failed: boolean): Body {
  const scale = scaleOf(spec);
  return {
    // PS Nov 2025: the answer to PUT says null, the answer to a later PATCH Dedicated
    vmPriority: spec["vmPriority"] ?? (failed || spec["allocationState"] ? "Dedicated" : null),
    scaleSettings: failed ? { ...scale, nodeIdleTimeBeforeScaleDown: null } : scale,
    subnet: spec["subnet"] ?? null,
    currentNodeCount: null,
    targetNodeCount: null,
    nodeStateCounts: null,
    allocationState: null,
    errors: null,
    remoteLoginPortPublicAccess: failed ? unspecified : loginSent(spec),
    ...(!failed && { osType: spec["osType"] ?? "Linux" }),
  };
}

/** Claim 6: null until resolved; "PT120S" comes back as PT2M, and so does nothing. */
function scaleOf(spec: Body): Body {
  const sent = isObject(spec["scaleSettings"]) ? spec["scaleSettings"] : {};
  const { maxNodeCount, minNodeCount = 0, nodeIdleTimeBeforeScaleDown = null } = sent;
  return { maxNodeCount, minNodeCount, nodeIdleTimeBeforeScaleDown };
}

/** Claim 21: user and public key, never the password. */
function credentialsOf(spec: Body): Body | undefined {
  const sent = spec["userAccountCredentials"];
  if (!isObject(sent)) return undefined;
  return {
    adminUserName: sent["adminUserName"] ?? null,
    adminUserPassword: null,
    adminUserSshPublicKey: sent["adminUserSshPublicKey"] ?? null,
  };
}

const unspecified = "NotSpecified";
const loginSent = (spec: Body): string =>
  String(spec["remoteLoginPortPublicAccess"] ?? unspecified);

/** Claim 5: closed in a network, else open. */
function loginOf(it: Stored, spec: Body, world: World): string {
  if (!same(loginSent(spec), unspecified)) return loginSent(spec);
  const managed = !same(isolationMode(workspaceOf(it.id, world)), "Disabled");
  return managed || isObject(spec["subnet"]) ? "Disabled" : "Enabled";
}
