import { ResourceManagementClient } from "@azure/arm-resources";
import type { TokenCredential } from "@azure/core-auth";
import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import { AirlockError } from "../model/airlock-error.ts";
import { type Arm, type ArmRequest, armOver } from "./arm-answers.ts";
import { noAnswer } from "./errors.ts";
import { retryReads } from "./read-retries.ts";

/** Of one try, and of a write as a whole. */
const timeoutMs = 30_000;
/** Of a read with its retries. */
const readWithinMs = 45_000;

/**
 * The pipelines of @azure/arm-resources, used as they are: its typed calls drop fields they do not
 * know, without an error. Reads are repeated twice by the pipeline, writes never: who sends knows.
 */
export function createArm({ endpoint, credential }: ArmOptions): Arm {
  const pipeline = () =>
    new ResourceManagementClient(credential, { endpoint, retryOptions: { maxRetries: 0 } })
      .pipeline;
  const reading = retryReads(pipeline());
  const writing = pipeline();
  const http = createDefaultHttpClient();

  async function send(request: ArmRequest): Promise<PipelineResponse> {
    const isWrite = request.method !== "GET";
    const prepared = prepare(request, addressOf(request.url, endpoint));
    try {
      return await (isWrite ? writing : reading).sendRequest(http, prepared);
    } catch (error) {
      throw noAnswer(error, isWrite);
    }
  }

  return armOver(endpoint, send);
}

type ArmOptions = Readonly<{ endpoint: string; credential: TokenCredential }>;

/** Tokens go to ARM's own host only, wherever a page's link points. */
function addressOf(url: string, endpoint: string): string {
  if (url.startsWith("/")) return endpoint + url;
  const origin = URL.parse(url)?.origin ?? "nowhere";
  if (origin === new URL(endpoint).origin) return url;
  throw new AirlockError("stop", `A link leads away from ARM, to ${origin}.`);
}

function prepare({ method, body, clientRequestId }: ArmRequest, url: string): PipelineRequest {
  const headers = createHttpHeaders({
    accept: "application/json",
    ...(body !== undefined && { "content-type": "application/json" }),
    ...(clientRequestId !== undefined && { "x-ms-client-request-id": clientRequestId }),
  });
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  // `timeout` ends with the headers; the signal covers the body too.
  const abortSignal = AbortSignal.timeout(method === "GET" ? readWithinMs : timeoutMs);
  return createPipelineRequest({ method, url, timeout: timeoutMs, abortSignal, headers, ...text });
}
