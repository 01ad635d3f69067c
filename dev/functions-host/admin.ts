import { type Asked, type Hosted, type HttpAnswer, holdsKey } from "./asked.ts";
import { type Registered, type TypedData, triggerOf } from "./load-app.ts";
import { timerInput } from "./timers.ts";

/**
 * POST /admin/functions/F {"input": "…"}: runs a function by hand, a disabled one too (azure-docs
 * disable-function); 202 at once, and its end is in the log.
 */
export async function adminAnswer(hosted: Hosted, asked: Asked): Promise<HttpAnswer> {
  if (!holdsKey(hosted, asked)) return { status: 401 };
  const [, , area, name, ...more] = asked.url.pathname.toLowerCase().split("/");
  const it = hosted.app.functions.find((one) => one.name.toLowerCase() === name);
  if (asked.method !== "POST" || area !== "functions" || more.length > 0 || !it)
    return { status: 404 };
  if (triggerOf(it).type === "httpTrigger") return { status: 404 }; // it has a route of its own
  const input = inputOf(it, asked.body.toString("utf8"));
  if (!input) return { status: 400 };
  hosted.app.invoke(it, input).catch(() => {}); // logged
  return { status: 202 };
}

function inputOf(it: Registered, body: string): TypedData | undefined {
  if (triggerOf(it).type === "timerTrigger") return timerInput(it);
  try {
    const { input = "" } = JSON.parse(body || "{}");
    return { string: String(input) };
  } catch {
    return undefined;
  }
}
