/** A failure as a shell script that needs a QEMU and nothing of this suite. */
import type { StartedWith } from '../target/tape';
import type { Part } from './cut-down';
import { answerOf, isForQmp, linesOf } from './lines';
import type { Probe } from './probe';
import { filesIn, machineIn, PIPES, PRELUDE, STDIO } from './shell-parts';

/** What goes wrong. */
export type Fault =
  | { readonly kind: 'value' }
  /** `came` is a signal or an exit status. */
  | { readonly kind: 'crash'; readonly came: string }
  /** At the start: what QEMU says; that of a machine that starts is undefined. */
  | { readonly kind: 'start'; readonly expected: string | undefined; readonly came: string | undefined };

export interface Failure {
  /** What is to be said of it first: lines. */
  readonly about: readonly string[];
  readonly startedWith: StartedWith;
  /** The scenario's steps, with their keywords. */
  readonly steps: readonly string[];
  readonly parts: readonly Part[];
  readonly fault: Fault;
}

interface Check {
  /** Of the line whose answer it is, from 1. */
  readonly line: number;
  readonly access: string;
  /** None where only the wrong answer is known. */
  readonly expected: string | undefined;
  readonly came: string;
}

export function scriptOf(failure: Failure): string {
  const { about, startedWith, fault } = failure;
  const head = ['#!/bin/sh', ...about.map((line) => `# ${line}`.trimEnd()), ''];
  const parts = [
    ...head,
    PRELUDE(startedWith.binary),
    ...filesIn(startedWith.files),
    machineIn(startedWith.options),
    '',
  ];
  return `${[...parts, ...(fault.kind === 'start' ? startIn(fault) : accessesIn(failure))].join('\n')}\n`;
}

function accessesIn({ steps, parts, fault }: Failure): string[] {
  const { lines, checks } = linesIn(parts, steps);
  const piped = lines.some(isForQmp);
  const accesses = ['accesses() {', "  cat <<'EOF'", ...lines, 'EOF', '}', '', piped ? PIPES : STDIO, ''];
  const started = [
    `debug=${fault.kind === 'crash' ? 'run' : 'wait'}`,
    'case "$*" in --gdb) play gdb; exit ;; *) play ;; esac',
    '',
  ];
  return [...accesses, ...started, ...(fault.kind === 'crash' ? crashIn(lines) : valuesIn(checks))];
}

/** With the step above the first access of each, and above each read that shows the fault what it is to yield. */
export function linesIn(parts: readonly Part[], steps: readonly string[]): { lines: string[]; checks: Check[] } {
  const lines: string[] = [];
  const checks: Check[] = [];
  let [heading, count] = ['', 0];
  for (const { call, probe } of parts) {
    const said = linesOf(call);
    const step = call.boot ? BOOT : (steps[call.step] ?? '');
    if (said.length > 0 && step !== heading && !isGuard(probe)) {
      lines.push(`# ${step}`);
      heading = step;
    }
    count += said.length;
    const came = probe?.call.outcome && answerOf(call, probe.call.outcome);
    if (probe?.expected && came !== undefined) {
      const expected = answerOf(call, probe.expected);
      checks.push({ line: count, access: said.at(-1) ?? '', expected, came });
      lines.push(
        expected === came
          ? `# shows that it is there: ${came}`
          : `# expected ${expected ?? 'another answer'}, came ${came}`,
      );
    }
    lines.push(...said);
  }
  return { lines, checks };
}

const isGuard = (probe: Probe | undefined): boolean =>
  probe?.expected !== undefined && probe.expected === probe.call.outcome;

const BOOT = 'firmware: finds what is there, gives it addresses, installs tables';

function valuesIn(checks: readonly Check[]): string[] {
  const guards = checks.filter(({ expected, came }) => expected === came);
  const wrong = checks.filter((check) => !guards.includes(check));
  const said =
    (name: string) =>
    ({ line, access, expected = '', came }: Check) =>
      [name, line, ...[access, expected, came].map(quoted)].join(' ');
  return [
    VALUES,
    ...guards.map(said('guard')),
    ...wrong.map(said('check')),
    '[ "$wrong" = 0 ] && echo "right: $said"',
    'exit "$wrong"',
  ];
}

function crashIn(lines: readonly string[]): string[] {
  const last = lines.filter((line) => !line.startsWith('#')).at(-1) ?? '';
  return [
    `if [ "$status" = 0 ]; then echo ${quoted(`right: QEMU goes on after "${last}"`)}; exit 0; fi`,
    '[ -s answers ] || { echo "QEMU did not start: it ended with exit status $status"; exit 3; }',
    'if [ "$status" -gt 128 ]; then how="crashed: SIG$(kill -l $((status - 128)))"; else how="ended with exit status $status"; fi',
    `echo "wrong: QEMU $how, after $(grep -c . answers) answers; expected that it goes on after "${quoted(`"${last}"`)}`,
    'exit 1',
  ];
}

function startIn({ expected, came }: Extract<Fault, { kind: 'start' }>): string[] {
  const wanted = expected === undefined ? 'the machine starts' : `QEMU refuses: ${expected}`;
  const isRight = expected === undefined ? '[ "$status" = 0 ]' : `grep -qF -- ${quoted(expected)} messages`;
  return [
    `# expected: ${wanted}`,
    `# came: ${came === undefined ? 'the machine starts' : came}`.replaceAll('\n', '\n# '),
    'case "$*" in --gdb) machine gdb -q -ex "handle SIGUSR1 nostop noprint" --args $shell "$qemu"; exit ;; esac',
    'echo "outb 0xcf9 0x6" | machine "$qemu" -qtest stdio -qtest-log "$log" -no-reboot > answers 2> messages',
    'status=$?',
    'cat messages >&2',
    '[ "$status" = 126 ] || [ "$status" = 127 ] && exit 3',
    `if ${isRight}; then echo ${quoted(`right: ${wanted}`)}; exit 0; fi`,
    'if [ "$status" = 0 ]; then how="the machine starts"',
    'elif [ "$status" -gt 128 ]; then how="QEMU crashed: SIG$(kill -l $((status - 128)))"',
    'else how="QEMU refuses: $(tail -n 1 messages)"; fi',
    `echo "wrong: $how; expected: "${quoted(wanted)}`,
    'exit 1',
  ];
}

/** Compares answers; which is wrong is said last. */
const VALUES = `wrong=0
# LINE ACCESS EXPECTED CAME: the answer to the line of that number
take() {
  answer=$(sed -n "$1s/^OK *//p" answers)
  [ -z "$answer" ] && [ "$(grep -c . answers)" -lt "$1" ] || return 0
  echo "cannot tell: QEMU has not answered to \\"$2\\", it ended with exit status $status"
  exit 3
}
guard() {
  take "$@"
  [ "$answer" = "$3" ] && return
  echo "cannot tell: \\"$2\\" read $answer and not $3, so what is looked at is not where it was"
  exit 3
}
check() {
  take "$@"
  if [ "$answer" = "$3" ] || { [ -z "$3" ] && [ "$answer" != "$4" ]; }; then
    said="$2: $answer"
  else
    echo "wrong: \\"$2\\" read $answer, expected \${3:-another answer}"
    wrong=1
  fi
}`;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
