import type { Body } from "../answers.ts";
import type { Change, Stored } from "../kinds.ts";
import { isObject, omit, pick, same } from "../merge.ts";
import type { World } from "../world.ts";
import { isolationMode, workspaceOf } from "./machine-learning-common.ts";
import { showInstance } from "./machine-learning-instances.ts";

/** F1, in its order. */
export function show(it: Stored, version: string, world: World): Body {
  const { id, name, type, location, properties } = it;
  const warnings = properties["isAttachedCompute"] === true ? null : {};
  return {
    id,
    name,
    type,
    location,
    tags: it["tags"] ?? (properties["isAttachedCompute"] === true ? null : {}),
    ...(it["identity"] !== undefined && { identity: it["identity"] }),
    properties: {
      createdOn: properties["createdOn"],
      modifiedOn: properties["modifiedOn"],
      disableLocalAuth: properties["disableLocalAuth"],
      description: properties["description"],
      resourceId: properties["resourceId"],
      computeType: properties["computeType"],
      computeLocation: properties["computeLocation"],
      provisioningState: properties["provisioningState"],
      provisioningErrors: properties["provisioningErrors"],
      ...(version >= "2024" && { provisioningWarnings: warnings }),
      isAttachedCompute: properties["isAttachedCompute"],
      properties: inner(it, world),
    },
  };
}

function inner(it: Stored, world: World): Body {
  const spec = it.properties["properties"] as Body;
  switch (String(it.properties["computeType"]).toLowerCase()) {
    case "amlcompute":
      return showCluster(it, spec, world);
    case "computeinstance":
      return showInstance(it, spec, world);
    default:
      return it.properties["computeType"] === "VirtualMachine" ? machine(spec) : secretless(spec);
  }
}

/**
 * Claims 5 to 8: until the cluster is there, and when it has failed, counts and states are null and
 * nothing is resolved. A GET while it changes was not recorded: here like the answers.
 */
function showCluster(it: Stored, spec: Body, world: World): Body {
  const state = String(it.properties["provisioningState"]);
  const there = state === "Succeeded" || state === "Deleting";
  return {
    vmSize: spec["vmSize"],
    ...(there ? cluster(it, spec, world) : unresolved(spec, state === "Failed")),
    virtualMachineImage: spec["virtualMachineImage"] ?? null,
    isolatedNetwork: spec["isolatedNetwork"] ?? false,
    ...pick(spec, ["enableNodePublicIp"]),
    enableBatchPrivateLink: spec["enableBatchPrivateLink"] ?? false,
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

/** Of an ISO 8601 duration; 120 without one. */
export function secondsOf(duration: unknown): number {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i.exec(String(duration));
  if (!found) return 120;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(1)
    .map((it) => Number(it ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

function durationOf(total: number): string {
  const [days, hours] = [Math.floor(total / 86_400), Math.floor(total / 3600) % 24];
  const [minutes, seconds] = [Math.floor(total / 60) % 60, total % 60];
  const part = (count: number, unit: string) => (count > 0 ? `${count}${unit}` : "");
  const time = `${part(hours, "H")}${part(minutes, "M")}${part(seconds, "S")}`;
  if (total === 0) return "PT0S";
  return `P${part(days, "D")}${time === "" ? "" : `T${time}`}`;
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

/** ASO Apr 2025; the addresses are those of the machine, not simulated. */
function machine(spec: Body): Body {
  return {
    virtualMachineSize: spec["virtualMachineSize"] ?? "STANDARD_D1_V2",
    sshPort: spec["sshPort"] ?? null,
    notebookServerPort: spec["notebookServerPort"] ?? null,
    address: spec["address"] ?? "20.0.0.4",
    ipAddress: spec["address"] ?? "20.0.0.4",
    administratorAccount: null,
    imageVersion: null,
    applicationUris: null,
    createdBy: null,
  };
}

function secretless(spec: Body): Body {
  return omit(spec, ["administratorAccount", "accessToken"]);
}

/**
 * What the answers to PUT and PATCH have beside the state: tags and warnings null and no
 * computeLocation when it is new, the resource behind it when it is not (F1, claim 13).
 */
export function answered(body: Body, { was, call }: Change): Body {
  const outer = body["properties"] as Body;
  const isNew = was === undefined;
  const sent = call.body?.["properties"];
  const silent = isNew && !(isObject(sent) && sent["computeLocation"] !== undefined);
  const behind = !isNew && outer["computeType"] === "AmlCompute" ? behindIt(was) : undefined;
  return {
    ...body,
    ...(isNew && { tags: call.body?.["tags"] ?? null }),
    properties: {
      ...omit(outer, silent ? ["computeLocation"] : []),
      ...(behind !== undefined && { resourceId: behind }),
      ...(isNew && "provisioningWarnings" in outer && { provisioningWarnings: null }),
    },
  };
}

const behindIt = ({ id, name }: Stored): string =>
  id.replace(
    /Microsoft\.MachineLearningServices\/workspaces\/([^/]+)\/computes\/.*$/i,
    `Microsoft.BatchAI/workspaces/$1/clusters/${name}`,
  );
