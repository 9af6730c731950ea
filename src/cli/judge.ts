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
  const findings = judge(await readDump(tables));
  if (json) console.log(JSON.stringify(findings, null, 2));
  else for (const { kind, message } of findings) console.log(`${kind}: ${message}`);
  return findings.length > 0 ? EXIT.lookAtIt : EXIT.asExpected;
}
