/** The specification as pages: links lead somewhere, everything is a few clicks away, and it can be read and searched in a browser. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { expect } from 'expect';
import type { Browser, Page } from 'puppeteer-core';
import { readKillList } from '../ledger/kill-list';
import { quirks } from '../ledger/quirks';
import { RELEASES } from '../ledger/release';
import { requirements } from '../ledger/requirements';
import { findChromium, openBrowser } from '../testing/browser';
import { select } from './catalogue';

const START = 'index.html';
const CLICKS = 3;

/** What a page has: places to go to, and places in it. */
interface Links {
  readonly to: readonly string[];
  readonly places: ReadonlySet<string>;
}

let directory: string;
let pages: ReadonlyMap<string, Links>;

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'cxl-conformance-spec-'));
  await execa(process.execPath, [join(__dirname, 'main.js'), 'spec', directory, '--output', join(directory, 'site')]);
  const names = readdirSync(join(directory, 'site')).filter((name) => name.endsWith('.html'));
  pages = new Map(names.map((name) => [name, linksIn(textOf(name))]));
});
after(() => rmSync(directory, { recursive: true }));

const textOf = (name: string): string => readFileSync(join(directory, 'site', name), 'utf8');

const unescaped = (text: string): string => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));

const linksIn = (text: string): Links => ({
  to: [...text.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, target]) => unescaped(`${target}`)),
  places: new Set([...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => unescaped(`${id}`))),
});

/** Of a link on a page: the file, and the place in it. */
const targetOf = (from: string, link: string): readonly [string, string] => {
  const [file = '', place = ''] = link.split('#');
  return [file || from, place];
};

test('no link is dead, and none leads out of the site', () => {
  const files = new Set(readdirSync(join(directory, 'site')));
  const dead = [...pages].flatMap(([from, { to }]) =>
    to.filter((link) => {
      if (link === 'data:,') return false;
      const [file, place] = targetOf(from, link);
      const places = pages.get(file)?.places ?? linksIn(files.has(file) ? textOf(file) : '').places;
      return !files.has(file) || (place !== '' && !places.has(place));
    }),
  );
  expect([...new Set(dead)]).toEqual([]);
  expect([...pages.values()].reduce((sum, { to }) => sum + to.length, 0)).toBeGreaterThan(10_000);
});

test('all that the search finds is there', () => {
  const [, json = '[]'] = /^searchIndex\((.*)\);$/s.exec(textOf('search-index.js').trim()) ?? [];
  const places = (JSON.parse(json) as [string, string][]).map(([, link]) => targetOf(START, link));
  const lost = places.filter(([file, place]) => !pages.has(file) || (place && !pages.get(file)?.places.has(place)));
  expect(lost).toEqual([]);
  expect(places.length).toBeGreaterThan(1000);
});

test(`every page is at most ${CLICKS} clicks from the first one`, () => {
  let reached = new Set([START]);
  for (let clicks = 0; clicks < CLICKS; clicks++) {
    const next = [...reached].flatMap((from) => (pages.get(from)?.to ?? []).map((link) => targetOf(from, link)[0]));
    reached = new Set([...reached, ...next]);
  }
  expect([...pages.keys()].filter((name) => !reached.has(name))).toEqual([]);
  expect(pages.size).toBeGreaterThan(80);
});

