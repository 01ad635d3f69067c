import type { QueryRequestOptions } from "@azure/arm-resourcegraph";
import type { TokenCredential } from "@azure/core-auth";
import type { Arm } from "./arm.ts";
import { errorFrom } from "./errors.ts";
import { retryReads } from "./read-retries.ts";

export type GraphRow = Record<string, unknown>;
/** Without a subscription: all that we can see. */
export type Graph = (query: string, subscription?: string) => Promise<readonly GraphRow[]>;

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
    let skipToken: string | undefined;
    do {
      const options: QueryRequestOptions = {
        top: pageSize,
        resultFormat: "objectArray",
        ...(skipToken !== undefined && { skipToken }),
      };
      const abortSignal = AbortSignal.timeout(withinMs);
      try {
        const page = await client.resources({ query, ...scope, options }, { abortSignal });
        if (Array.isArray(page.data)) rows.push(...page.data);
        skipToken = page.skipToken;
      } catch (error) {
        throw errorFrom(error, false);
      }
    } while (skipToken);
    return rows;
  };
}
