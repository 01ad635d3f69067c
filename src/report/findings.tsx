import type { Finding } from "../model/finding.ts";
import type { Request } from "../model/request.ts";
import type { Impact } from "../model/rule.ts";
import { Empty, type Naming, ResourceName, Section, Severity, Table, Time } from "./parts.tsx";
import type { FindingsOfRule } from "./report.ts";
import { describeApproval, describeDecision, describeVerdict, oneLine } from "./words.ts";

/** All that a person must have seen to approve: requests and objections, word for word. */
export function HeldFindings(it: { held: readonly Finding[]; at: string; naming: Naming }) {
  return (
    <Section title="Held for a person">
      {it.held.length === 0 ? (
        <Empty>Nothing is held.</Empty>
      ) : (
        it.held.map((one) => <Held key={one.id} finding={one} at={it.at} naming={it.naming} />)
      )}
    </Section>
  );
}

type HeldProps = { finding: Finding; at: string; naming: Naming };

function Held({ finding, at, naming }: HeldProps) {
  return (
    <article class="card held">
      <h3>
        <ResourceName id={finding.resourceId} naming={naming} />
      </h3>
      <dl class="facts">
        <dt>Rule</dt>
        <dd>
          <Severity of={finding.severity} />
          {finding.title}
        </dd>
        <dt>Wrong</dt>
        <dd>
          <bdi>{describeVerdict(finding.verdict)}</bdi>
          <small>
            {"since "}
            <Time at={finding.since} />
          </small>
        </dd>
        <HeldBecause finding={finding} at={at} />
        <Planned finding={finding} />
      </dl>
    </article>
  );
}

function HeldBecause({ finding, at }: { finding: Finding; at: string }) {
  const { decision, objections } = finding;
  const others = objections.filter((it) => it !== decision.because);
  return (
    <>
      <dt>Held because</dt>
      <dd>
        <bdi>{oneLine(decision.because)}</bdi>
        {others.map((it) => (
          <div key={it}>
            <bdi>{oneLine(it)}</bdi>
          </div>
        ))}
      </dd>
      {finding.approval && (
        <>
          <dt>Said before</dt>
          <dd>
            <bdi>{describeApproval(finding, at)}</bdi>
          </dd>
        </>
      )}
    </>
  );
}

const impacts: Readonly<Record<Impact, string>> = {
  none: "Nobody notices it.",
  "may-cut-callers": "Callers may be cut off.",
  "destroys-state": "What it holds is lost.",
  irreversible: "It cannot be taken back.",
};

function Planned({ finding: { id, plan } }: { finding: Finding }) {
  if (!plan) return null;
  return (
    <>
      <dt>Would be sent</dt>
      <dd>
        <ol>
          {plan.steps.map(({ title, request }) => (
            <li key={title}>
              {title}
              <pre>{textOf(request)}</pre>
            </li>
          ))}
        </ol>
      </dd>
      <dt>Impact</dt>
      <dd>{impacts[plan.impact]}</dd>
      <dt>Answer</dt>
      <dd>
        <code>{`airlock approve ${id} --reason "…"`}</code> or{" "}
        <code>{`airlock reject ${id} --reason "…"`}</code>
      </dd>
    </>
  );
}

function textOf({ method, url, body }: Request): string {
  const head = oneLine(`${method} ${url}`);
  return body === undefined ? head : `${head}\n${oneLine(JSON.stringify(body))}`;
}

type RuleFindingsProps = { findings: readonly FindingsOfRule[]; naming: Naming };

export function RuleFindings({ findings, naming }: RuleFindingsProps) {
  return (
    <Section title="Findings by rule">
      {findings.length === 0 ? (
        <Empty>No finding is open.</Empty>
      ) : (
        findings.map((it) => <OfRule key={it.ruleId} rule={it} naming={naming} />)
      )}
    </Section>
  );
}

function OfRule({ rule, naming }: { rule: FindingsOfRule; naming: Naming }) {
  const caption = (
    <>
      <Severity of={rule.severity} />
      {"Rule: "}
      <strong>{rule.title}</strong>
      {` · ${rule.findings.length} open`}
    </>
  );
  const columns = [
    { title: "Resource" },
    { title: "What is wrong" },
    { title: "What is done" },
    { title: "Since", class: "time" },
  ] as const;
  const rows = rule.findings.map((it) => [
    <ResourceName key="name" id={it.resourceId} naming={naming} />,
    <bdi key="wrong">{describeVerdict(it.verdict)}</bdi>,
    <bdi key="done">{doneOf(it)}</bdi>,
    <Time key="since" at={it.since} />,
  ]);
  return <Table caption={caption} columns={columns} rows={rows} />;
}

/** Where nothing but the verdict is the reason it is not said twice. */
const doneOf = ({ verdict, decision }: Finding): string =>
  decision.do === "report" && decision.because === verdict.because
    ? "Only reported."
    : describeDecision(decision);
