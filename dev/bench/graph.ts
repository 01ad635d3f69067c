import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import tls from "node:tls";
import { fileURLToPath } from "node:url";
import type { Served } from "./graph-worker.ts";
import { type Measurement, median, rounded } from "./measurement.ts";

const rounds = 20;
const warmUps = 5;

const columns = "id, name, type, kind, location, managedBy, sku, tags, identity, properties";
const ofType = (type: string) => `resources | where type =~ '${type}'`;
const accounts = ofType("microsoft.cognitiveservices/accounts");
const endpoints = ofType("microsoft.network/privateendpoints");
const swept = `${accounts} | project ${columns} | order by id asc`;

/** A thousand subscriptions with 135 resources each, and what Resource Graph takes for a page of them. */
export async function measureGraph(root: URL): Promise<readonly Measurement[]> {
  const worker = spawn(process.execPath, [
    fileURLToPath(new URL("dev/bench/graph-worker.ts", root)),
  ]);
  worker.stderr.pipe(process.stderr);
  try {
    const [line] = (await once(createInterface({ input: worker.stdout }), "line")) as [string];
    return await measure(JSON.parse(line) as Served);
  } finally {
    worker.kill();
  }
}

async function measure(served: Served): Promise<readonly Measurement[]> {
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), served.cert]);
  const { page } = await post(served, served.url, { query: swept });
  const options = { $skipToken: page.$skipToken };
  const { resources, subscriptions, seededMs, heldBytes } = served;
  const pages: readonly (readonly [name: string, question: Question])[] = [
    ["a sweep's first", { query: swept }],
    ["a sweep's next", { query: swept, options }],
    ["1,000 subscriptions named", { query: swept, subscriptions }],
    ["accounts, every column", { query: `${accounts} | order by id asc` }],
    ["endpoints, every column", { query: `${endpoints} | order by id asc` }],
    ["all types", { query: "resources | order by id asc" }],
  ];
  const measured: Measurement[] = [
    {
      name: `seeding ${grouped(resources)} resources in ${grouped(subscriptions.length)} subscriptions`,
      unit: "ms",
      measured: rounded(seededMs),
      most: 10_000,
    },
    {
      name: "holding them",
      unit: "bytes",
      measured: heldBytes,
      most: 1_500_000_000,
      note: "how much the process has grown, garbage included",
    },
  ];
  for (const [name, question] of pages) {
    const title = `graph page of 1,000 over ${grouped(resources)} resources: ${name}`;
    measured.push(await measurePage(served, title, question));
  }
  return measured;
}

const grouped = (count: number): string => count.toLocaleString("en-US");

type Question = Readonly<{ query: string; subscriptions?: readonly string[]; options?: object }>;

/** Ours and the floor in turn; another question before each, so that its page is found anew. */
async function measurePage(served: Served, name: string, question: Question): Promise<Measurement> {
  const ours: number[] = [];
  const floor: number[] = [];
  for (let i = 0; i < warmUps + rounds; i++) {
    await post(served, served.url, { query: "resourcecontainers | take 1" });
    const { ms, text, page } = await post(served, served.url, question);
    if (page.count !== 1000) throw new Error(`No page of 1,000: ${text.slice(0, 300)}`);
    await fetch(served.floor, { method: "PUT", body: text });
    const bare = await post(served, served.floor, question);
    if (i < warmUps) continue;
    ours.push(ms);
    floor.push(bare.ms);
  }
  return {
    name,
    unit: "ms",
    measured: rounded(median(ours)),
    floor: rounded(median(floor)),
    most: 50,
    note: `median of ${rounds}, at most ${rounded(Math.max(...ours))} ms; over HTTPS, parsed; the floor has the text ready`,
  };
}

async function post({ token }: Served, url: string, body: object) {
  const path = "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const began = performance.now();
  const answer = await fetch(`${url}${path}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  const page = JSON.parse(text);
  return { ms: performance.now() - began, text, page };
}
