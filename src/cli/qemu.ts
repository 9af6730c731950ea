import { type ArchitectureName, unpackQemu } from '../target/inventory';
import { EXIT } from './exit';

interface GetOptions {
  readonly suite: string;
  readonly arch: ArchitectureName;
}

/** Prints the path of a program that starts the QEMU of a Debian suite. */
export async function getQemu({ suite, arch }: GetOptions): Promise<number> {
  console.error(`unpacking the QEMU for ${arch} of Debian ${suite} unless it is there`);
  console.log(await unpackQemu(suite, arch, (line) => console.error(line)));
  return EXIT.asExpected;
}
