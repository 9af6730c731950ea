/** A comparison in full, as Markdown. */
import { folded } from '../ledger/kill-list';
import { brief } from './brief';
import type { ComparedQemu, Comparison, Unasserted } from './comparison';
import { groupsOf, outcomeOf } from './comparison-text';

export function comparisonMarkdown(comparison: Comparison): string {
  const { suite, base, patched, scenarios, machines, changes, unasserted, notLookedAt, flaky } = comparison;
  const groups = groupsOf(changes).map(({ kind, cause, quirk, changes: mine }) => [
    kind,
    folded(mine.map(({ id }) => id)).join(', '),
    quirk ?? cause,
    brief(mine[0]?.before.words ?? 'conforms'),
    brief(mine[0]?.after.words ?? 'conforms'),
  ]);
  const parts = [
    `## ${outcomeOf(comparison).replace(/^./, (first) => first.toUpperCase())}`,
    table(['', 'QEMU', 'package', 'SHA-256'], [side('base', base), side('patched', patched)]),
    `cxl-conformance ${suite}; ${scenarios} scenarios; registers, tables and answers compared on ${machines} machines; ${flaky} differences not seen again.`,
    '### Scenarios',
    groups.length > 0 ? table(['change', 'scenarios', 'cause', 'base', 'patched'], groups) : 'None changed.',
    '### What no scenario asserts',
    unasserted.length > 0 ? table(['difference', 'base', 'patched'], unasserted.map(row)) : 'No difference.',
    ...commandLines(unasserted),
    ...(notLookedAt.length > 0 ? ['### Not looked at', notLookedAt.map((each) => `- ${each}`).join('\n')] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

const side = (name: string, { qemu, version, package: packaged, digest }: ComparedQemu): string[] => [
  name,
  `${version}, \`${qemu}\``,
  packaged,
  digest,
];

const row = ({ what, base, patched }: Unasserted): string[] => [what, base, patched];

/** Machines that show a difference, with the differences that each is the smallest one for. */
function commandLines(unasserted: readonly Unasserted[]): string[] {
  const lines = [...new Set(unasserted.flatMap(({ commandLine }) => commandLine ?? []))];
  return lines.map((line) => {
    const shown = unasserted.filter(({ commandLine }) => commandLine === line).map(({ what }) => what);
    return `${shown.join('; ')}:\n\n\`\`\`sh\n${line}\n\`\`\``;
  });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const cell = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
