import type { Send } from "../pipeline/ports.ts";
import { type Arm, retryAfterOf } from "./arm-answers.ts";
import { errorOf, secondsOf } from "./errors.ts";

/** Resolves when ARM has accepted; nothing is repeated here and nothing polled. */
export function createSend(arm: Arm): Send {
  return async ({ method, url, body }, recordId) => {
    const request = { method, url, clientRequestId: recordId, ...(body && { body }) };
    const response = await arm.send(request);
    const { status, bodyAsText } = response;
    const retryAfter = retryAfterOf(response);
    if (status < 200 || status >= 300)
      throw errorOf({ status, body: bodyAsText ?? "", retryAfter }, true);
    const retryAfterSeconds = secondsOf(retryAfter);
    return { status, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  };
}
