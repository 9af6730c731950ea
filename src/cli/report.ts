/** `report`: the Allure report of runs, or of the last night. */
import { resolve } from 'node:path';
import { lastNight } from '../nightly/night';
import type { Build } from '../report/allure-build';
import { makeAllureReport } from '../report/allure-report';
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
  const build = { ...nightIn(resolve(directory)), ...given };
  console.log(await makeAllureReport(resolve(directory), { build, ...(singleFile && { singleFile }) }));
  return EXIT.asExpected;
}

/** Where a night has left its rows, the night is the build. */
function nightIn(directory: string): Partial<Build> {
  const night = lastNight(directory);
  return night ? { name: `night ${night.number}, ${night.started.slice(0, 10)}`, order: night.number } : {};
}
