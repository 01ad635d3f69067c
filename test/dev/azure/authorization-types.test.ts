import { expect, test } from "vitest";
import { app, group, localAzure, text } from "./local-azure.ts";

/** What guards is guarded itself: without a role it is neither read nor taken away. */
test.each([
  ["locks", "2016-09-01", ["GET", "LIST", "DELETE"]],
  ["permissions", "2022-04-01", ["LIST"]],
  ["policyAssignments", "2023-04-01", ["GET", "LIST", "DELETE"]],
  ["policyDefinitions", "2023-04-01", ["LIST", "DELETE"]],
  ["denyAssignments", "2022-04-01", ["GET", "LIST"]],
] as const)("%s", (type, version, verbs) => {
  const { call } = localAzure();
  const scope = type === "policyDefinitions" ? group.split("/resourceGroups/")[0] : group;
  const list = `${scope}/providers/Microsoft.Authorization/${type}`;
  for (const verb of verbs) {
    const [method, id] = verb === "LIST" ? ["GET", list] : [verb, `${list}/it`];
    const answer = call(method, id, { version, as: app });
    expect([answer.status, text(answer)], "manners 1.9").toEqual([
      403,
      expect.stringContaining("AuthorizationFailed"),
    ]);
  }
});
