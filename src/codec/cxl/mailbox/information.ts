/** CXL r3.1 Section 8.2.9.1: Information and Status. */
import { struct, u8, u16, u64 } from '../../struct';
import type { CommandRows } from './row';

/** Section 8.2.9.1.1: Identify (Opcode 0001h). Messages are of up to `2 ** maximumMessageSize` bytes. */
export const ComponentIdentity = struct('Identify', {
  vendorId: u16,
  deviceId: u16,
  subsystemVendorId: u16,
  subsystemId: u16,
  serialNumber: u64,
  maximumMessageSize: u8,
  componentType: u8,
});

export const COMPONENT_TYPE = { switch: 0, type3: 3 } as const;

/** Section 8.2.9.1.2: Background Operation Status (Opcode 0002h). */
export const BackgroundOperationStatus = struct('Background Operation Status', {
  status: u8,
  reserved: u8,
  opcode: u16,
  returnCode: u16,
  vendorStatus: u16,
});

/** Sections 8.2.9.1.3 and 8.2.9.1.4: Get and Set Response Message Limit (Opcodes 0003h, 0004h): `2 ** limit` bytes. */
export const ResponseMessageLimit = struct('Response Message Limit', { limit: u8 });

export const INFORMATION_COMMANDS = {
  identify: {
    opcode: 0x0001,
    since: { switch: '8.2', managed: '8.2' },
    asks: true,
    output: ComponentIdentity,
    values: { componentType: COMPONENT_TYPE },
    observed: { switch: [{}] },
  },
  backgroundOperationStatus: {
    opcode: 0x0002,
    since: { switch: '8.2' },
    asks: true,
    output: BackgroundOperationStatus,
    observed: { switch: [{}] },
  },
  getResponseMessageLimit: { opcode: 0x0003, since: { managed: '10.1' }, asks: true, output: ResponseMessageLimit },
  setResponseMessageLimit: {
    opcode: 0x0004,
    since: { managed: '10.1' },
    input: ResponseMessageLimit,
    output: ResponseMessageLimit,
    refusals: ['invalidInput'],
  },
  backgroundAbort: { opcode: 0x0005, since: { device: '10.1', switch: '10.1' }, refusals: ['noBackgroundAbort'] },
} as const satisfies CommandRows;
