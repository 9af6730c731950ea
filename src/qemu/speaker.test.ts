import { chmodSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { expect } from 'expect';
import type { Refusal } from '../machine/refusal';
import { makeScratch } from '../system/scratch';
import { foundQemu } from '../testing/found-qemu';
import { Qemu } from './process';
import { complaintIn, plainQuotes } from './speaker';

for (const [title, stderr, speaker, complaint] of [
  ['the name', 'qemu-kvm: no such machine', 'qemu-kvm: ', 'no such machine'],
  ['the option', 'q: -device x,y: not here', 'q: ', 'not here'],
  ['a name with spaces', 'my qemu: -M a: not here', 'my qemu: ', 'not here'],
  ['warnings', 'q: warning: old\nq: -M x: warning: odd\nq: not here', 'q: ', 'not here'],
  ['lines that go on from a warning', 'q: warning: old\nthat goes on\nq: not here', 'q: ', 'not here'],
  ['nothing where no name is known', 'not here', '', 'not here'],
] as const) {
  test(`a complaint is without ${title}`, () => expect(complaintIn(stderr, speaker)).toBe(complaint));
}

test('without words there is no complaint', () => expect(complaintIn('', 'q: ')).toBeUndefined());

test('quotation marks of any language are plain', () =>
  expect(plainQuotes('„a“, ‘b’, “c”, «d»')).toBe("'a', 'b', 'c', 'd'"));

const WRAPPERS = {
  'a link called qemu-kvm': (path: string, qemu: string) => symlinkSync(qemu, path),
  'a script that becomes it': (path: string, qemu: string) => script(path, `exec '${qemu}' "$@"`),
  'a script that waits for it': (path: string, qemu: string) => script(path, `'${qemu}' "$@"`),
  'a script that calls it otherwise': (path: string, qemu: string) =>
    script(path, `exec -a 'another one' '${qemu}' "$@"`),
};

for (const [title, wrap] of Object.entries(WRAPPERS)) {
  test(`behind ${title} a QEMU complains in the same words`, async (t) => {
    const offer = await foundQemu(t);
    if (!offer) return;
    const binary = join(scratch(t), 'qemu-kvm');
    wrap(binary, offer.path);
    const start = Qemu.start({ binary, arguments: ['-M', 'q35', '-device', 'cxl-nothing'], qtest: true });
    const error: Refusal = await start.then(
      () => expect(title).toBe('refused'),
      (reason) => reason,
    );
    expect(error.complaint).toBe("'cxl-nothing' is not a valid device model name");
  });
}

function scratch(context: TestContext): string {
  const folder = makeScratch();
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

function script(path: string, line: string): void {
  writeFileSync(path, `#!/bin/bash\n${line}\n`);
  chmodSync(path, 0o755);
}

test('behind a script a crash is told by its signal', async (t) => {
  const binary = join(scratch(t), 'wrapped');
  script(binary, "sh -c 'kill -SEGV $$'; exit $?");
  const error = await Qemu.start({ binary, arguments: [], qtest: false }).catch((reason: Error) => reason);
  expect(error).toMatchObject({ signal: 'SIGSEGV', atStart: true });
});
