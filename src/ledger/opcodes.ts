/** Opcodes by the releases that have them: of the mailbox of a Type 3 device, of a switch, and of a fabric manager's way to a device. */
import { COMMAND_ROWS } from '../codec/cxl/mailbox/command';
import type { Component } from '../codec/cxl/mailbox/row';
import { precedes } from './release';

/** What a release such as `10.0.13` has; the newest one unless it is given. */
export const opcodesOf = (release?: string, component: Component = 'device'): number[] =>
  [...COMMAND_ROWS.values()].flatMap(({ opcode, since }) => {
    const from = since?.[component];
    return from !== undefined && (release === undefined || !precedes(release, from)) ? [opcode] : [];
  });
