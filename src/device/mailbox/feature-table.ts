/** The features of a Type 3 device and what they hold. QEMU include/hw/cxl/cxl_device.h, hw/mem/cxl_type3.c: ct3_realize(). */
import { FEATURE, FEATURE_ATTRIBUTE } from '../../codec/cxl/mailbox/features';

/** A row of the table. */
export interface Feature {
  readonly feature: string;
  readonly version: number;
  /** Of `FEATURE_ATTRIBUTE`. */
  readonly attributes: number;
  /** What can be read, as it is at first. */
  readonly initial: Uint8Array;
  /** Post package repair, or sparing. */
  readonly isRepair?: boolean;
  /** Bytes that can be written. */
  readonly setSize: number;
  /** Where in what can be read a byte that was written goes: offset, and the bits that can be changed. */
  readonly written: readonly (readonly [offset: number, mask: number])[];
}

const { changeable, defaultSelection } = FEATURE_ATTRIBUTE;

const hex = (digits: string) => new Uint8Array(Buffer.from(digits.replaceAll(' ', ''), 'hex'));

/** CXL r3.1 Section 8.2.9.9.11.1: the hours between two scrubs, and whether it is enabled. */
const patrolScrub: Feature = {
  feature: FEATURE.patrolScrub,
  version: 1,
  attributes: changeable,
  initial: hex('03 0c01 00'),
  setSize: 2,
  written: [
    [1, 0xff],
    [3, 0x01],
  ],
};

const ECS_CONFIG = 0x1f;

/** CXL r3.1 Section 8.2.9.9.11.2: the type of log entry, and for each of three media FRUs threshold and mode. */
const errorCheckScrub: Feature = {
  feature: FEATURE.errorCheckScrub,
  version: 1,
  attributes: changeable,
  initial: hex('01 01030000 01030000 01030000'),
  setSize: 7,
  written: [
    [0, 0xff],
    ...[2, 6, 10].flatMap(
      (at) =>
        [
          [at, ECS_CONFIG],
          [at + 1, 0],
        ] as const,
    ),
  ],
};

/** CXL r3.2 Sections 8.2.10.7.2.1 and 8.2.10.7.2.2: when they are performed, and what is told of it. */
const repair = (feature: string, subclass: number): Feature => ({
  feature,
  version: 3,
  attributes: changeable | defaultSelection,
  isRepair: true,
  initial: hex(`05 0000 0000 01 0${subclass} 000000000000000000 05 0000 01`),
  setSize: 3,
  written: [
    [3, 0xff],
    [4, 0xff],
    [19, 0xff],
  ],
});

/** CXL r3.2 Section 8.2.10.7.2.3: likewise. */
const sparing = (feature: string, subclass: number): Feature => ({
  feature,
  version: 1,
  attributes: changeable | defaultSelection,
  isRepair: true,
  initial: hex(`05 0000 0000 02 0${subclass} 000000000000000000 00 0600`),
  setSize: 2,
  written: [
    [3, 0xff],
    [4, 0xff],
  ],
});

/** By index. The first two came first, the others together. */
export const FEATURES: readonly Feature[] = [
  patrolScrub,
  errorCheckScrub,
  repair(FEATURE.softPostPackageRepair, 0),
  repair(FEATURE.hardPostPackageRepair, 1),
  sparing(FEATURE.cachelineSparing, 0),
  sparing(FEATURE.rowSparing, 1),
  sparing(FEATURE.bankSparing, 2),
  sparing(FEATURE.rankSparing, 3),
];

/** ECS as QEMU had it when it had three types of log entry, one for each media FRU. */
export const ecsWithLogEachFru: Feature = {
  ...errorCheckScrub,
  initial: hex('01 01 0300 00'.repeat(3)),
  setSize: 9,
  written: [0, 5, 10].flatMap(
    (at) =>
      [
        [at, 0xff],
        [at + 2, ECS_CONFIG],
        [at + 3, 0],
      ] as const,
  ),
};
