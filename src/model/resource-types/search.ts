import type { PrivateEndpointConnection } from "./network.ts";

/**
 * Microsoft.Search/searchServices @ 2025-05-01. Values come in either case; a change of
 * `publicNetworkAccess` keeps the service `provisioning` for 10–17 minutes (recorded).
 */
export type SearchServiceProperties = Readonly<{
  publicNetworkAccess?: string;
  privateEndpointConnections?: readonly PrivateEndpointConnection[];
  provisioningState?: string;
  status?: string;
}>;
