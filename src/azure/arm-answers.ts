import type { HttpMethods, PipelineResponse } from "@azure/core-rest-pipeline";
import { AirlockError } from "../model/airlock-error.ts";
import { isHtml, parsed, wordsOf } from "./error-words.ts";
import { errorOf } from "./errors.ts";

export type ArmRequest = Readonly<{
  method: HttpMethods;
  /** Begins with the id; a page's link is absolute. */
  url: string;
  body?: unknown;
  clientRequestId?: string;
}>;

/** Azure Resource Manager, one request at a time; answers are ARM's own JSON, nothing dropped. */
export type Arm = Readonly<{
  send(request: ArmRequest): Promise<PipelineResponse>;
  /** A GET; undefined where ARM says that there is nothing. */
  read(url: string): Promise<Record<string, unknown> | undefined>;
  /** All pages of a list, empty ones followed too (recorded: 178 of 254 empty pages had a next one). */
  list(url: string): Promise<readonly Record<string, unknown>[]>;
  endpoint: string;
}>;

/** Reads and lists by whatever sends. */
export function armOver(endpoint: string, send: Arm["send"]): Arm {
  const read = async (url: string) => readingOf(await send({ method: "GET", url }));
  return { endpoint, send, read, list: (url) => listAll(read, url) };
}

function readingOf(response: PipelineResponse): Record<string, unknown> | undefined {
  const { status, bodyAsText } = response;
  const body = bodyAsText ?? "";
  if (isGone(status, body)) return undefined;
  if (status === 200) return objectIn(body);
  throw errorOf({ status, body, retryAfter: retryAfterOf(response) }, false);
}

async function listAll(
  read: Arm["read"],
  url: string,
): Promise<readonly Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  for (let next: unknown = url; typeof next === "string" && next !== ""; ) {
    const page: Record<string, unknown> | undefined = await read(next);
    if (page === undefined && next === url) return [];
    const { value } = page ?? {};
    // Half a list must not pass for the whole: a guard would be content with it.
    if (!Array.isArray(value))
      throw new AirlockError("retry", "ARM's answer is no page of a list.");
    all.push(...value);
    next = page?.["nextLink"];
  }
  return all;
}

export const retryAfterOf = (response: PipelineResponse): string | undefined =>
  response.headers.get("retry-after");

/** A 404 whatever its body (a missing compute's is empty), except where it is not about a resource. */
function isGone(status: number, body: string): boolean {
  if (status === 204) return true;
  if (status !== 404 || isHtml(body)) return false;
  const codes = wordsOf(body).codes.map((it) => it.toLowerCase());
  const others = ["subscriptionnotfound", "invalidresourcetype", "invalidresourcenamespace"];
  return !codes.some((it) => others.includes(it));
}

function objectIn(body: string): Record<string, unknown> {
  const it = parsed(body);
  if (typeof it === "object" && it !== null && !Array.isArray(it)) return { ...it };
  throw new AirlockError("retry", "ARM's answer is not JSON."); // a gateway's page, or half an answer
}
