import { type Answer, type Body, failure } from "../answers.ts";
import type { Call } from "../call.ts";
import type { Stored } from "../kinds.ts";
import { isObject, pick, same } from "../merge.ts";
import type { World } from "../world.ts";
import { isolationMode, workspaceOf } from "./machine-learning-common.ts";

/** sdkpy_compute_instance_life, PS Jul 2024: what comes to be with the machine is null before. */
export function showInstance(it: Stored, spec: Body, world: World): Body {
  const state = it.properties["provisioningState"];
  const there = state === "Succeeded" || state === "Deleting" || state === "Updating";
  const known = (name: string, otherwise: unknown) => (there ? (spec[name] ?? otherwise) : null);
  return {
    vmSize: spec["vmSize"],
    imageVersion: null,
    subnet: spec["subnet"] ?? null,
    sshSettings: there ? sshOf(spec) : null,
    autologgerSettings: null,
    errors: known("errors", []),
    connectivityEndpoints: known("connectivityEndpoints", null),
    applications: known("applications", applications(it)),
    state: known("state", null),
    lastOperation: known("lastOperation", null),
    createdBy: spec["createdBy"] ?? creator(world),
    applicationSharingPolicy: known("applicationSharingPolicy", "Shared"),
    computeInstanceAuthorizationType: spec["computeInstanceAuthorizationType"] ?? null,
    personalComputeInstanceSettings: spec["personalComputeInstanceSettings"] ?? null,
    setupScripts: spec["setupScripts"] ?? null,
    ...(there && { schedules: spec["schedules"] ?? { computeStartStop: [] } }),
    ...pick(spec, ["enableNodePublicIp"]),
    enableBatchPrivateLink: false,
    enableOSPatching: false,
    releaseQuotaOnStop: false,
    enableSSO: true,
    dataMounts: null,
    dataDisks: null,
    containers: null,
    updateStatus: null,
    versions: known("versions", { runtime: "3.0.02755.0006" }),
    customServices: known("customServices", []),
    osImageMetadata: known("osImageMetadata", image),
  };
}

const image: Body = {
  currentImageVersion: "24.06.10",
  latestImageVersion: "24.06.10",
  isLatestOsImageVersion: true,
};

/** Claim 20. */
function sshOf(spec: Body): Body {
  const sent = isObject(spec["sshSettings"]) ? spec["sshSettings"] : {};
  const sshPublicAccess = sent["sshPublicAccess"] ?? "Disabled";
  const sshPort = sent["sshPort"] ?? 50000;
  return { sshPublicAccess, adminUserName: "azureuser", sshPort, adminPublicKey: null };
}

function applications({ name, location }: Stored): Body[] {
  const host = `https://${name}.${location}.instances.azureml.ms`;
  return [
    { displayName: "Jupyter", endpointUri: `${host}/tree/` },
    { displayName: "Jupyter Lab", endpointUri: `${host}/lab` },
  ];
}

function creator(world: World): Body {
  const who = world.directory.all()[0];
  return { userOrgId: who?.tenantId ?? "", userId: who?.objectId ?? "" };
}

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
    lastOperation: operation("Create", world),
  });
}

function operation(operationName: string, world: World): Body {
  const operationTime = world.now().toISOString().replace("Z", "+00:00");
  return { operationName, operationTime, operationStatus: "Succeeded", operationTrigger: "User" };
}

function put(it: Stored, world: World, more: Body): void {
  const spec = it.properties["properties"] as Body;
  world.put({ ...it, properties: { ...it.properties, properties: { ...spec, ...more } } });
}

/** Claim 19, F2: 202 empty, about 90 s; the public address stays. */
export const stop = (it: Stored, call: Call, world: World): Answer =>
  turn(it, call, world, {
    name: "Stop",
    from: "Running",
    by: "Stopping",
    to: "Stopped",
    seconds: 90,
  });

/** F2: 2 min. */
export const restart = (it: Stored, call: Call, world: World): Answer =>
  turn(it, call, world, {
    name: "Start",
    from: "Stopped",
    by: "Starting",
    to: "Running",
    seconds: 120,
  });

type Turn = Readonly<{ name: string; from: string; by: string; to: string; seconds: number }>;

/** Not recorded: other types, and an instance that is not in the state to begin with. */
function turn(it: Stored, call: Call, world: World, { name, from, by, to, seconds }: Turn): Answer {
  const spec = it.properties["properties"] as Body;
  if (!same(String(it.properties["computeType"]), "ComputeInstance"))
    return failure(400, "BadRequest", "The compute is no instance.");
  if (spec["state"] !== from || it.properties["provisioningState"] !== "Succeeded")
    return { status: 409 };
  put(it, world, { state: by });
  const { headers, end } = world.operations.start(call, {
    dialect: "computes",
    target: it.id,
    location: it.location ?? "",
    result: () => ({ status: 200 }),
  });
  world.after(seconds, () => {
    const now = world.get(it.id);
    if (now) put(now, world, { state: to, lastOperation: operation(name, world) });
    end();
  });
  return { status: 202, headers };
}
