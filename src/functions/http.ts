import type { HttpHandler, HttpRequest } from "@azure/functions";
import type { Airlock } from "../airlock.ts";
import { invocationOf } from "./invocation.ts";

/** All of HTTP is one function: the routes are loaded when first asked for, since no event needs them. */
export function http(airlock: () => Promise<Airlock>): HttpHandler {
  const loaded = async () => (await import("../api/routes.ts")).createApi(await airlock());
  let api: ReturnType<typeof loaded> | undefined;
  return async (request, context) => {
    api ??= loaded();
    const { origin } = new URL(request.url);
    const env = { invocation: invocationOf(context), origin };
    const answer = await (await api).fetch(await toStandard(request), env);
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await answer.text(),
    };
  };
}

async function toStandard(request: HttpRequest): Promise<Request> {
  const { method, url, headers } = request;
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(url, {
    method,
    headers: Object.fromEntries(headers),
    ...(hasBody && { body: await request.arrayBuffer() }),
  });
}
