import type { Body } from "../../answers.ts";
import type { Stored } from "../../kinds.ts";
import { isObject, same } from "../../merge.ts";
import type { World } from "../../world.ts";

type Rules = Record<string, unknown>;

/** Rules as clients send them, with what the service adds to each (F5). */
export function filled(rules: Body): Rules {
  return Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [name, isObject(rule) ? full(rule) : rule]),
  );
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

/** F5: the service's own. azure-docs: with the internet, endpoints only for what is closed to the public. */
export function systemRules(workspace: Stored, mode: string, world: World): Rules {
  const { keyVault, storageAccount, containerRegistry } = workspace.properties;
  const withInternet = same(mode, "AllowInternetOutbound");
  const needed = (target: unknown, it = world.get(String(target))) =>
    !withInternet || same(String(it?.properties["publicNetworkAccess"]), "Disabled");
  return {
    // PY May 2023: this one in both modes
    ...endpointRule(keyVault, "vault", false),
    ...(!withInternet && Object.fromEntries(tags.map(tagRule))),
    ...(needed(storageAccount) && {
      ...endpointRule(storageAccount, "file", true),
      ...endpointRule(storageAccount, "blob", true),
    }),
    ...(needed(containerRegistry) && endpointRule(containerRegistry, "registry", true)),
    ...(needed(workspace.id, workspace) && endpointRule(workspace.id, "amlworkspace", true)),
  };
}

function tagRule(serviceTag: string): [string, Body] {
  const destination = { serviceTag, protocol: "*", portRanges: "*" };
  const rule = { type: "ServiceTag", destination, status: "Inactive", category: "Required" };
  return [`__SYS_ST_${serviceTag}`, rule];
}

function endpointRule(target: unknown, subresourceTarget: string, sparkEnabled: boolean): Rules {
  if (typeof target !== "string" || target === "") return {};
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
