import type { Answer } from "../answers.ts";
import type { Call } from "../call.ts";
import { groupType, shownGroupType, subscriptionType } from "../existence.ts";
import { type Change, type Course, type Kind, type Stored, view } from "../kinds.ts";
import { grantFor } from "../roles.ts";
import type { World } from "../world.ts";
import { cloudEndpoints } from "./cloud-endpoints.ts";
import { groupList, resourceLists, showGroup } from "./resource-lists.ts";
import { tags } from "./tags.ts";

/** azure-docs templates, change log of Microsoft.Resources. */
export const resourceVersions = `
  2015-11-01 2016-02-01 2016-06-01 2016-07-01 2016-09-01 2017-05-10 2018-02-01 2018-05-01
  2019-03-01 2019-05-01 2019-05-10 2019-06-01 2019-07-01 2019-08-01 2019-10-01 2019-11-01
  2020-01-01 2020-06-01 2020-08-01 2020-10-01 2021-01-01 2021-04-01 2022-09-01 2022-12-01
  2023-07-01 2024-03-01 2024-07-01 2024-11-01 2025-03-01 2025-04-01
`
  .trim()
  .split(/\s+/);

const subscriptions: Kind = {
  type: subscriptionType,
  versions: resourceVersions,
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
    managedByTenants: [],
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

const tenants = view("Microsoft.Resources/tenants", resourceVersions, {
  LIST: (call) => {
    const tenantId = call.principal?.tenantId ?? "";
    return whole([{ id: `/tenants/${tenantId}`, tenantId }]);
  },
});

/** Recorded 7 of 7: a region is written without blanks, in lower case, whatever was sent. */
const groups: Kind = {
  type: groupType,
  shownType: shownGroupType,
  versions: resourceVersions,
  tracked: true,
  serve: { LIST: groupList },
  complete: (it) => ({ ...it, location: it.location?.replaceAll(" ", "").toLowerCase() ?? "" }),
  course: groupCourse,
  show: showGroup,
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

export const resourcesKinds: readonly Kind[] = [
  subscriptions,
  tenants,
  groups,
  tags,
  cloudEndpoints,
  ...resourceLists(resourceVersions),
];
