/** How far Airlock goes by itself in an installation: `drift` closes only what was closed before or is new. */
export type Enforcement = "observe" | "drift" | "full";

/** What the people who installed Airlock chose. A fact like any other: rules may ask for it. */
export type Settings = Readonly<{
  /** Subscriptions served, lower-cased GUIDs; also the ones whose private endpoints count as ours. */
  subscriptions: readonly string[];
  enforcement: Enforcement;
  /** Whether a cluster that loses nothing may be deleted and made again without asking. */
  allowComputeRecreate: boolean;
  /** Ids of the central private DNS zones; they win over any other zone of that name. */
  privateDnsZones: readonly string[];
}>;
