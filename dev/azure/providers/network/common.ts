import { type Answer, type Body, failure } from "../../answers.ts";
import type { Target } from "../../ids.ts";
import type { Change, Course, Stored, Verb } from "../../kinds.ts";
import { isObject, omit } from "../../merge.ts";
import type { World } from "../../world.ts";

/** The api-versions of Microsoft.Network since private link began (azure-docs templates, change log). */
export const networkVersions: readonly string[] = `
  2018-02-01 2018-04-01 2018-06-01 2018-07-01 2018-08-01 2018-10-01 2018-11-01 2018-12-01
  2019-02-01 2019-04-01 2019-06-01 2019-07-01 2019-08-01 2019-09-01 2019-11-01 2019-12-01
  2020-03-01 2020-04-01 2020-05-01 2020-06-01 2020-07-01 2020-08-01 2020-11-01 2021-02-01
  2021-03-01 2021-05-01 2021-08-01 2022-01-01 2022-05-01 2022-07-01 2022-09-01 2022-11-01
  2023-02-01 2023-04-01 2023-05-01 2023-06-01 2023-09-01 2023-11-01 2024-01-01 2024-03-01
  2024-05-01 2024-07-01 2024-10-01 2025-01-01 2025-03-01 2025-05-01 2025-07-01 2025-09-01
  2026-01-01
`
  .trim()
  .split(/\s+/);

/** The versions of a type that came later than the provider's first. */
export const networkVersionsSince = (first: string): readonly string[] =>
  networkVersions.filter((it) => it >= first);

/** Recorded: weak, a GUID in quotes. */
export const networkEtag = (world: World): string => `W/"${world.guid()}"`;

/** Recorded: Network writes regions without blanks and in lower case. */
export const plainLocation = (location: string | undefined): string =>
  (location ?? "").replaceAll(" ", "").toLowerCase();

/**
 * 2025-03-01 is the newest version that was recorded. Later ones answer here as Microsoft's
 * description says, without the keys (`properties.list.key`) that Azure was recorded to add to it;
 * not recorded.
 */
export function asDescribed(body: Body, version: string, added: readonly string[]): Body {
  if (version <= "2025-03-01") return body;
  return added.reduce((it, path) => without(it, path.split(".")) as Body, body);
}

function without(it: unknown, [key = "", ...rest]: readonly string[]): unknown {
  if (Array.isArray(it)) return it.map((one) => without(one, [key, ...rest]));
  if (!isObject(it) || it[key] === undefined) return it;
  return rest.length === 0 ? omit(it, [key]) : { ...it, [key]: without(it[key], rest) };
}

export const objectsIn = (it: unknown): Body[] => (Array.isArray(it) ? it.filter(isObject) : []);

export const propertiesOf = (it: Body | undefined): Body =>
  isObject(it?.["properties"]) ? it["properties"] : {};

/** Recorded: errors of Network carry `details`, empty where there are none. */
export function networkFailure(
  status: number,
  code: string,
  message: string,
  details: readonly Body[] = [],
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const error = { code, message, ...(details.length === 0 && { details: [] }) };
  if (details.length === 0) return { ...failure(status, code, message, headers), body: { error } };
  return { status, headers, body: { error: { ...error, details: [...details] } } };
}

/** Recorded (peering 23): a child that is not there under a parent that is. */
export function networkAbsent({ id }: Target, verb: Verb): Answer | undefined {
  return verb === "DELETE"
    ? undefined
    : networkFailure(404, "NotFound", `Resource ${id} not found.`);
}

/** Recorded: a PUT hands out Azure-AsyncOperation only, a DELETE Location too; Retry-After 10 unless given. */
export function networkCourse(
  { wanted, was, method }: Pick<Change, "wanted" | "was"> & Partial<Pick<Change, "method">>,
  seconds: number,
  retryAfter?: number,
): Course {
  if (method === "PATCH") return { status: 200 };
  if (!wanted)
    return {
      status: 202,
      state: "Deleting",
      seconds,
      operation: { dialect: "network" },
      answered: () => undefined,
    };
  const operation = { dialect: "network", headers: ["Azure-AsyncOperation"] } as const;
  const headers = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  return { status: was ? 200 : 201, state: "Updating", seconds, operation, headers };
}

