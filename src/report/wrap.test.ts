import { test } from 'node:test';
import { execaSync } from 'execa';
import { expect } from 'expect';
import fc from 'fast-check';
import { indented, WIDTH, wrapped, wrappedCommand } from './wrap';

const words = fc.array(fc.stringMatching(/^[a-z/.-]{1,90}$/), { minLength: 1, maxLength: 30 });

test('no line is longer than a mail has room for, and no word is lost that fits', () => {
  fc.assert(
    fc.property(words, (some) => {
      const lines = wrapped(some.join(' '));
      expect(lines.filter((line) => line.length > WIDTH)).toEqual([]);
      const fitting = some.filter((word) => word.length <= WIDTH - 2);
      expect(lines.join(' ').split(/\s+/)).toEqual(expect.arrayContaining(fitting));
    }),
  );
});

test('a text that takes more lines than there are ends in dots', () => {
  expect(wrapped('word '.repeat(40).trim(), 2)).toEqual([
    'word '.repeat(14).trim(),
    expect.stringMatching(/^ {2}word .*\.\.\.$/),
  ]);
});

test('a command that was wrapped is the same command for a shell', () => {
  fc.assert(
    fc.property(words, (some) => {
      const lines = wrappedCommand(['printf', "'%s\\n'", ...some]);
      expect(lines.filter((line) => line.length > WIDTH)).toEqual([]);
      const { stdout } = execaSync('sh', ['-c', lines.join('\n')]);
      expect(stdout.split('\n')).toEqual(some);
    }),
    { numRuns: 30 },
  );
});

test('a command that was wrapped and indented is the same command for a shell', () => {
  fc.assert(
    fc.property(words, (some) => {
      const lines = wrappedCommand(['printf', "'%s\\n'", ...some], '  ');
      const { stdout } = execaSync('sh', ['-c', lines.join('\n')]);
      expect(stdout.split('\n')).toEqual(some);
      expect(lines.filter((line) => line.length > WIDTH && line.trim().split(' ').length > 2)).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('an option stays in the line of its value', () => {
  const options = Array.from({ length: 6 }, (_, n) => ['-device', `cxl-type3,id=mem${n}`]);
  expect(
    wrappedCommand(['qemu-system-x86_64', ...options.flat()], '  ').every((line) => !/-device \\$/.test(line)),
  ).toBe(true);
});

test('a text is indented as its caller says, in each line', () => {
  expect(indented('word '.repeat(20), '- ', '  ')).toEqual([
    `- ${'word '.repeat(14).trim()}`,
    `  ${'word '.repeat(6).trim()}`,
  ]);
});
