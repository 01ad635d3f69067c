import type { Principal } from "./azure/principals.ts";
import { tenant } from "./laptop.ts";

const person = (name: string, digit: string): Principal => ({
  objectId: `${digit.repeat(8)}-0000-4000-8000-000000000001`,
  name,
  upn: name,
  appId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
  tenantId: tenant,
  kind: "user",
});

/** Who else works in the estate; all of them own the subscription. */
export const people = {
  owner: person("owner@contoso.example", "c"),
  developer: person("developer@contoso.example", "d"),
  "data scientist": person("data.scientist@contoso.example", "e"),
} as const;

export type Person = keyof typeof people;
