import type { Answer } from "./answers.ts";
import type { Request } from "./call.ts";

/** One exchange as a JSON line, for checks of the traffic against the schemas of ARM. The bearer token is cut out. */
export function captureLine(request: Request, answer: Answer, isUnjudged = false): string {
  const { authorization, ...headers } = request.headers;
  return JSON.stringify({
    method: request.method,
    url: request.url,
    requestHeaders: {
      ...headers,
      ...(authorization !== undefined && { authorization: "Bearer (cut)" }),
    },
    requestBody: parsed(request.body),
    status: answer.status,
    responseHeaders: answer.headers ?? {},
    responseBody: answer.body ?? null,
    ...(answer.fault && { label: "fault" }),
    ...(isUnjudged && { isUnjudged }),
  });
}

function parsed(text: string | undefined): unknown {
  if (text === undefined || text === "") return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
