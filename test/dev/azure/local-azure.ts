import { appendFileSync } from "node:fs";
import type { Answer } from "../../../dev/azure/answers.ts";
import { type AzureOptions, createAzure } from "../../../dev/azure/azure.ts";
import type { Request } from "../../../dev/azure/call.ts";
import { captureLine } from "../../../dev/azure/capture.ts";
import type { EventGridEvent } from "../../../dev/azure/events.ts";
import type { Principal } from "../../../dev/azure/principals.ts";

export const subscription = "/subscriptions/00000000-0000-4000-8000-000000000001";
export const group = `${subscription}/resourceGroups/rg`;
const tenantId = "72f988bf-86f1-41af-91ab-2d7cd011db47";

export const person: Principal = {
  objectId: "11111111-1111-4111-8111-111111111111",
  name: "Someone",
  upn: "someone@example.com",
  appId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
  tenantId,
  kind: "user",
};
export const app: Principal = {
  objectId: "22222222-2222-4222-8222-222222222222",
  name: "remediator",
  appId: "33333333-3333-4333-8333-333333333333",
  tenantId,
  kind: "app",
};

type Ask = {
  body?: object;
  version?: string;
  as?: Principal;
  headers?: Record<string, string>;
  /**
   * Not for the judge: sent to see it refused or ignored, or recorded where the schemas say otherwise
   * (older api-versions, fields that they lack).
   */
  isUnjudged?: true;
};

/** `npm run conformance` has the traffic of the tests judged. */
const capture = process.env["AIRLOCK_CAPTURE"];
/** How often the same call with the same status is worth judging: some tests poll thousands of times. */
const enough = 50;
const captured = new Map<string, number>();

function record(request: Request, answer: Answer, isUnjudged = false): void {
  if (capture === undefined || answer.socket) return;
  const call = `${request.method} ${request.url} ${answer.status}`;
  const times = (captured.get(call) ?? 0) + 1;
  captured.set(call, times);
  if (times <= enough) appendFileSync(capture, `${captureLine(request, answer, isUnjudged)}\n`);
}

/** A local Azure with one subscription and group, an owner who calls, and a clock that tests move. */
export function localAzure(options: Partial<AzureOptions> = {}) {
  let now = new Date("2026-11-24T08:00:00Z");
  const events: EventGridEvent[] = [];
  const azure = createAzure({ now: () => now, publish: (it) => void events.push(it), ...options });
  azure.principals.register(person);
  azure.principals.register(app);
  azure.load([{ id: group, type: "Microsoft.Resources/resourceGroups", location: "westeurope" }]);
  azure.grant(person, "Owner", subscription);

  /** Sends to a path or to an absolute address that Azure handed out. */
  function send(method: string, url: string, ask: Ask = {}) {
    const bearer = `Bearer ${azure.principals.token(ask.as ?? person)}`;
    const request = {
      method,
      url,
      headers: {
        host: "127.0.0.1:8443",
        authorization: bearer,
        ...(ask.body && { "content-type": "application/json" }),
        ...ask.headers,
      },
      ...(ask.body && { body: JSON.stringify(ask.body) }),
    };
    const answer = azure.answer(request);
    record(request, answer, ask.isUnjudged);
    return { ...answer, headers: answer.headers ?? {}, body: answer.body as never as Shown };
  }
  return {
    azure,
    events,
    send,
    call: (method: string, id: string, ask: Ask = {}) =>
      send(method, `${id}?api-version=${ask.version ?? "2025-06-01"}`, ask),
    /** Moves the clock; what falls due happens in order. */
    advance(seconds: number): void {
      now = new Date(now.getTime() + seconds * 1000);
      azure.settle();
    },
    now: () => now,
  };
}

/** Bodies as tests look into them: missing parts are undefined, not errors of types. */
export type Shown = { [key: string]: Shown } & Shown[];

export const text = (answer: Pick<Answer, "body">): string => JSON.stringify(answer.body);
