import type { Body } from "../../answers.ts";
import type { Stored } from "../../kinds.ts";
import { isObject, omit, pick } from "../../merge.ts";
import type { World } from "../../world.ts";
import { isRecorded } from "./cluster-body.ts";

/** PS Jul 2024; in no description of 2025-06-01, like `imageSku` of Nov 2025. */
const switches = {
  enableBatchPrivateLink: false,
  enableOSPatching: false,
  releaseQuotaOnStop: false,
  enableSSO: true,
};

/** sdkpy_compute_instance_life, PS Jul 2024: what comes to be with the machine is null before. */
export function showInstance(it: Stored, spec: Body, version: string, world: World): Body {
  const state = String(it.properties["provisioningState"]);
  const there = ["Succeeded", "Deleting", "Updating"].includes(state);
  const given = (name: string) => spec[name] ?? null;
  const known = (name: string, otherwise: unknown) => (there ? (spec[name] ?? otherwise) : null);
  const all = {
    vmSize: spec["vmSize"],
    imageVersion: null,
    imageSku: null,
    subnet: given("subnet"),
    sshSettings: there ? sshOf(spec, version) : null,
    autologgerSettings: null,
    errors: known("errors", []),
    connectivityEndpoints: known("connectivityEndpoints", null),
    applications: known("applications", applications(it)),
    state: known("state", null),
    lastOperation: known("lastOperation", null),
    createdBy: spec["createdBy"] ?? creator(world),
    applicationSharingPolicy: known("applicationSharingPolicy", "Shared"),
    computeInstanceAuthorizationType: given("computeInstanceAuthorizationType"),
    personalComputeInstanceSettings: given("personalComputeInstanceSettings"),
    setupScripts: given("setupScripts"),
    ...(there && { schedules: spec["schedules"] ?? { computeStartStop: [] } }),
    ...switches,
    ...pick(spec, ["enableNodePublicIp", "idleTimeBeforeShutdown", ...Object.keys(switches)]),
    dataMounts: null,
    dataDisks: null,
    containers: null,
    updateStatus: null,
    versions: known("versions", { runtime: "3.0.02755.0006" }),
    customServices: known("customServices", []),
    osImageMetadata: known("osImageMetadata", imageAt(version)),
  };
  return omit(all, hidden(spec, version));
}

const isNewer = (version: string): boolean => version >= "2023";

/** The older versions were recorded in 2022; of the newest nothing is recorded, here as described. */
function hidden(spec: Body, version: string): string[] {
  const unsent = Object.keys(switches).filter((name) => spec[name] === undefined);
  if (!isNewer(version)) return ["imageVersion", "imageSku", ...unsent];
  return isRecorded(version) ? [] : ["imageSku", "autologgerSettings", "updateStatus", ...unsent];
}

const image: Body = {
  currentImageVersion: "24.06.10",
  latestImageVersion: "24.06.10",
  isLatestOsImageVersion: true,
};

const imageAt = (version: string): Body =>
  isNewer(version) && isRecorded(version) ? { ...image, osPatchingStatus: null } : image;

/** Claim 20: the port was 4000 in 2022, 50000 in 2024. */
function sshOf(spec: Body, version: string): Body {
  const sent = isObject(spec["sshSettings"]) ? spec["sshSettings"] : {};
  const sshPublicAccess = sent["sshPublicAccess"] ?? "Disabled";
  const sshPort = sent["sshPort"] ?? (isNewer(version) ? 50000 : 4000);
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
