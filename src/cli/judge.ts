import { type HandedOver, windowsOf } from '../judge/handed-over';
import { judge } from '../judge/judge';
import { readDump } from '../target/dump';
import { EXIT } from './exit';

interface JudgeOptions {
  /** Directory of the dump. */
  readonly tables: string;
  readonly json?: boolean;
}

/** Prints each inconsistency in a line, or all as JSON. */
export async function judgeDump({ tables, json }: JudgeOptions): Promise<number> {
  const dump = await readDump(tables);
  const findings = judge(dump);
  if (json) console.log(JSON.stringify(findings, null, 2));
  else console.log(findings.map(({ kind, message }) => `${kind}: ${message}`).join('\n') || nothingFoundIn(dump));
  return findings.length > 0 ? EXIT.lookAtIt : EXIT.asExpected;
}

/** In what. */
function nothingFoundIn(dump: HandedOver): string {
  const { memoryMap, cedt, srat, slit, hmat, decoders } = dump;
  const tables = Object.entries({ SRAT: srat, SLIT: slit, HMAT: hmat });
  const names = (there: boolean) => tables.flatMap(([name, table]) => ((table !== undefined) === there ? [name] : []));
  const windows = `the CEDT (structures: ${cedt.length}, fixed memory windows: ${windowsOf(dump).length})`;
  const parts = [`the memory map (entries: ${memoryMap.length})`, windows, ...names(true)];
  const absent = names(false).length > 0 ? `; the dump has no ${names(false).join(', no ')}` : '';
  return `nothing found in ${[...parts, `committed decoders (${decoders.length})`].join(', ')}${absent}`;
}
