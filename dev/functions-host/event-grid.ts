import { type Asked, type Hosted, type HttpAnswer, holdsKey } from "./asked.ts";
import { type Registered, triggerOf } from "./load-app.ts";

type Event = Readonly<Record<string, unknown>>;

/** The webhook that Event Grid pushes to, either schema; as azure-sdk-for-net EventGrid answers. */
export async function eventGridAnswer(hosted: Hosted, asked: Asked): Promise<HttpAnswer> {
  if (!holdsKey(hosted, asked)) return { status: 401 };
  const name = asked.url.searchParams.get("functionName");
  const it = hosted.functions.find(
    (one) => one.name === name && triggerOf(one).type === "eventGridTrigger",
  );
  if (!it) return { status: 404, body: `cannot find function: '${name ?? ""}'` };
  switch (asked.headers.get("aeg-event-type")?.toLowerCase()) {
    case "subscriptionvalidation":
      return handshake(eventsOf(asked));
    case "notification":
      return notify(hosted, it, eventsOf(asked));
    case "unsubscribe":
      return { status: 202 };
    default:
      return { status: 400 };
  }
}

function eventsOf({ body }: Asked): readonly Event[] {
  const parsed: Event | Event[] = JSON.parse(body.toString("utf8"));
  return Array.isArray(parsed) ? parsed : [parsed];
}

/** A CloudEvent brings its data as text. */
function handshake([event]: readonly Event[]): HttpAnswer {
  const data = event?.["data"];
  const { validationCode } = typeof data === "string" ? JSON.parse(data) : Object(data);
  return { status: 200, body: JSON.stringify({ validationResponse: validationCode }) };
}

/** All events at once, an invocation each; if one fails the sender brings the whole batch again. */
async function notify(
  { app }: Hosted,
  it: Registered,
  events: readonly Event[],
): Promise<HttpAnswer> {
  const ends = await Promise.allSettled(
    events.map((one) => app.invoke(it, { json: JSON.stringify(one) })),
  );
  return { status: ends.some(({ status }) => status === "rejected") ? 500 : 202 };
}
