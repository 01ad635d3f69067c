import { type Answer, type Body, failure } from "../answers.ts";
import { introduce } from "../identities.ts";
import { parsePath } from "../ids.ts";
import { type Change, type Course, type Kind, type Stored, stateless } from "../kinds.ts";
import { pick, same } from "../merge.ts";
import type { World } from "../world.ts";

const versions = [
  "2015-08-31-preview",
  "2018-11-30",
  "2021-09-30-preview",
  "2022-01-31-preview",
  "2023-01-31",
  "2023-07-31-preview",
  "2024-11-30",
];

const identityType = "Microsoft.ManagedIdentity/userAssignedIdentities";
const credentialType = `${identityType}/federatedIdentityCredentials` as const;
const keys = ["tenantId", "principalId", "clientId"];

/** Sources: recorded (ASO ManagedIdentity_20230131 3 to 16), manners 1.2; no etag, no systemData. */
const userAssignedIdentities: Kind = {
  type: identityType,
  versions,
  tracked: true,
  inState: stateless,
  readOnly: keys,
  complete: (wanted, was, world, call) => ({
    tags: {},
    ...wanted,
    properties: {
      tenantId: call?.principal?.tenantId ?? "",
      principalId: world.guid(),
      clientId: world.guid(),
      ...pick(was?.properties ?? wanted.properties, keys),
    },
  }),
  course,
  settled(now, was, world) {
    if (!now || was) return;
    const [tenantId, objectId, appId] = keys.map((key) => String(now.properties[key]));
    const principal = { objectId: objectId ?? "", tenantId: tenantId ?? "", name: now.name };
    introduce({ ...principal, ...(appId && { appId }), kind: "app" }, world);
  },
  show: (it) => ({
    ...pick(it, ["location", "tags"]),
    ...inOwnLetters(it),
    properties: pick(it.properties, keys),
  }),
};

/** manners 1.2 (87 of 87): the Location of a 201 is relative, and that of no operation. */
function course({ wanted, was }: Change): Course {
  if (!wanted || was) return { status: 200 };
  return { status: 201, headers: { location: lowered(wanted.id) } };
}

/** manners 1.11 (261 of 261): `resourcegroups`, whatever was asked. */
const lowered = (id: string): string => id.replace(/\/resourceGroups\//i, "/resourcegroups/");

const inOwnLetters = ({ id, name, type }: Stored): Body => ({ id: lowered(id), name, type });

const asked = ["issuer", "subject", "audiences"];

const federatedCredentials: Kind = {
  type: credentialType,
  versions: versions.filter((it) => it >= "2022-01-31-preview"),
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  inState: stateless,
  course,
  refuse: refuseCredential,
  absent: ({ id }, verb) =>
    verb === "DELETE"
      ? undefined
      : failure(404, "NotFound", `Resource '${lowered(id)}' was not found.`),
  show: (it) => ({ ...inOwnLetters(it), properties: pick(it.properties, asked) }),
};

/** Public texts (azure-docs workload-identity-federation-considerations). */
function refuseCredential({ wanted, world }: Change): Answer | undefined {
  if (!wanted) return undefined;
  const missing = asked.find((it) => wanted.properties[it] === undefined);
  if (missing !== undefined)
    return failure(400, "BadRequest", `The property '${missing}' is required.`); // not recorded
  const others = othersOf(wanted, world);
  if (others.some((it) => isTwin(it, wanted)))
    return failure(
      409,
      "Conflict",
      "Issuer and subject combination already exists for this Managed Identity.",
    );
  return others.length < 20
    ? undefined
    : failure(
        400,
        "BadRequest",
        "Too many Federated Identity Credentials for the identity. The maximum is 20.",
      );
}

function othersOf(wanted: Stored, world: World): Stored[] {
  return world
    .children(parsePath(wanted.id).parent, credentialType)
    .filter((it) => !same(it.id, wanted.id));
}

function isTwin(one: Stored, other: Stored): boolean {
  return ["issuer", "subject"].every((key) => one.properties[key] === other.properties[key]);
}

export const managedIdentityKinds: readonly Kind[] = [userAssignedIdentities, federatedCredentials];
