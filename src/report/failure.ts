/** One scenario that does not conform, in the words and the layout that every report has. */
import { type Difference, PASSES } from '../ledger/judgement';
import { padded, tableLines } from './columns';
import type { ScenarioVerdict } from './verdicts';

/** So many values that differ are shown. */
const VALUES = 12;

/** A value above this many characters is cut in its middle. */
const LONGEST = 400;

/** Values side by side take at most this many columns. */
const WIDTH = 100;

/** Everything that is known of the failure; several lines without a newline at the end. */
export function renderFailure(scenario: ScenarioVerdict): string {
  const { id, name, rule, verdict, uri, line, sources, requirements, reproduce } = scenario;
  const written = [...sources, ...requirements];
  return [
    `${verdict} ${id}: ${name}`,
    ...(rule ? [`  rule     ${rule}`] : []),
    ...(uri ? [`  feature  ${uri}:${line}`] : []),
    ...stepOf(scenario).map((each) => `  ${each}`),
    ...whyOf(scenario).map((each) => `    ${each}`.trimEnd()),
    ...(written.length > 0 ? [`  source   ${written.join(', ')}`] : []),
    `  again    ${reproduce}`,
  ].join('\n');
}

/** Why the scenario has its verdict, in one line. */
export function headline({ reason = '', received, differences, verdict }: ScenarioVerdict): string {
  if (verdict === 'fails' && differences && differences.length > 0) return differences.map(inOneLine).join(' | ');
  const [first = ''] = (reason || received || '').split('\n').filter(Boolean);
  return first;
}

const inOneLine = ({ what, expected, received }: Difference): string =>
  `${what ? `${what}: ` : ''}expected ${expected}; received ${received}`;

function stepOf({ step, keyword, table, text, uri, stepLine }: ScenarioVerdict): string[] {
  if (step === undefined) return [];
  const at = uri && stepLine ? ` (${uri}:${stepLine})` : '';
  const block = text === undefined ? [] : ['"""', ...text.split('\n'), '"""'];
  return [
    `step     ${keyword ? `${keyword} ` : ''}${step}${at}`,
    ...[...tableLines(table ?? []), ...block].map((line) => `           ${line}`),
  ];
}

function whyOf(scenario: ScenarioVerdict): string[] {
  const { verdict, reason = '', expected, received, differences = [] } = scenario;
  const other = expected !== undefined && expected !== PASSES && expected !== received;
  const words = differences.length > 0 ? showValues(differences) : received?.split('\n');
  if (verdict === 'fails' && words) {
    const more = reason.startsWith(received ?? '') ? reason.slice(received?.length).replace(/^[:\s]+/, '') : '';
    return [...words, ...(more ? [more] : []), ...(other ? [`known of this release: ${expected}`] : [])];
  }
  return [...reason.split('\n'), ...(verdict === 'known' && words ? words : [])];
}

/** Side by side where there are several that are short, else one below the other. */
function showValues(differences: readonly Difference[]): string[] {
  const cut = differences.slice(0, VALUES).map((each) => ({
    what: each.what,
    expected: shortened(each.expected),
    received: shortened(each.received),
  }));
  const rest = differences.length - cut.length;
  const more = rest > 0 ? [`... and ${rest} more values differ`] : [];
  const columns = inColumns([{ what: '', expected: 'expected', received: 'received' }, ...cut]);
  const fits = cut.length > 1 && columns.every((line) => line.length <= WIDTH);
  return [...(fits ? columns : cut.flatMap(inRows)), ...more];
}

const inColumns = (rows: readonly Difference[]): string[] =>
  padded(rows.map(({ what, expected, received }) => [what, expected, received])).map((cells) =>
    cells.join('  ').trimEnd(),
  );

function inRows({ what, expected, received }: Difference): string[] {
  const indent = what ? '  ' : '';
  const row = (name: string, value: string) => `${indent}${name}  ${value.replaceAll('\n', `\n${indent}          `)}`;
  return [...(what ? [what] : []), row('expected', expected), row('received', received)];
}

function shortened(value: string): string {
  if (value.length <= LONGEST) return value;
  const half = LONGEST / 2;
  return `${value.slice(0, half)} ... ${value.slice(-half)} (${value.length} characters)`;
}
