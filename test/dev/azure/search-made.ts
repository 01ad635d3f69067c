import { group, localAzure, type Shown } from "./local-azure.ts";

export const services = `${group}/providers/Microsoft.Search/searchServices`;
export const service = `${services}/srv`;
export const endpoint = `${group}/providers/Microsoft.Network/privateEndpoints/pe`;
export const version = "2025-05-01";

export function body(properties: object = {}, sku = "basic") {
  return {
    location: "eastus2euap",
    sku: { name: sku },
    properties: { replicaCount: 1, partitionCount: 1, ...properties },
  };
}

/** What was sent comes back, and each specification has letters of its own: these are up to 2023-11-01. */
export const early = (properties: object = {}, sku?: string) =>
  body({ hostingMode: "default", ...properties }, sku);

/** The letters of 2025-05-01. */
export const modern = (properties: object = {}, sku?: string) =>
  body({ hostingMode: "Default", ...properties }, sku);

/** No service yet; calls are of the newest version. */
export function newest() {
  const local = localAzure();
  const call: typeof local.call = (method, id, ask) => local.call(method, id, { version, ...ask });
  return { ...local, call };
}

/** A service at rest; the clock stands 20 minutes after its birth. */
export function withService(properties?: object, sku?: string) {
  const local = newest();
  local.call("PUT", service, { body: modern(properties, sku) });
  local.advance(1200);
  return local;
}

export const stateOfService = ({ body: it }: { body: Shown }) => [
  it["properties"]?.["status"],
  it["properties"]?.["provisioningState"],
];
