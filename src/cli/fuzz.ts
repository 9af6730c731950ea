import { chmodSync, writeFileSync } from 'node:fs';
import { type Found, type Fuzzed, fuzz } from '../fuzz/fuzz';
import { reproducerOf } from '../fuzz/reproducer';
import { openTwins, type Twins } from '../target/real-and-modelled';
import { EXIT, UsageError } from './exit';
import { showStatus } from './status-line';

export interface FuzzOptions {
  readonly qemu?: string;
  readonly seconds: number;
  readonly seed?: number;
  /** File for a script that shows the first difference. */
  readonly output?: string;
}

/** For making smaller what was found, and for its script, each, in ms. */
const SHRINK_LIMIT = 60_000;

/** Yields the exit status. */
export async function fuzzQemu({
  qemu,
  seconds,
  seed = Math.floor(Math.random() * 2 ** 31),
  output,
}: FuzzOptions): Promise<number> {
  const twins = await openTwins(qemu);
  const until = Date.now() + seconds * 1000;
  const fuzzed = await fuzz({ twins, until, shrinkUntil: until + SHRINK_LIMIT, seed, onProgress: progress });
  for (const [n, found] of fuzzed.found.entries()) {
    const lines = described(found, twins);
    console.log(`${lines.join('\n')}\n`);
    if (n === 0) await printScript(found, twins, lines, output);
  }
  console.log(summary(fuzzed, twins, seed, seconds));
  return fuzzed.found.length > 0 ? EXIT.lookAtIt : EXIT.asExpected;
}

function progress(machines: number, actions: number, found: number): void {
  showStatus(`${machines} machines, ${actions} actions, ${found} differences`);
}

function described({ trial, outcome, times }: Found, { version, commandLine }: Twins): string[] {
  const { difference, at, steps } = outcome;
  return [
    `QEMU ${version} differs from the simulator as that release, in ${times} ${times === 1 ? 'machine' : 'machines'}, at: ${at}`,
    `  ${['answer', ...(difference?.path ?? [])].join(' > ')}`,
    `  QEMU:      ${difference?.real}`,
    `  simulator: ${difference?.simulated}`,
    ...steps.map((step, n) => `  ${n + 1}. ${step}`),
    `  ${commandLine(trial.topology)}`,
  ];
}

async function printScript(
  found: Found,
  twins: Twins,
  about: readonly string[],
  output: string | undefined,
): Promise<void> {
  const script = await reproducerOf(found, twins, about, Date.now() + SHRINK_LIMIT);
  if (script === undefined) return console.error('No script: the accesses alone do not show it each time.');
  if (output === undefined) return console.log(script);
  try {
    writeFileSync(output, script);
    chmodSync(output, 0o755);
  } catch (error) {
    throw new UsageError(`--output: ${(error as Error).message}`);
  }
  console.log(`sh ${output} shows the first difference without this suite.\n`);
}

function summary(
  { machines, actions, chances, found }: Fuzzed,
  { version }: Twins,
  seed: number,
  seconds: number,
): string {
  const left = [...chances].map(([quirk, times]) => `left to chance ${times}: ${quirk}`);
  const kinds = `${found.length} ${found.length === 1 ? 'difference' : 'differences'}`;
  return [
    ...left,
    `QEMU ${version}: ${machines} machines, ${actions} actions in ${seconds} s with seed ${seed}, ${kinds}`,
  ].join('\n');
}
