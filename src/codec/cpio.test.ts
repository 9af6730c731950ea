import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { encodeCpio } from './cpio';

test('cpio unpacks an archive to the same files', () => {
  const files = { 'kernel/firmware/acpi/SRAT.aml': 'five!', 'kernel/firmware/acpi/SLIT.aml': 'seven..', empty: '' };
  const archive = encodeCpio(new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])));
  const directory = mkdtempSync(join(tmpdir(), 'cxl-conformance-cpio-'));
  try {
    execFileSync('cpio', ['-i', '--quiet'], { cwd: directory, input: archive });
    for (const [path, text] of Object.entries(files)) {
      expect(readFileSync(join(directory, path), 'utf8')).toBe(text);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
});
