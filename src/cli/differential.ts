import { comparators } from '../differential/comparators';
import { compare } from '../differential/compare';
import { hunt, type Result } from '../differential/hunt';
import { anyDraw } from '../differential/machines';
import { showScope } from '../differential/scope';
import { withSteps } from '../differential/steps';
import { writesAndResets } from '../differential/writes-and-resets';
import { openTwins, type Twins } from '../target/real-and-modelled';
import { EXIT } from './exit';
import { showStatus } from './status-line';

export interface DifferentialOptions {
  readonly qemu?: string;
  readonly count: number;
  readonly seed?: number;
  readonly json?: boolean;
  readonly writes?: boolean;
  readonly scope?: boolean;
}

/** In ms. */
const SHRINK_LIMIT = 120_000;

/** Compares random machines in the simulator and in a QEMU. Yields the exit status. */
export async function differential({
  qemu,
  count,
  seed = randomSeed(),
  json,
  writes,
  scope,
}: DifferentialOptions): Promise<number> {
  if (scope) {
    console.log(showScope());
    return EXIT.asExpected;
  }
  const twins = await openTwins(qemu);
  const before = performance.now();
  const result = await hunt({
    compare: (draw) => compare(twins, draw, writes ? [writesAndResets] : comparators),
    draws: writes ? withSteps(anyDraw(twins.traits)) : anyDraw(twins.traits),
    count,
    seed,
    shrinkFor: SHRINK_LIMIT,
    onProgress: (done, kinds) => showStatus(`${done} of ${count} machines, differences of ${kinds} kinds`),
  });
  const seconds = (performance.now() - before) / 1000;
  console.log(json ? asJson(twins, seed, result) : asText(twins, seed, seconds, result));
  return result.findings.length > 0 ? EXIT.lookAtIt : EXIT.asExpected;
}

const randomSeed = () => Math.floor(Math.random() * 2 ** 31);

function asText({ version, commandLine }: Twins, seed: number, seconds: number, result: Result): string {
  const { compared, leftOut, explained, findings } = result;
  const each = findings.map(({ departure: { comparator, path, real, simulated }, draw, machines }) =>
    [
      `${[comparator, ...path].join(' > ')} (${machines} machines)`,
      `  QEMU:      ${real}`,
      `  simulator: ${simulated}`,
      `  ${commandLine(draw.topology)}`,
    ].join('\n'),
  );
  const out = [...leftOut].map(([reason, machines]) => `left out ${machines}: ${reason}`);
  const chance = [...explained].map(([quirk, machines]) => `explained ${machines}: ${quirk}`);
  const total = `QEMU ${version}: ${compared} machines compared in ${seconds.toFixed(0)} s with seed ${seed}, differences of ${findings.length} kinds`;
  return [...each, ...out, ...chance, total].join('\n');
}

function asJson(
  { version, commandLine }: Twins,
  seed: number,
  { compared, leftOut, explained, findings }: Result,
): string {
  const shown = findings.map(({ departure, draw, machines }) => ({
    ...departure,
    machines,
    commandLine: commandLine(draw.topology),
    draw,
  }));
  const counts = { leftOut: Object.fromEntries(leftOut), explained: Object.fromEntries(explained) };
  const all = { qemu: version, seed, compared, ...counts, findings: shown };
  return JSON.stringify(all, (_, value) => (typeof value === 'bigint' ? `0x${value.toString(16)}` : value), 2);
}
