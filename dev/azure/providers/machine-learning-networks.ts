import type { Answer, Body } from "../answers.ts";
import type { Call } from "../call.ts";
import type { Change, Stored } from "../kinds.ts";
import { isObject, same } from "../merge.ts";
import type { World } from "../world.ts";
import {
  computeType,
  invalid,
  isLoaded,
  isolationMode,
  workspaceType,
} from "./machine-learning-common.ts";

const isOff = (mode: string): boolean => same(mode, "Disabled");

/** Transitions go one way: arm 1.3 (docs); the first two texts are quoted from public issues. */
export function refuseNetwork({ wanted, was, body, world }: Change): Answer | undefined {
  if (!wanted) return undefined;
  const sent = isObject(body["properties"]) ? body["properties"]["managedNetwork"] : undefined;
  if (wanted["kind"] === "Project" && isObject(sent))
    return invalid("Project workspace shouldn't define it's own managed network properties");
  const [from, to] = [isolationMode(was), isolationMode(wanted)];
  if (same(from, to)) return undefined;
  if (isOff(to)) return invalid("Managed network cannot be disabled once enabled.");
  if (!isOff(from) && same(to, "AllowInternetOutbound"))
    return invalid("Managed network cannot be changed from AllowOnlyApprovedOutbound.");
  return isOff(from) && hasComputes(wanted.id, world)
    ? invalid("Managed network cannot be enabled while the workspace has computes.")
    : undefined;
}

/** azure-docs: clusters, instances and managed endpoints must be made again inside the network. */
function hasComputes(id: string, world: World): boolean {
  const managed = world
    .children(id, computeType)
    .some((it) => it.properties["isAttachedCompute"] !== true);
  return managed || world.children(id, `${workspaceType}/onlineEndpoints`).length > 0;
}

export function managedNetworkOf(
  wanted: Stored,
  was: Stored | undefined,
  workspaceId: string,
  world: World,
): Body | undefined {
  const sent = wanted.properties["managedNetwork"];
  if (!isOff(isolationMode(wanted)))
    return isObject(sent) ? enabled(sent, wanted, workspaceId) : undefined;
  if (isObject(sent)) return { ...sent, isolationMode: "Disabled" };
  return isLoaded(wanted, was) ? undefined : unsaid(was, world);
}

/** Nothing was sent: as before, on a new workspace one of the four looks of claim 36. */
function unsaid(was: Stored | undefined, world: World): Body | undefined {
  const before = was?.properties["managedNetwork"];
  if (was) return isOff(isolationMode(was)) && isObject(before) ? before : undefined;
  return looks[world.between(0, looks.length - 1)];
}

const both = ["AllowInternetOutbound", "AllowOnlyApprovedOutbound"];
const looks: readonly (Body | undefined)[] = [
  undefined,
  { isolationMode: "Disabled" },
  { changeableIsolationModes: both, isolationMode: "Disabled" },
  {
    changeableIsolationModes: both,
    isolationMode: "Disabled",
    enableNetworkMonitor: false,
    enableFirewallLog: false,
  },
];

/** Claim 38. Rules that are there already, from a load or a PATCH, are only filled up. */
function enabled(sent: Body, workspace: Stored, networkId: string): Body {
  const rules = isObject(sent["outboundRules"]) ? sent["outboundRules"] : {};
  const filled = Object.entries(rules).map(([name, rule]) => [
    name,
    isObject(rule) ? full(rule) : rule,
  ]);
  const required = sent["networkId"] === undefined ? systemRules(workspace, sent) : {};
  return {
    ...sent,
    ...(sent["changeableIsolationModes"] !== undefined && {
      changeableIsolationModes: both.slice(both.indexOf(String(sent["isolationMode"])) + 1),
    }),
    networkId: sent["networkId"] ?? networkId,
    outboundRules: { ...Object.fromEntries(filled), ...required },
    status: sent["status"] ?? { status: "Inactive", sparkReady: false },
  };
}

function full(rule: Body): Body {
  const to = rule["destination"];
  const destination =
    isObject(to) && rule["type"] === "PrivateEndpoint"
      ? { sparkEnabled: false, ...to, sparkStatus: to["sparkStatus"] ?? "Inactive" }
      : to;
  return { category: "UserDefined", status: "Inactive", ...rule, destination };
}

const tags = [
  "BatchNodeManagement",
  "AzureContainerRegistry",
  "MicrosoftContainerRegistry",
  "AzureMachineLearning",
  "VirtualNetwork",
  "AzureMonitor",
  "AzureActiveDirectory",
  "AzureResourceManager",
  "AzureFrontDoor.FirstParty",
];

/** F5 and PY May 2023: the vault alone, or all that is needed without the internet. */
function systemRules({ id, properties }: Stored, network: Body): Body {
  const vault = endpointRule(properties["keyVault"], "vault", false);
  if (same(String(network["isolationMode"]), "AllowInternetOutbound")) return vault;
  const tagRules = tags.map((tag) => [
    `__SYS_ST_${tag}`,
    {
      type: "ServiceTag",
      destination: { serviceTag: tag, protocol: "*", portRanges: "*" },
      status: "Inactive",
      category: "Required",
    },
  ]);
  return {
    ...vault,
    ...Object.fromEntries(tagRules),
    ...endpointRule(properties["storageAccount"], "file", true),
    ...endpointRule(properties["storageAccount"], "blob", true),
    ...endpointRule(id, "amlworkspace", true),
  };
}

function endpointRule(target: unknown, subresourceTarget: string, sparkEnabled: boolean): Body {
  if (typeof target !== "string") return {};
  const name = `__SYS_PE_${target.split("/").at(-1)}_${subresourceTarget}`;
  const spark = { sparkEnabled, sparkStatus: "Inactive" };
  return {
    [name]: {
      type: "PrivateEndpoint",
      destination: { serviceResourceId: target, subresourceTarget, ...spark },
      status: "Inactive",
      category: "Required",
    },
  };
}

/** Claim 37; why the list was once empty is not recorded: here because computes stand in the way. */
export function shownNetwork(it: Stored, world: World): Body {
  const network = it.properties["managedNetwork"] as Body;
  const stuck = isOff(isolationMode(it)) && hasComputes(it.id, world);
  return network["changeableIsolationModes"] === undefined || !stuck
    ? network
    : { ...network, changeableIsolationModes: [] };
}

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
  const rules = Object.entries(network["outboundRules"] ?? {}) as [string, Body][];
  const outboundRules = Object.fromEntries(
    rules.map(([name, rule]) => [name, { ...rule, status: "Active" }]),
  );
  const managedNetwork = { ...network, outboundRules, status };
  world.put({ ...it, properties: { ...it.properties, managedNetwork } });
}
