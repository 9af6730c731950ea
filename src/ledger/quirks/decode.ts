/** Quirks of address decode: fixed memory windows, HDM decoders of host bridges and devices. */
import type { Quirk } from './quirk';
import { DECODERS } from './register-changes';

export const decodeQuirks = {
  'unclaimed-writes-kept': {
    summary: 'What is stored in a window where no device is connected can be read again.',
    source: 'planted',
  },
  'commit-unanswered': {
    summary: 'Setting Commit sets neither Committed nor Error Not Committed.',
    source: 'planted',
  },
  'decode-off-by-one-granule': {
    summary: 'An access through a window reaches the media 256 bytes further on.',
    source: 'planted',
  },
  'writes-dropped': {
    summary: 'Writes through a window never reach the media.',
    source: 'planted',
  },
  'dpa-skip-ignored': {
    summary: 'A device adds no DPA Skip, so its persistent capacity is not reached behind free volatile capacity.',
    source: 'gone with e967413fe0, tried on 7.2.22, not so on 10.0.13; hw/mem/cxl_type3.c: cxl_type3_dpa()',
    releases: [{ from: '7.1', fixedIn: '8.2' }],
  },
  'window-granularity-doubled': {
    summary: 'A window interleaves across host bridges at twice its granularity.',
    source: 'planted',
  },
  'target-list-read-only': {
    summary: 'The target list of a host bridge decoder cannot be written, so that every access goes to port 0.',
    source: 'before f824f52947, in no release; hw/cxl/cxl-component-utils.c: hdm_init_common()',
    registers: DECODERS.flatMap((n) =>
      ['targetsLow', 'targetsHigh'].map((half) => ({
        register: `HDM Decoder ${n} ${half}`,
        of: 'bridge',
        writable: 0,
      })),
    ),
  },
  'device-ways-ignored': {
    summary: 'A device that has a part in a region spreads it over its capacity as if it had the whole.',
    source: 'planted',
  },
  'device-granularity-doubled': {
    summary: 'A device takes the turns of an interleave for twice as long as its decoder is programmed with.',
    source: 'planted',
  },
  'multiples-of-3-shifted': {
    summary: 'A device in an interleave of 3, 6 or 12 ways takes the encoded ways for a number of address bits.',
    source:
      'gone with 9ac2c42f43, tried on 7.2.22; hw/mem/cxl_type3.c: cxl_type3_dpa(); devices do not offer these ways',
    releases: [{ from: '7.1', fixedIn: '10.0' }],
  },
  'dpa-restarts-with-decoder': {
    summary: 'A device counts the capacity behind each HDM decoder from DPA 0.',
    source: 'planted',
  },
  'second-decoder-ignored': {
    summary: 'An access through a window is compared with the first HDM decoder alone.',
    source: 'before 61c44bcf51, in no release with a second decoder; hw/mem/cxl_type3.c: cxl_type3_dpa()',
  },
  'bridge-decoder-range-ignored': {
    summary: 'A host bridge or a switch interleaves at every address, whatever range its decoder is committed for.',
    source: 'gone with e967413fe0, tried on 7.2.22; hw/cxl/cxl-host.c: cxl_hdm_find_target()',
    releases: [{ from: '7.1', fixedIn: '8.2' }],
  },
  'target-list-low-half-alone': {
    summary:
      'Turns after the fourth go to the ports of the first four: of a target list only the low half is looked at.',
    source: 'gone with d2289b524e; hw/cxl/cxl-host.c: cxl_hdm_find_target()',
    releases: [{ from: '7.1', fixedIn: '7.2' }],
  },
  'commit-not-kept': {
    summary: 'Commit reads as 0 once a decoder is committed, and a decoder whose Commit is cleared stays committed.',
    source: 'gone with 823371a630; hw/cxl/cxl-component-utils.c: dumb_hdm_handler()',
    releases: [{ from: '7.1', fixedIn: '8.1' }],
  },
  'commit-in-any-order': {
    summary: 'A decoder is committed though the one before it is not.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-component-utils.c: hdm_decoder_commit()',
    releases: [{ from: '8.2' }], // before, there is one decoder
  },
  'commit-overlaps': {
    summary: 'A decoder is committed over addresses of the one before it, or below it.',
    source: 'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-component-utils.c: hdm_decoder_commit()',
    releases: [{ from: '8.2' }], // before, there is one decoder
  },
  'commit-beyond-capacity': {
    summary: 'A decoder of a device is committed over more than the device has.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-component-utils.c: hdm_decoder_commit()',
    releases: [{ from: '7.1' }],
  },
  'commit-takes-reserved-interleave': {
    summary: 'A decoder is committed with reserved encodings of ways or granularity.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-component-utils.c: hdm_decoder_commit()',
    releases: [{ from: '7.1' }],
  },
  'turns-beyond-targets': {
    summary:
      'A decoder of a host bridge or switch is committed in ways for which its target list has no room; an access beyond it ends QEMU.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-host.c: cxl_hdm_find_target(): extract32() asserts',
    releases: [{ from: '7.1' }],
  },
  'reserved-ways-end-machine': {
    summary: 'An access beside a decoder that is committed with reserved ways ends QEMU.',
    source:
      'tried on 10.0.13, not so on 7.2.22 and 11.1.3; hw/mem/cxl_type3.c: cxl_type3_dpa(): error_fatal; gone in 11.1.2',
    releases: [{ from: '8.2', fixedIn: '11.1.2' }],
  },
  'reserved-ways-end-machine-at-commit': {
    summary: 'Committing a decoder of a device with reserved ways ends QEMU.',
    source: 'since 680935c9a6, tried on 11.0.50, not so on 11.1.3; hw/mem/cxl_type3.c: cxl_type3_dpa(): error_fatal',
    releases: [{ from: '11.1', fixedIn: '11.1.2' }],
  },
  'lock-on-commit-ignored': {
    summary: 'A decoder that was committed with Lock On Commit can be programmed anew.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-component-utils.c: cxl_cache_mem_write_reg()',
    releases: [{ from: '7.1' }],
  },
  'decoder-enable-ignored': {
    summary: 'The HDM decoders of a device decode though HDM Decoder Enable is 0.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/mem/cxl_type3.c: cxl_type3_dpa()',
    releases: [{ from: '7.1' }],
  },
  'single-hdm-decoder': {
    summary: 'Host bridges and devices have one HDM decoder, so that each carries one region.',
    source: 'gone with e967413fe0; hw/cxl/cxl-component-utils.c: hdm_init_common()',
    releases: [{ from: '7.1', fixedIn: '8.2' }],
    facts: { decoderCount: 1 },
  },
} as const satisfies Record<string, Quirk>;
