/** Quirks of address decode: fixed memory windows, HDM decoders of host bridges and devices. */
import type { Quirk } from './quirk';

const MEDIA_OR_DATA = /media|data/;

export const decodeQuirks = {
  'commit-unanswered': {
    summary: 'Setting Commit sets neither Committed nor Error Not Committed.',
    source: 'planted',
    symptom: /Connection timed out/,
  },
  'decode-off-by-one-granule': {
    summary: 'An access through a window reaches the media 256 bytes further on.',
    source: 'planted',
    symptom: /media/,
  },
  'writes-dropped': {
    summary: 'Writes through a window never reach the media.',
    source: 'planted',
    symptom: /data/,
  },
  'dpa-skip-ignored': {
    summary: 'A device adds no DPA Skip, so its persistent capacity is not reached behind free volatile capacity.',
    source: 'planted',
    symptom: /media/,
  },
  'window-granularity-doubled': {
    summary: 'A window takes turns among host bridges that are twice as long as its granularity.',
    source: 'planted',
    symptom: MEDIA_OR_DATA,
  },
  'target-list-read-only': {
    summary: 'The target list of a host bridge decoder cannot be written, so that every access goes to port 0.',
    source: 'before f824f52947, in no release; hw/cxl/cxl-component-utils.c: hdm_init_common()',
    symptom: MEDIA_OR_DATA,
  },
  'device-ways-ignored': {
    summary: 'A device that has a part in a region spreads it over its capacity as if it had the whole.',
    source: 'planted',
    symptom: /media/,
  },
  'device-granularity-doubled': {
    summary: 'A device takes the turns of an interleave for twice as long as its decoder is programmed with.',
    source: 'planted',
    symptom: MEDIA_OR_DATA,
  },
  'multiples-of-3-shifted': {
    summary: 'A device in an interleave of 3, 6 or 12 ways takes the encoded ways for a number of address bits.',
    source:
      'before 9ac2c42f43, in no release whose devices say that they do these ways; hw/mem/cxl_type3.c: cxl_type3_dpa()',
    symptom: MEDIA_OR_DATA,
  },
  'dpa-restarts-with-decoder': {
    summary: 'A device counts the capacity behind each HDM decoder from DPA 0.',
    source: 'planted',
    symptom: MEDIA_OR_DATA,
  },
  'second-decoder-ignored': {
    summary: 'An access through a window is compared with the first HDM decoder alone.',
    source: 'before 61c44bcf51, in no release with a second decoder; hw/mem/cxl_type3.c: cxl_type3_dpa()',
    symptom: MEDIA_OR_DATA,
  },
  'single-hdm-decoder': {
    summary: 'Host bridges and devices have one HDM decoder, so that each carries one region.',
    source: 'gone with e967413fe0; hw/cxl/cxl-component-utils.c: hdm_init_common()',
    releases: [{ from: '7.1', fixedIn: '8.2' }],
    symptom: /could not get a free decoder|failed to set target0/,
  },
} as const satisfies Record<string, Quirk>;
