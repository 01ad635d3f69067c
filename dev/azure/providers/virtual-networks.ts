import type { Body } from "../answers.ts";
import type { Call } from "../call.ts";
import { resourceNotFound } from "../existence.ts";
import { parsePath } from "../ids.ts";
import { type Change, type Course, type Kind, type Stored, view } from "../kinds.ts";
import { isObject, same } from "../merge.ts";
import type { World } from "../world.ts";
import { networkEtag, networkVersions } from "./network-common.ts";

const networks: Kind = {
  type: "Microsoft.Network/virtualNetworks",
  versions: networkVersions,
  tracked: true,
  etag: networkEtag,
  complete: completeNetwork,
  course: networkCourse,
};

/** Recorded: 201 or 200, Azure-AsyncOperation, a few seconds; DELETE 202 with both headers. */
export function networkCourse({ wanted, was, world }: Change): Course {
  const seconds = world.between(3, 10);
  if (!wanted)
    return {
      status: 202,
      state: "Deleting",
      seconds,
      operation: { dialect: "network" },
      answered: () => undefined,
    };
  const headers = ["Azure-AsyncOperation"] as const;
  const operation = { dialect: "network", headers } as const;
  return { status: was ? 200 : 201, state: "Updating", seconds, operation };
}

/** Recorded defaults: policies of subnets, and lists that are always there. */
function completeNetwork(wanted: Stored): Stored {
  const { properties } = wanted;
  const subnets = objectsIn(properties["subnets"]).map((it) => completeSubnet(it, wanted.id));
  return {
    ...wanted,
    properties: { virtualNetworkPeerings: [], enableDdosProtection: false, ...properties, subnets },
  };
}

function completeSubnet(it: Body, network: string): Body {
  const properties = isObject(it["properties"]) ? it["properties"] : {};
  return {
    ...it,
    id: `${network}/subnets/${String(it["name"])}`,
    type: "Microsoft.Network/virtualNetworks/subnets",
    properties: {
      provisioningState: "Succeeded",
      delegations: [],
      privateEndpointNetworkPolicies: "Disabled",
      privateLinkServiceNetworkPolicies: "Enabled",
      ...properties,
    },
  };
}

const objectsIn = (it: unknown): Body[] => (Array.isArray(it) ? it.filter(isObject) : []);

/** A subnet stands inside its network; only reading it by its own id is simulated. */
export function subnetOf(world: World, id: string): Body | undefined {
  const network = world.get(parsePath(id).parent);
  return objectsIn(network?.properties["subnets"]).find((it) => same(String(it["id"]), id));
}

const subnets = view("Microsoft.Network/virtualNetworks/subnets", networkVersions, {
  GET: ({ target }: Call, world: World) => {
    const body = subnetOf(world, target.id);
    return body ? { status: 200, body } : resourceNotFound(target);
  },
});

export const virtualNetworkKinds: readonly Kind[] = [networks, subnets];
