/** The shards of a run, merged into reports as the whole run writes them. */
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Envelope } from '@cucumber/messages';
import { suiteDigest } from '../system/suite-digest';
import { collect, type Run } from './collect';
import { FAILURES, MESSAGES_FILE } from './files';
import type { ReportFolder } from './folder';
import { mergeMessages } from './merge-messages';
import type { FinishedRun } from './runs';
import { ReportError, readVerdicts, type Verdicts, verdictsOf } from './verdicts';
import { writeReports } from './write';

export interface Merged {
  readonly run: Run;
  readonly verdicts: Verdicts;
  readonly messages: readonly Envelope[];
  /** Folders of the shards, in order. */
  readonly paths: readonly string[];
}

/** What two shards of a run may differ in. Where the binary lies may differ from machine to machine; its digest may not. */
const OF_ONE_SHARD: ReadonlySet<string> = new Set([
  'shard',
  'started',
  'selected',
  'totals',
  'machines',
  'commandLines',
  'diagnosis',
  'scenarios',
  'qemuPath',
  'qemuFrom',
]);

/** @throws ReportError if the folders at `paths` do not hold all shards of one run, each once, by this suite as it is now */
export async function mergeShards(paths: readonly string[]): Promise<Merged> {
  const read = await Promise.all(paths.map(async (path) => ({ path, verdicts: await readVerdicts(path) })));
  const shards = inOrder(read);
  for (const shard of shards) needAlike(shards[0] ?? shard, shard);
  const messages = mergeMessages(await Promise.all(shards.map(({ path }) => readMessages(path))));
  const run = collect(messages);
  const verdicts = verdictsOf(run, { seed: shards[0]?.verdicts.seed });
  needAll(shards, verdicts);
  return { run, verdicts, messages, paths: shards.map(({ path }) => path) };
}

/** Replaces what is in the folder. */
export async function writeMerged({ run, verdicts, messages, paths }: Merged, folder: ReportFolder): Promise<void> {
  const lines = messages.map((message) => `${JSON.stringify(message)}\n`);
  writeFileSync(join(folder.staging, MESSAGES_FILE), lines.join(''));
  await writeReports(folder.staging, run, verdicts);
  for (const path of paths) {
    const failures = join(path, FAILURES);
    if (existsSync(failures)) cpSync(failures, join(folder.staging, FAILURES), { recursive: true });
  }
  folder.publish();
}

function inOrder(read: readonly FinishedRun[]): FinishedRun[] {
  const of = read[0]?.verdicts.shard?.of;
  const places = new Map<number, FinishedRun>();
  for (const run of read) {
    const { path, verdicts } = run;
    const { shard } = verdicts;
    if (!shard)
      throw new ReportError(`${path} holds no shard, but a whole run: merge takes what run --shard I/N wrote`);
    if (shard.of !== of)
      throw new ReportError(`${path} holds one of ${shard.of} shards, and ${read[0]?.path} one of ${of}`);
    const other = places.get(shard.index);
    if (other) throw new ReportError(`${path} and ${other.path} both hold shard ${shard.index}/${of}`);
    places.set(shard.index, run);
  }
  const indexes = Array.from({ length: of ?? 0 }, (_, i) => i + 1);
  const missing = indexes.filter((index) => !places.has(index));
  if (missing.length > 0) {
    throw new ReportError(
      `shard ${missing.map((index) => `${index}/${of}`).join(', ')} is missing: name its folder too`,
    );
  }
  return indexes.flatMap((index) => places.get(index) ?? []);
}

function needAlike(first: FinishedRun, other: FinishedRun): void {
  if (other.verdicts.suiteDigest !== suiteDigest()) {
    throw new ReportError(`${other.path} is from another version of this suite: run again, or merge with that version`);
  }
  const [one, two] = [first, other].map(({ verdicts }) => new Map<string, unknown>(Object.entries(verdicts)));
  const names = [...new Set([...(one?.keys() ?? []), ...(two?.keys() ?? [])])].filter(
    (name) => !OF_ONE_SHARD.has(name),
  );
  const differs = names.find((name) => JSON.stringify(one?.get(name)) !== JSON.stringify(two?.get(name)));
  if (differs === undefined) return;
  const values = [one, two].map((each) => JSON.stringify(each?.get(differs)) ?? 'none');
  throw new ReportError(
    `${first.path} and ${other.path} are no shards of one run: ${differs} is ${values[0]}, and ${values[1]}`,
  );
}

/** @throws ReportError if a scenario has come twice, or a shard has not its share of them, or one was judged otherwise */
function needAll(shards: readonly FinishedRun[], merged: Verdicts): void {
  const before = shards.flatMap(({ verdicts }) => verdicts.scenarios);
  const verdictOf = new Map(merged.scenarios.map(({ id, verdict }) => [id, verdict]));
  const lost = before.find(({ id, verdict }) => verdictOf.get(id) !== verdict);
  if (lost) throw new ReportError(`${lost.id} is ${verdictOf.get(lost.id)} once merged, and was ${lost.verdict}`);
  if (verdictOf.size !== before.length)
    throw new ReportError('the shards do not select the same scenarios: some are in two of them');
}

async function readMessages(path: string): Promise<Envelope[]> {
  const text = await readFile(join(path, MESSAGES_FILE), 'utf8').catch((error: Error) => {
    throw new ReportError(`${join(path, MESSAGES_FILE)} cannot be read: ${error.message}`);
  });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Envelope);
}
