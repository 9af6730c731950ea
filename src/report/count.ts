/** How many scenarios the suite has, without what parsing all of its features costs: for saying what part of them a run selects. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FEATURES = join(__dirname, '../../features');

/** Rows of an Outline count as scenarios. */
export function countScenarios(): number {
  const files = readdirSync(FEATURES, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.feature'),
  );
  return files.reduce((sum, name) => sum + scenariosIn(readFileSync(join(FEATURES, name), 'utf8')), 0);
}

function scenariosIn(text: string): number {
  let count = 0;
  let isExamples = false;
  let isDocString = false;
  let rows = 0; // of the table of Examples, with its heading
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line.startsWith('"""')) isDocString = !isDocString;
    if (isDocString || line === '' || line.startsWith('#')) continue;
    if (isExamples && line.startsWith('|')) {
      rows += 1;
      if (rows > 1) count += 1;
      continue;
    }
    isExamples = /^(Examples|Scenarios):/.test(line);
    rows = 0;
    if (/^(Scenario|Example):/.test(line)) count += 1;
  }
  return count;
}
