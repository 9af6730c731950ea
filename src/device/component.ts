import { CACHE_MEM, CAPABILITY_ID, CapabilityElement, CapabilityHeader } from '../codec/cxl/component';
import type { Quirks } from '../ledger/quirks';
import { type DecoderKind, HdmDecoders } from './hdm-decoders';
import { RegisterBlock } from './register-block';

/** Where the HDM decoders start, from the CXL Capability Header: where QEMU has had them since 9.0. */
const HDM = 0x128;

/** CXL component registers: CXL r3.1 Section 8.2.4: CXL.cache and CXL.mem Registers, as far as HDM decoders go. */
export interface Component {
  readonly registers: RegisterBlock;
  /** None in a root port, and in a host bridge that passes everything to its only root port. */
  readonly decoders: HdmDecoders | undefined;
}

export function component(kind: DecoderKind | undefined, quirks: Quirks): Component {
  const registers = new RegisterBlock();
  const header = { id: CAPABILITY_ID.capability, version: 1, cacheMemVersion: 1, arraySize: kind ? 1 : 0 };
  registers.define(CACHE_MEM, { reset: CapabilityHeader.encode(header) });
  if (!kind) return { registers, decoders: undefined };
  const element = { id: CAPABILITY_ID.hdmDecoder, version: 3, pointer: HDM };
  registers.define(CACHE_MEM + 4, { reset: CapabilityElement.encode(element) });
  return { registers, decoders: new HdmDecoders(registers, CACHE_MEM + HDM, kind, quirks) };
}
