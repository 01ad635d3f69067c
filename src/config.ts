import * as z from "zod";
import { AirlockError } from "./model/airlock-error.ts";
import type { Settings } from "./model/settings.ts";

const guid = z.guid("must be a GUID");
const zoneId = z
  .string()
  .regex(
    /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/privateDnsZones\/[^/]+$/i,
    "must be the id of a private DNS zone",
  );

const list = (item: z.ZodType<string, string>) =>
  z
    .string()
    .default("")
    .transform((text) => text.split(",").map((it) => it.trim()))
    .transform((all) => all.filter((it) => it !== ""))
    .pipe(z.array(item));

const flag = z.enum(["true", "false"], "must be true or false").default("false");

const schema = z.object({
  AIRLOCK_SUBSCRIPTIONS: list(guid).refine((it) => it.length > 0, "names no subscription"),
  AIRLOCK_ENFORCEMENT: z
    .enum(["observe", "drift", "full"], "must be observe, drift or full")
    .default("drift"),
  AIRLOCK_ALLOW_COMPUTE_RECREATE: flag,
  AIRLOCK_PRIVATE_DNS_ZONES: list(zoneId),
  AIRLOCK_ARM_ENDPOINT: z.url("must be a URL").default("https://management.azure.com"),
  AIRLOCK_DEVELOPER: z.string().optional(),
  AzureWebJobsStorage: z.string().optional(),
  AzureWebJobsStorage__accountName: z.string().optional(),
  AzureWebJobsStorage__clientId: z.string().optional(),
  AZURE_CLIENT_ID: z.string().optional(),
  WEBSITE_SITE_NAME: z.string().optional(),
  WEBSITE_AUTH_ENABLED: z.string().optional(),
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
