import type { EndpointTarget } from "../model/facts.ts";
import { patch, type Step } from "../model/request.ts";
import { compliant, type Verdict, violation } from "../model/verdict.ts";

/** Absent means public; texts come in either case (recorded). `closed`: the words that mean closed. */
export function judgePublicAccess(
  { properties: { publicNetworkAccess: value } }: EndpointTarget,
  closed: readonly string[] = ["disabled"],
): Verdict {
  if (value !== undefined && closed.includes(value.toLowerCase())) return compliant;
  return violation(
    `Public network access is ${value ?? "not set, which means Enabled"}.`,
    "properties.publicNetworkAccess",
  );
}

export const closePublicAccess = (resource: EndpointTarget): readonly Step[] => [
  {
    title: "Disable public network access",
    request: patch(resource, { properties: { publicNetworkAccess: "Disabled" } }),
  },
];
