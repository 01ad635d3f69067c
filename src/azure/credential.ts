import type { TokenCredential } from "@azure/core-auth";
import { noToken } from "./errors.ts";

/** The app's managed identity, or whoever is signed in on a laptop. Loaded with the first token. */
export function createCredential({ clientId }: { clientId: string | undefined }): TokenCredential {
  let loaded: Promise<TokenCredential> | undefined;
  async function load(): Promise<TokenCredential> {
    const { DefaultAzureCredential } = await import("@azure/identity");
    return new DefaultAzureCredential(clientId ? { managedIdentityClientId: clientId } : {});
  }
  return {
    async getToken(scopes, options) {
      try {
        loaded ??= load();
        return await (await loaded).getToken(scopes, options);
      } catch (error) {
        throw noToken(error);
      }
    },
  };
}