/** Recorded (subnets 6, 13; endpoints 21): nothing is changed but tags: 200 Succeeded, no Retry-After. */
export const rested: Course = {
  status: 200,
  operation: { dialect: "network", headers: ["Azure-AsyncOperation"] },
};

/** Whether a PUT leaves all properties as they are; ids are compared without case. */
export function isUnchanged(
  { wanted, was }: Pick<Change, "wanted" | "was">,
  ignored: readonly string[] = [],
): boolean {
  const text = (it: Stored): string =>
    JSON.stringify(sorted(omit(it.properties, ["provisioningState", ...ignored]))).toLowerCase();
  return wanted !== undefined && was !== undefined && text(wanted) === text(was);
}

function sorted(it: unknown): unknown {
  if (Array.isArray(it)) return it.map(sorted);
  if (!isObject(it)) return it;
  const keys = Object.keys(it).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(it[key])]));
}

/** Recorded (ASO, 6 of 6): 11 to 14 s, in the header and in the text. */
export function refuseBusy(operation: string, id: string, world: World): Answer {
  const seconds = world.between(11, 14);
  const detail = {
    code: "RetryableErrorDueToAnotherOperation",
    message: `Operation ${operation} (${world.guid()}) is updating resource ${id}. The call can be retried in ${seconds} seconds.`,
  };
  return retryable(detail, { "retry-after": String(seconds), "x-ms-failure-cause": "service" });
}

/** Recorded 14 times, without Retry-After. */
export function refuseUnready(used: Stored, user: string, operation: string): Answer {
  return retryable(unready(used, user, operation));
}

/** Recorded of a zone group's DELETE (1b): the same words as a plain 400. */
export function refuseUnreadyParent(used: Stored, user: string, operation: string): Answer {
  const { code, message } = unready(used, user, operation);
  return networkFailure(400, code, message);
}

function unready(used: Stored, user: string, operation: string) {
  const state = String(used.properties["provisioningState"]);
  return {
    code: "ReferencedResourceNotProvisioned",
    message: `Cannot proceed with operation because resource ${used.id} used by resource ${user} is not in Succeeded state. Resource is in ${state} state and the last operation that updated/is updating the resource is ${operation}.`,
  };
}

function retryable(detail: Body, headers: Readonly<Record<string, string>> = {}): Answer {
  return networkFailure(429, "RetryableError", "A retryable error occurred.", [detail], headers);
}

/** Public text: Network's answer to an id of nothing. */
export function refuseReference(missing: string, by: string): Answer {
  return networkFailure(
    400,
    "InvalidResourceReference",
    `Resource ${missing} referenced by resource ${by} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
  );
}

/** Recorded (DnsResolver 28 to 31; 1d): a network with all that is its own, an endpoint with its group have one etag. */
export function shareEtag(id: string, etag: string, world: World): void {
  const owner = world.get(id);
  const own = world.children(id).filter((it) => owner && it.type.startsWith(`${owner.type}/`));
  for (const it of [owner, ...own]) if (it && it.etag !== etag) world.put({ ...it, etag });
}

/** Recorded (1d): what PowerShell sends empty is not shown, unlike `delegations` and `serviceEndpoints`. */
export function withoutEmpty(properties: Body, keys: readonly string[]): Body {
  const isEmpty = (key: string): boolean => JSON.stringify(properties[key]) === "[]";
  return omit(properties, keys.filter(isEmpty));
}

/** Microsoft.Network specification: PATCH is there for tags and nothing else, and over at once. */
export const refuseBeyondTags = ({ method, body }: Change): Answer | undefined =>
  method === "PATCH" && Object.keys(body).some((it) => it !== "tags")
    ? networkFailure(400, "InvalidRequestFormat", "Cannot parse the request.")
    : undefined;
