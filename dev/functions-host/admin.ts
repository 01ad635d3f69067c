import { type Asked, type Hosted, type HttpAnswer, holdsKey, triggerOf } from "./asked.ts";
import type { TypedData } from "./load-app.ts";

/** POST /admin/functions/F {"input": "…"}: runs a function by hand; 202, and its end is in the log. */
export async function adminAnswer(hosted: Hosted, asked: Asked): Promise<HttpAnswer> {
  if (!holdsKey(hosted, asked)) return { status: 401 };
  const name = asked.url.pathname.split("/").at(-1)?.toLowerCase();
  const it = hosted.functions.find((one) => one.name.toLowerCase() === name);
  if (!it) return { status: 404 };
  const { input = "" } = JSON.parse(asked.body.toString("utf8") || "{}");
  const isTimer = triggerOf(it)?.type === "timerTrigger";
  const data: TypedData = isTimer ? { json: "{}" } : { string: String(input) };
  hosted.app.invoke(it, data).catch((error: unknown) => hosted.onError(it.name, error));
  return { status: 202 };
}
