import { type Answer, failure } from "../answers.ts";
import type { Call } from "../call.ts";
import { groupType, shownGroupType, subscriptionType } from "../existence.ts";
import { parsePath } from "../ids.ts";
import { type Change, type Course, type Kind, type Stored, view } from "../kinds.ts";
import { omit, same } from "../merge.ts";
import { page } from "../paging.ts";
import { grantFor } from "../roles.ts";
import type { World } from "../world.ts";
import { tags } from "./tags.ts";

/** azure-docs templates, change log of Microsoft.Resources. */
const versions = `
  2015-11-01 2016-02-01 2016-06-01 2016-07-01 2016-09-01 2017-05-10 2018-02-01 2018-05-01
  2019-03-01 2019-05-01 2019-05-10 2019-06-01 2019-07-01 2019-08-01 2019-10-01 2019-11-01
  2020-01-01 2020-06-01 2020-08-01 2020-10-01 2021-01-01 2021-04-01 2022-09-01 2022-12-01
  2023-07-01 2024-03-01 2024-07-01 2024-11-01 2025-03-01 2025-04-01
`
  .trim()
  .split(/\s+/);

const subscriptions: Kind = {
  type: subscriptionType,
  versions,
  verbs: ["GET", "LIST"],
  serve: {
    LIST: (call, world) => whole(readable(call, world).map((it) => subscription(it, call))),
  },
  show: (it, _version, world) => subscriptionBody(it, tenantOf(world)),
};

/** GET /subscriptions shows to each what it may see; not recorded. */
function readable({ principal }: Call, world: World): Stored[] {
  return world
    .children("", subscriptionType)
    .filter((it) => principal && grantFor(world, principal, `${subscriptionType}/read`, it.id));
}

function subscription(it: Stored, call: Call) {
  return subscriptionBody(it, call.principal?.tenantId ?? "");
}

function subscriptionBody(it: Stored, tenantId: string) {
  return {
    id: it.id,
    authorizationSource: "RoleBased",
    subscriptionId: it.name,
    tenantId,
    displayName: `Subscription ${it.name.slice(0, 8)}`,
    state: "Enabled",
    subscriptionPolicies: {
      locationPlacementId: "Public_2014-09-01",
      quotaId: "PayAsYouGo_2014-09-01",
      spendingLimit: "Off",
    },
  };
}

const tenantOf = (world: World): string => world.directory.all()[0]?.tenantId ?? "";

/** Specification: these two must have a `nextLink`; not recorded. */
const whole = (value: readonly unknown[]): Answer => ({
  status: 200,
  body: { value: [...value], nextLink: "" },
});

const tenants = view("Microsoft.Resources/tenants", versions, {
  LIST: (call) => {
    const tenantId = call.principal?.tenantId ?? "";
    return whole([{ id: `/tenants/${tenantId}`, tenantId }]);
  },
});

const groups: Kind = {
  type: groupType,
  shownType: shownGroupType,
  versions,
  tracked: true,
  course: groupCourse,
};

/** Recorded: 202 with Location only, 68 s in the median, 202 again while it runs (445 chains). */
function groupCourse({ wanted, was, world }: Change): Course {
  if (wanted) return { status: was ? 200 : 201 };
  return {
    status: 202,
    state: "Deleting",
    seconds: world.between(50, 90),
    operation: { dialect: "resourceGroups" },
  };
}

/** The lists of everything: no properties in rows; filtered after paging (see paging.ts). */
const everything = {
  LIST: (call: Call, world: World): Answer => {
    const rows = world.below(parsePath(call.target.parent).id).filter((it) => isListed(it, world));
    const filter = filterOf(call.query.get("$filter") ?? "");
    return filter
      ? page(call, rows, (it) => (filter(it) ? rowOf(it) : undefined))
      : failure(400, "InvalidFilterInQueryString", "Invalid $filter in query string.");
  },
};

function isListed(it: Stored, world: World): boolean {
  const kind = world.kind(it.type);
  if (same(it.type, shownGroupType)) return false;
  return kind ? kind.tracked === true : it.location !== undefined;
}

const rowOf = (it: Stored) => omit(it, ["properties", "etag"]);

/** `resourceType eq 'x' and name eq 'y'`: the fields that were seen; others are refused here. */
function filterOf(text: string): ((it: Stored) => boolean) | undefined {
  const parts = text.split(/ and /i).filter((it) => it.trim() !== "");
  const terms = parts.map((it) => /^\s*\(?(\w+)\s+eq\s+'([^']*)'\)?\s*$/i.exec(it));
  if (terms.some((it) => it === null || fieldOf(it[1]) === undefined)) return undefined;
  return (row) => terms.every((it) => same(fieldOf(it?.[1])?.(row), it?.[2]));
}

function fieldOf(name: string | undefined): ((it: Stored) => string | undefined) | undefined {
  const fields: Record<string, (it: Stored) => string | undefined> = {
    resourcetype: (it) => it.type,
    name: (it) => it.name,
    location: (it) => it.location,
    resourcegroup: (it) => parsePath(it.id).group,
  };
  return fields[name?.toLowerCase() ?? ""];
}

export const resourcesKinds: readonly Kind[] = [
  subscriptions,
  tenants,
  groups,
  tags,
  view("Microsoft.Resources/subscriptions/resources", versions, everything),
  view("Microsoft.Resources/subscriptions/resourceGroups/resources", versions, everything),
];
