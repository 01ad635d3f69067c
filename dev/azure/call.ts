import type { Answer, Body } from "./answers.ts";
import { parsePath, type Target } from "./ids.ts";
import type { Kind, Verb } from "./kinds.ts";
import { isObject } from "./merge.ts";
import type { Principal } from "./principals.ts";
import type { World } from "./world.ts";

/** A request as the wire gave it; `url` is absolute or begins with the path. */
export type Request = Readonly<{
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}>;

/** One request on its way through the layers. */
export type Call = Readonly<{
  method: string;
  /** Path and query as sent, for addresses that must come back unchanged. */
  raw: string;
  /** Scheme and host as the client used them. */
  origin: string;
  query: URLSearchParams;
  version: string;
  headers: Readonly<Record<string, string>>;
  /** A JSON object, undefined without a body, null when it is no JSON object. */
  body: Body | undefined | null;
  target: Target;
  verb: Verb;
  kind: Kind | undefined;
  /** The name of a POST on a resource, in the request's case. */
  action?: string;
  principal: Principal | undefined;
  requestId: string;
  correlationId: string;
  /** What the fault plan wants of this write's operation. */
  operationFault?: "fails" | "fails-but-applied" | "never-applied";
}>;

/** A guard of the platform: answers itself, or lets the call through. */
export type Layer = (call: Call, through: (call: Call) => Answer, world: World) => Answer;

export function readCall(request: Request, world: World): Call {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const [, origin, raw = ""] = /^(https?:\/\/[^/?]+)?(.*)$/s.exec(request.url) ?? [];
  const [path = "", search = ""] = split(raw, "?");
  const query = new URLSearchParams(search);
  return {
    method: request.method,
    raw,
    origin: origin ?? `https://${headers["host"] ?? "management.azure.com"}`,
    query,
    version: query.get("api-version") ?? "",
    headers,
    body: parseBody(request.body),
    ...route(request.method, path, world),
    principal: undefined,
    requestId: world.guid(),
    correlationId: headers["x-ms-correlation-request-id"] ?? world.guid(),
  };
}

function route(method: string, path: string, world: World) {
  const target = parsePath(path);
  const kind = world.kind(target.type);
  if (method !== "POST") {
    const verb = method === "GET" && target.name === undefined ? "LIST" : method;
    return { target, kind, verb: verb as Verb };
  }
  if (kind?.serve?.POST !== undefined) return { target, kind, verb: "POST" as const };
  const owner = parsePath(target.id.slice(0, target.id.lastIndexOf("/")));
  const action = target.id.slice(target.id.lastIndexOf("/") + 1);
  // `…/Microsoft.Search/checkNameAvailability` is no matter of the type that lists namespaces
  if (owner.type.endsWith("/providers")) return { target, kind, verb: "POST" as const };
  return { target: owner, kind: world.kind(owner.type), verb: "POST" as const, action };
}

function parseBody(text: string | undefined): Body | undefined | null {
  if (text === undefined || text === "") return undefined;
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) ? body : null;
  } catch {
    return null;
  }
}

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}
