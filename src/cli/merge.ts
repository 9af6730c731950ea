/** `merge`: the shards of a run as one run. */
import { join } from 'node:path';
import { countScenarios } from '../report/count';
import { ReportFolder } from '../report/folder';
import { folderOf } from '../report/folder-name';
import { mergeShards, writeMerged } from '../report/merge';
import { summaryOf } from '../report/summary';
import { reportsHome } from './cucumber';
import { exitOfVerdicts } from './exit';

interface MergeOptions {
  /** Where the reports go. */
  readonly output?: string;
  readonly json?: boolean;
}

/** Merges the shards in `directories`, and ends as the whole run would have. */
export async function merge(directories: readonly string[], options: MergeOptions): Promise<number> {
  const merged = await mergeShards(directories);
  const { verdicts } = merged;
  const ids = verdicts.scenarios.map(({ id }) => id);
  const folder = ReportFolder.begin(options.output ?? join(reportsHome, folderOf(verdicts, ids, countScenarios())));
  try {
    await writeMerged(merged, folder);
  } finally {
    folder.abandon();
  }
  if (options.json) console.log(JSON.stringify(verdicts, null, 2));
  else console.log(`${summaryOf(verdicts)}reports: ${folder.path}`);
  return exitOfVerdicts(verdicts.totals);
}
