/** Where the sources of a scenario, and the commits that a quirk names, can be read. */

export interface Link {
  readonly name: string;
  readonly url: string;
  readonly type: string;
}

const QEMU = 'https://gitlab.com/qemu-project/qemu/-';

/** From this micro version on, a version lies between two releases. */
const DEVELOPMENT = 50;

/** The mails of the days of the thread, by the one who began it. */
const THREAD = 'https://lore.kernel.org/qemu-devel/?q=f%3A%22Gregory+Price%22+d%3A20221025..20221028';

/** Of the chapters of the ACPI specification that scenarios cite, the pages. */
const ACPI_CHAPTERS: Readonly<Record<string, string>> = {
  5: '05_ACPI_Software_Programming_Model/ACPI_Software_Programming_Model.html',
  6: '06_Device_Configuration/Device_Configuration.html',
  9: '09_ACPI-Defined_Devices_and_Device-Specific_Objects/ACPIdefined_Devices_and_DeviceSpecificObjects.html',
  15: '15_System_Address_Map_Interfaces/Sys_Address_Map_Interfaces.html',
};

/** Specifications that have no public pages lead to where they can be got. */
const SPECIFICATIONS: Readonly<Record<string, string>> = {
  CXL: 'https://computeexpresslink.org/cxl-specification/',
  PCIe: 'https://pcisig.com/specifications',
  PCI: 'https://pcisig.com/specifications',
};

export const threadLink = (requirement: string): Link => ({
  name: `${requirement} of the thread of October 2022`,
  url: THREAD,
  type: 'tms',
});

/** Of a source such as `ACPI-6.5-5.2.6` or `QEMU-hw/cxl/cxl-cdat.c`; none for what nobody has published. */
export function sourceLink(source: string): Link[] {
  if (source.startsWith('QEMU-')) {
    const path = source.slice('QEMU-'.length);
    return [{ name: `QEMU ${path}`, url: `${QEMU}/blob/master/${path}`, type: 'custom' }];
  }
  const [, body = '', revision = '', section = ''] = /^(\w+)-([\d.]+)-(.*)$/.exec(source) ?? [];
  const name = `${body} ${revision}, section ${section}`;
  const chapter = ACPI_CHAPTERS[section.split('.')[0] ?? ''];
  if (body === 'ACPI' && chapter)
    return [{ name, url: `https://uefi.org/specs/ACPI/${revision}/${chapter}`, type: 'custom' }];
  const url = SPECIFICATIONS[body];
  return url ? [{ name, url, type: 'custom' }] : [];
}

const LINUX = 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree';

/** Files of QEMU and Linux in the words on where a quirk comes from, those of QEMU as its release `version` has them. */
export const fileLinks = (words: string, version = ''): Link[] =>
  [...new Set(words.match(/\b[\w-]+(?:\/[\w.-]+)+\.[ch]\b/g))].map((path) =>
    path.startsWith('drivers/')
      ? { name: `Linux ${path}`, url: `${LINUX}/${path}`, type: 'custom' }
      : { name: `QEMU ${path}`, url: `${QEMU}/blob/${tagOf(version)}/${path}`, type: 'custom' },
  );

/** A version between two releases has no tag. */
function tagOf(version: string): string {
  const [, micro] = /^\d+\.\d+\.(\d+)$/.exec(version) ?? [];
  return micro !== undefined && Number(micro) < DEVELOPMENT ? `v${version}` : 'master';
}

/** Commits of QEMU in the words on where a quirk comes from. */
export const commitLinks = (words: string): Link[] =>
  [...new Set(words.match(/\b(?=[0-9a-f]*\d)[0-9a-f]{10,40}\b/g))].map((commit) => ({
    name: `commit ${commit}`,
    url: `${QEMU}/commit/${commit}`,
    type: 'issue',
  }));
