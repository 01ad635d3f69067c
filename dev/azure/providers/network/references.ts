import type { Answer, Body } from "../../answers.ts";
import { isTerminal, type Stored } from "../../kinds.ts";
import { same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { networkFailure, refuseReference, refuseUnready } from "./common.ts";

export const idIn = (it: unknown): string => String((it as Body | undefined)?.["id"] ?? "");

/** The last operation's name in a refusal, by the type that is used. */
const operations: Readonly<Record<string, string>> = {
  "microsoft.network/publicipaddresses": "PutPublicIpAddressOperation",
  "microsoft.network/virtualnetworks": "PutVirtualNetworkOperation",
  "microsoft.network/virtualnetworks/subnets": "PutSubnetOperation",
  "microsoft.network/networksecuritygroups": "PutNetworkSecurityGroupOperation",
};

/** What a resource of Network names must be there and at rest. */
export function refuseUsed(by: Stored, used: readonly string[], world: World): Answer | undefined {
  for (const id of used) {
    const it = world.get(id);
    if (!it) return refuseReference(id, by.id);
    const operation = operations[it.type.toLowerCase()] ?? "PutResourceOperation";
    if (!isTerminal(it)) return refuseUnready(it, by.id, operation);
  }
  return undefined;
}

type InUse = Readonly<{
  code: string;
  /** Where another resource names it, anywhere in its properties. */
  key: string;
  text(id: string, user: string): string;
}>;

/** Codes recorded (CLI resource test_delete_dependent_resources 18 to 21); texts: public ones. */
const inUse: Readonly<Record<string, InUse>> = {
  "microsoft.network/networksecuritygroups": {
    code: "InUseNetworkSecurityGroupCannotBeDeleted",
    key: "networkSecurityGroup",
    text: (id, user) =>
      `Network security group ${id} cannot be deleted because it is in use by the following resources: ${user}. In order to delete the Network security group, remove the association with the resource(s). To learn how to do this, see aka.ms/deletensg.`,
  },
  "microsoft.network/publicipaddresses": {
    code: "PublicIPAddressCannotBeDeleted",
    key: "publicIPAddress",
    text: (id, user) =>
      `Public IP address ${id} can not be deleted since it is still allocated to resource ${user}. In order to delete the public IP, disassociate/detach the Public IP address from the resource.  To learn how to do this, see aka.ms/deletepublicip.`,
  },
};

const users = ["Microsoft.Network/networkInterfaces", "Microsoft.Network/virtualNetworks/subnets"];

/** A delete of what an interface or a subnet still names. */
export function refuseDeleteInUse(it: Stored, world: World): Answer | undefined {
  const rule = inUse[it.type.toLowerCase()];
  const subscription = it.id.split("/")[2] ?? "";
  const user = users
    .flatMap((type) => world.ofType(subscription, type))
    .find((one) => rule && names(one.properties, rule.key, it.id));
  return rule && user && networkFailure(400, rule.code, rule.text(it.id, user.id));
}

function names(it: unknown, key: string, id: string): boolean {
  if (typeof it !== "object" || it === null) return false;
  return Object.entries(it).some(
    ([own, value]) => (own === key && same(idIn(value), id)) || names(value, key, id),
  );
}
