/**
 * What registers say of themselves in each QEMU release, where it differs: tried on 7.2.22, 10.0.13 and 11.1.3, and read in
 * the history of hw/pci-bridge/cxl_root_port.c, hw/mem/cxl_type3.c and include/hw/cxl/cxl_component.h for those between.
 */
import { asOf } from './release';

export interface LinkFacts {
  /** 1 for 2.5 GT/s, up to 6 for 64 GT/s. */
  readonly speed: number;
  /** Lanes. */
  readonly width: number;
}

export interface DvsecFacts {
  readonly revision: number;
  /** Bytes. */
  readonly length: number;
}

/** A capability of component registers: its version, and where it is, from the CXL Capability Header. */
export interface CapabilityFacts {
  readonly version: number;
  readonly at: number;
}

export interface RegisterFacts {
  /** Device Capabilities Register of ports and devices. */
  readonly expressDevice: number;
  readonly rootPortLink: LinkFacts;
  readonly downstreamPortLink: LinkFacts;
  /** Of Type 3 devices and upstream ports. */
  readonly deviceLink: LinkFacts;
  /** Whether root ports and downstream ports use flits of 256 bytes, and have BI decoders. */
  readonly portLargeFlits: boolean;
  /** Whether upstream ports can have a serial number, for which there is room then in any case. */
  readonly upstreamPortSerial: boolean;
  /** Whether the power indicator of a slot is on at reset if the slot is filled; else it is off in any case. */
  readonly indicatorTellsOfPower: boolean;
  /** Bits of a bridge's bus number register that software can change. */
  readonly busNumbersWritable: number;
  /** What names `pxb-cxl` in configuration space. */
  readonly hostBridgeIdentity: { readonly vendorId: number; readonly deviceId: number };
  /** Whether Type 3 devices have AER, and control what errors they report. */
  readonly deviceReportsErrors: boolean;
  readonly deviceDvsec: DvsecFacts;
  readonly flexBusPort: DvsecFacts;
  readonly msixVectors: number;
  readonly component: {
    readonly ras: CapabilityFacts;
    readonly link: CapabilityFacts;
    readonly hdmDecoder: CapabilityFacts;
    readonly extendedSecurity: CapabilityFacts;
    readonly snoopFilter: CapabilityFacts;
    readonly biDecoder: CapabilityFacts;
  };
  /** In how many ways decoders of devices say that they interleave: powers of two up to 8, or all of CXL 3. */
  readonly deviceWays: 'powers-of-two' | 'all';
  /** Of the Register Locator DVSEC, in bytes: that of three blocks. */
  readonly registerLocatorLength: number;
  /** Whether RAS keeps header logs of several errors. */
  readonly multipleHeaders: boolean;
  /** Version of the Device Status capability of device registers. */
  readonly deviceStatusVersion: number;
  /** How many HDM decoders there are where there are any. */
  readonly decoderCount: number;
  /** Whether root ports interrupt by MSI. */
  readonly rootPortMsi: boolean;
  /** Whether ports have the DVSEC of CXL extensions. */
  readonly portExtensions: boolean;
  /** Whether vendor and device are where the other has to be. */
  readonly identitiesSwapped: boolean;
  /** Whether configuration space that no capability has keeps what is written to it. */
  readonly keepsUnclaimed: boolean;
  /** MSI-X vector of background commands; undefined where the mailbox has no interrupt for them. */
  readonly backgroundVector: number | undefined;
}

const FIRST: RegisterFacts = {
  expressDevice: 0x8000,
  rootPortLink: { speed: 1, width: 1 },
  downstreamPortLink: { speed: 1, width: 1 },
  deviceLink: { speed: 1, width: 1 },
  portLargeFlits: false,
  upstreamPortSerial: false,
  indicatorTellsOfPower: true,
  busNumbersWritable: 0xffff_ffff,
  hostBridgeIdentity: { vendorId: 0, deviceId: 0 },
  deviceReportsErrors: false,
  deviceDvsec: { revision: 1, length: 0x38 },
  flexBusPort: { revision: 1, length: 0x14 },
  msixVectors: 1,
  component: {
    ras: { version: 2, at: 0x80 },
    link: { version: 2, at: 0xd8 },
    hdmDecoder: { version: 1, at: 0x110 },
    extendedSecurity: { version: 1, at: 0x260 },
    snoopFilter: { version: 1, at: 0xa84 },
    biDecoder: { version: 1, at: 0xab4 },
  },
  deviceWays: 'all',
  registerLocatorLength: 0x24,
  multipleHeaders: false,
  deviceStatusVersion: 1,
  decoderCount: 4,
  rootPortMsi: true,
  portExtensions: true,
  identitiesSwapped: false,
  keepsUnclaimed: false,
  backgroundVector: undefined,
};

/** The larger Link capability of CXL 3 moves what follows it. */
const CXL_3_COMPONENT = {
  ras: { version: 3, at: 0x80 },
  link: { version: 2, at: 0xd8 },
  hdmDecoder: { version: 3, at: 0x128 },
  extendedSecurity: { version: 2, at: 0x278 },
  snoopFilter: { version: 1, at: 0xaa0 },
  biDecoder: { version: 1, at: 0xab4 },
};

const CHANGES: readonly { readonly from: string; readonly facts: Partial<RegisterFacts> }[] = [
  {
    from: '8.0',
    facts: {
      indicatorTellsOfPower: false,
      busNumbersWritable: 0x00ff_ffff,
      hostBridgeIdentity: { vendorId: 0x1b36, deviceId: 0x000b },
      multipleHeaders: true,
      deviceReportsErrors: true,
    },
  },
  { from: '8.1', facts: { msixVectors: 6, deviceStatusVersion: 2 } },
  { from: '8.2', facts: { backgroundVector: 9, upstreamPortSerial: true } },
  { from: '8.2.9', facts: { msixVectors: 10 } },
  {
    from: '9.0',
    facts: {
      msixVectors: 6,
      deviceDvsec: { revision: 3, length: 0x3c },
      flexBusPort: { revision: 2, length: 0x20 },
      component: CXL_3_COMPONENT,
    },
  },
  { from: '9.1.3', facts: { msixVectors: 10 } },
  {
    from: '9.2',
    facts: {
      msixVectors: 6,
      expressDevice: 0x8020,
      rootPortLink: { speed: 6, width: 32 },
      downstreamPortLink: { speed: 6, width: 16 },
      deviceLink: { speed: 5, width: 16 },
    },
  },
  { from: '9.2.1', facts: { msixVectors: 10 } },
  { from: '10.0', facts: { msixVectors: 8, backgroundVector: 7 } },
  {
    from: '11.0',
    facts: {
      portLargeFlits: true,
      component: {
        ...CXL_3_COMPONENT,
        ras: { version: 2, at: 0x80 },
        hdmDecoder: { version: 1, at: 0x128 },
        extendedSecurity: { version: 1, at: 0x278 },
      },
    },
  },
];

export const registerFactsOf = (release?: string): RegisterFacts => asOf(release, FIRST, CHANGES);
