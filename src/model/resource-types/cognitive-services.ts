import type { PrivateEndpointConnection } from "./network.ts";

/**
 * Microsoft.CognitiveServices/accounts @ 2025-06-01. `publicNetworkAccess` is returned by every
 * account since 2020; absent still means public. Other keys are absent until set.
 */
export type AccountProperties = Readonly<{
  publicNetworkAccess?: string;
  customSubDomainName?: string;
  allowProjectManagement?: boolean;
  associatedProjects?: readonly string[];
  networkInjections?: readonly Readonly<{
    scenario?: string;
    subnetArmId?: string;
    useMicrosoftManagedNetwork?: boolean;
  }>[];
  privateEndpointConnections?: readonly PrivateEndpointConnection[];
  provisioningState?: string;
}>;