test('no place has the name of another on its page', () => {
  for (const name of pages.keys()) {
    const ids = [...textOf(name).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect({ name, twice: ids.filter((id, i) => ids.indexOf(id) !== i) }).toEqual({ name, twice: [] });
  }
});

test('every scenario, and every row of an outline, has a place', async () => {
  const places = new Set([...pages.values()].flatMap((page) => [...page.places]));
  const without = (await select({})).filter(({ id }) => !places.has(id));
  expect(without.map(({ id }) => id)).toEqual([]);
});

test('every quirk, requirement and release has a place, and every section that a rule names', async () => {
  const scenarios = await select({});
  const sections = scenarios.flatMap(({ sources }) => sources).filter((tag) => !tag.startsWith('QEMU-'));
  for (const [name, places] of [
    ['sections.html', sections],
    ['requirements.html', Object.keys(requirements)],
  ] as const)
    expect([...(pages.get(name)?.places ?? [])]).toEqual(expect.arrayContaining([...new Set(places)]));
  const named = new Set(['defects.html', 'planted.html'].flatMap((name) => [...(pages.get(name)?.places ?? [])]));
  expect(Object.keys(quirks).filter((name) => !named.has(name))).toEqual([]);
  expect(RELEASES.filter((release) => !pages.has(`qemu-${release}.html`))).toEqual([]);
});

test('a quirk leads to the scenarios that fail by it, and they lead to the quirk', () => {
  const [quirk, place] = ['commit-in-any-order', 'decode-commit.html'];
  const ids = new Set((readKillList().get(quirk) ?? []).map((id) => id.replace(/\/.*/, '')));
  expect(pages.get('defects.html')?.to).toEqual(expect.arrayContaining([...ids].map((id) => `${place}#${id}`)));
  expect(pages.get(place)?.to).toContain(`defects.html#${quirk}`);
});

test('a section, a source file and a requirement lead to a rule, and it leads to each of them', () => {
  const [page, rule] = ['numa-generic.html', 'numa-generic.html#GENERIC-1'];
  const back = ['sections.html#ACPI-6.5-5.2.16.7', 'files.html#hw/acpi/pci.c', 'requirements.html#T18'];
  for (const link of back) expect(pages.get(link.replace(/#.*/, ''))?.to).toContain(rule);
  expect(pages.get(page)?.to).toEqual(expect.arrayContaining(back));
});

const chromium = findChromium();
const skip = !chromium && 'there is no Chromium: apt-get install chromium';

describe('in a browser', { skip }, () => {
  let browser: Browser;
  let page: Page;
  const asked: string[] = [];

  before(async () => {
    browser = await openBrowser(chromium ?? '');
    page = await browser.newPage();
    page.on('request', (request) => asked.push(request.url()));
  });
  after(() => browser?.close());

  const open = async (place: string): Promise<void> => {
    await page.goto('about:blank');
    await page.goto(`${pathToFileURL(join(directory, 'site'))}/${place}`);
  };

  const search = async (words: string): Promise<string[]> => {
    await open(START);
    await page.type('#search', words);
    await page.waitForSelector('#found li a');
    return page.$$eval('#found li a', (links) => links.map((link) => `${link.getAttribute('href')}`));
  };

  for (const [words, place] of [
    ['T14', 'requirements.html#T14'],
    ['8.2.4.20.7', 'sections.html#CXL-3.1-8.2.4.20.7'],
    ['cxl-cdat.c', 'files.html#hw/cxl/cxl-cdat.c'],
    ['commit-in-any', 'defects.html#commit-in-any-order'],
    ['E820-1.2', 'memory-map-e820.html#E820-1.2'],
    ['get lsa', 'device-labels.html#LABELS-4'],
    ['QEMU 10.1', 'qemu-10.1.html'],
  ] as const)
    test(`a search for ${words} finds ${place} among the first`, async () => {
      expect((await search(words)).slice(0, 6)).toContain(place);
    });

  test('a search for the words of a rule finds it first', async () => {
    const [scenario] = await select({ id: ['COMMIT-2'] });
    expect((await search(`${scenario?.rule}`)).slice(0, 1)).toEqual(['decode-commit.html#COMMIT-2']);
  });

  test('Enter opens what is found first, and a scenario that is folded unfolds', async () => {
    await search('E820-1.2');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect(page.url()).toMatch(/memory-map-e820\.html#E820-1\.2$/);
    expect(await page.$eval('[id="E820-1.2"]', (part) => part.hasAttribute('open'))).toBe(true);
    const width = await page.$eval('[id="E820-1.2"] img', async (image) => {
      const picture = image as unknown as { decode(): Promise<void>; naturalWidth: number };
      await picture.decode();
      return picture.naturalWidth;
    });
    expect(width).toBeGreaterThan(300);
  });

  test('no page is wider than a phone', async () => {
    await page.setViewport({ width: 360, height: 740, isMobile: true });
    const wide: string[] = [];
    for (const name of pages.keys()) {
      await open(name);
      const width = await page.$eval('html', ({ scrollWidth }) => scrollWidth);
      if (width > 360) wide.push(`${name}: ${width}`);
    }
    expect(wide).toEqual([]);
  });

  test('a dark page has light words', async () => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
    await open(START);
    const colours = await page.$eval('body', (body) => {
      const { backgroundColor, color } = getComputedStyle(body as never) as { backgroundColor: string; color: string };
      return [backgroundColor, color].map((each) => (each.match(/\d+/g) ?? []).reduce((sum, part) => sum + +part, 0));
    });
    expect(colours[0]).toBeLessThan(150);
    expect(colours[1]).toBeGreaterThan(600);
    await page.emulateMediaFeatures([]);
  });

  test('on paper scenarios are unfolded, and there is no search', async () => {
    await page.emulateMediaType('print');
    await open('memory-map-e820.html');
    const shown = (selector: string) => page.$eval(selector, (part) => part.checkVisibility());
    expect(await shown('[id="E820-1.2"] .steps')).toBe(true);
    expect(await shown('#search')).toBe(false);
    await page.emulateMediaType('screen');
  });

  test('nothing is fetched from elsewhere', () => {
    expect(asked.filter((url) => !/^(file|data|about):/.test(url))).toEqual([]);
    expect(asked.length).toBeGreaterThan(80);
  });
});
