import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { expect } from 'expect';
import { readMailbox } from './mailbox';
import { filesOf } from './series';

const scratch = mkdtempSync(join(tmpdir(), 'cxl-conformance-mailbox-'));
after(() => rmSync(scratch, { recursive: true }));

let count = 0;

/** A mailbox file with these mails, read. */
function read(mails: readonly string[], cover?: string) {
  const folder = join(scratch, `${count++}`);
  mkdirSync(join(folder, 'mails'), { recursive: true });
  const path = join(folder, 'series.mbx');
  writeFileSync(path, mails.map((mail) => `From git@z Thu Jan  1 00:00:00 1970\n${mail}\n\n`).join(''));
  if (cover !== undefined) writeFileSync(join(folder, 'series.cover'), cover);
  return readMailbox(path, join(folder, 'mails'));
}

const mail = (subject: string, body: string, id = 'a@b') =>
  `From: Author <author@example.org>\nDate: Thu, 1 Jan 2026 00:00:00 +0000\nMessage-ID: <${id}>\nSubject: ${subject}\n\n${body}`;

const diff = (file: string) =>
  `Says why.\n\n---\n ${file} | 2 +-\n\ndiff --git a/${file} b/${file}\nindex 1..2 100644\n--- a/${file}\n+++ b/${file}\n@@ -1 +1 @@\n-a\n+b\n`;

const one = mail('[PATCH v2 1/2] hw/cxl: First', diff('hw/cxl/cxl-host.c'));
const two = mail('[PATCH v2 2/2] hw/mem: Second', diff('hw/mem/cxl_type3.c'));
const zero = mail('[PATCH v2 0/2] cxl: Two', 'The claim.\n\n---\nv2: more\n\nbase-commit: 0123456789ab\n', 'cover@b');

test('the cover letter gives subject, text, base and what a reply answers', async () => {
  expect(await read([zero, one, two])).toMatchObject({
    subject: 'cxl: Two',
    answers: '[PATCH v2 0/2] cxl: Two',
    messageId: '<cover@b>',
    base: '0123456789ab',
    cover: expect.stringMatching(/^The claim\.\n\n---\nv2: more/),
  });
});

test('patches come in the order of their numbers, replies are left out', async () => {
  const reply = mail('Re: [PATCH v2 1/2] hw/cxl: First', '> diff --git a/x b/x\n> --- a/x\n> +++ b/x\nFine.\n');
  const series = await read([two, reply, one]);
  expect(series.patches.map(({ subject }) => subject)).toEqual(['hw/cxl: First', 'hw/mem: Second']);
  expect(filesOf(series)).toEqual(['hw/cxl/cxl-host.c', 'hw/mem/cxl_type3.c']);
});

test('b4 am leaves the cover letter beside the patches', async () => {
  expect(await read([one, two], zero)).toMatchObject({ subject: 'cxl: Two', base: '0123456789ab' });
});

test('without a cover letter the first patch is answered', async () => {
  const series = await read([mail('=?UTF-8?q?=5BPATCH=5D_hw/cxl=3A_Gr=C3=B6=C3=9Fe?=', diff('a.c'), 'first@b')]);
  expect(series).toMatchObject({ subject: 'hw/cxl: Größe', cover: '', messageId: '<first@b>' });
  expect(series.base).toBeUndefined();
});

test('two versions of a series are refused', async () => {
  await expect(read([one, two, one])).rejects.toThrow(/two patches 1: choose one version/);
});

test('mails without a patch are refused', async () => {
  await expect(read([zero])).rejects.toThrow(/holds no patch/);
});

test('files that are made, removed and renamed are all of the series', async () => {
  const made = 'diff --git a/n.c b/n.c\nnew file mode 100644\n--- /dev/null\n+++ b/n.c\n@@ -0,0 +1 @@\n+b\n';
  const removed = 'diff --git a/o.c b/o.c\ndeleted file mode 100644\n--- a/o.c\n+++ /dev/null\n@@ -1 +0,0 @@\n-b\n';
  const renamed = 'diff --git a/p.c b/q.c\nsimilarity index 100%\nrename from p.c\nrename to q.c\n';
  const series = await read([mail('[PATCH] all', `Why.\n---\n\n${made}${removed}${renamed}`)]);
  expect(filesOf(series)).toEqual(['n.c', 'o.c', 'q.c']);
});
