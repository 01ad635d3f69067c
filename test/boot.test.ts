import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));

/** Loads the built file with plain node, as the platform does, and prints what it registers. */
function registered(env: Readonly<Record<string, string>>): unknown {
  const script = `
    const { registerHooks, createRequire } = require("node:module");
    const functions = [];
    globalThis.core = {
      version: "3", hostVersion: "4",
      registerFunction: ({ name, bindings }) => functions.push([name, Object.values(bindings)]),
      setProgrammingModel() {}, registerHook: () => ({ dispose() {} }), log() {},
    };
    registerHooks({
      resolve: (name, context, next) => name === "@azure/functions-core"
        ? { url: "core:", shortCircuit: true } : next(name, context),
      load: (url, context, next) => url === "core:"
        ? { format: "commonjs", source: "module.exports = globalThis.core", shortCircuit: true }
        : next(url, context),
    });
    require("./dist/main.cjs");
    console.log(JSON.stringify(functions));
  `;
  const options = {
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: "pipe",
  } as const;
  return JSON.parse(execFileSync(process.execPath, ["-e", script], options).toString());
}

const settings = {
  AIRLOCK_SUBSCRIPTIONS: "00000000-0000-4000-8000-000000000001",
  AzureWebJobsStorage: "UseDevelopmentStorage=true",
};

const queue = (queueName: string) => ({
  type: "queueTrigger",
  direction: "in",
  queueName,
  connection: "AzureWebJobsStorage",
});

test("the built bundle loads with plain node and registers exactly these functions", () => {
  expect(registered(settings)).toMatchObject([
    ["resourceEvents", [queue("resource-events")]],
    ["resourceEventsDirect", [{ type: "eventGridTrigger", direction: "in" }]],
    ["reconcile", [queue("reconcile")]],
    ["reconcilePoison", [queue("reconcile-poison")]],
    ["sweepBatch", [queue("sweep-batch")]],
    ["weekly", [{ type: "timerTrigger", schedule: "0 0 6 * * 1" }]],
    ["tidy", [{ type: "timerTrigger", schedule: "0 */15 * * * *" }]],
    [
      "http",
      [
        { type: "httpTrigger", route: "{*path}", methods: ["GET", "POST"], authLevel: "function" },
        { type: "http", direction: "out" },
      ],
    ],
  ]);
});

test("with App Service Authentication the door is the platform's, and a role is demanded", () => {
  const functions = registered({ ...settings, WEBSITE_AUTH_ENABLED: "True" }) as [
    string,
    object[],
  ][];
  expect(functions.find(([name]) => name === "http")?.[1][0]).toMatchObject({
    authLevel: "anonymous",
  });
});

test("settings that are missing or wrong stop the start, all of them named at once", () => {
  const wrong = {
    AIRLOCK_SUBSCRIPTIONS: "x",
    AIRLOCK_ENFORCEMENT: "sometimes",
    AIRLOCK_ARM_ENDPOINT: "y",
  };
  expect(() => registered(wrong)).toThrow(
    /AIRLOCK_SUBSCRIPTIONS must be a GUID.*AIRLOCK_ENFORCEMENT must be.*AIRLOCK_ARM_ENDPOINT must be a URL.*AzureWebJobsStorage or/s,
  );
  expect(() =>
    registered({ ...settings, AIRLOCK_DEVELOPER: "me", WEBSITE_SITE_NAME: "app" }),
  ).toThrow(/AIRLOCK_DEVELOPER is for local use/);
});
