import { parsePath } from "../../ids.ts";
import type { World } from "../../world.ts";
import { plainLocation } from "./common.ts";

/** A part of a target with an address of its own, and the public names that lead to it. */
export type Member = Readonly<{ name: string; fqdns: readonly string[] }>;

/** What is known of a type that private endpoints connect to. */
export type LinkService = Readonly<{
  /** What its owner writes beside an approval that needed nobody. */
  approved: string;
  members?(name: string, group: string, region: string): readonly Member[];
}>;

const single =
  (end: string, member?: string) =>
  (name: string, group: string): Member[] => [{ name: member ?? group, fqdns: [`${name}${end}`] }];

/** `x-secondary` is part of the account's name (azure-docs private-endpoint-dns). */
function storageHost(name: string, group: string): string {
  const [service, secondary] = group.split("_");
  return `${name}${secondary ? "-secondary" : ""}.${service}.core.windows.net`;
}

/** 1a: words of 57 targets. Names: recorded for Search, Storage, vaults, SQL; else azure-docs private-endpoint-dns. */
const services: Readonly<Record<string, LinkService>> = {
  "microsoft.cognitiveservices/accounts": { approved: "Approved" },
  "microsoft.search/searchservices": {
    approved: "Auto-approved",
    members: single(".search.windows.net"),
  },
  "microsoft.storage/storageaccounts": {
    approved: "Auto-Approved",
    members: (name, group) => [{ name: group, fqdns: [storageHost(name, group)] }],
  },
  "microsoft.keyvault/vaults": { approved: "", members: single(".vault.azure.net", "default") },
  "microsoft.sql/servers": { approved: "Auto-approved", members: single(".database.windows.net") },
  "microsoft.dbformariadb/servers": {
    approved: "Auto-approved",
    members: single(".mariadb.database.azure.com"),
  },
  "microsoft.dbformysql/servers": {
    approved: "Auto-Approved",
    members: single(".mysql.database.azure.com"),
  },
  "microsoft.dbforpostgresql/servers": {
    approved: "Auto-Approved",
    members: single(".postgres.database.azure.com"),
  },
  "microsoft.documentdb/databaseaccounts": { approved: "", members: cosmosMembers },
  "microsoft.containerregistry/registries": {
    approved: "Auto-Approved",
    members: (name, _group, region) => [
      { name: `registry_data_${region}`, fqdns: [`${name}.${region}.data.azurecr.io`] },
      { name: "registry", fqdns: [`${name}.azurecr.io`] },
    ],
  },
  "microsoft.appconfiguration/configurationstores": {
    approved: "Auto-Approved",
    members: single(".azconfig.io"),
  },
  "microsoft.servicebus/namespaces": {
    approved: "Auto-Approved",
    members: single(".servicebus.windows.net"),
  },
  "microsoft.eventhub/namespaces": {
    approved: "Auto-Approved",
    members: single(".servicebus.windows.net"),
  },
  "microsoft.network/privatelinkservices": { approved: "Auto Approved" },
  "microsoft.network/applicationgateways": { approved: "Auto Approved" },
};

/** The most frequent words (28 of 57) for all others; an alias is that of a link service. */
export function serviceOf(target: string): LinkService {
  const { type } = parsePath(target);
  const isAlias = !target.startsWith("/");
  return (
    services[isAlias ? "microsoft.network/privatelinkservices" : type.toLowerCase()] ?? {
      approved: "Auto-Approved",
    }
  );
}

/** The parts of a target by its name alone; undefined where it has no public name. */
export function namedMembers(
  target: string,
  group: string,
  world: World,
): readonly Member[] | undefined {
  const region = plainLocation(world.get(target)?.location) || "westeurope";
  return serviceOf(target).members?.(parsePath(target).name ?? "", group, region);
}

/** The account's own name and that of its region. */
function cosmosMembers(name: string, group: string, region: string): Member[] {
  if (group !== "Sql") return [{ name, fqdns: [] }];
  return [
    { name, fqdns: [`${name}.documents.azure.com`] },
    { name: `${name}-${region}`, fqdns: [`${name}-${region}.documents.azure.com`] },
  ];
}
