import type { Answer, Body } from "../answers.ts";
import type { Call } from "../call.ts";
import { type Kind, view } from "../kinds.ts";

/**
 * GET /metadata/endpoints, without a token: what `az cloud register`, Add-AzEnvironment and azurerm ask
 * first. Public shapes (azure-cli `core/cloud.py`, azure-powershell Add-AzEnvironment, go-azure-sdk
 * `metadata`): flat up to 2015-01-01, a list of clouds at 2019-05-01, one cloud at 2022-09-01. Names
 * and suffixes are those of the public cloud, addresses are this server's: nothing leads from here to
 * the real sign-in.
 */
function answer({ origin, version }: Call): Answer {
  if (version < "2019") return { status: 200, body: flat(origin) };
  if (version >= "2022") return { status: 200, body: { ...cloud(origin), ...later } };
  const headers = { "content-type": "application/json; charset=utf-8" };
  return { status: 200, headers, body: JSON.stringify([cloud(origin)]) };
}

const audiences = ["https://management.core.windows.net/", "https://management.azure.com/"];
const graph = "https://graph.windows.net/";

const flat = (origin: string): Body => ({
  galleryEndpoint: `${origin}/`,
  graphEndpoint: graph,
  portalEndpoint: `${origin}/`,
  authentication: { loginEndpoint: `${origin}/`, audiences },
});

const cloud = (origin: string): Body => ({
  portal: origin,
  authentication: {
    loginEndpoint: `${origin}/`,
    audiences,
    tenant: "common",
    identityProvider: "AAD",
  },
  graphAudience: graph,
  graph,
  name: "LocalAzure",
  suffixes: {
    acrLoginServer: "azurecr.io",
    sqlServerHostname: "database.windows.net",
    keyVaultDns: "vault.azure.net",
    storage: "core.windows.net",
    azureFrontDoorEndpointSuffix: "azurefd.net",
  },
  resourceManager: `${origin}/`,
  gallery: `${origin}/`,
});

const later = { microsoftGraphResourceId: "https://graph.microsoft.com/" };

export const cloudEndpoints: Kind = {
  ...view("Microsoft.Resources/metadata", ["1.0", "2015-01-01", "2019-05-01", "2022-09-01"], {
    GET: answer,
  }),
  readBy: "anyone",
};
