/** The Allure report in a browser: what its pages show is what the runs had. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Envelope } from '@cucumber/messages';
import { execa } from 'execa';
import { expect } from 'expect';
import type { Browser, Page } from 'puppeteer-core';
import { collect } from '../report/collect';
import { MESSAGES_FILE } from '../report/files';
import { JUDGEMENT_MEDIA_TYPE, type JudgementAttachment } from '../report/judgement-attachment';
import { readVerdicts, verdictsOf } from '../report/verdicts';
import { writeReports } from '../report/write';
import { findChromium, openBrowser } from '../testing/browser';

const MAIN = join(__dirname, 'main.js');
const WINDOW = 'E820-1.1/1';

/** By the folders' names. */
const RUNS = {
  base: ['--id', 'E820-1'],
  patched: ['--id', 'E820-1', '--quirk', 'e820-reserves-cfmws'],
  old: ['--id', 'E820-1', '--release', '7.1'],
} as const;

const chromium = findChromium();
const java = spawnSync('java', ['-version']).status === 0;
const skip = !chromium ? 'there is no Chromium: apt-get install chromium' : !java && 'there is no Java';

let directory: string;
let browser: Browser;
let page: Page;

const main = (...args: string[]) => execa(process.execPath, [MAIN, ...args], { reject: false, all: true });
const report = (...options: string[]) => main('report', directory, ...options);

before(async () => {
  if (skip) return;
  directory = mkdtempSync(join(tmpdir(), 'cxl-conformance-report-'));
  for (const [name, options] of Object.entries(RUNS))
    await main('run', '--target', 'simulator', ...options, '--output', join(directory, name));
  await mend(join(directory, 'old'), join(directory, 'mended'));
  const rows = [...Object.keys(RUNS), 'mended'].map((name) => ({ name, target: 'simulator' }));
  const night = { number: 7, started: '2026-01-02T01:00:00.000Z', rows };
  cpSync(join(directory, 'base'), join(directory, 'of-another-matrix'), { recursive: true });
  writeFileSync(join(directory, 'night.json'), JSON.stringify(night));
  expect(await report('--single-file')).toMatchObject({ exitCode: 0 });
  browser = await openBrowser(chromium ?? '');
  page = await browser.newPage();
});
after(async () => {
  await browser?.close();
  if (directory) rmSync(directory, { recursive: true });
});

/** The run as if each scenario that is known to fail held. */
async function mend(from: string, to: string): Promise<void> {
  const lines = readFileSync(join(from, MESSAGES_FILE), 'utf8').split('\n').filter(Boolean);
  const messages = lines.map((line) => mended(JSON.parse(line) as Envelope));
  mkdirSync(to);
  writeFileSync(join(to, MESSAGES_FILE), messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  const run = collect(messages);
  await writeReports(to, run, verdictsOf(run));
}

function mended(message: Envelope): Envelope {
  const { attachment } = message;
  if (attachment?.mediaType !== JUDGEMENT_MEDIA_TYPE) return message;
  const judgement = JSON.parse(attachment.body) as JudgementAttachment;
  const body = JSON.stringify({ ...judgement, verdict: 'fixed', findings: [] });
  return { attachment: { ...attachment, body } };
}

/** Opens a page of the report, which is one file. */
async function open(place: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${pathToFileURL(join(directory, 'allure-report.html'))}#${place}`);
  await page.waitForSelector(place === '' ? '#cxl-rows' : '.test-result-overview');
}

const texts = (selector: string): Promise<string[]> =>
  page.$$eval(selector, (elements) => elements.map(({ textContent }) => `${textContent}`.trim()));

interface Case {
  readonly uid: string;
  readonly name: string;
  readonly labels: readonly { readonly name: string; readonly value: string }[];
  readonly links: readonly { readonly name: string; readonly url: string }[];
}

/** The files that the one file has in it. */
const filesOnPage = async (): Promise<Map<string, string>> =>
  new Map(
    await page.evaluate(() => {
      const { reportData } = globalThis as unknown as { reportData: Record<string, string> };
      const decode = (text: string) =>
        new TextDecoder().decode(Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0)));
      return Object.entries(reportData).map(([name, text]) => [name, decode(text)] as const);
    }),
  );

/** What the one file has of each scenario; its uids are drawn anew for each report. */
async function casesOnPage(): Promise<Case[]> {
  const files = [...(await filesOnPage())].filter(([name]) => name.startsWith('data/test-cases/'));
  return files.map(([, text]) => JSON.parse(text));
}

/** Opens a scenario of a row, with all its steps and what is attached. */
async function openScenario(row: string, id: string): Promise<void> {
  await open('');
  const found = (await casesOnPage()).find(
    ({ name, labels }) =>
      name.startsWith(`[${id}] `) &&
      labels.some((label) => label.name === 'parentSuite' && label.value.startsWith(row)),
  );
  await open(`testresult/${found?.uid}`);
  await page.$$eval('.step:not(.step_expanded) > .step__title', (titles) => {
    for (const title of titles) (title as unknown as { click(): void }).click();
  });
  await page.$$eval('.attachment-row__name', (names) => {
    for (const name of names) (name as unknown as { click(): void }).click();
  });
  await page.waitForSelector('.attachment-preview_svg img');
}

const STEPS = [
  'Given a machine with 2G of RAM, maxmem 2G',
  'And these host bridges:',
  'And these fixed memory windows:',
];

