/**
 * What neither a document nor a recording decides, and what a client must survive both ways. The
 * first behaviour is the one that this Azure shows unless `AzureOptions.unsettled` says otherwise.
 */
export const doubts = {
  /** A public issue has one TransientError that had been applied; no recording shows the resource after a failure. */
  failedWriteLeaves: ["the old values", "the new values"],
  /** azure-docs say that records go with the group; no recording reads an A record around one. */
  recordsOfRemovedGroup: ["removed", "left"],
  /** arm.md 8: nobody was seen to write while a service is provisioning. */
  searchWriteWhileProvisioning: ["refused", "accepted"],
  /** No recording attaches a group to an endpoint whose connection waits for approval. */
  groupOfPendingEndpoint: ["accepted", "refused"],
  /** ASO Apr 2025 shows the `managedNetwork` of a workspace that was made without one, PS Nov 2025 does not. */
  networkNobodyAskedFor: ["shown", "absent"],
  /** @azure/core-client appends the parameters of a write to the signed address that it polls. */
  pollWithMoreParameters: ["taken", "refused"],
} as const;

export type Doubt = keyof typeof doubts;
export type Behaviour<D extends Doubt> = (typeof doubts)[D][number];
export type Choices = { readonly [D in Doubt]?: Behaviour<D> };

export const choose =
  (choices: Choices) =>
  <D extends Doubt>(doubt: D): Behaviour<D> =>
    (choices as { readonly [key in D]?: Behaviour<D> })[doubt] ?? doubts[doubt][0];
