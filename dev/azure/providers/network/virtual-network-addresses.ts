import type { Answer } from "../../answers.ts";
import type { Call } from "../../call.ts";
import { type Kind, type Stored, view } from "../../kinds.ts";
import type { World } from "../../world.ts";
import { networkFailure, networkVersions } from "./common.ts";
import { addressesOf, isReserved, isWithinPrefix } from "./subnet-addresses.ts";
import { prefixesOf, subnetType } from "./subnets.ts";

/** `GET …/CheckIPAddressAvailability?ipAddress=`: the five next free addresses of the subnet it is in. */
export const addressAvailability: Kind = view(
  "Microsoft.Network/virtualNetworks/CheckIPAddressAvailability",
  networkVersions,
  { LIST: answerAvailability },
);

function answerAvailability({ target, query }: Call, world: World): Answer {
  const address = query.get("ipAddress") ?? "";
  if (address === "") return refuseAbsent();
  const found = world
    .children(target.parent, subnetType)
    .flatMap((subnet) => prefixesOf(subnet).map((prefix) => ({ subnet, prefix })))
    .find(({ prefix }) => isWithinPrefix(address, prefix));
  return found ? availability(address, found, world) : refuseOutside(address, target.parent);
}

/** Recorded (subnet_list_available_ips 10); a free address has no list (azure-cli 13259). */
function availability(
  address: string,
  { subnet, prefix }: { subnet: Stored; prefix: string },
  world: World,
): Answer {
  const addresses = addressesOf(subnet.id, world);
  const isPlatformReserved = isReserved(address, prefix);
  const available = !isPlatformReserved && addresses.userOf(address) === undefined;
  if (available) return { status: 200, body: { available, isPlatformReserved } };
  const availableIPAddresses: string[] = [];
  for (let next = addresses.free(prefix); next !== undefined; ) {
    availableIPAddresses.push(next);
    next =
      availableIPAddresses.length < 5 ? addresses.free(prefix, availableIPAddresses) : undefined;
  }
  return { status: 200, body: { available, availableIPAddresses, isPlatformReserved } };
}

/** Public text (azure-cli 6654). */
function refuseAbsent(): Answer {
  return networkFailure(
    400,
    "InvalidParameter",
    "Private IP address is null or empty in the CheckIpAddressAvailability call. Specify IpAddress=$(ipaddress) as a query parameter in the request URI.",
  );
}

/** Not recorded. */
function refuseOutside(address: string, network: string): Answer {
  return networkFailure(
    400,
    "PrivateIPAddressNotInAnySubnet",
    `Private static IP address ${address} does not belong to the range of any subnet in the virtual network ${network}.`,
  );
}
