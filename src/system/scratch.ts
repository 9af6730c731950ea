import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leaveNothing } from './leave-nothing';

/** What `use` makes of a new directory, which is gone afterwards, even if this process is interrupted. */
export const inScratch = <T>(use: (directory: string) => Promise<T>): Promise<T> =>
  temporarily(mkdtempSync(join(tmpdir(), 'cxl-conformance-')), use);

/** What `use` makes of `directory`, of which nothing is left afterwards. */
export async function temporarily<T>(directory: string, use: (directory: string) => Promise<T>): Promise<T> {
  const gone = leaveNothing(() => rmSync(directory, { recursive: true, force: true }));
  try {
    return await use(directory);
  } finally {
    gone();
    await rm(directory, { recursive: true, force: true });
  }
}
