/** `report`: the Allure report of runs, or of the last night. */
import { resolve } from 'node:path';
import { lastNight } from '../nightly/night';
import type { Build } from '../report/allure-build';
import { makeAllureReport, type ReportOptions as Options } from '../report/allure-report';
import { EXIT } from './exit';

interface ReportOptions {
  readonly singleFile?: boolean;
  readonly buildName?: string;
  readonly buildOrder?: number;
  readonly buildUrl?: string;
}

/** Makes the Allure report of the runs below `directory`, and says where it is. */
export async function report(directory: string, options: ReportOptions): Promise<number> {
  const { singleFile, buildName: name, buildOrder: order, buildUrl: url } = options;
  const given = { ...(name && { name }), ...(order && { order }), ...(url && { url }) };
  const folder = resolve(directory);
  const { isPart, ...night } = nightIn(folder);
  const all = { build: { ...night, ...given }, ...(isPart && { isPart }), ...(singleFile && { singleFile }) };
  console.log(await makeAllureReport(folder, all));
  return EXIT.asExpected;
}

/** Where a night has left its rows, the night is the build; a row that broke in it may have verdicts of an earlier one. */
function nightIn(directory: string): Partial<Build> & Pick<Options, 'isPart'> {
  const night = lastNight(directory);
  if (!night) return {};
  const { number, started, rows } = night;
  return {
    name: `night ${number}, ${started.slice(0, 10)}`,
    order: number,
    isPart: (folder, began) => began >= started && rows.some(({ name }) => name === folder),
  };
}
