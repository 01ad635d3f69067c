type State = Readonly<{ status?: string; description?: string | null }>;

/**
 * An element of `privateEndpointConnections` on a target. Recorded: Cognitive Services leaves out
 * `provisioningState` here; a managed network's own endpoints (`__SYS_PE_…`) appear as Approved too.
 */
export type PrivateEndpointConnection = Readonly<{
  id?: string;
  properties?: Readonly<{
    privateEndpoint?: Readonly<{ id?: string }>;
    privateLinkServiceConnectionState?: State;
  }>;
}>;

/** `privateLinkServiceId` may be an alias instead of an id (recorded, ASO Alias 25). */
export type LinkServiceConnection = Readonly<{
  properties?: Readonly<{
    privateLinkServiceId?: string;
    groupIds?: readonly string[];
    privateLinkServiceConnectionState?: State;
  }>;
}>;

/**
 * Microsoft.Network/privateEndpoints @ 2025-05-01. One of the two connection arrays is used; manual
 * ones can be Approved as well. `customDnsConfigs` is empty until Succeeded, while Pending or
 * Rejected, and once a zone group is connected.
 */
export type PrivateEndpointProperties = Readonly<{
  privateLinkServiceConnections?: readonly LinkServiceConnection[];
  manualPrivateLinkServiceConnections?: readonly LinkServiceConnection[];
  customDnsConfigs?: readonly Readonly<{ fqdn?: string; ipAddresses?: readonly string[] }>[];
  networkInterfaces?: readonly Readonly<{ id?: string }>[];
  subnet?: Readonly<{ id?: string }>;
  provisioningState?: string;
}>;

/** …/privateDnsZoneGroups: at most one an endpoint, at most five configs; PUT replaces the list (recorded). */
export type ZoneGroupProperties = Readonly<{
  privateDnsZoneConfigs?: readonly ZoneConfig[];
  provisioningState?: string;
}>;

/** `recordSets` is empty where the zone's name does not fit the endpoint (recorded). */
export type ZoneConfig = Readonly<{
  name?: string;
  properties?: Readonly<{
    privateDnsZoneId?: string;
    recordSets?: readonly Readonly<{
      recordSetName?: string;
      fqdn?: string;
      ipAddresses?: readonly string[];
    }>[];
  }>;
}>;

/** The names an endpoint's addresses answer to (recorded, ASO 20250301 20). */
export type NetworkInterfaceProperties = Readonly<{
  ipConfigurations?: readonly Readonly<{
    properties?: Readonly<{
      privateIPAddress?: string;
      privateLinkConnectionProperties?: Readonly<{ fqdns?: readonly string[] }>;
    }>;
  }>[];
  provisioningState?: string;
}>;

export type VirtualNetworkProperties = Readonly<{
  virtualNetworkPeerings?: readonly Readonly<{
    properties?: Readonly<{
      remoteVirtualNetwork?: Readonly<{ id?: string }>;
      peeringState?: string;
    }>;
  }>[];
  provisioningState?: string;
}>;
