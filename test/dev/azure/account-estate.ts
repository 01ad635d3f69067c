import { group, localAzure } from "./local-azure.ts";

export const account = `${group}/providers/Microsoft.CognitiveServices/accounts/acc`;
export const row = {
  id: account,
  type: "Microsoft.CognitiveServices/accounts",
  kind: "OpenAI",
  location: "westeurope",
  properties: { provisioningState: "Succeeded", customSubDomainName: "acc" },
};
export const lockVersion = { version: "2016-09-01" };
export const lockAt = (scope: string, name: string) =>
  `${scope}/providers/Microsoft.Authorization/locks/${name}`;

export function withAccount() {
  const local = localAzure();
  local.azure.load([row]);
  return {
    ...local,
    lock: (scope: string, level: string, name = "l") =>
      local.call("PUT", lockAt(scope, name), { ...lockVersion, body: { properties: { level } } }),
  };
}
