/** Without quotes, ampersands and angle brackets: escaping leaves it as it is, so that its hash holds. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #faf9f8; --card: #ffffff; --line: #e1dfdd; --text: #242424; --quiet: #605e5c;
  --accent: #0f6cbd; --bad: #b10e1c; --warn: #8a5a00; --good: #0e700e; --code: #f3f2f1;
  --bar-bad: #c50f1f; --bar-warn: #e3a008; --bar-good: #2f9e44; --bar-none: #d2d0ce;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #1b1a19; --card: #252423; --line: #3b3a39; --text: #f3f2f1; --quiet: #b3b0ad;
    --accent: #62abf5; --bad: #f1707b; --warn: #f2c661; --good: #7fcf7f; --code: #323130;
    --bar-bad: #e5484d; --bar-warn: #d9a300; --bar-good: #3fa34d; --bar-none: #4a4846;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 14px/1.45 Segoe UI, -apple-system, system-ui, Roboto, Helvetica, Arial, sans-serif;
  overflow-wrap: anywhere;
}
main, header, footer { max-width: 1080px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 32px; }
h1 { font-size: 28px; font-weight: 600; line-height: 1.2; margin: 4px 0 8px; }
h2 { font-size: 20px; font-weight: 600; margin: 36px 0 4px; }
h3 { font-size: 15px; font-weight: 600; margin: 0; }
p { margin: 0 0 8px; }
a { color: var(--accent); }
.brand { color: var(--accent); font-weight: 600; letter-spacing: .02em; }
.quiet { color: var(--quiet); font-size: 13px; }
.lead { font-size: 17px; margin: 12px 0 20px; max-width: 44em; }
.tiles { display: grid; grid-template-columns: repeat(6, 1fr); gap: 12px; margin: 0; padding: 0; }
.tile, .card { background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
.tile { padding: 12px 14px; display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.tile dt { color: var(--quiet); font-size: 13px; }
.tile dd { margin: 0; font-size: 28px; font-weight: 600; line-height: 1.2; }
.card { margin: 12px 0 0; padding: 14px 16px; }
.card.held { border-left: 4px solid var(--accent); }
.empty { color: var(--quiet); margin-top: 8px; }
.bad { color: var(--bad); } .warn { color: var(--warn); } .good { color: var(--good); }
.tag {
  display: inline-block; border: 1px solid currentColor; border-radius: 3px; padding: 0 6px;
  font-size: 12px; font-weight: 600; vertical-align: 1px; margin-right: 8px;
}
table { width: 100%; table-layout: fixed; border-collapse: collapse; margin-top: 12px; background: var(--card); border: 1px solid var(--line); }
table + table { margin-top: 28px; }
caption { text-align: left; padding: 0 0 8px; color: var(--quiet); font-size: 13px; }
caption strong { color: var(--text); font-size: 15px; font-weight: 600; }
th, td { text-align: left; vertical-align: top; padding: 9px 12px; border-top: 1px solid var(--line); }
thead th { color: var(--quiet); font-size: 12px; font-weight: 600; border-top: 0; }
thead th:first-child { width: 30%; }
thead tr:has(.number) th:first-child { width: auto; }
tbody th { font-weight: 400; }
.name { font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; width: 9em; }
td.time, th.time { width: 9.5em; }
small { display: block; color: var(--quiet); font-size: 12px; font-weight: 400; }
code, pre { font: 12.5px/1.5 Cascadia Mono, Consolas, Menlo, monospace; background: var(--code); border-radius: 3px; }
code { padding: 1px 4px; }
pre { margin: 4px 0 8px; padding: 8px 10px; white-space: pre-wrap; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 8px 0 0; }
dl.facts dt { color: var(--quiet); }
dl.facts dd { margin: 0; min-width: 0; }
ol, ul { margin: 0; padding-left: 18px; }
svg.bar { display: block; width: 100%; height: 6px; margin-top: 8px; border-radius: 3px; }
.bar-violation { fill: var(--bar-bad); } .bar-unknown { fill: var(--bar-warn); }
.bar-compliant { fill: var(--bar-good); } .bar-not-applicable { fill: var(--bar-none); }
footer { padding-top: 28px; padding-bottom: 40px; }
@media (max-width: 900px) { .tiles { grid-template-columns: repeat(3, 1fr); } }
@media screen and (max-width: 640px) {
  main, header, footer { padding-left: 16px; padding-right: 16px; }
  header { padding-top: 20px; }
  .tiles { grid-template-columns: repeat(2, 1fr); gap: 8px; }
  table, caption, tbody, tr, tbody th, td, td.number, td.time { display: block; width: auto; text-align: left; }
  thead { display: none; }
  tr { border-top: 1px solid var(--line); padding: 10px 12px; }
  tr:first-child { border-top: 0; }
  tbody th, td { border: 0; padding: 2px 0; }
  td.number { display: inline-block; margin-right: 16px; }
  td[data-label]::before { content: attr(data-label) ; color: var(--quiet); font-size: 12px; display: block; }
  td.number[data-label]::before { display: inline; margin-right: 5px; }
  table { border: 0; }
  caption { padding-bottom: 8px; background: var(--page); }
  dl.facts { grid-template-columns: 1fr; gap: 0; }
  dl.facts dd { margin-bottom: 8px; }
}
@media print {
  :root {
    color-scheme: light;
    --page: #ffffff; --card: #ffffff; --line: #c8c6c4; --text: #000000; --quiet: #484644;
    --accent: #004578; --bad: #8e0912; --warn: #6b4500; --good: #0b5a0b; --code: #ffffff;
    --bar-bad: #c50f1f; --bar-warn: #e3a008; --bar-good: #2f9e44; --bar-none: #d2d0ce;
  }
  @page { margin: 14mm; }
  body { font-size: 11px; }
  .lead { font-size: 13px; }
  .quiet, small, code, pre, caption, caption strong, thead th, .tag, .tile dt { font-size: 10px; }
  .tile dd { font-size: 20px; }
  main, header, footer { max-width: none; padding-left: 0; padding-right: 0; }
  .tiles { grid-template-columns: repeat(6, 1fr); }
  .tile, .card, tr { break-inside: avoid; }
  h2, caption { break-after: avoid; }
  thead { display: table-header-group; }
  svg.bar { print-color-adjust: exact; }
  pre { border: 1px solid var(--line); }
}
`;
