import { unpackQemu } from '../target/inventory';
import { EXIT } from './exit';

/** Prints the path of a program that starts the QEMU of a Debian suite. */
export async function getQemu({ suite }: { readonly suite: string }): Promise<number> {
  console.error(`unpacking the QEMU of Debian ${suite} unless it is there`);
  console.log(await unpackQemu(suite, (line) => console.error(line)));
  return EXIT.asExpected;
}
