import type { ComponentChildren } from "preact";
import { parseResourceId } from "../model/resource-id.ts";
import { isResourceType, resourceTypes } from "../model/resource-types/index.ts";
import type { Rule } from "../model/rule.ts";
import { oneLine, shortName } from "./words.ts";

/** How the page names resources: with a link where a tenant is known. */
export type Naming = Readonly<{ tenant: string | undefined; subscriptions: readonly string[] }>;

export function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export const Empty = ({ children }: { children: string }) => <p class="empty">{children}</p>;

type Columns = readonly Readonly<{ title: string; class?: "number" | "time" }>[];

/** The first cell of each row is its header. */
export function Table(it: {
  caption: ComponentChildren;
  columns: Columns;
  rows: readonly (readonly ComponentChildren[])[];
}) {
  return (
    <table>
      <caption>{it.caption}</caption>
      <thead>
        <tr>
          {it.columns.map((column) => (
            <th key={column.title} scope="col" class={column.class}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {it.rows.map((cells, index) => (
          <tr key={index}>{cells.map((cell, i) => cellOf(cell, it.columns[i], i === 0))}</tr>
        ))}
      </tbody>
    </table>
  );
}

function cellOf(cell: ComponentChildren, column: Columns[number] | undefined, isHeader: boolean) {
  if (isHeader) return <th scope="row">{cell}</th>;
  return (
    <td class={column?.class} data-label={column?.title}>
      {cell}
    </td>
  );
}

export function Time({ at }: { at: string }) {
  return <time dateTime={at}>{`${at.slice(0, 10)} ${at.slice(11, 16)} UTC`}</time>;
}

const tones = { critical: "bad", high: "bad", medium: "warn", low: "quiet" } as const;

export const Severity = ({ of }: { of: Rule["severity"] }) => (
  <span class={`tag ${tones[of]}`}>{of}</span>
);

export function ResourceName({ id, naming }: { id: string; naming: Naming }) {
  const parsed = parseResourceId(id);
  if (typeof parsed === "string") return <bdi class="name">{oneLine(id)}</bdi>;
  const { type, resourceGroup, subscription } = parsed;
  const where = [
    isResourceType(type) ? resourceTypes[type].name : type,
    ...(resourceGroup === undefined ? [] : [resourceGroup]),
    ...(naming.subscriptions.length > 1 ? [subscription] : []),
  ];
  return (
    <>
      <bdi class="name">{named(shortName(id), parsed.id, naming)}</bdi>
      <small>{where.join(" · ")}</small>
    </>
  );
}

function named(name: string, id: string, { tenant }: Naming) {
  if (tenant === undefined) return name;
  const portal = `https://portal.azure.com/#@${encodeURIComponent(tenant)}/resource${id}`;
  return (
    <a href={portal} rel="noreferrer">
      {name}
    </a>
  );
}
