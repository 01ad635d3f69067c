import { type Answer, type Body, failure } from "../../answers.ts";
import type { Call } from "../../call.ts";
import { parsePath } from "../../ids.ts";
import { isTerminal, type Stored } from "../../kinds.ts";
import { same } from "../../merge.ts";
import type { World } from "../../world.ts";

export const workspaceType = "Microsoft.MachineLearningServices/workspaces";
export const computeType = `${workspaceType}/computes` as const;
export const jobType = `${workspaceType}/jobs` as const;

/** Sources in these files: docs/sources.md ("claim", "F1" to "F6") and its recordings. */
export const machineLearningVersions = [
  "2019-05-01",
  "2019-06-01",
  "2019-11-01",
  "2020-01-01",
  "2020-03-01",
  "2020-04-01",
  "2020-06-01",
  "2020-08-01",
  "2021-01-01",
  "2021-04-01",
  "2021-07-01",
  "2022-01-01-preview",
  "2022-02-01-preview",
  "2022-05-01",
  "2022-06-01-preview",
  "2022-10-01",
  "2022-10-01-preview",
  "2022-12-01-preview",
  "2023-02-01-preview",
  "2023-04-01",
  "2023-04-01-preview",
  "2023-06-01-preview",
  "2023-08-01-preview",
  "2023-10-01",
  "2024-01-01-preview",
  "2024-04-01",
  "2024-04-01-preview",
  "2024-07-01-preview",
  "2024-10-01",
  "2024-10-01-preview",
  "2025-01-01-preview",
  "2025-04-01",
  "2025-06-01",
  "2025-09-01",
  "2025-12-01",
  "2026-03-01",
  "2026-05-01",
];

/** F1, F5: computes write times with seven digits and an offset, workspaces with Z. */
export function offsetTime(at: Date): string {
  return at.toISOString().replace("Z", "0000+00:00");
}

/** The workspace that holds a child of it. */
export function workspaceOf(id: string, world: World): Stored | undefined {
  return world.get(parsePath(id).parent);
}

/** Put there by a load; what clients send has no state. */
export function isLoaded(it: Stored, was: Stored | undefined): boolean {
  return !was && it.properties["provisioningState"] !== undefined;
}

/** The mode that counts; absent means Disabled (claim 36). */
export function isolationMode(workspace: Stored | undefined): string {
  const network = workspace?.properties["managedNetwork"] as Body | null | undefined;
  return String(network?.["isolationMode"] ?? "Disabled");
}

export const isOff = (mode: string): boolean => same(mode, "Disabled");

/** fact 13: a bare 409 on what is being changed or deleted; its body was not recorded. */
export function refuseUnsettled(it: Stored | undefined): Answer | undefined {
  return it && !isTerminal(it) ? { status: 409 } : undefined;
}

/** Known from public issues only, like its texts: `ValidationError`. */
export function invalid(message: string): Answer {
  return failure(400, "ValidationError", message);
}

type Complaint = Readonly<{
  status: number;
  code: string;
  message: string;
  /** Codes from the outside in: `["NotFound", "JobNotFound"]`. */
  inner?: readonly string[];
  details?: readonly Body[];
}>;

/** F6.2: jobs, datastores, endpoints. The code that matters stands in the last `additionalInfo`. */
export function frontendFailure(it: Complaint, location: string, world: World): Answer {
  const info = (type: string, value: unknown) => ({ type, info: { value } });
  const additionalInfo = [
    info("ComponentName", "managementfrontend"),
    info("Correlation", correlation(world)),
    info("Environment", location),
    info("Location", location),
    info("Time", offsetTime(world.now())),
    ...(it.inner ? [info("InnerError", nested(it.inner))] : []),
  ];
  const { code, message, details = [] } = it;
  return failed(it.status, { error: { code, message, details: [...details], additionalInfo } });
}

/** F6.3: connections of workspaces. */
export function accountFailure(it: Complaint, location: string, world: World): Answer {
  return failed(it.status, {
    error: {
      code: it.code,
      severity: null,
      message: it.message,
      messageFormat: null,
      messageParameters: null,
      referenceCode: null,
      detailsUri: null,
      target: null,
      details: [],
      innerError: nested(it.inner ?? []),
      debugInfo: null,
      additionalInfo: null,
    },
    correlation: correlation(world),
    environment: location,
    location,
    time: offsetTime(world.now()),
    componentName: "account-rp",
  });
}

/** F6.3 was seen up to 2023-04-01-preview; what later api-versions say around it is not recorded. */
export function accountMissing(message: string, { target, version }: Call, world: World): Answer {
  if (version >= "2024") return failure(404, "UserError", message);
  const it = { status: 404, code: "UserError", message, inner: ["NotFoundError"] };
  return accountFailure(it, world.get(target.parent)?.location ?? "", world);
}

function failed(status: number, body: Body): Answer {
  return { status, headers: { "x-ms-response-type": "error" }, body };
}

function nested([code, ...rest]: readonly string[]): Body | null {
  return code === undefined ? null : { code, innerError: nested(rest) };
}

function correlation(world: World) {
  const digits = () => world.guid().replaceAll("-", "");
  return { operation: digits(), request: digits().slice(0, 16) };
}

const typeIs = (it: Stored, name: string) => same(String(it.properties["computeType"]), name);
export const isCluster = (it: Stored): boolean => typeIs(it, "AmlCompute");
export const isInstance = (it: Stored): boolean => typeIs(it, "ComputeInstance");
export const isOwn = (it: Stored): boolean => isCluster(it) || isInstance(it);
