import type { QueryRequest, QueryRequestOptions, QueryResponse } from "@azure/arm-resourcegraph";
import type { TokenCredential } from "@azure/core-auth";
import type { Arm } from "./arm-answers.ts";
import { errorFrom } from "./errors.ts";
import { retryReads } from "./read-retries.ts";

export type GraphRow = Record<string, unknown>;
/** Without a subscription: all that we can see. */
export type Graph = (query: string, subscription?: string) => Promise<readonly GraphRow[]>;

/** Of large rows fewer: an answer over 16 MB is refused. */
const pageSize = 1000;
const withinMs = 45_000;

type Asked = Readonly<{ query: string; subscription?: string; skipToken?: string }>;

/** Resource Graph, page by page. Recorded: only a missing $skipToken ends it; `resultTruncated` is a text. */
export function createGraph({ endpoint }: Arm, credential: TokenCredential): Graph {
  let loaded: ReturnType<typeof load> | undefined;
  async function load() {
    const { ResourceGraphClient } = await import("@azure/arm-resourcegraph");
    const client = new ResourceGraphClient(credential, { endpoint });
    retryReads(client.pipeline);
    return client;
  }
  async function page(asked: Asked, top: number): Promise<QueryResponse> {
    loaded ??= load();
    const client = await loaded;
    const { query, subscription, skipToken } = asked;
    const options: QueryRequestOptions = {
      top,
      resultFormat: "objectArray",
      ...(skipToken !== undefined && { skipToken }),
    };
    const request: QueryRequest = {
      query,
      ...(subscription !== undefined && { subscriptions: [subscription] }),
      options,
    };
    try {
      return await client.resources(request, { abortSignal: AbortSignal.timeout(withinMs) });
    } catch (error) {
      const told = errorFrom(error, false);
      if (top === 1 || told.code !== "ResponsePayloadTooLarge") throw told;
      return page(asked, Math.ceil(top / 4));
    }
  }
  return async (query, subscription) => {
    const rows: GraphRow[] = [];
    let asked: Asked = { query, ...(subscription !== undefined && { subscription }) };
    for (;;) {
      const { data, skipToken } = await page(asked, pageSize);
      if (Array.isArray(data)) rows.push(...data);
      if (!skipToken) return rows;
      asked = { ...asked, skipToken };
    }
  };
}
