/** CXL r3.1 Section 8.2.9.6: Features. */

import { OPCODE } from '../../../codec/cxl/mailbox/command';
import {
  FEATURE,
  FEATURE_ACTION,
  FEATURE_ACTION_MASK,
  FEATURE_EFFECT,
  GetFeature,
  GetSupportedFeatures,
  NO_FEATURE,
  SetFeature,
  SupportedFeature,
  SupportedFeatures,
} from '../../../codec/cxl/mailbox/features';
import { RETURN_CODE } from '../../../codec/cxl/mailbox/return-code';
import { ecsWithLogEachFru, FEATURES, type Feature } from '../feature-table';
import { PAYLOAD_SIZE } from '../payload-size';
import { type CommandContext, type Handlers, NOTHING, Refused } from './command';

/** A feature of this device. */
interface Held extends Feature {
  current: Uint8Array;
  readonly next: Uint8Array;
}

const WITHOUT_REPAIR = 2;

/** What QEMU keeps behind what is being written. */
const BEHIND: ReadonlyMap<string, string> = new Map([
  [FEATURE.patrolScrub, FEATURE.errorCheckScrub],
  [FEATURE.errorCheckScrub, FEATURE.cachelineSparing],
]);

const ENDS: ReadonlySet<number> = new Set([FEATURE_ACTION.full, FEATURE_ACTION.finish, FEATURE_ACTION.abort]);

