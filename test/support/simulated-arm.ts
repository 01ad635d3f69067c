import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import type { Azure } from "../../dev/azure/azure.ts";
import { type ArmRequest, armOver } from "../../src/azure/arm-answers.ts";
import { errorOf, noAnswer } from "../../src/azure/errors.ts";
import type { Graph } from "../../src/azure/graph.ts";
import { createReads } from "../../src/azure/reads.ts";
import { createSend } from "../../src/azure/send.ts";
import type { Reads, Send } from "../../src/pipeline/ports.ts";

export type Exchange = Readonly<{ method: string; url: string; status: number }>;
export type SimulatedArm = Readonly<{ reads: Reads; send: Send; exchanges: Exchange[] }>;

const endpoint = "https://management.azure.com";

/** The product's own ports to ARM, straight onto the local Azure without HTTP between: for thousands of runs. */
export function simulatedArm(azure: Azure, token: () => string): SimulatedArm {
  const exchanges: Exchange[] = [];

  async function send(request: ArmRequest) {
    const { method, url } = request;
    const answer = azure.answer(asked(request, token()));
    const { status, headers = {}, body = "", socket } = answer;
    exchanges.push({ method, url, status });
    if (socket) throw noAnswer("cut", method !== "GET" && method !== "POST");
    return {
      request: createPipelineRequest({ url }),
      status,
      headers: createHttpHeaders(headers),
      bodyAsText: typeof body === "string" ? body : JSON.stringify(body),
    };
  }

  /** One page holds all; the client of Resource Graph has tests of its own. */
  const graph: Graph = async (query, subscription) => {
    const url = "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01";
    const body = { query, ...(subscription !== undefined && { subscriptions: [subscription] }) };
    const { status, bodyAsText } = await send({ method: "POST", url, body });
    if (status !== 200) throw errorOf({ status, body: bodyAsText }, false);
    return JSON.parse(bodyAsText).data;
  };

  const arm = armOver(endpoint, send);
  return { reads: createReads(arm, graph), send: createSend(arm), exchanges };
}

function asked({ method, url, body, clientRequestId }: ArmRequest, token: string) {
  return {
    method,
    url: url.startsWith("/") ? endpoint + url : url,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(clientRequestId !== undefined && { "x-ms-client-request-id": clientRequestId }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}
