/** CXL r3.1 Section 8.2.9.6: Features. */
import { struct, text, u8, u16, u32, uuid } from '../../struct';
import type { CommandRows } from './row';

/** Section 8.2.9.6.1: Get Supported Features (Opcode 0500h); `count` is the length of output that is wanted, in bytes. */
export const GetSupportedFeatures = struct('Get Supported Features', { count: u32, startIndex: u16, reserved: u16 });

/** What it yields; the entries follow. */
export const SupportedFeatures = struct('Supported Features', { entries: u16, supported: u16, reserved: u32 });
export const SupportedFeature = struct('Supported Feature Entry', {
  feature: uuid,
  index: u16,
  getSize: u16,
  setSize: u16,
  attributes: u32,
  getVersion: u8,
  setVersion: u8,
  effects: u16,
  reserved: text(18),
});

/** Of `attributes`. */
export const FEATURE_ATTRIBUTE = { changeable: 1 << 0, defaultSelection: 1 << 5 } as const;

/** Of `effects`. */
export const FEATURE_EFFECT = { immediateConfigurationChange: 1 << 1, valid: 1 << 9 } as const;

/** Section 8.2.9.6.2: Get Feature (Opcode 0501h). */
export const GetFeature = struct('Get Feature', { feature: uuid, offset: u16, count: u16, selection: u8 });

/** Section 8.2.9.6.3: Set Feature (Opcode 0502h); the data follow. Of `flags`, bits 2:0 are the action. */
export const SetFeature = struct('Set Feature', {
  feature: uuid,
  flags: u32,
  offset: u16,
  version: u8,
  reserved: text(9),
});
export const FEATURE_ACTION_MASK = 7;
export const FEATURE_ACTION = { full: 0, initiate: 1, continue: 2, finish: 3, abort: 4 } as const;

export const FEATURE = {
  patrolScrub: '96dad7d6-fde8-482b-a733-75774e06db8a',
  errorCheckScrub: 'e5b13f22-2328-4a14-b8ba-b9691e893386',
  softPostPackageRepair: '892ba475-fad8-474e-9d3e-692c917568bb',
  hardPostPackageRepair: '80ea4521-786f-4127-afb1-ec7459fb0e24',
  cachelineSparing: '96c33386-91dd-44c7-9ecb-fdaf6503bac4',
  rowSparing: '450ebf67-b135-4f97-a498-c2d57f279bed',
  bankSparing: '78b79636-90ac-4b64-a4ef-faac5d18a863',
  rankSparing: '34dbaff5-0552-4281-8f76-da0b5e7a76a7',
} as const;

export const NO_FEATURE = '00000000-0000-0000-0000-000000000000';
const FEATURES = { feature: { ...FEATURE, none: NO_FEATURE } };

export const FEATURE_COMMANDS = {
  getSupportedFeatures: {
    opcode: 0x0500,
    since: { device: '9.1' },
    asks: true,
    input: GetSupportedFeatures,
    output: SupportedFeatures,
    entry: SupportedFeature,
    values: FEATURES,
    refusals: ['invalidInput'],
  },
  getFeature: {
    opcode: 0x0501,
    since: { device: '9.1' },
    asks: true,
    input: GetFeature,
    values: { ...FEATURES, selection: { current: 0, default: 1, saved: 2 } },
    refusals: ['unsupported', 'invalidInput', 'unsupportedFeatureSelection', 'featureTransferInProgress'],
    observed: { device: Object.entries(FEATURE).map(([about, feature]) => ({ about, input: { feature, count: 64 } })) },
  },
  setFeature: {
    opcode: 0x0502,
    since: { device: '9.1' },
    effects: [
      'immediateConfigurationChange',
      'immediateDataChange',
      'immediatePolicyChange',
      'immediateLogChange',
      'securityStateChange',
    ],
    input: SetFeature,
    data: { bytes: 2 },
    values: { ...FEATURES, flags: FEATURE_ACTION },
    refusals: ['unsupported', 'unsupportedFeatureVersion', 'featureTransferInProgress', 'featureTransferOutOfOrder'],
  },
} as const satisfies CommandRows;
