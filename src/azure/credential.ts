import type { TokenCredential } from "@azure/core-auth";

/** The app's managed identity, or whoever is signed in on a laptop. Loaded with the first token. */
export function createCredential({ clientId }: { clientId: string | undefined }): TokenCredential {
  let loaded: Promise<TokenCredential> | undefined;
  async function load(): Promise<TokenCredential> {
    const { DefaultAzureCredential } = await import("@azure/identity");
    return new DefaultAzureCredential(clientId ? { managedIdentityClientId: clientId } : {});
  }
  return {
    async getToken(scopes, options) {
      loaded ??= load();
      return (await loaded).getToken(scopes, options);
    },
  };
}
