import type { Body } from "../../answers.ts";
import type { Stored } from "../../kinds.ts";
import { same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { networkEtag, objectsIn, plainLocation, propertiesOf } from "./common.ts";
import { requestsOf } from "./endpoint-links.ts";
import { interfaceType, release } from "./interfaces.ts";
import { membersOf } from "./link-names.ts";
import type { Member } from "./link-services.ts";
import { idIn } from "./references.ts";
import { addressesOf } from "./subnet-addresses.ts";
import { prefixOf } from "./subnets.ts";

/** Recorded (ASO 20240301 21): made with the endpoint, one configuration for each member of the target. */
export function makeInterface(endpoint: Stored, world: World): void {
  const id = interfaceOf(endpoint);
  const [request] = requestsOf(endpoint);
  if (world.get(id) || !request) return;
  const members = membersOf(request.target, request.groupIds, world);
  const groupId = request.groupIds[0] ?? "";
  world.put({
    id,
    name: id.slice(id.lastIndexOf("/") + 1),
    type: interfaceType,
    location: plainLocation(endpoint.location),
    etag: networkEtag(world),
    kind: "Regular",
    managedBy: endpoint.id,
    properties: {
      provisioningState: "Succeeded",
      resourceGuid: world.guid(),
      ipConfigurations: members.map((it, at) => ({
        ...configuration(id, it, endpoint, groupId, world, at === 0),
      })),
      privateEndpoint: { id: endpoint.id },
    },
  });
}

export const interfaceOf = (endpoint: Stored): string =>
  idIn(objectsIn(endpoint.properties["networkInterfaces"])[0]);

function configuration(
  nic: string,
  member: Member,
  endpoint: Stored,
  groupId: string,
  world: World,
  primary: boolean,
): Body {
  const name = `privateEndpointIpConfig.${world.guid()}`;
  const id = `${nic}/ipConfigurations/${name}`;
  const { subnet } = endpoint.properties;
  const addresses = addressesOf(idIn(subnet), world);
  const chosen = chosenAddress(endpoint, member);
  const address = chosen ?? addresses.free(prefixOf(idIn(subnet), world)) ?? "";
  addresses.occupy(address, id);
  return {
    name,
    id,
    type: `${interfaceType}/ipConfigurations`,
    properties: {
      provisioningState: "Succeeded",
      privateIPAddress: address,
      privateIPAllocationMethod: staticOf(endpoint, member) === undefined ? "Dynamic" : "Static",
      subnet,
      primary,
      privateIPAddressVersion: "IPv4",
      privateLinkConnectionProperties: { groupId, requiredMemberName: member.name },
    },
  };
}

/** Asked for in `ipConfigurations`, or seen in the `customDnsConfigs` of a loaded endpoint. */
function chosenAddress(endpoint: Stored, member: Member): string | undefined {
  const seen = objectsIn(endpoint.properties["customDnsConfigs"]).find(({ fqdn }) =>
    member.fqdns.some((it) => same(it, String(fqdn))),
  );
  const [first] = Array.isArray(seen?.["ipAddresses"]) ? seen["ipAddresses"] : [];
  return staticOf(endpoint, member) ?? (typeof first === "string" ? first : undefined);
}

function staticOf(endpoint: Stored, member: Member): string | undefined {
  const asked = objectsIn(endpoint.properties["ipConfigurations"])
    .map(propertiesOf)
    .find((it) => same(String(it["memberName"]), member.name));
  return asked && String(asked["privateIPAddress"]);
}

export function removeInterface(endpoint: Stored, world: World): void {
  const it = world.get(interfaceOf(endpoint));
  if (!it) return;
  release(it, world);
  world.remove(it.id);
}
