/**
 * Departures from conforming behaviour, each by name. The one list serves three purposes: the simulator can
 * be given a quirk, a QEMU release is expected to have its own, and a scenario says by tag which make it fail.
 */
export interface Quirk {
  /** A sentence that is true of a machine with the quirk. */
  readonly summary: string;
  /** Where it comes from: commit, file and function. */
  readonly source: string;
  /**
   * The QEMU releases that have it, half-open; several ranges where a fix went into stable releases too.
   * None: planted, to prove that some scenario can fail.
   */
  readonly releases?: readonly { readonly from: string; readonly fixedIn?: string }[];
  /** What a Then that it breaks says. A Then that fails otherwise is not excused. */
  readonly symptom: RegExp;
  /** Targets on which it cannot be seen, each with the reason. */
  readonly unseen?: Readonly<Record<string, string>>;
}

const E820 = 'hw/i386/pc.c: pc_memory_init()';
const RESERVED_OR_ERANGE = /RESERVED 0x|Reserved 0x|Numerical result out of range/;

export const quirks = {
  'e820-reserves-cfmws': {
    summary: 'E820 has a RESERVED entry over each fixed memory window.',
    source: `6d302cf46d, gone with 2486dd0457; ${E820}`,
    releases: [{ from: '7.1', fixedIn: '7.2' }],
    symptom: RESERVED_OR_ERANGE,
  },
  'e820-reserves-host-registers': {
    summary: 'E820 has a RESERVED entry over the component registers of the host bridges.',
    source: `6e4e3ae936, gone with 2486dd0457; ${E820}`,
    releases: [{ from: '7.1', fixedIn: '7.2' }],
    symptom: /RESERVED 0x/,
  },
  'e820-reserves-first-cfmws': {
    summary: 'E820 has a RESERVED entry over the first of several fixed memory windows.',
    source: 'planted',
    symptom: RESERVED_OR_ERANGE,
  },
  'e820-reserves-last-cfmws': {
    summary: 'E820 has a RESERVED entry over the last of several fixed memory windows.',
    source: 'planted',
    symptom: RESERVED_OR_ERANGE,
  },
  'e820-misses-alignment-gap': {
    summary:
      'E820 has RESERVED entries as long as the windows, placed without the gap that aligns the first to 256 MiB.',
    source: 'planted',
    symptom: RESERVED_OR_ERANGE,
  },
  'e820-cfmws-is-ram': {
    summary: 'E820 has a RAM entry over each fixed memory window.',
    source: 'planted',
    symptom: /RAM|Numerical result out of range/,
  },
  'e820-cfmws-is-soft-reserved': {
    summary: 'E820 has a soft-reserved entry over each fixed memory window.',
    source: 'planted',
    symptom: /SOFT_RESERVED 0x|Soft Reserved 0x|Numerical result out of range/,
  },
  'e820-forgets-high-ram': {
    summary: 'E820 does not list the RAM above 4 GiB.',
    source: 'planted',
    symptom: /RAM/,
  },
  'reserved-memory-end-missing': {
    summary:
      'The fw_cfg file etc/reserved-memory-end is missing without maxmem, so firmware places 64-bit BARs inside a window.',
    source: `gone with d1193481de, which 10.0.7 and 10.1.3 have too; ${E820}`,
    releases: [
      { from: '7.1', fixedIn: '10.0.7' },
      { from: '10.1', fixedIn: '10.1.3' },
    ],
    symptom: /BAR 0x/,
  },
  'reserved-memory-end-ignores-cxl': {
    summary:
      'The fw_cfg file etc/reserved-memory-end gives the end of the hot-pluggable memory, as if no window followed it.',
    source: 'planted',
    symptom: /BAR 0x/,
  },
  'bars-in-window': {
    summary: 'Firmware places the BARs of CXL memory devices at the base of the first window.',
    source: 'planted',
    symptom: /./,
  },
  'windows-overlap': {
    summary: 'Each fixed memory window begins 256 MiB before the end of the one before.',
    source: 'planted',
    symptom: /0x/,
  },
  'window-over-hotplug-memory': {
    summary: 'The fixed memory windows begin where the memory that can be hot-plugged does.',
    source: `before 4a447a710c, in no release; ${E820}`,
    symptom: /0x/,
  },
  'window-over-host-registers': {
    summary: 'The first fixed memory window begins where the component registers of the host bridges do.',
    source: 'planted',
    symptom: /0x/,
  },
  'chbs-short': {
    summary: 'CHBS gives the component registers 8 KiB, the length of a CXL 1.1 register block.',
    source: 'planted',
    symptom: /8192n/,
  },
  'cfmws-granularity-lost': {
    summary: 'CFMWS gives 256 bytes as the granularity of every window.',
    source: 'planted',
    symptom: /256/,
  },
  'cedt-unsummed': {
    summary: 'The table loader script has no checksum command for the CEDT.',
    source: 'planted',
    symptom: /Expected: 0/,
  },
  'commit-unanswered': {
    summary: 'Setting Commit sets neither Committed nor Error Not Committed.',
    source: 'planted',
    symptom: /Connection timed out/,
  },
  'decode-off-by-one-granule': {
    summary: 'An access through a window reaches the media 256 bytes further on.',
    source: 'planted',
    symptom: /media/,
  },
  'writes-dropped': {
    summary: 'Writes through a window never reach the media.',
    source: 'planted',
    symptom: /data/,
  },
  'dpa-skip-ignored': {
    summary: 'A device adds no DPA Skip, so its persistent capacity is not reached behind free volatile capacity.',
    source: 'planted',
    symptom: /media/,
  },
  'mem-enable-survives-reset': {
    summary:
      'Mem_Enable of the DVSEC survives a reset of the machine, and Linux then gives the device no endpoint port.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/mem/cxl_type3.c: ct3d_reset()',
    releases: [{ from: '7.1' }],
    symptom: /no active memdevs found/,
  },
  'media-lost-at-reset': {
    summary: 'A device forgets what its persistent media hold when the machine is reset.',
    source: 'planted',
    symptom: /data/,
  },
  'hpa-allocated-over-reserved': {
    summary: 'The operating system gives a region the beginning of a window, whatever is there.',
    source: 'planted',
    symptom: /./,
  },
  'volatile-memory-stays-offline': {
    summary: 'The memory of a volatile region does not come online.',
    source: 'planted',
    symptom: /online/,
  },
  'destroyed-region-listed': {
    summary: 'A region that was destroyed is still listed.',
    source: 'planted',
    symptom: /region0/,
  },
  'identify-swaps-capacities': {
    summary: 'Identify Memory Device reports the volatile capacity as persistent, and the reverse.',
    source: 'planted',
    symptom: /./,
  },
  'identify-counts-bytes': {
    summary: 'Identify Memory Device reports capacities in bytes and not in multiples of 256 MiB.',
    source: 'planted',
    symptom: /./,
  },
} as const satisfies Record<string, Quirk>;

export type QuirkName = keyof typeof quirks;

export type Quirks = ReadonlySet<QuirkName>;

/** @throws RangeError if the ledger has no such quirk. */
export function quirkNamed(name: string): QuirkName {
  if (!Object.hasOwn(quirks, name))
    throw new RangeError(`no quirk ${name}; there are ${Object.keys(quirks).join(', ')}`);
  return name as QuirkName;
}

/** The quirks of a QEMU release such as `7.2.22`. */
export function quirksOf(release: string): QuirkName[] {
  return (Object.keys(quirks) as QuirkName[]).filter((name) => {
    const { releases = [] }: Quirk = quirks[name];
    return releases.some(({ from, fixedIn }) => !before(release, from) && (!fixedIn || before(release, fixedIn)));
  });
}

/** Whether release `a` precedes release `b`; `7.1.50`, a development version, precedes `7.2`. */
function before(a: string, b: string): boolean {
  return a.localeCompare(b, 'en', { numeric: true }) < 0;
}
