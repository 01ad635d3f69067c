import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { adminAnswer } from "./admin.ts";
import { type Asked, type Hosted, type HttpAnswer, holdsKey } from "./asked.ts";
import { eventGridAnswer } from "./event-grid.ts";
import { triggerOf, wordsOf } from "./load-app.ts";
import { findRoute, type Route } from "./routes.ts";

/** The host's HTTP side, on loopback only. */
export async function serveHttp(hosted: Hosted, port: number): Promise<Server> {
  const server = createServer((request, response) => void respond(hosted, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return server;
}

async function respond(
  hosted: Hosted,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    send(response, await answer(hosted, await read(request)));
  } catch (error) {
    hosted.onLog({
      level: "error",
      functionName: "",
      invocationId: "",
      message: wordsOf(error),
    });
    send(response, { status: 500 });
  }
}

function send(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  response.writeHead(status, headers);
  response.end(body);
}

async function answer(hosted: Hosted, asked: Asked): Promise<HttpAnswer> {
  const { method, url } = asked;
  if (url.pathname === "/runtime/webhooks/eventgrid") return eventGridAnswer(hosted, asked);
  if (/^\/admin(\/|$)/i.test(url.pathname)) return adminAnswer(hosted, asked);
  if (/^\/runtime(\/|$)/i.test(url.pathname)) return { status: 404 };
  const route = findRoute(hosted.functions, hosted.routePrefix, method, url.pathname);
  if (!route) return { status: 404 };
  const isOpen = triggerOf(route.it)["authLevel"] === "anonymous";
  if (!isOpen && !holdsKey(hosted, asked)) return { status: 401 };
  return call(hosted, route, asked);
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const it of request) chunks.push(it);
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
  return { method: request.method ?? "GET", url, headers, body: Buffer.concat(chunks) };
}

type RpcHttp = {
  statusCode?: string;
  headers?: Record<string, string>;
  body?: { bytes?: Uint8Array; string?: string };
};

async function call({ app }: Hosted, { it, params }: Route, asked: Asked): Promise<HttpAnswer> {
  const { method, url, headers, body } = asked;
  const http = {
    method,
    url: url.href,
    headers: Object.fromEntries(headers),
    query: Object.fromEntries(url.searchParams),
    params,
    ...(body.length > 0 && { body: { bytes: body } }),
  };
  try {
    const result = await app.invoke(it, { http });
    return result?.http ? answerOf(result.http) : { status: 204 };
  } catch {
    return { status: 500 }; // the invocation has logged it
  }
}

function answerOf({ statusCode = "200", headers = {}, body }: RpcHttp): HttpAnswer {
  const bytes = body?.bytes ? Buffer.from(body.bytes) : (body?.string ?? "");
  return { status: Number(statusCode), headers, body: bytes };
}
