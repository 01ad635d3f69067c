import type { Stored } from "../../kinds.ts";
import { type TableName, tables } from "../../kql/query.ts";
import { remembered } from "./access.ts";
import { graphType } from "./columns.ts";

/** azure-docs supported-tables-resources: the children that are rows of `resources`; all others are not. */
const indexedChildren = new Set([
  "microsoft.cognitiveservices/accounts/projects",
  "microsoft.machinelearningservices/workspaces/batchendpoints",
  "microsoft.machinelearningservices/workspaces/batchendpoints/deployments",
  "microsoft.machinelearningservices/workspaces/inferencepools",
  "microsoft.machinelearningservices/workspaces/onlineendpoints",
  "microsoft.machinelearningservices/workspaces/onlineendpoints/deployments",
  "microsoft.machinelearningservices/workspaces/serverlessendpoints",
  "microsoft.network/privatednszones/virtualnetworklinks",
]);

const recordTypes = ["a", "aaaa", "cname", "mx", "ptr", "soa", "srv", "txt"];
const recordSets = new Set(recordTypes.map((it) => `microsoft.network/privatednszones/${it}`));

/** Whether a table has a type, or only what has a location: extensions (locks) have none. */
export const isIndexed: Readonly<Record<TableName, (type: string) => boolean | "with a location">> =
  {
    resources: (type) =>
      indexedChildren.has(type) ||
      (/^(?!microsoft\.resources\/)[^/]+\/[^/]+$/.test(type) && "with a location"),
    dnsresources: (type) => recordSets.has(type),
    resourcecontainers: (type) => type.startsWith("microsoft.resources/"),
  };

const someTable = remembered((type: string) =>
  tables.map((table) => isIndexed[table](type)).find((has) => has !== false),
);

/** Whether it is a row of any table. */
export function isRow(it: Stored): boolean {
  const has = someTable(graphType(it.type));
  return has === true || (has === "with a location" && it.location !== undefined);
}
