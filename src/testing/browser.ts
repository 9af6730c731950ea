/** For tests: the Chromium of this system, headless. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser } from 'puppeteer-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Its path; undefined if there is none. */
export function findChromium(): string | undefined {
  const paths = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export async function openBrowser(executablePath: string): Promise<Browser> {
  const { launch } = await import('puppeteer-core'); // which loads slowly
  return launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-dev-shm-usage'] }); // root has no sandbox
}
