/** What a result says before its steps, in HTML: why, where it is written, what differs, and how to see it again. */
import { type QuirkName, quirks } from '../ledger/quirks';
import { type Quirk, showReleases } from '../ledger/quirks/quirk';
import { requirements } from '../ledger/requirements';
import type { ScenarioResult } from './collect';
import { escaped } from './svg';
import type { ScenarioVerdict } from './verdicts';

export function descriptionOf({ about, commandLine }: ScenarioResult, told: ScenarioVerdict): string {
  const { feature, rule, uri, line, sources, requirements: wanted, differences = [], quirk, reproduce } = told;
  const rows: [string, string][] = [
    ['Rule', text(rule)],
    ['Written in', [...wanted.map(requirement), ...sources.map(text)].join('<br>')],
    ['Scenario', code(`${uri}:${line}`)],
    ['Defect', quirk ? defect(quirk as QuirkName) : ''],
    ['Machine', commandLine ? code(commandLine) : ''],
    ['Run it again', code(reproduce)],
  ];
  const shown = rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<tr><th>${name}</th><td>${value}</td></tr>`);
  return [
    `<p><b>${text(feature)}</b><br>${text(about)}</p>`,
    ...(differences.length > 0 ? [valuesTable(differences)] : []),
    `<table>${shown.join('')}</table>`,
  ].join('');
}

function valuesTable(differences: NonNullable<ScenarioVerdict['differences']>): string {
  const rows = differences.map(
    ({ what, expected, received }) =>
      `<tr><td>${text(what)}</td><td>${code(expected)}</td><td>${code(received)}</td></tr>`,
  );
  return `<table><tr><th>value</th><th>expected</th><th>received</th></tr>${rows.join('')}</table>`;
}

/** With its releases and its source. */
function defect(name: QuirkName): string {
  const { summary, source, releases }: Quirk = quirks[name];
  return [`<b>${name}</b>: ${text(summary)}`, text(showReleases(releases)), code(source)].filter(Boolean).join('<br>');
}

const requirement = (id: string): string =>
  text(
    `thread of October 2022, ${id}${id in requirements ? `: ${requirements[id as keyof typeof requirements]}` : ''}`,
  );

const text = (words: string): string => escaped(words).replaceAll('\n', '<br>');

const code = (words: string): string => `<code>${text(words)}</code>`;