async function expectStepsAndPicture(): Promise<void> {
  expect((await texts('.step__name')).slice(0, 3)).toEqual(STEPS);
  const cells = await texts('.attachment-preview__table td');
  expect(cells.slice(0, 6)).toEqual(['id', 'bus', 'root ports', 'cxl.1', '12', 'rp0, rp1']);
  const width = await page.$eval('.attachment-preview_svg img', async (image) => {
    const picture = image as unknown as { decode(): Promise<void>; naturalWidth: number };
    await picture.decode();
    return picture.naturalWidth;
  });
  expect(width).toBeGreaterThan(300);
}

test('the overview has a row for each run, with the totals of its verdicts', { skip }, async () => {
  await open('');
  for (const name of [...Object.keys(RUNS), 'mended']) {
    const { totals } = await readVerdicts(join(directory, name));
    const row = `#cxl-rows tr[data-row^="${name}"] td[data-verdict]`;
    expect(await texts(row)).toEqual(Object.values(totals).map(String));
    expect(await page.$$eval(row, (cells) => cells[0]?.checkVisibility())).toBe(true);
  }
});

test('runs of the same scenarios are all there, side by side', { skip }, async () => {
  await open('');
  expect(await texts('.splash__title')).toEqual(['20']);
  expect(await texts('[data-id="suites"] .bar')).toEqual(['5', '5', '5', '5']);
});

test('a scenario that fails shows steps, tables, the value that is wrong, and the machine', { skip }, async () => {
  await openScenario('patched', WINDOW);
  await expectStepsAndPicture();
  expect(await texts('.parameters-table__cell_value')).toEqual(
    expect.arrayContaining(['none', expect.stringContaining('RESERVED (0x110000000-0x210000000) over window 0')]),
  );
  expect(await texts('.status-icon_status_failed')).toHaveLength(1);
});

test('a scenario that is known to fail shows the same, and the defect with its source', { skip }, async () => {
  await openScenario('old', WINDOW);
  await expectStepsAndPicture();
  expect(await texts('.parameters-table__cell_value')).toEqual(expect.arrayContaining(['none']));
  const description = (await texts('.description__text')).join();
  expect(description).toContain('e820-reserves-cfmws');
  expect(description).toContain('hw/i386/pc.c');
  expect(await texts('.test-result-overview')).toEqual([expect.stringContaining('Known defect of this release')]);
});

test('a scenario that is mended says so, with its steps and the machine', { skip }, async () => {
  await openScenario('mended', WINDOW);
  await expectStepsAndPicture();
  const [overview = ''] = await texts('.test-result-overview');
  expect(overview).toContain('Mended: ');
  expect(overview).not.toContain('Does not conform');
});

test('every link inside the report leads to what is there', { skip }, async () => {
  await open('');
  await page.waitForSelector('[data-id="categories"] .table__row');
  const files = await filesOnPage();
  const hrefs = await page.$$eval('a', (links) => links.map((link) => link.getAttribute('href') ?? ''));
  const inside = hrefs.map((href) => /^#(\w+)\/(\w+)$/.exec(href)).filter((match) => match !== null);
  expect(inside.length).toBeGreaterThan(5); // suites, behaviours, categories
  const dead = inside.filter(([, kind, uid]) => !files.get(`data/${kind}.json`)?.includes(`"${uid}"`));
  expect(dead.map(([href]) => href)).toEqual([]);
  const cases = [...files].filter(([name]) => name.startsWith('data/test-cases/')).map(([, text]) => text);
  const sources = cases.flatMap((text) => [...text.matchAll(/"source":"([\w-]+\.\w+)"/g)].map(([, name]) => name));
  expect(sources.length).toBeGreaterThan(cases.length);
  const places = ['attachments', 'test-cases']; // a scenario is its own source
  const missing = sources.filter((name) => !places.some((place) => files.has(`data/${place}/${name}`)));
  expect(missing).toEqual([]);
});

test('links out of the report are well-formed, and lead to thread, section, source and commit', { skip }, async () => {
  await open('');
  const links = (await casesOnPage()).flatMap(({ links: each }) => each);
  const odd = links.filter(({ url }) => !URL.canParse(url) || !url.startsWith('https://') || /\s/.test(url));
  expect(odd).toEqual([]);
  for (const url of [
    'https://lore.kernel.org/qemu-devel/?',
    'https://uefi.org/specs/ACPI/6.5/15_',
    'https://gitlab.com/qemu-project/qemu/-/blob/master/hw/i386/pc.c',
    'https://gitlab.com/qemu-project/qemu/-/commit/',
  ])
    expect(links.map((link) => link.url)).toContainEqual(expect.stringContaining(url));
});

test('the trend has a point for each night, by its number, and a report that is made again replaces its own', {
  skip,
}, async () => {
  const points = () => JSON.parse(readFileSync(join(directory, 'allure-report/history/history-trend.json'), 'utf8'));
  const names = () => points().map(({ reportName }: { reportName: string }) => reportName);
  await report();
  expect(names()).toEqual(['CXL conformance: night 7, 2026-01-02']);
  await report('--build-name', 'night 8, 2026-01-03', '--build-order', '8');
  expect(names()).toEqual(['CXL conformance: night 8, 2026-01-03', 'CXL conformance: night 7, 2026-01-02']);
});

test('a result that is lost on the way is noticed', { skip }, async () => {
  const results = join(directory, 'base/allure-results');
  const [name = ''] = readdirSync(results).filter((each) => each.endsWith('-result.json'));
  rmSync(join(results, name));
  const { exitCode, all } = await report();
  expect(exitCode).toBe(3);
  expect(all).toContain('the Allure report shows 4 scenarios of base: simulator as passed, and the run had 5');
});
