/** Packages of any Debian suite, unpacked into a folder and not installed. */
import type { ExecaError } from 'execa';

/** Suites that have a QEMU with CXL, the oldest first. */
export const SUITES = ['bookworm', 'trixie', 'forky', 'sid'] as const;

/** Unpacks `packages` and all that they depend on. @throws Error with a sentence that says what to do about it. */
export async function unpackPackages(suite: string, packages: readonly string[], directory: string): Promise<void> {
  // A stale snapshot of an archive is as good as a fresh one here.
  const options = [
    '--variant=extract',
    '--aptopt=Acquire::Check-Valid-Until "false"',
    `--include=${packages.join(',')}`,
  ];
  const { execa } = await import('execa'); // which loads slowly
  await execa('mmdebstrap', [...options, suite, directory]).catch((error: ExecaError) => {
    throw new Error(`packages of Debian ${suite} cannot be unpacked: ${reason(error)}`);
  });
}

function reason({ code, stderr, shortMessage }: ExecaError): string {
  if (code === 'ENOENT') return 'mmdebstrap is not installed: apt-get install mmdebstrap';
  const said = `${stderr}`.match(/^E: (.*)/m)?.[1] ?? shortMessage;
  return /chroot mode/.test(said) ? `it takes root, or a kernel that lets users make user namespaces (${said})` : said;
}
