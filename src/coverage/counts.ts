/** What a QEMU has run of its CXL code: how often each function, line and branch, out of what gcov prints as JSON. */

/** Source files of QEMU that are about CXL. */
export const MEASURED =
  /(?:^|\/)(hw\/(?:cxl\/[\w-]+|mem\/cxl_type3|acpi\/(?:cxl|pci|hmat)|pci-bridge\/(?:cxl_\w+|pci_expander_bridge))\.c)$/;

/** Of a source file. */
export interface FileCounts {
  /** In QEMU's tree: `hw/cxl/cxl-host.c`. */
  readonly file: string;
  readonly functions: readonly FunctionCounts[];
  readonly lines: readonly LineCounts[];
}

export interface FunctionCounts {
  readonly name: string;
  /** Its first line. */
  readonly line: number;
  readonly calls: number;
}

/** A line that has code. */
export interface LineCounts {
  readonly line: number;
  readonly function: string;
  readonly count: number;
  /** How often each way that leads from it was taken. */
  readonly branches: readonly number[];
}

/** Of gcov's JSON, what is read here: https://gcc.gnu.org/onlinedocs/gcc/Invoking-Gcov.html */
interface Printed {
  readonly files: readonly {
    readonly file: string;
    readonly functions: readonly {
      readonly name: string;
      readonly start_line: number;
      readonly execution_count: number;
    }[];
    readonly lines: readonly {
      readonly line_number: number;
      readonly function_name?: string;
      readonly count: number;
      readonly branches: readonly { readonly count: number }[];
    }[];
  }[];
}

/** Files by name, of what gcov prints: a JSON document a line, one for each object file. */
export function readCounts(printed: string): FileCounts[] {
  const files = printed
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .flatMap((line) => (JSON.parse(line) as Printed).files)
    .flatMap(({ file, functions, lines }): FileCounts[] => {
      const name = MEASURED.exec(file)?.[1];
      if (name === undefined) return [];
      const called = functions.map((each) => ({ name: each.name, line: each.start_line, calls: each.execution_count }));
      const counted = lines.map((each) => ({
        line: each.line_number,
        function: each.function_name ?? '',
        count: each.count,
        branches: each.branches.map(({ count }) => count),
      }));
      return [{ file: name, functions: called, lines: onceEach(counted) }];
    });
  return files.sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** A macro that makes several functions is one line. */
function onceEach(lines: readonly LineCounts[]): LineCounts[] {
  const once = new Map<number, LineCounts>();
  for (const each of lines) {
    const known = once.get(each.line);
    const count = Math.max(each.count, known?.count ?? 0);
    once.set(each.line, { ...each, count, branches: [...(known?.branches ?? []), ...each.branches] });
  }
  return [...once.values()].sort((a, b) => a.line - b.line);
}

/** Those of two runs of the same build together. */
export function added(one: readonly FileCounts[], other: readonly FileCounts[]): FileCounts[] {
  if (one.length === 0) return [...other];
  return one.map((file) => {
    const same = other.find((each) => each.file === file.file);
    if (!same) return file;
    return {
      file: file.file,
      functions: file.functions.map((each, i) => ({ ...each, calls: each.calls + (same.functions[i]?.calls ?? 0) })),
      lines: file.lines.map((each, i) => ({
        ...each,
        count: each.count + (same.lines[i]?.count ?? 0),
        branches: each.branches.map((count, k) => count + (same.lines[i]?.branches[k] ?? 0)),
      })),
    };
  });
}

/** `hw/cxl/cxl-host.c:cxl_hdm_find_target` for each function that was called. */
export const reachedIn = (files: readonly FileCounts[]): string[] =>
  files.flatMap(({ file, functions }) =>
    functions.filter(({ calls }) => calls > 0).map(({ name }) => `${file}:${name}`),
  );
