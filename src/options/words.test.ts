import { test } from 'node:test';
import { expect } from 'expect';
import { words } from './words';

const lines: { title: string; text: string; expected: string[] }[] = [
  { title: 'a word after another', text: '-m 4G', expected: ['-m', '4G'] },
  { title: 'lines that a backslash joins', text: '-m 4G \\\n  -smp 2', expected: ['-m', '4G', '-smp', '2'] },
  { title: 'a backslash with blanks after it', text: '-m \\  \n4G', expected: ['-m', '4G'] },
  { title: 'lines that nothing joins', text: '\n-m 4G\r\n-smp 2\n', expected: ['-m', '4G', '-smp', '2'] },
  { title: 'an option that was broken at a comma', text: '-M q35,\n   cxl=on', expected: ['-M', 'q35,cxl=on'] },
  { title: 'both', text: '-M q35,cxl=on, \\\n  hmat=on', expected: ['-M', 'q35,cxl=on,hmat=on'] },
  { title: 'a comment after a backslash', text: '-m 4G \\ # of RAM\n-smp 2', expected: ['-m', '4G', '-smp', '2'] },
  { title: 'a comment on its own line', text: '# a machine,\n-m 4G', expected: ['-m', '4G'] },
  { title: 'a comment at the end of a line', text: '-m 4G # of RAM\n-smp 2', expected: ['-m', '4G', '-smp', '2'] },
  { title: 'a hash inside a word', text: '-name a#b', expected: ['-name', 'a#b'] },
  { title: 'a mail that was quoted', text: '> -m 4G \\\n> -smp 2\n>> -S', expected: ['-m', '4G', '-smp', '2', '-S'] },
  { title: 'double quotes', text: '-append "a \\"b\\" \'c\'"', expected: ['-append', 'a "b" \'c\''] },
  { title: 'single quotes', text: `-device '{"driver":"pxb-cxl"}'`, expected: ['-device', '{"driver":"pxb-cxl"}'] },
  { title: 'quotes inside a word', text: 'a="b c"d', expected: ['a=b cd'] },
  { title: 'a character with a backslash before it', text: 'a\\ b', expected: ['a b'] },
];

for (const { title, text, expected } of lines) {
  test(`a command line is taken apart: ${title}`, () => {
    expect(words(text)).toEqual(expected);
  });
}

test('a quote that does not end is told', () => {
  expect(() => words("-m 4G '-smp")).toThrow(new SyntaxError("a quote does not end: '-smp"));
});
