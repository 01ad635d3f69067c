import { group, localAzure, subscription } from "./local-azure.ts";

export const account = `${group}/providers/Microsoft.CognitiveServices/accounts/acc`;
export const type = "Microsoft.CognitiveServices/accounts";
export const definition = `${subscription}/providers/Microsoft.Authorization/policyDefinitions/rule`;
export const policy = { version: "2023-04-01" };
export const open = { location: "westeurope", kind: "OpenAI", sku: { name: "S0" } };
export const close = { body: { properties: { publicNetworkAccess: "Disabled" } } };

/** A definition's properties: what it looks for, and what follows. */
export function ruleOf(condition: object, effect: string, details?: object) {
  const then = { effect, ...(details && { details }) };
  return { policyRule: { if: condition, then } };
}

export const isOpen = {
  allOf: [
    { field: "type", equals: type },
    { field: `${type}/publicNetworkAccess`, notEquals: "Disabled" },
  ],
};
export const deny = ruleOf(isOpen, "deny");

/** A group with a policy on it: the rule, and how it is assigned. */
export function governed(rule: object, assigned: object = {}) {
  const local = localAzure();
  const { call, advance } = local;
  const put = (id: string, properties: object, rest: object = {}) =>
    call("PUT", id, { ...policy, body: { ...rest, properties } });
  const assignment = `${group}/providers/Microsoft.Authorization/policyAssignments/a`;
  const identity = { location: "westeurope", identity: { type: "SystemAssigned" } };
  const define = (it: object = rule) =>
    put(definition, { displayName: "The rule", mode: "Indexed", ...it });
  const assign = (it: object = assigned, rest: object = identity) =>
    put(assignment, { policyDefinitionId: definition, ...it }, rest);
  const make = (properties: object = {}, ask: { isUnjudged?: true } = {}) => {
    const made = call("PUT", account, { body: { ...open, properties }, ...ask });
    advance(60);
    return made;
  };
  const read = () => call("GET", account).body;
  return { ...local, assignment, define, assign, make, read };
}
