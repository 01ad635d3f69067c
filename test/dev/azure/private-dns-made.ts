import { group, localAzure } from "./local-azure.ts";

export const network = `${group}/providers/Microsoft.Network`;
export const zone = `${network}/privateDnsZones/contoso.test`;
export const vnet = `${network}/virtualNetworks/vnet`;
export const link = `${zone}/virtualNetworkLinks/link`;
export const version = "2024-06-01";
export const global = { location: "global" };
export const linkTo = (id: string, properties: object = {}) => ({
  ...global,
  properties: { virtualNetwork: { id }, registrationEnabled: false, ...properties },
});

/** A network, a zone, and a `call` that speaks DNS's api-version where none is given. */
export function withZone(options: Parameters<typeof localAzure>[0] = {}) {
  const local = localAzure(options);
  const call: typeof local.call = (method, id, ask) =>
    local.call(method, id, {
      version: /privateDnsZones/i.test(id.split("/providers/")[1] ?? "") ? version : "2024-03-01",
      ...ask,
    });
  const properties = { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } };
  call("PUT", vnet, { body: { location: "westeurope", properties } });
  call("PUT", zone, { body: global });
  local.advance(60);
  /** What the operation of a write ends with. */
  const ended = (method: string, id: string, ask: Parameters<typeof call>[2] = {}) => {
    const { headers } = call(method, id, ask);
    local.advance(120);
    return local.send("GET", headers["azure-asyncoperation"] ?? "");
  };
  return { ...local, call, ended };
}
