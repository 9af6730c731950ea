/** Which build a report is of: Allure's executor, by which its trend and its history name their points. */
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Build {
  /** For people: `night 12, 2026-11-29`. */
  readonly name: string;
  /** Counts builds; one with the number of an earlier report takes its place. */
  readonly order: number;
  /** Where its log is. */
  readonly url?: string;
}

const TREND = 'history-trend.json';

interface Point {
  readonly buildOrder?: number;
}

/** The number after that of the last report whose history is in a folder; 1 if there was none. */
export async function nextOrder(history: string): Promise<number> {
  const points = await pointsIn(join(history, TREND));
  return Math.max(0, ...points.map(({ buildOrder = 0 }) => buildOrder)) + 1;
}

export async function writeExecutor(results: string, { name, order, url }: Build): Promise<void> {
  const executor = {
    name: 'cxl-conformance',
    type: 'cxl-conformance',
    buildName: name,
    buildOrder: order,
    ...(url !== undefined && { buildUrl: url }),
    reportName: `CXL conformance: ${name}`,
  };
  await writeFile(join(results, 'executor.json'), JSON.stringify(executor));
}

/** Without the points of a report that is made again. */
export async function copyHistory(history: string, results: string, { order }: Build): Promise<void> {
  const copied = join(results, 'history');
  const had = await cp(history, copied, { recursive: true }).then(
    () => true,
    () => false, // none at first
  );
  if (!had) return;
  for (const name of (await readdir(copied)).filter((each) => each.endsWith('-trend.json'))) {
    const points = await pointsIn(join(copied, name));
    await writeFile(join(copied, name), JSON.stringify(points.filter(({ buildOrder }) => buildOrder !== order)));
  }
}

async function pointsIn(path: string): Promise<Point[]> {
  const text = await readFile(path, 'utf8').catch(() => '[]');
  return JSON.parse(text) as Point[];
}
