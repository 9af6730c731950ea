/** The registers that the CEDT says a host bridge has. CXL r3.1 Section 9.18.1.2: CXL Host Bridge Structure (CHBS). */
import type { Chbs } from '../codec/acpi/cedt';
import { CACHE_MEM, CAPABILITY_ID, CapabilityHeader } from '../codec/cxl/component';
import { DecodeError } from '../codec/decode-error';
import { hex } from '../codec/range';
import type { Hardware, Hpa } from '../machine/hardware';
import { HdmDecoders } from './hdm-decoders';

/** Component registers are aligned to their size. CXL r3.1 Section 8.2.3: Component Register Layout and Definition. */
const ALIGNMENT = 0x1_0000n;

/** So far on each side the registers are looked for, in steps of {@link ALIGNMENT}, if they are not where they should be. */
const STEPS = 16;

/** The HDM decoders of the host bridge, if it has any. @throws DecodeError that says where its registers are instead. */
export async function decodersByChbs(hardware: Hardware, { uid, registers: { base } }: Omit<Chbs, 'kind'>) {
  try {
    return await HdmDecoders.find(hardware, base);
  } catch (error) {
    if (!(error instanceof DecodeError) || (await answers(hardware, base))) throw error;
    const elsewhere = await nearest(hardware, base);
    const where = elsewhere === undefined ? 'no component registers answer' : 'component registers answer at';
    throw new DecodeError(
      `CHBS of host bridge ${uid}`,
      `base ${hex(base)}, ${where} ${elsewhere === undefined ? 'within 1M of it' : hex(elsewhere)}`,
    );
  }
}

async function nearest(hardware: Hardware, base: Hpa): Promise<Hpa | undefined> {
  for (let step = 1n; step <= STEPS; step++) {
    for (const at of [base - step * ALIGNMENT, base + step * ALIGNMENT]) {
      if (at >= 0n && (await answers(hardware, at))) return at;
    }
  }
  return undefined;
}

async function answers(hardware: Hardware, registers: Hpa): Promise<boolean> {
  const { id } = CapabilityHeader.decode(await hardware.read32(registers + BigInt(CACHE_MEM)));
  return id === CAPABILITY_ID.capability;
}
