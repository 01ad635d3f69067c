import { mulberry32 } from "../azure/random.ts";

/** So many of each in one subscription: 135 resources that a customer made. */
const each = { accounts: 100, endpoints: 20, workspaces: 5, computes: 10 } as const;

const regions = ["westeurope", "northeurope", "swedencentral", "eastus2"] as const;
const accountKinds = ["OpenAI", "AIServices", "FormRecognizer", "TextAnalytics", "SpeechServices"];
const teams = ["search", "claims", "fraud", "support", "pricing", "legal"];

/** Of how many subscriptions; the same seed makes the same estate. Rows as Resource Graph gives them. */
export function bigEstate(subscriptions: number, seed = 1): readonly object[] {
  const random = mulberry32(seed);
  return Array.from({ length: subscriptions }, () => subscription(random)).flat();
}

type Random = () => number;

function subscription(random: Random): object[] {
  const home = `/subscriptions/${guid(random)}`;
  const groups = ["ai-dev", "ai-prod"].map((it) => `${home}/resourceGroups/${it}`);
  const accounts = times(each.accounts, (at) => account(one(random, groups), at, random));
  const workspaces = times(each.workspaces, (at) => workspace(one(random, groups), at, random));
  const computes = times(each.computes, (at) =>
    compute(workspaces[at % workspaces.length]?.id ?? "", at, random),
  );
  const endpoints = times(each.endpoints, (at) => endpoint(accounts[at]?.id ?? "", at, random));
  return [...accounts, ...workspaces, ...computes, ...endpoints];
}

function account(group: string, at: number, random: Random) {
  const name = `${one(random, teams)}-${pad(at)}-${word(random)}`;
  const isOpen = random() < 0.3;
  return {
    id: `${group}/providers/Microsoft.CognitiveServices/accounts/${name}`,
    name,
    type: "microsoft.cognitiveservices/accounts",
    kind: one(random, accountKinds),
    location: one(random, regions),
    sku: { name: "S0" },
    tags: { team: one(random, teams), env: one(random, ["dev", "test", "prod"]) },
    identity: { type: "SystemAssigned", principalId: guid(random), tenantId: guid(random) },
    properties: {
      provisioningState: "Succeeded",
      customSubDomainName: name,
      publicNetworkAccess: isOpen ? "Enabled" : "Disabled",
      ...(random() < 0.5 && { disableLocalAuth: random() < 0.8 }),
      ...(isOpen && {
        networkAcls: {
          defaultAction: one(random, ["Allow", "Deny"]),
          virtualNetworkRules: [],
          ipRules: times(Math.floor(random() * 4), (n) => ({ value: `203.0.113.${n}` })),
        },
      }),
    },
  };
}

function workspace(group: string, at: number, random: Random) {
  const name = `ml-${pad(at)}-${word(random)}`;
  return {
    id: `${group}/providers/Microsoft.MachineLearningServices/workspaces/${name}`,
    name,
    type: "microsoft.machinelearningservices/workspaces",
    kind: "Default",
    location: one(random, regions),
    sku: { name: "Basic", tier: "Basic" },
    identity: { type: "SystemAssigned", principalId: guid(random), tenantId: guid(random) },
    properties: {
      provisioningState: "Succeeded",
      friendlyName: name,
      workspaceId: guid(random),
      publicNetworkAccess: random() < 0.3 ? "Enabled" : "Disabled",
    },
  };
}

function compute(workspaceId: string, at: number, random: Random) {
  const name = `cpu-${pad(at)}`;
  return {
    id: `${workspaceId}/computes/${name}`,
    name,
    type: "Microsoft.MachineLearningServices/workspaces/computes",
    location: one(random, regions),
    properties: {
      computeType: "AmlCompute",
      provisioningState: "Succeeded",
      properties: {
        vmSize: "STANDARD_DS3_V2",
        vmPriority: "Dedicated",
        scaleSettings: {
          minNodeCount: 0,
          maxNodeCount: 1 + Math.floor(random() * 8),
          nodeIdleTimeBeforeScaleDown: "PT2M",
        },
        enableNodePublicIp: random() < 0.5,
      },
    },
  };
}

function endpoint(target: string, at: number, random: Random) {
  const group = target.split("/").slice(0, 5).join("/");
  const name = `pe-${pad(at)}-${word(random)}`;
  return {
    id: `${group}/providers/Microsoft.Network/privateEndpoints/${name}`,
    name,
    type: "microsoft.network/privateendpoints",
    location: one(random, regions),
    properties: {
      provisioningState: "Succeeded",
      subnet: { id: `${group}/providers/Microsoft.Network/virtualNetworks/net/subnets/endpoints` },
      privateLinkServiceConnections: [
        { name, properties: { privateLinkServiceId: target, groupIds: ["account"] } },
      ],
    },
  };
}

const times = <Value>(count: number, make: (at: number) => Value): Value[] =>
  Array.from({ length: count }, (_, at) => make(at));
const one = <Value>(random: Random, of: readonly Value[]): Value =>
  of[Math.floor(random() * of.length)] as Value;
const pad = (at: number): string => String(at).padStart(3, "0");
const word = (random: Random): string => digits(random, 6);
const digits = (random: Random, count: number): string =>
  times(count, () => Math.floor(random() * 16).toString(16)).join("");
const guid = (random: Random): string =>
  [8, 4, 4, 4, 12].map((count) => digits(random, count)).join("-");
