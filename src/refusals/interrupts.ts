/** Interrupts by messages, which go to an APIC: QEMU hw/pci/msi.c: msi_init(), hw/pci/msix.c: msix_init(). */
import { type CommandLine, said } from '../options/line';
import type { Option } from '../options/option';
import { parseProcessors } from '../options/smp';
import { type Request, refuse } from './refuse';

/** What sends them. */
const SENDS: Readonly<Record<string, 'MSI' | 'MSI-X'>> = {
  'cxl-type3': 'MSI-X',
  'cxl-upstream': 'MSI',
  'cxl-downstream': 'MSI',
  'pcie-root-port': 'MSI-X',
};

/** @throws Refusal */
export function checkMessages(device: Option, { line, quirks }: Request): void {
  const driver = `${device.value('driver')}`;
  const sent = driver === 'cxl-rp' && !quirks.has('hot-plug-unheard') ? 'MSI' : SENDS[driver];
  if (sent && !hasApic(line)) refuse(`${sent} is not supported by interrupt controller`, device);
}

/** Of several processors each has one, whatever is said. QEMU target/i386/cpu.c: x86_cpu_realizefn(). */
function hasApic(line: CommandLine): boolean {
  const without = line.processor.at(-1)?.flags.includes('-apic') || said(line.processor, 'apic') === 'off';
  return !without || parseProcessors(line) > 1;
}
