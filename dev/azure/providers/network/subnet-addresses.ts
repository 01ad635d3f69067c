import type { World } from "../../world.ts";

/** Which addresses of a subnet are in use, and by which configuration of a network interface. */
export type Addresses = Readonly<{
  occupy(address: string, configuration: string): void;
  release(configuration: string): void;
  /** The lowest free one, beside others that are about to be taken; undefined when the prefix is full. */
  free(prefix: string, beside?: readonly string[]): string | undefined;
  /** The configuration that has it. */
  userOf(address: string): string | undefined;
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
    free(prefix, beside = []) {
      for (const it of usable(prefix)) if (!taken.has(it) && !beside.includes(it)) return it;
      return undefined;
    },
    userOf: (address) => taken.get(address),
    users: () => [...taken.values()],
  };
}

/** azure-docs vnet faq: the first four addresses and the last are Azure's own. */
function* usable(prefix: string): Generator<string, void> {
  const { start, end } = rangeOf(prefix);
  for (let at = start + 4; at < end; at++) yield dotted(at);
}

export function isReserved(address: string, prefix: string): boolean {
  const { start, end } = rangeOf(prefix);
  return (
    isWithinPrefix(address, prefix) && (numberOf(address) < start + 4 || numberOf(address) === end)
  );
}

export function isWithinPrefix(address: string, prefix: string): boolean {
  const { start, end } = rangeOf(prefix);
  return numberOf(address) >= start && numberOf(address) <= end;
}

function rangeOf(prefix: string): { start: number; end: number } {
  const [base = "", bits = "24"] = prefix.split("/");
  const start = numberOf(base);
  return { start, end: start + 2 ** (32 - Number(bits)) - 1 };
}

const numberOf = (address: string): number =>
  address.split(".").reduce((sum, it) => sum * 256 + Number(it), 0);

function dotted(at: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(at / 2 ** shift) % 256).join(".");
}
