/** Quirks of single commands that no QEMU has. */
import type { Quirk } from './quirk';

export const plantedCommandQuirks = {
  /** Before 87f8e5a71d the end wraps, and 10.1.0 refuses the range all the same, as one without media: validate_dpa_addr(). */
  'media-operation-range-wraps': {
    summary: 'A DPA range whose end wraps at 2^64 passes the check.',
    source: 'planted',
  },
  'timestamp-never-set': {
    summary: 'Set Timestamp succeeds and changes nothing.',
    source: 'planted',
  },
  'timestamp-stands-still': {
    summary: 'The timestamp does not go on.',
    source: 'planted',
  },
  'timestamp-lost-at-reset': {
    summary: 'A reset forgets the timestamp.',
    source: 'planted',
  },
  'labels-lost-at-reset': {
    summary: 'A reset forgets the Label Storage Area.',
    source: 'planted',
  },
  'label-bounds-unchecked': {
    summary: 'The Label Storage Area can be read and written behind its end.',
    source: 'planted',
  },
  'firmware-slot-unchecked': {
    summary: 'Firmware can be transferred to a slot that is active, or does not exist.',
    source: 'planted',
  },
  'firmware-part-without-start': {
    summary: 'A later part of a firmware transfer is taken that nobody has started.',
    source: 'planted',
  },
  'firmware-transfer-lost': {
    summary: 'A firmware transfer succeeds and leaves its slot empty.',
    source: 'planted',
  },
  'empty-slot-activated': {
    summary: 'Firmware of an empty slot can be activated.',
    source: 'planted',
  },
  'feature-never-set': {
    summary: 'Set Feature succeeds and changes nothing.',
    source: 'planted',
  },
  'maintenance-of-any-class': {
    summary: 'Perform Maintenance succeeds for classes that do not exist.',
    source: 'planted',
  },
  'alert-thresholds-not-kept': {
    summary: 'Set Alert Configuration succeeds and changes no threshold.',
    source: 'planted',
  },
  'alert-thresholds-unchecked': {
    summary: 'A warning can be set behind the alert that it warns of.',
    source: 'planted',
  },
  'media-operations-change-nothing': {
    summary: 'Media operations succeed and leave the media as they are.',
    source: 'planted',
  },
  'media-operation-of-any-alignment': {
    summary: 'Media operations take ranges that are no multiples of 64 bytes.',
    source: 'planted',
  },
  'media-operation-range-unchecked': {
    summary: 'Media operations take ranges behind the end of the media.',
    source: 'planted',
  },
  'refusals-misnamed': {
    summary:
      'A command that is refused is answered with Retry Required, except those about events, poison and dynamic capacity.',
    source: 'planted',
  },
  'background-start-is-success': {
    summary: 'A command that runs in the background is answered with Success.',
    source: 'planted',
  },
  'answers-one-too-high': {
    summary: 'The first byte of what a device answers is one too high, except what drivers ask for.',
    source: 'planted',
  },
  'media-disabled-refuses-all': {
    summary: 'While the media are disabled, no command is taken at all.',
    source: 'planted',
  },
  'abort-without-effect': {
    summary: 'A background operation that was aborted goes on.',
    source: 'planted',
  },
  'background-ends-in-failure': {
    summary: 'A background operation ends in an Internal Error.',
    source: 'planted',
  },
  'effects-log-inverted': {
    summary: 'The Command Effects Log says Immediate Log Change and Background Operation of the wrong commands.',
    source: 'planted',
  },
  'log-listed-twice': {
    summary: 'A device lists its log twice.',
    source: 'planted',
  },
  'spares-untold': {
    summary: 'Perform Maintenance that asks for spares succeeds, and no event record reports them.',
    source: 'planted',
  },
  'maintenance-never': {
    summary: 'Maintenance is refused, of whatever class.',
    source: 'planted',
  },
  'media-operations-want-a-range': {
    summary: 'Media operations of no range are refused.',
    source: 'planted',
  },
  'firmware-there-at-once': {
    summary: 'Firmware is in its slot as soon as its transfer begins.',
    source: 'planted',
  },
  'feature-bound-one-short': {
    summary: 'Set Feature refuses data that go up to the last byte of the attributes.',
    source: 'planted',
  },
  'feature-abort-applies': {
    summary: 'A feature transfer that is aborted takes effect.',
    source: 'planted',
  },
  'timestamp-wants-input': {
    summary: 'Get Timestamp without input is refused, for its input is to be as long as that of Set Timestamp.',
    source: 'planted',
  },
} as const satisfies Record<string, Quirk>;
