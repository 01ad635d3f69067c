import type { Answer, Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import type { Change, Course, Kind, Stored } from "../../kinds.ts";
import { isObject, merge } from "../../merge.ts";
import { page } from "../../paging.ts";
import type { World } from "../../world.ts";
import { isFree, searchEtag, searchVersions, serviceType, skuOf } from "./common.ts";
import { connectionRules, searchConnections, takeApart } from "./connections.ts";
import { keyActions, searchKeyKinds } from "./keys.ts";
import { searchLinks, sharedLinks } from "./links.ts";
import { searchNames } from "./names.ts";
import { refuseService } from "./refusals.ts";
import { completeService, providerWritten, showService } from "./shape.ts";

/** Sources: docs/sources.md 1e unless a line says otherwise. */
const services: Kind = {
  type: serviceType,
  versions: searchVersions,
  tracked: true,
  systemData: true,
  etag: searchEtag,
  readOnly: providerWritten,
  serve: { LIST: listServices },
  inState: (it, state) => ({
    ...it,
    properties: {
      ...it.properties,
      status: { Succeeded: "running", Failed: "error" }[state] ?? state,
      provisioningState: state.toLowerCase(),
    },
  }),
  patched: patchedService,
  complete: completeService,
  refuse: refuseService,
  course: serviceCourse,
  loaded: takeApart,
  show: showService,
  actions: keyActions,
  connections: connectionRules,
};

/** test_service_create_delete_list 1 and 4: `nextLink` null, absent from an empty list. */
function listServices(call: Call, world: World): Answer {
  const { group, subscription, parent } = call.target;
  const all =
    group === "" ? world.ofType(subscription, serviceType) : world.children(parent, serviceType);
  // recorded in lists only, and only up to 2022-09-01
  const withEtag = call.version <= "2022-09-01";
  const answer = page(call, all, (it) => {
    const shown = showService(it, call.version, world);
    const properties = isObject(shown["properties"]) ? shown["properties"] : {};
    return withEtag ? { ...shown, properties: { ...properties, eTag: it.etag } } : shown;
  });
  const body = isObject(answer.body) ? answer.body : {};
  return all.length === 0 ? answer : { ...answer, body: { nextLink: null, ...body } };
}

/** `authOptions` is one of three forms, so a new one takes the place of the old (test_service_create_auth). */
function patchedService(was: Stored, body: Body): Stored {
  const merged = merge(was, body) as Stored;
  const sent = isObject(body["properties"]) ? body["properties"] : {};
  const { authOptions } = sent;
  return {
    ...merged,
    ...(isObject(body["tags"]) && { tags: body["tags"] }),
    properties: { ...merged.properties, ...(isObject(authOptions) && { authOptions }) },
  };
}

/** PATCH and PUT are 200 and synchronous; what moves machines leaves the service provisioning. */
function serviceCourse({ was, wanted, call, world }: Change): Course {
  if (!wanted) return { status: 200 };
  const seconds = was
    ? secondsOfChange(was, wanted)
    : secondsOfCreation(wanted, call.version, world);
  const status = was ? 200 : 201;
  return seconds === 0 ? { status } : { status, state: "provisioning", seconds };
}

/**
 * test_service_update_private_endpoint 22, 45, test_service_update_ip_rules and its siblings of 2023-10;
 * the rules of 2025-09 took 60 s too. azure-docs of another tier: well over an hour.
 */
function secondsOfChange(was: Stored, wanted: Stored): number {
  const [before, now] = [was.properties, wanted.properties];
  const moved = (name: string): boolean =>
    JSON.stringify(before[name]) !== JSON.stringify(now[name]);
  return Math.max(
    !moved("publicNetworkAccess") ? 0 : now["publicNetworkAccess"] === "Enabled" ? 608 : 1033,
    moved("networkRuleSet") ? 61 : 0,
    moved("replicaCount") ? 1277 : 0,
    moved("partitionCount") ? 1703 : 0,
    skuOf(was) !== skuOf(wanted) ? 3900 : 0,
  );
}

/**
 * 10 creations in 2023 were running at once, 13 took 408 to 729 s; since 2025 all but one (PS, East US)
 * took 304 to 1150 s. Which of them are quick is inferred: small, open and without rules (free: JAVA 2021).
 */
function secondsOfCreation(wanted: Stored, version: string, world: World): number {
  const it = wanted.properties;
  if (isFree(wanted)) return 0;
  if (version >= "2025") return world.between(304, 1150);
  const rules = isObject(it["networkRuleSet"]) ? it["networkRuleSet"]["ipRules"] : [];
  const isSmall = it["replicaCount"] === 1 && it["partitionCount"] === 1;
  const isOpen = it["publicNetworkAccess"] === "Enabled" && JSON.stringify(rules) === "[]";
  const isQuick = ["basic", "standard"].includes(skuOf(wanted)) && isSmall && isOpen;
  return isQuick ? 0 : world.between(408, 729);
}

export const searchKinds: readonly Kind[] = [
  services,
  searchConnections,
  sharedLinks,
  searchLinks,
  searchNames,
  ...searchKeyKinds,
];