export function featureCommands({ quirks, facts, atReset }: CommandContext): Handlers {
  const count = facts.opcodes.includes(OPCODE.performMaintenance) ? FEATURES.length : WITHOUT_REPAIR;
  let all: Held[] | undefined;
  const held = () => {
    all ??= FEATURES.slice(0, count).map(hold);
    return all;
  };

  function hold(row: Feature): Held {
    const feature =
      row.feature === FEATURE.errorCheckScrub && quirks.has('ecs-log-of-each-fru') ? ecsWithLogEachFru : row;
    return { ...feature, current: feature.initial, next: new Uint8Array(feature.setSize) };
  }
  /** The feature that a transfer in parts is about, and how many bytes have come in the current one. */
  let transfer: { feature: string; bytes: number } = { feature: NO_FEATURE, bytes: 0 };

  /** @throws Refused if there is no such feature. */
  function named(id: string): Held {
    const found = held().find(({ feature }) => feature === id);
    if (!found) throw new Refused(RETURN_CODE.unsupported);
    return found;
  }

  function supported(input: Uint8Array): Uint8Array {
    const { count: bytes, startIndex } = GetSupportedFeatures.decode(input);
    if (bytes < SupportedFeatures.size || startIndex >= held().length) throw new Refused(RETURN_CODE.invalidInput);
    const wanted = Math.floor((bytes - SupportedFeatures.size) / SupportedFeature.size);
    const entries = held()
      .slice(startIndex, startIndex + wanted)
      .map((feature, i) =>
        SupportedFeature.encode({
          feature: feature.feature,
          index: startIndex + i,
          getSize: feature.current.length,
          setSize: feature.setSize,
          attributes: feature.attributes,
          getVersion: feature.version,
          setVersion: feature.version,
          effects: FEATURE_EFFECT.immediateConfigurationChange | FEATURE_EFFECT.valid,
        }),
      );
    return Buffer.concat([SupportedFeatures.encode({ entries: entries.length, supported: held().length }), ...entries]);
  }

  function get(input: Uint8Array): Uint8Array {
    const { feature: id, offset, count: length, selection } = GetFeature.decode(input);
    const inTransfer = id === transfer.feature && (id !== NO_FEATURE || quirks.has('no-feature-in-transfer'));
    if (inTransfer) throw new Refused(RETURN_CODE.featureTransferInProgress);
    const wrong = quirks.has('feature-refusals-unspecific') ? RETURN_CODE.unsupported : undefined;
    if (selection !== 0) throw new Refused(wrong ?? RETURN_CODE.unsupportedFeatureSelection);
    if (offset + length > PAYLOAD_SIZE) throw new Refused(RETURN_CODE.invalidInput);
    const { current } = named(id);
    if (offset >= current.length) throw new Refused(RETURN_CODE.invalidInput);
    return current.subarray(offset, offset + length);
  }

  function set(input: Uint8Array): Uint8Array {
    if (input.length < SetFeature.size) {
      if (quirks.has('feature-short-input')) return NOTHING;
      throw new Refused(RETURN_CODE.invalidPayloadLength);
    }
    const { feature: id, flags, offset, version } = SetFeature.decode(input);
    const action = flags & FEATURE_ACTION_MASK;
    const data = input.subarray(SetFeature.size);
    checkTransfer(id, action);
    if (action === FEATURE_ACTION.initiate) transfer = { feature: id, bytes: 0 };
    if (data.length === 0 && !quirks.has('feature-without-data-taken'))
      throw new Refused(RETURN_CODE.invalidPayloadLength);
    const feature = named(id);
    const wrong = quirks.has('feature-refusals-unspecific') ? RETURN_CODE.unsupported : undefined;
    if (version !== feature.version) throw new Refused(wrong ?? RETURN_CODE.unsupportedFeatureVersion);
    const bound = quirks.has('feature-bound-one-short') ? feature.setSize - 1 : feature.setSize;
    const isUnbounded =
      quirks.has('feature-written-past-end') || (feature.isRepair && quirks.has('repair-feature-written-past-end'));
    if (offset + data.length > bound && !isUnbounded) {
      throw new Refused(RETURN_CODE.invalidPayloadLength);
    }
    feature.next.set(data.subarray(0, Math.max(0, feature.setSize - offset)), Math.min(offset, feature.setSize));
    transfer.bytes += data.length;
    const applies = action === FEATURE_ACTION.full || action === FEATURE_ACTION.finish;
    if (applies || (action === FEATURE_ACTION.abort && quirks.has('feature-abort-applies'))) apply(feature);
    if (ENDS.has(action)) end(feature);
    return NOTHING;
  }

  /** @throws Refused for what does not go with the transfer that there is, or is not. */
  function checkTransfer(id: string, action: number): void {
    if (transfer.feature !== NO_FEATURE && transfer.feature !== id) {
      throw new Refused(RETURN_CODE.featureTransferInProgress);
    }
    const goesOn = action === FEATURE_ACTION.continue || action === FEATURE_ACTION.finish;
    if (goesOn && transfer.feature === NO_FEATURE && !quirks.has('feature-part-without-start')) {
      throw new Refused(RETURN_CODE.featureTransferOutOfOrder);
    }
  }

  function apply(feature: Held): void {
    if (quirks.has('feature-never-set')) return;
    const current = Uint8Array.from(feature.current);
    for (const [i, [at, mask]] of feature.written.entries()) {
      current[at] = ((current[at] ?? 0) & ~(mask || 0xff)) | ((feature.next[i] ?? 0) & mask);
    }
    feature.current = current;
  }

  function end(feature: Held): void {
    feature.next.fill(0);
    const excess = transfer.bytes - feature.setSize;
    const behind = held().find((each) => each.feature === BEHIND.get(feature.feature));
    if (excess > 0 && behind && quirks.has('feature-transfer-zeroes-what-follows')) {
      behind.current = Uint8Array.from(behind.current).fill(0, 0, excess);
    }
    transfer = { feature: NO_FEATURE, bytes: 0 };
  }

  atReset.push(() => {
    const underWay = transfer.feature !== NO_FEATURE;
    if (underWay && !quirks.has('feature-transfer-survives-reset')) transfer = { feature: NO_FEATURE, bytes: 0 };
  });

  return { getSupportedFeatures: supported, getFeature: get, setFeature: set };
}
