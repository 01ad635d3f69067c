import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Faults } from "./azure/layers/faults.ts";

export type Control = Readonly<{
  now(): Date;
  /** Moves the clock; all that falls due on the way happens. */
  advance(seconds: number): Promise<void>;
  faults: Pick<Faults, "load" | "list" | "clear">;
}>;

/**
 * What a tester does to the local Azure from outside, over HTTP on 127.0.0.1. The clock is at `/`: POST
 * `{"seconds":60}` moves it, GET tells it. The fault plan is at `/faults`: POST
 * `[{"method":"PATCH","urlIncludes":"/accounts/","times":2,"answer":{"status":503}}]` adds to it, GET
 * shows what is still to come, DELETE forgets it; the fields are those of `Fault`. A mistake is 400.
 */
export async function serveControl(control: Control): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    const handle = request.url === "/faults" ? plan : clock;
    handle(control, request).then(
      (body) => answer(200, body),
      (error: Error) => answer(400, { error: error.message }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() };
}

async function clock({ now, advance }: Control, request: IncomingMessage): Promise<object> {
  if (request.method === "POST") {
    const seconds = Reflect.get(Object(await read(request)), "seconds");
    if (typeof seconds !== "number" || !(seconds >= 0))
      throw new Error("seconds must be a number that is not negative.");
    await advance(seconds);
  }
  return { now: now().toISOString() };
}

async function plan({ faults }: Control, request: IncomingMessage): Promise<object> {
  if (request.method === "POST") faults.load(await read(request));
  if (request.method === "DELETE") faults.clear();
  return faults.list();
}

async function read(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}
