/** `-smp`, as far as APIC ids go: QEMU hw/intc/apic_common.c: apic_common_set_id(). */
import { MachineCrash } from '../machine/crash';
import { isVirt, said } from '../options/line';
import { completeSmp, parseProcessors } from '../options/smp';
import { type Request, refuse } from './refuse';

/** Of 8 bits, the last of which means all processors. */
const APIC_IDS = 255;

/** Groups that do not make up what there can be: QEMU hw/core/machine-smp.c: machine_parse_smp_config(). @throws Refusal */
export function checkGroups({ line, facts }: Request): void {
  if (isVirt(line)) return;
  const { cpus, maxProcessors, sockets, dies, cores, threads } = completeSmp(line);
  const modules = facts.processorModules ? 'modules (1) * ' : '';
  const groups = `sockets (${sockets}) * dies (${dies}) * ${modules}cores (${cores}) * threads (${threads})`;
  const wrong = 'Invalid CPU topology:';
  if (sockets * dies * cores * threads !== maxProcessors)
    refuse(`${wrong} product of the hierarchy must match maxcpus: ${groups} != maxcpus (${maxProcessors})`);
  if (maxProcessors < cpus) {
    const rule = 'maxcpus must be equal to or greater than smp:';
    refuse(`${wrong} ${rule} ${groups} == maxcpus (${maxProcessors}) < smp_cpus (${cpus})`);
  }
}

/** Models of 32 and of 64 bits that TCG can be. */
const MODELS =
  /^(qemu(32|64)|kvm(32|64)|max|base|486|athlon|phenom|pentium[23]?|n270|core(duo|2duo)|Opteron_G[1-5]|EPYC|Dhyana|Conroe|Penryn|Nehalem|Westmere|SandyBridge|IvyBridge|Haswell|Broadwell|Skylake|Cascadelake|Cooperlake|Icelake|Denverton|Snowridge|KnightsMill|SapphireRapids|GraniteRapids|SierraForest|ClearwaterForest|DiamondRapids|YongFeng)/;

/** QEMU target/i386/cpu.c: x86_cpu_realizefn(). */
const ADDRESS_BITS = { least: 32, most: 52 };

/** @throws Refusal */
export function checkModel({ line }: Request): void {
  if (isVirt(line)) return;
  const model = said(line.processor, 'model') ?? 'max';
  if (!MODELS.test(model)) refuse(`unable to find CPU model '${model}'`);
  const bits = Number(said(line.processor, 'phys-bits') ?? 0);
  const { least, most } = ADDRESS_BITS;
  if (bits !== 0 && (bits < least || bits > most))
    refuse(`phys-bits should be between ${least} and ${most}  (but is ${bits})`);
}

/** Numbered one after the other: groups leave ids out, and so have room for fewer. @throws Refusal, MachineCrash */
export function checkProcessors({ line, quirks }: Request): void {
  if (line.processor.length > 0 || parseProcessors(line) <= APIC_IDS) return;
  if (quirks.has('apic-id-aborts')) throw new MachineCrash('SIGABRT', 'apic_common_set_id');
  refuse(`APIC ID ${APIC_IDS} requires x2APIC feature in CPU`);
}
