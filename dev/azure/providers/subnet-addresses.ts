import type { World } from "../world.ts";

/** Which addresses of a subnet are in use, and by which configuration of a network interface. */
export type Addresses = Readonly<{
  occupy(address: string, configuration: string): void;
  release(configuration: string): void;
  /** The lowest free one; undefined when the prefix is full. */
  free(prefix: string): string | undefined;
  isFree(address: string): boolean;
  /** Ids of the configurations, oldest first. */
  users(): string[];
}>;

const byWorld = new WeakMap<World, Map<string, Addresses>>();

/** Kept beside the resources: interfaces may be loaded before their network is. */
export function addressesOf(subnet: string, world: World): Addresses {
  const subnets = byWorld.get(world) ?? new Map<string, Addresses>();
  byWorld.set(world, subnets);
  const key = subnet.toLowerCase();
  const addresses = subnets.get(key) ?? createAddresses();
  subnets.set(key, addresses);
  return addresses;
}

function createAddresses(): Addresses {
  const taken = new Map<string, string>();
  return {
    occupy: (address, configuration) => void taken.set(address, configuration),
    release(configuration) {
      for (const [address, user] of taken) if (user === configuration) taken.delete(address);
    },
    free(prefix) {
      for (const it of usable(prefix)) if (!taken.has(it)) return it;
      return undefined;
    },
    isFree: (address) => !taken.has(address),
    users: () => [...taken.values()],
  };
}

/** azure-docs vnet faq: the first four addresses and the last are Azure's own. */
function* usable(prefix: string): Generator<string, void> {
  const [base = "", bits = "24"] = prefix.split("/");
  const octets = base.split(".").map(Number);
  const start = octets.reduce((sum, it) => sum * 256 + it, 0);
  const end = start + 2 ** (32 - Number(bits)) - 1;
  for (let at = start + 4; at < end; at++) yield dotted(at);
}

function dotted(at: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(at / 2 ** shift) % 256).join(".");
}
