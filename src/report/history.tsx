import { Empty, type Naming, ResourceName, Section, Table, Time } from "./parts.tsx";
import type { Change, Repair } from "./repairs.ts";
import type { Answer, Report } from "./report.ts";
import { describeActor, describeEntry, oneLine } from "./words.ts";

/** What was repaired, and what was begun and did not end so, since the report before. */
export function Repairs({ report, naming }: { report: Report; naming: Naming }) {
  const { repaired, notRepaired } = report;
  return (
    <>
      <Section title="Repaired">
        {repaired.length === 0 ? (
          <Empty>Nothing was repaired since the last report.</Empty>
        ) : (
          <Table
            caption="Since the last report. Each was read back, and its rule was content."
            columns={columnsOf("What changed")}
            rows={repaired.map((it) => [...startOf(it, naming), <Changes key="end" of={it} />])}
          />
        )}
      </Section>
      {notRepaired.length > 0 && (
        <Section title="Begun and not repaired">
          <Table
            caption="Since the last report. What is open still is among the findings."
            columns={columnsOf("How it ended")}
            rows={notRepaired.map((it) => [...startOf(it, naming), <End key="end" of={it} />])}
          />
        </Section>
      )}
    </>
  );
}

const columnsOf = (last: string) =>
  [
    { title: "Resource" },
    { title: "When", class: "time" },
    { title: "What was wrong" },
    { title: last },
  ] as const;

const startOf = (it: Repair, naming: Naming) => [
  <ResourceName key="name" id={it.resourceId} naming={naming} />,
  <Time key="at" at={it.lastAt} />,
  <Wrong key="wrong" of={it} />,
];

function Wrong({ of: { wrong, seen, ruleId } }: { of: Repair }) {
  return (
    <>
      <bdi>{oneLine(wrong) || ruleId}</bdi>
      {seen.map((it) => (
        <small key={describeActor(it)}>
          {"Seen: "}
          <bdi>{describeActor(it)}</bdi>
        </small>
      ))}
    </>
  );
}

const mostChanges = 6;

function Changes({ of: { changes, writes, sent } }: { of: Repair }) {
  const more = changes.length - mostChanges;
  return (
    <>
      {changes.length === 0 && writes.map((it) => <div key={it.at}>{oneLine(it.title)}</div>)}
      {changes.slice(0, mostChanges).map((it) => (
        <div key={it.path}>
          <bdi>{changeOf(it)}</bdi>
        </div>
      ))}
      {more > 0 && <small>{`and ${more} more, in the JSON beside this page`}</small>}
      {sent && (
        <small>ARM's answer to our write is not known: somebody else may have done it.</small>
      )}
    </>
  );
}

function changeOf({ path, before, after }: Change): string {
  const name = path.split(".").at(-1);
  const was = before === undefined ? "not seen" : wordOf(before);
  return oneLine(`${name}: ${was} → ${wordOf(after)}`);
}

const wordOf = (value: Change["after"]) =>
  typeof value === "string" ? value : JSON.stringify(value);

const endings: Readonly<Record<Repair["outcome"], string>> = {
  repaired: "Repaired.",
  failed: "Failed:",
  "put back": "Given up, and what it was before was put back:",
  refused: "Refused:",
  "under way": "Under way when the report was made.",
};

function End({ of: { outcome, because = "" } }: { of: Repair }) {
  return (
    <bdi class={outcome === "under way" ? "quiet" : "bad"}>
      {oneLine(`${endings[outcome]} ${because}`)}
    </bdi>
  );
}

export function Answers({ answers, naming }: { answers: readonly Answer[]; naming: Naming }) {
  const rows = answers.map((it) => [
    <ResourceName key="name" id={it.resourceId} naming={naming} />,
    <Time key="at" at={it.at} />,
    <bdi key="said">{describeEntry(it)}</bdi>,
  ]);
  const columns = [
    { title: "Resource" },
    { title: "When", class: "time" },
    { title: "What was said" },
  ] as const;
  return (
    <Section title="What people said">
      {rows.length === 0 ? (
        <Empty>Nobody approved, rejected or stopped anything since the last report.</Empty>
      ) : (
        <Table caption="Since the last report." columns={columns} rows={rows} />
      )}
    </Section>
  );
}
