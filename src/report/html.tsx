import { renderToString } from "preact-render-to-string";
import { hashText } from "../model/hash.ts";
import { HeldFindings, RuleFindings } from "./findings.tsx";
import { Answers, Repairs } from "./history.tsx";
import { Empty, type Naming, ResourceName, Section, Table, Time } from "./parts.tsx";
import { Posture } from "./posture.tsx";
import type { Report } from "./report.ts";
import { style } from "./style.ts";
import { oneLine } from "./words.ts";

/**
 * A report as one page that needs nothing else: no script, no font, no picture, and its policy allows
 * none. `tenant` (its id or domain) makes each resource a link into the Azure portal.
 */
export function reportPage(report: Report, tenant?: string): string {
  const naming = { tenant, subscriptions: report.subscriptions };
  return `<!doctype html>${renderToString(<Page report={report} naming={naming} />)}`;
}

const styleHash = Buffer.from(hashText(style), "hex").toString("base64");
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

type Shown = { report: Report; naming: Naming };

function Page({ report, naming }: Shown) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{`Airlock report ${report.at.slice(0, 10)}`}</title>
        <style>{style}</style>
      </head>
      <body>
        <Head report={report} />
        <main>
          <Tiles report={report} />
          <Body report={report} naming={naming} />
        </main>
        <footer class="quiet">
          <p>
            {"Sweep "}
            {oneLine(report.sweepId)}
            {". The same report, complete and for machines, is the JSON beside this page."}
          </p>
        </footer>
      </body>
    </html>
  );
}

function Head({ report: { at, subscriptions, totals } }: { report: Report }) {
  return (
    <header>
      <div class="brand">Airlock</div>
      <h1>The state of the AI estate</h1>
      <p class="quiet">
        <Time at={at} />
        {` · ${subscriptions.length === 1 ? "subscription" : "subscriptions"} `}
        {subscriptions.join(", ")}
      </p>
      <p class="lead">{leadOf(totals)}</p>
    </header>
  );
}

/** What a reader must know who reads no further. What was not judged is never called fine. */
export function leadOf({ resources, byWorst, held, notEvaluated }: Report["totals"]): string {
  const { violation, unknown } = byWorst;
  if (resources + notEvaluated === 0) return "There was no resource to judge.";
  const judged = `${count(resources, "resource was", "resources were")} judged.`;
  const doubts = [
    ...(unknown > 0 ? [`${unknown} could not be judged fully.`] : []),
    ...(notEvaluated > 0 ? [`${notEvaluated} could not be evaluated at all.`] : []),
  ];
  const isClean = resources > 0 && violation + unknown + notEvaluated === 0;
  const state = isClean ? "No rule objects to any of them." : brokenOf(violation);
  const asked = `${count(held, "repair waits", "repairs wait")} for a person.`;
  return [judged, state, ...doubts, ...(held > 0 ? [asked] : [])].filter((it) => it).join(" ");
}

const brokenOf = (violation: number) =>
  violation === 0 ? "" : `${count(violation, "breaks", "break")} at least one rule.`;

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

function Tiles({ report: { totals } }: { report: Report }) {
  const { byWorst, resources, held, repaired, notEvaluated } = totals;
  const tiles = [
    ["Judged", resources, ""],
    ["Violate a rule", byWorst.violation, "bad"],
    ["Unknown", byWorst.unknown, "warn"],
    ["Held", held, "warn"],
    ["Repaired", repaired, "good"],
    ["Not evaluated", notEvaluated, "warn"],
  ] as const;
  return (
    <dl class="tiles">
      {tiles.map(([title, number, tone]) => (
        <div key={title} class="tile">
          <dt>{title}</dt>
          <dd class={number > 0 ? tone : ""}>{number}</dd>
        </div>
      ))}
    </dl>
  );
}

function Body({ report, naming }: Shown) {
  return (
    <>
      <HeldFindings held={report.held} at={report.at} naming={naming} />
      <Posture report={report} />
      <RuleFindings findings={report.findings} naming={naming} />
      <Repairs report={report} naming={naming} />
      <Answers answers={report.answers} naming={naming} />
      <NotEvaluated report={report} naming={naming} />
    </>
  );
}

function NotEvaluated({ report: { notEvaluated }, naming }: Shown) {
  const rows = notEvaluated.map(({ resourceId, because }) => [
    <ResourceName key="name" id={resourceId} naming={naming} />,
    <bdi key="because">{oneLine(because)}</bdi>,
  ]);
  return (
    <Section title="Not evaluated">
      {rows.length === 0 ? (
        <Empty>Nothing was left out.</Empty>
      ) : (
        <Table
          caption="What the sweep could not judge. None of it counts as compliant."
          columns={[{ title: "Resource" }, { title: "Why" }]}
          rows={rows}
        />
      )}
    </Section>
  );
}
