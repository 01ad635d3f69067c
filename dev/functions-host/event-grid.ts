import { type Asked, type Hosted, type HttpAnswer, holdsKey } from "./asked.ts";

type Event = Readonly<Record<string, unknown>>;

/** The webhook that Event Grid pushes to: the handshake, then one invocation an event. */
export async function eventGridAnswer(hosted: Hosted, asked: Asked): Promise<HttpAnswer> {
  if (!holdsKey(hosted, asked)) return { status: 401 };
  const it = hosted.functions.find(
    (one) => one.name === asked.url.searchParams.get("functionName"),
  );
  if (!it) return { status: 404 };
  if (asked.method === "OPTIONS") return allowOrigin(asked);
  const parsed: Event | Event[] = JSON.parse(asked.body.toString("utf8"));
  const events = Array.isArray(parsed) ? parsed : [parsed];
  if (asked.headers.get("aeg-event-type") === "SubscriptionValidation") return validate(events);
  try {
    for (const one of events) await hosted.app.invoke(it, { json: JSON.stringify(one) });
    return { status: 202 };
  } catch (error) {
    hosted.onError(it.name, error);
    return { status: 500 }; // the sender brings the whole batch again
  }
}

function validate([event]: readonly Event[]): HttpAnswer {
  const { validationCode } = (event?.["data"] ?? {}) as { validationCode?: string };
  return {
    status: 200,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ validationResponse: validationCode }),
  };
}

/** The CloudEvents handshake. */
function allowOrigin({ headers }: Asked): HttpAnswer {
  const origin = headers.get("webhook-request-origin") ?? "";
  return { status: 200, headers: { "webhook-allowed-origin": origin } };
}
