import type { Kind } from "../kinds.ts";
import { authorizationKinds } from "./authorization.ts";
import { cognitiveServicesKinds } from "./cognitive-services.ts";
import { resourceGraphKinds } from "./resource-graph.ts";
import { resourcesKinds } from "./resources.ts";

/** Every ARM type that this Azure knows. */
export const kinds: readonly Kind[] = [
  ...resourcesKinds,
  ...authorizationKinds,
  ...cognitiveServicesKinds,
  ...resourceGraphKinds,
];
