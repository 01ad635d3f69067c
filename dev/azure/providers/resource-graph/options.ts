import type { Body } from "../../answers.ts";
import { isObject } from "../../merge.ts";
import { badOption, noGroups, noGuids, type Refuse } from "./refusals.ts";

/** What a request says beside its query. */
export type Asked = Readonly<{
  /** In lower case; absent: all that the caller sees. */
  subscriptions?: ReadonlySet<string>;
  top: number;
  skip: number;
  skipToken?: string;
}>;

/** azure-docs work-with-data. */
export const mostRows = 1000;

/** azure-docs troubleshoot/general; of how the service refuses more nothing is recorded. */
const mostSubscriptions = 1000;

/** What is not simulated is refused, as is what the specification forbids; unknown names are ignored. */
export function readAsked(body: Body): Asked | Refuse {
  const options = body["options"] ?? {};
  if (!isObject(options)) return badOption("options");
  const { subscriptions = [], facets } = body;
  const odd = oddOption(options) ?? (facets === undefined ? undefined : badOption("facets"));
  const refused = odd ?? refuseGroups(body) ?? refuseSubscriptions(subscriptions);
  if (refused) return refused;
  const names = (subscriptions as string[]).map((it) => it.toLowerCase());
  const { $top = mostRows, $skip = 0, $skipToken } = options;
  return {
    // public, grafana 103702: none and an empty list are the same
    ...(names.length > 0 && { subscriptions: new Set(names) }),
    top: Number($top),
    skip: Number($skip),
    ...($skipToken !== undefined && { skipToken: String($skipToken) }),
  };
}

function oddOption(options: Body): Refuse | undefined {
  const odd = Object.entries(allowed).find(([name, isAllowed]) => {
    const value = options[name];
    return value !== undefined && !isAllowed(value);
  });
  return odd && badOption(odd[0]);
}

function refuseGroups({ managementGroups: given = [] }: Body): Refuse | undefined {
  if (!Array.isArray(given)) return badOption("managementGroups");
  return given.length > 0 ? noGroups(given) : undefined;
}

function refuseSubscriptions(given: unknown): Refuse | undefined {
  if (!Array.isArray(given) || given.length > mostSubscriptions) return badOption("subscriptions");
  const strange = given.filter((it) => typeof it !== "string" || !guid.test(it));
  return strange.length > 0 ? noGuids(strange) : undefined;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isWhole = (it: unknown, least: number, most: number): boolean =>
  Number.isInteger(it) && Number(it) >= least && Number(it) <= most;

/** The specification's; partial scopes and other scopes of authorization change nothing in the tables here. */
const allowed: Readonly<Record<string, (it: unknown) => boolean>> = {
  $top: (it) => isWhole(it, 1, mostRows),
  $skip: (it) => isWhole(it, 0, 2 ** 31 - 1),
  $skipToken: (it) => typeof it === "string",
  resultFormat: (it) => it === "objectArray",
  allowPartialScopes: (it) => typeof it === "boolean",
  authorizationScopeFilter: (it) =>
    ["AtScopeAndBelow", "AtScopeAndAbove", "AtScopeExact", "AtScopeAboveAndBelow"].includes(
      String(it),
    ),
};
