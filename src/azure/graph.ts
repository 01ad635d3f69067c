import type { QueryRequestOptions } from "@azure/arm-resourcegraph";
import type { TokenCredential } from "@azure/core-auth";
import type { Arm } from "./arm.ts";
import { errorFrom } from "./errors.ts";
import { retryReads } from "./read-retries.ts";

export type GraphRow = Record<string, unknown>;
/** Without a subscription: all that we can see. */
export type Graph = (query: string, subscription?: string) => Promise<readonly GraphRow[]>;

/** Of large rows fewer: an answer over 16 MB is refused. */
const pageSize = 1000;
const withinMs = 45_000;

/** Resource Graph, page by page. Recorded: only a missing $skipToken ends it; `resultTruncated` is a text. */
export function createGraph({ endpoint }: Arm, credential: TokenCredential): Graph {
  let loaded: ReturnType<typeof load> | undefined;
  async function load() {
    const { ResourceGraphClient } = await import("@azure/arm-resourcegraph");
    const client = new ResourceGraphClient(credential, { endpoint });
    retryReads(client.pipeline);
    return client;
  }
  return async (query, subscription) => {
    loaded ??= load();
    const client = await loaded;
    const scope = subscription !== undefined && { subscriptions: [subscription] };
    const rows: GraphRow[] = [];
    let top = pageSize;
    for (let skipToken: string | undefined, more = true; more; ) {
      const options: QueryRequestOptions = {
        top,
        resultFormat: "objectArray",
        ...(skipToken !== undefined && { skipToken }),
      };
      const abortSignal = AbortSignal.timeout(withinMs);
      try {
        const page = await client.resources({ query, ...scope, options }, { abortSignal });
        if (Array.isArray(page.data)) rows.push(...page.data);
        skipToken = page.skipToken;
        more = skipToken !== undefined && skipToken !== "";
      } catch (error) {
        const told = errorFrom(error, false);
        if (top === 1 || told.code !== "ResponsePayloadTooLarge") throw told;
        top = Math.ceil(top / 4);
      }
    }
    return rows;
  };
}
