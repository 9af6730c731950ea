/** All files of the site, by name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RELEASES } from '../ledger/release';
import type { Content } from './content';
import { featurePage } from './feature-page';
import { filesPage, requirementsPage, sectionsPage } from './index-pages';
import { areaPage, PAGES, releasePage } from './links';
import { areaPageOf, startPage } from './overview-pages';
import { areasOf, documentOf, type Page, SCRIPT_FILE, STYLE_FILE } from './page';
import { defectsPage, plantedPage } from './quirk-pages';
import { releasePageOf } from './release-page';
import { INDEX_FILE, searchIndex } from './search-index';

/** `made` says by what it was made, at the foot of each page. */
export function siteOf(content: Content, made: string): Map<string, string> {
  const pages: [string, Page][] = [
    [PAGES.start, startPage(content)],
    ...areasOf(content).map((area): [string, Page] => [areaPage(area), areaPageOf(area, content)]),
    ...content.features.map((feature): [string, Page] => [feature.page, featurePage(feature, content)]),
    ...RELEASES.map((release): [string, Page] => [releasePage(release), releasePageOf(release, content)]),
    [PAGES.sections, sectionsPage(content)],
    [PAGES.files, filesPage(content)],
    [PAGES.requirements, requirementsPage(content)],
    [PAGES.defects, defectsPage(content)],
    [PAGES.planted, plantedPage(content)],
  ];
  return new Map([
    ...pages.map(([name, page]): [string, string] => [name, documentOf(page, content, made)]),
    ...content.pictures,
    ...[STYLE_FILE, SCRIPT_FILE].map((name): [string, string] => [name, readFileSync(join(__dirname, name), 'utf8')]),
    [INDEX_FILE, searchIndex(content)],
  ]);
}
