import { expect } from "vitest";
import type { AzureOptions } from "../../../dev/azure/azure.ts";
import type { Principal } from "../../../dev/azure/principals.ts";
import { group, localAzure, type Shown } from "./local-azure.ts";

export const other = "/subscriptions/00000000-0000-4000-8000-000000000002";
export const nameOf = (id: string): string => id.slice(id.lastIndexOf("/") + 1);
export const account = `${group}/providers/Microsoft.CognitiveServices/accounts`;
const zone = `${group}/providers/Microsoft.Network/privateDnsZones/privatelink.openai.azure.com`;

export const estate = [
  {
    id: `${account}/Open`,
    type: "Microsoft.CognitiveServices/accounts",
    kind: "OpenAI",
    location: "West Europe",
    tags: { env: "prod", "cost center": "42" },
    sku: { name: "S0" },
    properties: {
      customSubDomainName: "open",
      publicNetworkAccess: "Enabled",
      networkAcls: { ipRules: [{ value: "1.2.3.4" }] },
    },
  },
  {
    id: `${account}/shut`,
    type: "Microsoft.CognitiveServices/accounts",
    kind: "AIServices",
    location: "westeurope",
    properties: { publicNetworkAccess: "Disabled", disableLocalAuth: true },
  },
  {
    id: `${group}/providers/Microsoft.Search/searchServices/srv`,
    type: "Microsoft.Search/searchServices",
    location: "westus2",
    sku: { name: "basic" },
    properties: { publicNetworkAccess: "disabled" },
  },
  {
    id: `${group}/providers/Microsoft.Storage/storageAccounts/st`,
    type: "Microsoft.Storage/storageAccounts",
    location: "westeurope",
    managedBy: `${group}/x`,
    properties: {},
  },
  { id: zone, type: "Microsoft.Network/privateDnsZones", location: "global", properties: {} },
  {
    id: `${zone}/A/open`,
    type: "Microsoft.Network/privateDnsZones/A",
    properties: { ttl: 10, aRecords: [{ ipv4Address: "10.0.0.4" }] },
  },
  {
    id: `${account}/Open/deployments/gpt`,
    type: "Microsoft.CognitiveServices/accounts/deployments",
    properties: {},
  },
  {
    id: `${account}/Open/providers/Microsoft.Authorization/locks/l`,
    type: "Microsoft.Authorization/locks",
    properties: { level: "CanNotDelete" },
  },
];

const path = "/providers/Microsoft.ResourceGraph/resources";

type Ask = Readonly<{
  as?: Principal;
  isUnjudged?: true;
  options?: object;
  [name: string]: unknown;
}>;

/** A local Azure that holds these rows, and its Resource Graph. */
export function withEstate(rows: readonly object[] = estate, options: Partial<AzureOptions> = {}) {
  const local = localAzure(options);
  local.azure.load(rows);
  const ask = (query: string, { as, isUnjudged, ...more }: Ask = {}) =>
    local.call("POST", path, {
      version: "2022-10-01",
      body: { query, ...more },
      ...(as && { as }),
      ...(isUnjudged && { isUnjudged }),
    });
  const names = (query: string, as?: Principal) => {
    const { status, body } = ask(query, as && { as });
    expect([status, body["error"]], query).toEqual([200, undefined]);
    return (body["data"] as Shown[]).map((it) => it["name"]);
  };
  return { ...local, ask, names };
}

/** An account of storage, like the one of the estate. */
export const storage = (id: string) => ({ ...estate[3], id });
