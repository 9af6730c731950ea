import { SecurityState } from '../../../codec/cxl/mailbox/media';
import type { BackgroundWork } from '../background';
import type { CommandContext, Handlers } from './command';

const MIB = 1n << 20n;

/** How long overwriting so much takes, in MiB and seconds. */
const SECONDS: readonly (readonly [bigint, number])[] = [
  [512n, 4],
  [1024n, 8],
  [2048n, 15],
  [4096n, 30],
  [8192n, 60],
  [16_384n, 120],
  [32_768n, 240],
  [65_536n, 480],
  [131_072n, 900],
  [262_144n, 1800],
  [524_288n, 3600],
  [1_048_576n, 7200],
];
const LONGEST = 14_400;

/** QEMU get_sanitize_duration(): of so many bytes. */
export function overwritingMilliseconds(bytes: bigint): number {
  const [, seconds = LONGEST] = SECONDS.find(([most]) => bytes / MIB <= most) ?? [];
  return 1000 * seconds;
}

export function sanitizeCommands(context: CommandContext): Handlers {
  const { device, media, labels, events, state, quirks, atReset } = context;

  function sanitize(): BackgroundWork {
    state.mediaDisabled = !quirks.has('sanitize-leaves-media-enabled');
    return { milliseconds: overwritingMilliseconds(device.volatile + device.persistent), complete };
  }

  function complete(): void {
    if (!quirks.has('sanitize-forgets-media')) media.clear();
    if (!quirks.has('sanitize-forgets-labels')) labels.clear();
    if (!quirks.has('events-survive-sanitize')) events.discardAll();
    state.mediaDisabled = quirks.has('sanitize-never-enables-media');
  }

  atReset.push(() => {
    if (state.mediaDisabled && quirks.has('reset-enables-media')) state.mediaDisabled = false;
  });

  return { sanitize, getSecurityState: () => SecurityState.encode({}) };
}
