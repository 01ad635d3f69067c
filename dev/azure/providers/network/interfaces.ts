import type { Answer, Body } from "../../answers.ts";
import type { Change, Course, Kind, Stored } from "../../kinds.ts";
import { isObject, omit, pick } from "../../merge.ts";
import type { World } from "../../world.ts";
import {
  asDescribed,
  networkCourse,
  networkEtag,
  networkFailure,
  networkVersions,
  objectsIn,
  plainLocation,
  propertiesOf,
  refuseBeyondTags,
  rested,
} from "./common.ts";
import { showInterface } from "./interface-shape.ts";
import { idIn, refuseUsed } from "./references.ts";
import { addressesOf } from "./subnet-addresses.ts";
import { prefixOf } from "./subnets.ts";

export const interfaceType = "Microsoft.Network/networkInterfaces";

/** Those of private endpoints are made and removed with them; PATCH takes tags only (specification). */
export const networkInterfaces: Kind = {
  type: interfaceType,
  versions: networkVersions,
  tracked: true,
  etag: networkEtag,
  readOnly: ["resourceGuid", "privateEndpoint", "macAddress", "virtualMachine"],
  complete: completeInterface,
  refuse: refuseInterface,
  course: courseOf,
  loaded(it, world) {
    occupy(it, world);
    return it;
  },
  settled(now, was, world) {
    if (was) release(was, world, now);
    if (now) occupy(now, world);
  },
  show: (it, version, world) =>
    asDescribed(showInterface(it, version, world), version, [
      "kind",
      "managedBy",
      "properties.allowPort25Out",
      "properties.nicAuxiliarySkuBillingNotificationType",
    ]),
};

/**
 * A write is over with its answer, which hands out an operation without Retry-After (1d: 10 of 11 PUTs;
 * one of 2025 had no header). Updating only where security groups of applications are joined.
 */
function courseOf({ wanted, was, world }: Change): Course {
  if (!wanted) return networkCourse({ wanted, was }, world.between(3, 10));
  const isSame = groupsOf(wanted) === groupsOf(was);
  return isSame ? { ...rested, status: was ? 200 : 201 } : networkCourse({ wanted, was }, 1);
}

const groupsOf = (it: Stored | undefined): string =>
  JSON.stringify(
    objectsIn(it?.properties["ipConfigurations"]).flatMap(
      (one) => propertiesOf(one)["applicationSecurityGroups"] ?? [],
    ),
  );

/** An address for each configuration, which stays with it; the primary one comes first (nic_subresources 11). */
function completeInterface(wanted: Stored, was: Stored | undefined, world: World): Stored {
  const before = objectsIn(was?.properties["ipConfigurations"]);
  const taken: string[] = [];
  const isSecond = (one: Body): number => Number(propertiesOf(one)["primary"] !== true);
  return {
    ...wanted,
    ...(was && pick(was, ["kind", "managedBy"])),
    location: plainLocation(wanted.location ?? was?.location),
    properties: {
      resourceGuid: world.guid(),
      ...wanted.properties,
      ipConfigurations: objectsIn(wanted.properties["ipConfigurations"])
        .map((one, at) => {
          const known = before.find((it) => it["name"] === one["name"]);
          return configured(one, { wanted, known, primary: at === 0, taken, world });
        })
        .sort((one, other) => isSecond(one) - isSecond(other)),
    },
  };
}

type Place = Readonly<{
  wanted: Stored;
  known: Body | undefined;
  primary: boolean;
  taken: string[];
  world: World;
}>;

function configured(one: Body, { wanted, known, primary, taken, world }: Place): Body {
  const asked = propertiesOf(one);
  const subnet = idIn(asked["subnet"]);
  const stays = pick(propertiesOf(known), ["privateIPAddress"]);
  const address =
    asked["privateIPAddress"] ??
    stays["privateIPAddress"] ??
    addressesOf(subnet, world).free(prefixOf(subnet, world), taken);
  taken.push(String(address));
  return {
    name: one["name"],
    id: `${wanted.id}/ipConfigurations/${String(one["name"])}`,
    type: `${interfaceType}/ipConfigurations`,
    properties: {
      provisioningState: "Succeeded",
      privateIPAddress: address,
      privateIPAllocationMethod: "Dynamic",
      ...pick(asked, ["privateIPAllocationMethod", "publicIPAddress"]),
      ...(subnet !== "" && { subnet: { id: subnet } }),
      primary,
      privateIPAddressVersion: "IPv4",
      ...omit(asked, ["privateIPAddress", "provisioningState", "etag", "subnet"]),
    },
  };
}

function refuseInterface(change: Change): Answer | undefined {
  const { wanted, was, world, method } = change;
  if (method === "PATCH") return refuseBeyondTags(change);
  const endpoint = was && idIn(was.properties["privateEndpoint"]);
  if (was && endpoint) return refuseAttached(was, endpoint, wanted !== undefined);
  return wanted && refuseUsed(wanted, usedBy(wanted), world);
}

/** Code of a change: public (azure-sdk-for-python 18911); that of a delete and both texts: not recorded. */
function refuseAttached({ id }: Stored, endpoint: string, changes: boolean): Answer {
  return changes
    ? networkFailure(
        400,
        "CannotModifyNicAttachedToPrivateEndpoint",
        `Network interface ${id} cannot be modified as it is attached to private endpoint ${endpoint}.`,
      )
    : networkFailure(
        400,
        "NicInUseWithPrivateEndpoint",
        `Network Interface ${id} is used in existing resource ${endpoint}. In order to delete the network interface, it must be dissociated from the resource. To learn more, see aka.ms/deletenic.`,
      );
}

function usedBy({ properties }: Stored): string[] {
  const parts = objectsIn(properties["ipConfigurations"]).map(propertiesOf);
  return [
    ...parts.flatMap((it) => [it["publicIPAddress"], it["subnet"]]),
    properties["networkSecurityGroup"],
  ]
    .filter(isObject)
    .map(idIn);
}

function usesOf(it: Stored) {
  return objectsIn(it.properties["ipConfigurations"]).map((one) => ({
    id: String(one["id"]),
    subnet: idIn(propertiesOf(one)["subnet"]),
    address: String(propertiesOf(one)["privateIPAddress"]),
  }));
}

function occupy(it: Stored, world: World): void {
  for (const { id, subnet, address } of usesOf(it)) addressesOf(subnet, world).occupy(address, id);
}

/** Frees the addresses that are no longer in use; those that stay keep their place among the users. */
export function release(it: Stored, world: World, now?: Stored): void {
  const kept = now ? usesOf(now).map((one) => `${one.id} ${one.address}`) : [];
  for (const { id, subnet, address } of usesOf(it))
    if (!kept.includes(`${id} ${address}`)) addressesOf(subnet, world).release(id);
}
