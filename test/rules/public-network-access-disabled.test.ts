import { expect, test } from "vitest";
import { clusterBody, workspace, workspaceId } from "../support/clusters.ts";
import { account, accountId, group } from "../support/estates.ts";
import { createLaptop, type Laptop } from "../support/laptop.ts";
import { trail } from "../support/truth.ts";

const searchId = `${group}/providers/Microsoft.Search/searchServices/search`;
const search = (properties: object, sku = "basic") => ({
  id: searchId,
  type: "Microsoft.Search/searchServices",
  name: "search",
  location: "West Europe",
  sku: { name: sku },
  properties: { provisioningState: "succeeded", status: "running", ...properties },
});
const openWorkspace = (more: object = {}) => {
  const it = workspace();
  return { ...it, ...more, properties: { ...it.properties, publicNetworkAccess: "Enabled" } };
};

async function looked(id: string, estate: readonly object[], settings = {}) {
  const laptop = createLaptop({ estate, settings });
  await laptop.look(id);
  await laptop.run(3600);
  return laptop;
}

const access = async (laptop: Laptop, id: string) =>
  Reflect.get((await laptop.seen(id))?.properties ?? {}, "publicNetworkAccess");
const status = async (laptop: Laptop, id: string) =>
  Object.values((await laptop.recall(id))?.memory.rules ?? {})[0]?.status;
const decisionOf = async (laptop: Laptop, id: string) =>
  (await laptop.recall(id))?.findings[0]?.decision;

test.for(["OpenAI", "AIServices", "SpeechServices", "FormRecognizer", "TextAnalytics"])(
  "an account of kind %s that is open is a violation",
  async (kind) => {
    const laptop = await looked(accountId, [account({ publicNetworkAccess: "Enabled" }, { kind })]);
    expect(await status(laptop, accountId)).toBe("violation");
  },
);

test.for(["Disabled", "disabled", "SecuredByPerimeter"])(
  "a search service that is %s is fine",
  async (value) => {
    const laptop = await looked(searchId, [search({ publicNetworkAccess: value })]);
    expect(await status(laptop, searchId)).toBe("compliant");
  },
);

test("an account does not know a perimeter as closed", async () => {
  const laptop = await looked(accountId, [account({ publicNetworkAccess: "SecuredByPerimeter" })]);
  expect(await status(laptop, accountId)).toBe("violation");
});

test("a search service that drifts is closed again, and proved when it is at rest, minutes later", async () => {
  const laptop = createLaptop({ estate: [search({ publicNetworkAccess: "Disabled" })] });
  await laptop.look(searchId);
  await laptop.run(60);
  laptop.write("PATCH", `${searchId}?api-version=2025-05-01`, {
    properties: { publicNetworkAccess: "Enabled" },
  });
  await laptop.run(2 * 3600);
  expect(await access(laptop, searchId)).toBe("Disabled");
  expect(trail(await laptop.records(searchId))).toBe("intended 0, applied 0, verified 0");
});

test("the free SKU cannot be closed: reported, not touched", async () => {
  const laptop = await looked(searchId, [search({ publicNetworkAccess: "Enabled" }, "free")], {
    enforcement: "full",
  });
  expect(laptop.writes()).toEqual([]);
  expect(await decisionOf(laptop, searchId)).toMatchObject({ do: "report" });
  expect((await decisionOf(laptop, searchId))?.because).toContain("free SKU");
});

test("a workspace that drifts is closed again", async () => {
  const laptop = createLaptop({ estate: [workspace()] });
  await laptop.look(workspaceId);
  await laptop.run(60);
  laptop.write("PATCH", `${workspaceId}?api-version=2025-06-01`, {
    properties: { publicNetworkAccess: "Enabled" },
  });
  await laptop.run(3600);
  expect(await access(laptop, workspaceId)).toBe("Disabled");
  expect(trail(await laptop.records(workspaceId))).toBe("intended 0, applied 0, verified 0");
});

test("a project is judged through its hub", async () => {
  const laptop = await looked(workspaceId, [openWorkspace({ kind: "Project" })], {
    enforcement: "full",
  });
  expect(await status(laptop, workspaceId)).toBe("not-applicable");
  expect(laptop.writes()).toEqual([]);
});

test("a workspace without an endpoint is held; computes outside its network are named", async () => {
  const laptop = await looked(workspaceId, [openWorkspace()], { enforcement: "full" });
  expect(await decisionOf(laptop, workspaceId)).toMatchObject({ do: "hold" });

  const bare = {
    ...openWorkspace(),
    properties: { ...openWorkspace().properties, managedNetwork: undefined },
  };
  const other = createLaptop({ estate: [bare], settings: { enforcement: "full" } });
  other.write("PUT", `${workspaceId}/computes/train?api-version=2025-06-01`, clusterBody());
  await other.look(workspaceId);
  await other.run(3600);
  const [finding] = (await other.recall(workspaceId))?.findings ?? [];
  expect(finding?.objections.join(" ")).toContain("stands outside");
});

test("what a service manages is its owner's business", async () => {
  const managed = account({ publicNetworkAccess: "Enabled" }, { managedBy: "/subscriptions/x" });
  const laptop = await looked(accountId, [managed]);
  expect(await status(laptop, accountId)).toBe("not-applicable");
});
