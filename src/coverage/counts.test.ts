import { describe, test } from 'node:test';
import { expect } from 'expect';
import { added, type FileCounts, reachedIn, readCounts } from './counts';
import { reachable, showTable, showUnreached, whole } from './text';
import { excused, parseExcuses } from './unreached';

/** What gcov 12 prints of a file, cut down to what is read. */
const printed = (...counts: number[]): string =>
  JSON.stringify({
    gcc_version: '12.2.0',
    files: [
      { file: '../include/qemu/osdep.h', functions: [], lines: [] },
      {
        file: '../hw/cxl/cxl-host.c',
        functions: [
          { name: 'called', start_line: 10, execution_count: counts[0] },
          { name: 'never', start_line: 20, execution_count: 0 },
        ],
        lines: [
          { line_number: 10, function_name: 'called', count: counts[0], branches: [] },
          {
            line_number: 12,
            function_name: 'called',
            count: counts[1],
            branches: [{ count: counts[1] }, { count: 0 }],
          },
          { line_number: 13, function_name: 'called', count: 0, branches: [] },
          { line_number: 20, function_name: 'never', count: 0, branches: [{ count: 0 }, { count: 0 }] },
          { line_number: 20, function_name: 'never', count: 0, branches: [{ count: 0 }] },
        ],
      },
    ],
  });

const files = readCounts(`${printed(3, 2)}\n`);

test('of what gcov prints, the CXL files of QEMU are read, each line once', () => {
  expect(files.map(({ file, lines }) => [file, lines.map(({ line }) => line)])).toEqual([
    ['hw/cxl/cxl-host.c', [10, 12, 13, 20]],
  ]);
  expect(whole(files)).toEqual({ lines: 4, linesRun: 2, branches: 5, branchesRun: 1 });
});

test('a function is reached if it was called', () => {
  expect(reachedIn(files)).toEqual(['hw/cxl/cxl-host.c:called']);
});

test('counts of two runs add up', () => {
  const [file] = added(files, readCounts(printed(1, 0))) as [FileCounts];
  expect(file.functions.map(({ calls }) => calls)).toEqual([4, 0]);
  expect(file.lines.map(({ count }) => count)).toEqual([4, 2, 0, 0]);
});

describe('a reason not to run', () => {
  const text = '# reasons\nhw/cxl/cxl-host.c:called+2-3 fails at no time\nhw/cxl/cxl-host.c:never@11.1 is of no use\n';
  const [part, other] = parseExcuses(text);

  test('is of a function, or of lines counted from its first, and may be of one release', () => {
    expect([part, other]).toEqual([
      { file: 'hw/cxl/cxl-host.c', function: 'called', lines: new Set([2, 3]), reason: 'fails at no time' },
      { file: 'hw/cxl/cxl-host.c', function: 'never', release: '11.1', reason: 'is of no use' },
    ]);
  });

  test('excuses lines that never ran and branches never taken, and nothing else', () => {
    const excuses = part ? [part] : [];
    expect([...excused(files[0] as FileCounts, excuses).keys()].map(({ line }) => line)).toEqual([12, 13]);
    expect(reachable(files, excuses)).toEqual({ lines: 3, linesRun: 2, branches: 4, branchesRun: 1 });
    expect(showUnreached(files, excuses)).toEqual(['hw/cxl/cxl-host.c', '  never (line 20): never called']);
  });

  test('without one, lines and branches are listed', () => {
    expect(showUnreached(files, [])).toEqual([
      'hw/cxl/cxl-host.c',
      '  called (line 10): lines 13 never ran; branches never taken at 12 (1 of 2)',
      '  never (line 20): never called',
    ]);
  });

  test('needs a text', () => {
    expect(() => parseExcuses('hw/cxl/cxl-host.c:called+2')).toThrow('no function with a reason');
  });
});

test('the table has a row for each file, and the sum', () => {
  expect(showTable(files).map((row) => row.trim().split(/\s+/).slice(0, 2))).toEqual([
    ['lines', 'branches'],
    ['hw/cxl/cxl-host.c', '2/4'],
    ['all', '2/4'],
  ]);
});
