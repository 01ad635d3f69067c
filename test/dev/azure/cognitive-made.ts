import type { AzureOptions } from "../../../dev/azure/azure.ts";
import { group, localAzure } from "./local-azure.ts";

export const accounts = `${group}/providers/Microsoft.CognitiveServices/accounts`;
export const account = `${accounts}/acc`;

export function body(kind: string, properties: object = { customSubDomainName: "acc" }) {
  return { location: "SOUTHCENTRALUS", kind, sku: { name: "S0" }, properties };
}

/** An account that was just made, and is at rest. */
export function withAccount(kind = "OpenAI", properties?: object, options?: Partial<AzureOptions>) {
  const local = localAzure(options);
  local.call("PUT", account, { body: body(kind, properties) });
  local.advance(139);
  return local;
}
