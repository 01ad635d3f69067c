/** Microsoft.Network/privateDnsZones @ 2024-06-01; location is `global`. */
export type PrivateDnsZoneProperties = Readonly<{ provisioningState?: string }>;

/** Recorded: `virtualNetworkLinkState` can be InProgress while `provisioningState` says Succeeded. */
export type VirtualNetworkLinkProperties = Readonly<{
  virtualNetwork?: Readonly<{ id?: string }>;
  virtualNetworkLinkState?: string;
  registrationEnabled?: boolean;
  provisioningState?: string;
}>;

export type ARecordProperties = Readonly<{
  fqdn?: string;
  aRecords?: readonly Readonly<{ ipv4Address?: string }>[];
  provisioningState?: string;
}>;
