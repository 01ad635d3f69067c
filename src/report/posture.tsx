import { Empty, Section, Severity, Table } from "./parts.tsx";
import type { Counts, Report } from "./report.ts";

const statuses = ["violation", "unknown", "compliant", "not-applicable"] as const;
const titles = ["Violations", "Unknown", "Compliant", "Not applicable"] as const;

/** Rule by rule, with the ones that nothing breaks: silence would not say that they were asked. */
export function Posture({ report: { posture, resourcesByType } }: { report: Report }) {
  const types = resourcesByType.map((it) => `${it.resources} ${it.resourceType}`).join(", ");
  const rows = posture.map((it) => [
    <RuleCell key="rule" rule={it} />,
    ...statuses.map((status) => it.counts[status]),
  ]);
  return (
    <Section title="Posture">
      {rows.length === 0 ? (
        <Empty>There is no rule.</Empty>
      ) : (
        <Table
          caption={`How each rule judged: ${types || "no resource"}.`}
          columns={[
            { title: "Rule" },
            ...titles.map((title) => ({ title, class: "number" }) as const),
          ]}
          rows={rows}
        />
      )}
    </Section>
  );
}

function RuleCell({ rule: { title, severity, why, reference, counts } }: RuleProps) {
  return (
    <>
      <Severity of={severity} />
      <span class="name">{title}</span>
      <small>
        {why} <a href={reference}>Documentation</a>
      </small>
      <Bar counts={counts} />
    </>
  );
}
type RuleProps = { rule: Report["posture"][number] };

/** The numbers beside it say the same: it is hidden from screen readers. */
function Bar({ counts }: { counts: Counts }) {
  const total = statuses.reduce((sum, it) => sum + counts[it], 0);
  const widths = statuses.map((it) => (100 * counts[it]) / Math.max(total, 1));
  return (
    <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      {total === 0 && <rect class="bar-not-applicable" width="100" height="6" />}
      {statuses.map((it, i) => (
        <rect
          key={it}
          class={`bar-${it}`}
          x={widths.slice(0, i).reduce((sum, width) => sum + width, 0)}
          width={widths[i]}
          height="6"
        />
      ))}
    </svg>
  );
}
