import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { adminAnswer } from "./admin.ts";
import { type Asked, type Hosted, type HttpAnswer, holdsKey, triggerOf } from "./asked.ts";
import { eventGridAnswer } from "./event-grid.ts";
import type { Registered } from "./load-app.ts";

/** The host's HTTP side, on loopback only. */
export async function serveHttp(hosted: Hosted, port: number): Promise<Server> {
  const server = createServer((request, response) => void respond(hosted, request, response));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
}

async function respond(
  hosted: Hosted,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    send(response, await answer(hosted, request));
  } catch (error) {
    hosted.onError("http", error);
    send(response, { status: 500 });
  }
}

function send(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  response.writeHead(status, headers);
  response.end(body);
}

async function answer(hosted: Hosted, request: IncomingMessage): Promise<HttpAnswer> {
  const asked = await read(request);
  const { pathname } = asked.url;
  if (pathname === "/runtime/webhooks/eventgrid") return eventGridAnswer(hosted, asked);
  if (pathname.startsWith("/admin/functions/")) return adminAnswer(hosted, asked);
  const it = hosted.functions.find((one) => triggerOf(one)?.type === "httpTrigger");
  const trigger = it && triggerOf(it);
  if (!it || !isMethod(trigger?.["methods"], asked.method)) return { status: 404 };
  if (trigger?.["authLevel"] !== "anonymous" && !holdsKey(hosted, asked)) return { status: 401 };
  return call(hosted, it, asked);
}

const isMethod = (methods: unknown, method: string): boolean =>
  !Array.isArray(methods) || methods.some((it) => String(it).toUpperCase() === method);

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

async function call({ app }: Hosted, it: Registered, asked: Asked): Promise<HttpAnswer> {
  const { method, url, headers, body } = asked;
  const result = await app.invoke(it, {
    http: {
      method,
      url: url.href,
      headers: Object.fromEntries(headers),
      query: Object.fromEntries(url.searchParams),
      params: { path: url.pathname.slice(1) },
      ...(body.length > 0 && { body: { bytes: body } }),
    },
  });
  const { statusCode = "200", headers: sent, body: answered } = (result?.http ?? {}) as RpcHttp;
  const bytes = answered?.bytes ?? answered?.string;
  return {
    status: Number(statusCode),
    ...(sent && { headers: sent }),
    ...(bytes !== undefined && { body: Buffer.from(bytes as Uint8Array) }),
  };
}
