import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

type Printed = Readonly<{
  arm: string;
  ca: string;
  token: string;
  clock: string;
  storage: string;
  env: Readonly<Record<string, string>>;
  api?: string;
  key?: string;
}>;
type Sim = Readonly<{ child: ChildProcess; printed: Printed; lines: string[] }>;

async function startSim(...args: string[]): Promise<Sim> {
  const stdio = ["ignore", "pipe", "ignore"] as const;
  const child = spawn(process.execPath, ["dev/sim.ts", ...args], { cwd: root, stdio: [...stdio] });
  const lines: string[] = [];
  if (!child.stdout) throw new Error("It has no output.");
  const reader = createInterface({ input: child.stdout }).on("line", (it) => void lines.push(it));
  await Promise.race([once(reader, "line"), once(child, "exit")]);
  return { child, printed: JSON.parse(lines[0] ?? "null"), lines };
}

/** How it ended: the exit code, and the signal if that killed it. */
async function stop({ child }: Sim): Promise<unknown> {
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  return exit;
}

type Answer = Readonly<{ status: number; body: { error?: { code: string }; name?: string } }>;

/** ARM over HTTPS, trusting the printed authority and nothing else. */
function arm({ printed }: Sim, method: string, path: string, sent?: object, as?: string) {
  return new Promise<Answer>((resolve, reject) => {
    const authorization = `Bearer ${as ?? printed.token}`;
    const headers = { authorization, "content-type": "application/json" };
    const ca = readFileSync(printed.ca);
    request(new URL(path, printed.arm), { method, ca, headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const it of response) chunks.push(it);
      const text = Buffer.concat(chunks).toString("utf8");
      resolve({ status: response.statusCode ?? 0, body: text === "" ? {} : JSON.parse(text) });
    })
      .on("error", reject)
      .end(sent && JSON.stringify(sent));
  });
}

async function clock({ printed }: Sim, body?: string): Promise<[number, { now?: string }]> {
  const answer = await fetch(printed.clock, body === undefined ? {} : { method: "POST", body });
  return [answer.status, (await answer.json()) as { now?: string }];
}

async function timeOf(sim: Sim): Promise<number> {
  const [, { now = "" }] = await clock(sim);
  return Date.parse(now);
}

/** As a person types it; `code` is the exit code. */
async function commandLine(
  { printed }: Sim,
  args: readonly string[],
): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env["PATH"], ...printed.env };
  const line = ["dist/airlock.cjs", ...args];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, line, {
      cwd: root,
      env,
    });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

const addresses = ["arm", "ca", "token", "clock", "storage", "env", "client"];

let empty: Sim;
let full: Sim;
beforeAll(async () => {
  [empty, full] = await Promise.all([startSim("--empty"), startSim("--app")]);
});
afterAll(() => {
  for (const { child } of [empty, full]) child.kill("SIGKILL");
});

describe("the local Azure alone", () => {
  test("it prints one line of JSON with its addresses", () => {
    expect(empty.lines).toHaveLength(1);
    expect(Object.keys(empty.printed)).toEqual(addresses);
    expect(empty.printed.arm).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(empty.printed.clock).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(empty.printed.env).toMatchObject({
      AIRLOCK_ARM_ENDPOINT: empty.printed.arm,
      AzureWebJobsStorage: empty.printed.storage,
      NODE_EXTRA_CA_CERTS: empty.printed.ca,
    });
  });

  test("ARM answers over HTTPS with the printed authority and token, and no other token", async () => {
    const group = `/subscriptions/${empty.printed.env["AIRLOCK_SUBSCRIPTIONS"]}/resourceGroups/a`;
    const url = `${group}?api-version=2021-04-01`;
    expect((await arm(empty, "PUT", url, { location: "westeurope" })).status).toBe(201);
    expect(await arm(empty, "GET", url)).toMatchObject({ status: 200, body: { name: "a" } });
    expect((await arm(empty, "GET", url, undefined, "x.y.z")).status).toBe(401);
    await expect(fetch(`${empty.printed.arm}${url}`)).rejects.toThrow(); // nobody else trusts it
  });

  test("the clock tells the time, and moves forward only", async () => {
    const before = await timeOf(empty);
    const [status, { now = "" }] = await clock(empty, '{"seconds":86400}');
    expect(status).toBe(200);
    expect(Date.parse(now) - before).toBeGreaterThanOrEqual(86_400_000);
    expect(await timeOf(empty)).toBeGreaterThanOrEqual(Date.parse(now));
    for (const odd of ['{"seconds":-1}', '{"seconds":"60"}', "{}", "null", "[", ""])
      expect([odd, (await clock(empty, odd))[0]]).toEqual([odd, 400]);
    expect((await timeOf(empty)) - Date.parse(now)).toBeLessThan(60_000);
  });

  test("its token outlives a move of the clock", async () => {
    const path = `/subscriptions/${empty.printed.env["AIRLOCK_SUBSCRIPTIONS"]}?api-version=2022-12-01`;
    expect((await arm(empty, "GET", path)).status).toBe(200);
  });

  test("the command line says that there is nothing yet", async () => {
    const [audit, reports, verify] = await Promise.all([
      commandLine(empty, ["audit", "list"]),
      commandLine(empty, ["report"]),
      commandLine(empty, ["audit", "verify"]),
    ]);
    expect([audit.code, audit.out]).toEqual([0, expect.stringContaining("Nothing was recorded")]);
    expect([reports.code, reports.out]).toEqual([0, expect.stringContaining("no report yet")]);
    expect([verify.code, verify.out]).toEqual([0, expect.stringContaining("0 chains, 0 records")]);
  });

  test("SIGTERM stops it", async () => {
    expect(await stop(empty)).toEqual([0, null]);
    await expect(fetch(empty.printed.clock)).rejects.toThrow();
  });
});

