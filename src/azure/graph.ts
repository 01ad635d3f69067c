import type { QueryRequestOptions } from "@azure/arm-resourcegraph";
import type { TokenCredential } from "@azure/core-auth";
import { AirlockError } from "../model/airlock-error.ts";
import type { Arm } from "./arm.ts";
import { errorOf, noAnswer } from "./errors.ts";

export type GraphRow = Record<string, unknown>;
export type Graph = (
  query: string,
  subscriptions?: readonly string[],
) => Promise<readonly GraphRow[]>;

const pageSize = 1000;

/** Resource Graph, page by page. Recorded: only a missing $skipToken ends it; `resultTruncated` is a text. */
export function createGraph({ endpoint }: Arm, credential: TokenCredential): Graph {
  let loaded: ReturnType<typeof load> | undefined;
  async function load() {
    const { ResourceGraphClient } = await import("@azure/arm-resourcegraph");
    return new ResourceGraphClient(credential, { endpoint, retryOptions: { maxRetries: 2 } });
  }
  return async (query, subscriptions) => {
    loaded ??= load();
    const client = await loaded;
    const rows: GraphRow[] = [];
    let skipToken: string | undefined;
    do {
      const options: QueryRequestOptions = {
        top: pageSize,
        resultFormat: "objectArray",
        ...(skipToken !== undefined && { skipToken }),
      };
      const scope = subscriptions && { subscriptions: [...subscriptions] };
      try {
        const page = await client.resources({ query, ...scope, options });
        if (Array.isArray(page.data)) rows.push(...page.data);
        skipToken = page.skipToken;
      } catch (error) {
        throw errorFrom(error);
      }
    } while (skipToken);
    return rows;
  };
}

/** An error of an SDK client, told like any other answer of ARM. */
export function errorFrom(error: unknown): AirlockError {
  if (error instanceof AirlockError) return error;
  const { statusCode, response } = error as {
    statusCode?: number;
    response?: { bodyAsText?: string; headers?: { get(name: string): string | undefined } };
  };
  if (typeof statusCode !== "number") return noAnswer(error, false);
  const retryAfter = response?.headers?.get("retry-after");
  return errorOf({ status: statusCode, body: response?.bodyAsText ?? "", retryAfter }, false);
}
