import type { Kind } from "../kinds.ts";
import { authorizationKinds } from "./authorization.ts";
import { cognitiveServicesKinds } from "./cognitive/accounts.ts";
import { computeKinds } from "./compute.ts";
import { containerRegistryKinds } from "./container-registry.ts";
import { denyAssignments } from "./deny-assignments.ts";
import { diagnosticSettingsKinds } from "./diagnostic-settings.ts";
import { insightsKinds } from "./insights.ts";
import { keyVaultKinds } from "./key-vault.ts";
import { machineLearningKinds } from "./machine-learning/kinds.ts";
import { managedIdentityKinds } from "./managed-identity.ts";
import { networkKinds } from "./network/kinds.ts";
import { policyAssignments } from "./policy-assignments.ts";
import { policyDefinitions } from "./policy-definitions.ts";
import { privateDnsKinds } from "./private-dns/zones.ts";
import { resourceGraphKinds } from "./resource-graph/resources.ts";
import { resourceProviderKinds } from "./resource-providers.ts";
import { resourcesKinds, resourceVersions } from "./resources.ts";
import { searchKinds } from "./search/services.ts";
import { sqlKinds } from "./sql-servers.ts";
import { storageKinds } from "./storage.ts";

const simulated: readonly Kind[] = [
  ...resourcesKinds,
  ...authorizationKinds,
  ...cognitiveServicesKinds,
  ...computeKinds,
  ...containerRegistryKinds,
  denyAssignments,
  ...diagnosticSettingsKinds,
  ...insightsKinds,
  ...keyVaultKinds,
  ...machineLearningKinds,
  ...managedIdentityKinds,
  ...networkKinds,
  policyAssignments,
  policyDefinitions,
  ...privateDnsKinds,
  ...resourceGraphKinds,
  ...searchKinds,
  ...sqlKinds,
  ...storageKinds,
];

/** Every ARM type that this Azure knows. */
export const kinds: readonly Kind[] = [
  ...simulated,
  ...resourceProviderKinds(simulated, resourceVersions),
];
