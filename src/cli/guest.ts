import { buildGuest, type GuestArchitectureName } from '../target/inventory';
import { EXIT } from './exit';

/** Makes a guest image, and says where it is. */
export async function buildGuestImage({
  suite,
  arch,
  force,
}: {
  readonly suite: string;
  readonly arch: GuestArchitectureName;
  readonly force?: boolean;
}): Promise<number> {
  console.error(
    `making a guest of Debian ${suite} for ${arch} unless an up-to-date one is there; this takes some minutes`,
  );
  const before = performance.now();
  const onStage = (what: string, number: number, of: number) =>
    console.error(`${number}/${of}  ${what}  (${Math.round((performance.now() - before) / 1000)} s)`);
  const { directory, kernel } = await buildGuest({
    suite,
    architecture: arch,
    ...(force && { force }),
    onStage,
    tell: (line) => console.error(line),
  });
  console.log(`Linux ${kernel}: ${directory}`);
  return EXIT.asExpected;
}
