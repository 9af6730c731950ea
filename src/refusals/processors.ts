/** `-smp`, as far as APIC ids go: QEMU hw/intc/apic_common.c: apic_common_set_id(). */
import { MachineCrash } from '../machine/crash';
import { parseProcessors } from '../options/smp';
import { type Request, refuse } from './refuse';

/** Of 8 bits, the last of which means all processors. */
const APIC_IDS = 255;

/** Numbered one after the other: groups leave ids out, and so have room for fewer. @throws Refusal, MachineCrash */
export function checkProcessors({ line, quirks }: Request): void {
  if (line.processor.length > 0 || parseProcessors(line) <= APIC_IDS) return;
  if (quirks.has('apic-id-aborts')) throw new MachineCrash('SIGABRT', 'apic_common_set_id');
  refuse(`APIC ID ${APIC_IDS} requires x2APIC feature in CPU`);
}
