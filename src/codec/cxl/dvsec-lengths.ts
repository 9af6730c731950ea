/** How long each DVSEC is, in bytes, by DVSEC id and revision. CXL r3.1 Section 8.1, and what CXL 2.0 had there. */
import { DVSEC_ID } from './dvsec';
import { GPF_SIZE, PORT_EXTENSIONS_SIZE } from './port-dvsec';

export const DVSEC_LENGTHS: Readonly<Record<number, Readonly<Record<number, number>>>> = {
  [DVSEC_ID.device]: { 1: 0x38, 2: 0x3c, 3: 0x3c },
  [DVSEC_ID.portExtensions]: { 0: PORT_EXTENSIONS_SIZE },
  [DVSEC_ID.gpfPort]: { 0: GPF_SIZE },
  [DVSEC_ID.gpfDevice]: { 0: GPF_SIZE },
  [DVSEC_ID.flexBusPort]: { 1: 0x14, 2: 0x20 },
};
