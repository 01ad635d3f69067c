import { appendFileSync } from "node:fs";
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo } from "node:net";
import type { Answer } from "./answers.ts";
import type { Azure } from "./azure.ts";
import { captureLine } from "./capture.ts";
import type { Principal } from "./principals.ts";
import { tokenAnswer } from "./token-endpoint.ts";

type Listening = Readonly<{ port: number; close(): Promise<void> }>;

/**
 * Resource Manager over HTTPS on 127.0.0.1; the kernel's faults are carried out on the socket: cut,
 * never answered (until `close`), or late by real seconds. `capture` names a file of JSON lines.
 */
export async function serveAzure(
  azure: Azure,
  options: Readonly<{ key: string; cert: string; port?: number; capture?: string }>,
): Promise<{ url: string; close(): Promise<void> }> {
  const { key, cert, capture } = options;
  const server = createHttps({ key, cert }, listener(azure, capture));
  const { port, close } = await listen(server, options.port);
  return { url: `https://127.0.0.1:${port}`, close };
}

/** What the server does with a request, whatever carries it. */
export function listener(azure: Azure, capture?: string) {
  return (request: IncomingMessage, response: ServerResponse): void =>
    void handle(azure, request, response, capture);
}

async function handle(
  azure: Azure,
  incoming: IncomingMessage,
  response: ServerResponse,
  capture?: string,
): Promise<void> {
  const body = await read(incoming);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  const url = `https://${incoming.headers.host ?? "127.0.0.1"}${incoming.url ?? "/"}`;
  const request = { method: incoming.method ?? "GET", url, headers, body };
  const answer = azure.answer(request);
  if (capture !== undefined) appendFileSync(capture, `${captureLine(request, answer)}\n`);
  if (answer.socket === "hang") return;
  if (answer.socket === "cut") return void incoming.socket.destroy();
  if (answer.seconds) setTimeout(() => reply(response, answer), answer.seconds * 1000);
  else reply(response, answer);
}

function reply(response: ServerResponse, { status, headers, body, json }: Answer): void {
  const text = json ?? (typeof body === "object" ? JSON.stringify(body) : (body ?? ""));
  response.writeHead(status, {
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

/** The identity endpoint of App Service, for one principal. */
export async function serveTokens(
  azure: Azure,
  principal: Principal,
  options: Readonly<{ port?: number }> = {},
): Promise<{ endpoint: string; header: string; close(): Promise<void> }> {
  const header = crypto.randomUUID();
  const server = createHttp((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const isKnown = (name: string) => request.headers[name] === header;
    reply(response, tokenAnswer(azure.principals, principal, url.searchParams, isKnown));
  });
  const { port, close } = await listen(server, options.port);
  return { endpoint: `http://127.0.0.1:${port}/msi/token`, header, close };
}

async function read(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

type Server = ReturnType<typeof createHttp> | ReturnType<typeof createHttps>;

async function listen(server: Server, port = 0): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
