import * as z from "zod/mini";
import { AirlockError } from "./model/airlock-error.ts";
import type { Settings } from "./model/settings.ts";

const guid = z.guid("must be a GUID");
const zoneId = z
  .string()
  .check(
    z.regex(
      /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/privateDnsZones\/[^/]+$/i,
      "must be the id of a private DNS zone",
    ),
  );

const itemsIn = (text: string) =>
  text
    .split(",")
    .map((it) => it.trim())
    .filter((it) => it !== "");

const list = (item: z.ZodMiniType<string, string>) =>
  z.pipe(z.pipe(z._default(z.string(), ""), z.transform(itemsIn)), z.array(item));

const flag = z._default(z.enum(["true", "false"], "must be true or false"), "false");

const schema = z.object({
  AIRLOCK_SUBSCRIPTIONS: list(guid).check(z.refine((it) => it.length > 0, "names no subscription")),
  AIRLOCK_ENFORCEMENT: z._default(
    z.enum(["observe", "drift", "full"], "must be observe, drift or full"),
    "drift",
  ),
  AIRLOCK_ALLOW_COMPUTE_RECREATE: flag,
  AIRLOCK_PRIVATE_DNS_ZONES: list(zoneId),
  AIRLOCK_ARM_ENDPOINT: z._default(z.url("must be a URL"), "https://management.azure.com"),
  AIRLOCK_DEVELOPER: z.optional(z.string()),
  AzureWebJobsStorage: z.optional(z.string()),
  AzureWebJobsStorage__accountName: z.optional(z.string()),
  AzureWebJobsStorage__clientId: z.optional(z.string()),
  AZURE_CLIENT_ID: z.optional(z.string()),
  WEBSITE_SITE_NAME: z.optional(z.string()),
  WEBSITE_AUTH_ENABLED: z.optional(z.string()),
});

export type Config = Readonly<{
  settings: Settings;
  armEndpoint: string;
  storage: Readonly<{ connectionString: string } | { accountName: string }>;
  clientId: string | undefined;
  /** A marked person for local use; requests need no other identity then. */
  developer: string | undefined;
  /** App Service Authentication is on: its principal header is true, and a role is demanded. */
  hasEasyAuth: boolean;
}>;

type Environment = Readonly<Record<string, string | undefined>>;

/** The only reader of the environment. Throws once, naming every setting that is missing or wrong. */
export function readConfig(env: Environment = process.env): Config {
  const parsed = schema.safeParse(env);
  const wrong = parsed.error?.issues.map((it) => `${String(it.path[0])} ${it.message}`) ?? [];
  const problems = [...wrong, ...problemsBetween(env)];
  if (!parsed.success || problems.length > 0)
    throw new AirlockError("invalid", `Airlock cannot start: ${problems.join("; ")}.`);
  return configOf(parsed.data);
}

type Parsed = z.infer<typeof schema>;

function problemsBetween(env: Environment): readonly string[] {
  const problems: string[] = [];
  if (!env["AzureWebJobsStorage"] && !env["AzureWebJobsStorage__accountName"])
    problems.push("AzureWebJobsStorage or AzureWebJobsStorage__accountName is missing");
  if (env["AIRLOCK_DEVELOPER"] && env["WEBSITE_SITE_NAME"])
    problems.push("AIRLOCK_DEVELOPER is for local use and must not be set in App Service");
  return problems;
}

function configOf(it: Parsed): Config {
  return {
    settings: {
      subscriptions: it.AIRLOCK_SUBSCRIPTIONS.map((id) => id.toLowerCase()),
      enforcement: it.AIRLOCK_ENFORCEMENT,
      allowComputeRecreate: it.AIRLOCK_ALLOW_COMPUTE_RECREATE === "true",
      privateDnsZones: it.AIRLOCK_PRIVATE_DNS_ZONES,
    },
    armEndpoint: it.AIRLOCK_ARM_ENDPOINT.replace(/\/+$/, ""),
    storage: it.AzureWebJobsStorage
      ? { connectionString: it.AzureWebJobsStorage }
      : { accountName: it.AzureWebJobsStorage__accountName ?? "" },
    clientId: it.AzureWebJobsStorage__clientId ?? it.AZURE_CLIENT_ID,
    developer: it.AIRLOCK_DEVELOPER,
    hasEasyAuth: it.WEBSITE_AUTH_ENABLED?.toLowerCase() === "true",
  };
}