describe("with the app, and the command line beside it", () => {
  const airlock = (...args: string[]) => commandLine(full, args);

  type Told = { findings: { id: string; decision: { do: string; because: string } }[] };

  async function toldOf(name: string): Promise<Told["findings"][number] | undefined> {
    const { api, key = "", env } = full.printed;
    const group = `/subscriptions/${env["AIRLOCK_SUBSCRIPTIONS"]}/resourceGroups/ai-prod`;
    const resourceId = `${group}/providers/Microsoft.CognitiveServices/accounts/${name}`;
    const url = `${api}/api/status?${new URLSearchParams({ resourceId })}`;
    const answer = await fetch(url, { headers: { "x-functions-key": key } });
    return ((await answer.json()) as Told).findings[0];
  }

  test("it prints the address and the key of the API too", () => {
    expect(Object.keys(full.printed)).toEqual([...addresses, "api", "key"]);
  });

  test("time goes by: the baseline sweep is done, and its report is shown", async () => {
    await clock(full, '{"seconds":960}');
    const { out } = await airlock("report");
    const names = out.split("\n").filter((it) => it.includes("baseline"));
    expect(names).toMatchObject([
      expect.stringContaining(".html"),
      expect.stringContaining(".json"),
    ]);
    const shown = await airlock("report", "show", names[1] ?? "");
    expect(JSON.parse(shown.out)).toMatchObject({ schema: 1, totals: { held: 1 } });
    const odd = await airlock("report", "show", "../x");
    expect([odd.code, odd.out, odd.err]).toEqual([1, "", "name ../x: there is no such report.\n"]);
  });

  test("stopped, approved, and resumed: the account is closed only at the end", async () => {
    const { id = "", decision } = (await toldOf("speech-legacy")) ?? {};
    expect(decision?.do).toBe("hold");
    expect((await airlock("stop", "--reason", "a drill")).code).toBe(0);
    const approved = await airlock("approve", id.slice(0, 6), "--reason", "nobody calls it");
    expect([approved.code, approved.out]).toEqual([0, expect.stringContaining("speech-legacy")]);
    await clock(full, '{"seconds":300}');
    expect((await toldOf("speech-legacy"))?.decision).toMatchObject({
      do: "hold",
      because: expect.stringContaining("a drill"),
    });
    const resumed = await airlock("resume", "--reason", "the drill is over");
    expect([resumed.code, resumed.out]).toEqual([0, expect.stringContaining("1 findings")]);
    await clock(full, '{"seconds":600}');
    expect((await toldOf("speech-legacy"))?.decision.do).toBe("nothing");
  });

  test("the audit log tells it, whole and of one resource, and stands up to verification", async () => {
    const { env } = full.printed;
    const group = `/subscriptions/${env["AIRLOCK_SUBSCRIPTIONS"]}/resourceGroups/ai-prod`;
    const accountId = `${group}/providers/Microsoft.CognitiveServices/accounts/speech-legacy`;
    const [all, one, verify] = await Promise.all([
      airlock("audit", "list"),
      airlock("audit", "list", accountId),
      airlock("audit", "verify"),
    ]);
    for (const words of ["Airlock itself", "a drill", "the drill is over", "speech-legacy"])
      expect(all.out).toContain(words);
    expect(one.out).toContain("nobody calls it");
    expect(one.out).not.toContain("a drill");
    expect([verify.code, verify.out]).toEqual([0, expect.stringMatching(/2 chains, 6 records, 0/)]);
  });

  test("what is wrong on the command line is said, with exit code 1", async () => {
    const wrong = [
      [["approve", "ffffffff", "--reason", "x"], "id ffffffff: there is no such finding."],
      [["audit", "list", "/x"], "resource"],
      [["stop"], "--reason"],
    ] as const;
    const ends = await Promise.all(wrong.map(([args]) => airlock(...args)));
    for (const [n, { code, err }] of ends.entries()) {
      expect([wrong[n]?.[0], code]).toEqual([wrong[n]?.[0], 1]);
      expect(err).toContain(wrong[n]?.[1]);
    }
  });

  test("SIGTERM stops it", async () => {
    expect(await stop(full)).toEqual([0, null]);
  });
});
