import type { Answer } from "./answers.ts";
import { createArm, type Publish, versions } from "./arm.ts";
import type { Request } from "./call.ts";
import { createDelivery, type Delivery } from "./delivery.ts";
import { authentication } from "./layers/authentication.ts";
import { authorization } from "./layers/authorization.ts";
import type { Throttling } from "./layers/buckets.ts";
import { denyAssignments } from "./layers/deny-assignments.ts";
import { createFaults, type Faults } from "./layers/faults.ts";
import { locks } from "./layers/locks.ts";
import { createPolicy } from "./layers/policy.ts";
import { createQuotas } from "./layers/provider-quotas.ts";
import { createThrottling } from "./layers/throttling.ts";
import { loadResources } from "./load.ts";
import type { Directory, Principal } from "./principals.ts";
import { kinds } from "./providers/index.ts";
import { lagBehind } from "./providers/resource-graph/past.ts";
import { grant } from "./roles.ts";
import type { Choices } from "./unsettled.ts";
import { createWorld } from "./world.ts";

export type AzureOptions = Readonly<{
  /** The clock of the process; it may be shifted. */
  now(): Date;
  /** A change event is born; the sink decides where it goes and brings it after the delay. */
  publish: Publish;
  /** For choices by chance; the same seed and calls make the same Azure. Default 1. */
  seed?: number;
  /** "none": operations end at once but keep their codes and headers. Default "recorded". */
  delays?: "recorded" | "none";
  /**
   * "none": Resource Graph shows each change at once. Default: as `delays`, since without them nobody
   * waits for anything. A loaded estate is always there.
   */
  graphLag?: "recorded" | "none";
  /** "rough": events also come late, out of order and twice, by the seed. Default "calm". */
  events?: Delivery;
  /** "none": buckets are always full, for more calls at one moment than anybody sends. Default "recorded". */
  throttling?: Throttling;
  /** Any subscription id exists as soon as it is named. */
  anySubscription?: boolean;
  /** Other than the usual behaviour where nobody knows Azure's. */
  unsettled?: Choices;
}>;

/** A local Azure Resource Manager: synchronous, strict as the recordings of the real one. */
export type Azure = Readonly<{
  /** Settles what is due first. `status` 0: the client gets no answer (see `socket`). */
  answer(request: Request): Answer;
  load(resources: readonly object[]): void;
  settle(): void;
  nextDueAt(): Date | undefined;
  /** The Entra directory: who exists, and their tokens. */
  principals: Directory;
  /** Assigns a role (by name, or made of actions) at a scope; at once, unlike ARM's minutes. */
  grant(principal: Principal, role: string | readonly string[], scope: string): void;
  faults: Faults;
}>;

const usual = {
  seed: 1,
  delays: "recorded",
  anySubscription: false,
  throttling: "recorded",
  events: "calm",
} as const;

export function createAzure(given: AzureOptions): Azure {
  const options = { ...usual, ...given };
  const { seed, delays } = options;
  const world = createWorld({ ...options, kinds });
  if ((options.graphLag ?? delays) !== "none") lagBehind(world, seed);
  const { faults, layer } = createFaults();
  const layers = [
    authentication,
    createThrottling(options.throttling, seed, world.now),
    layer,
    versions,
    authorization,
    denyAssignments,
    locks,
    createPolicy((request) => void arm(request)),
    createQuotas(options.throttling, world.now),
  ];
  const delivered = createDelivery(options.events, seed);
  const publish: Publish = (event, seconds) => {
    for (const it of delivered(seconds)) options.publish(event, delays === "none" ? 0 : it);
  };
  const arm = createArm(world, layers, publish);
  return {
    answer(request) {
      world.settle();
      const answer = arm(request);
      world.settle();
      return answer;
    },
    load: (resources) => world.still(() => loadResources(world, resources)),
    settle: world.settle,
    nextDueAt: world.nextDueAt,
    principals: world.directory,
    grant: (principal, role, scope) => grant(world, principal, role, scope),
    faults,
  };
}
