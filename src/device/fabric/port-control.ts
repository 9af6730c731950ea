import { RETURN_CODE } from '../../codec/cxl/mailbox/return-code';
import { PORT_OPERATION, PortControl } from '../../codec/cxl/mailbox/switch';
import { type Handlers, NOTHING, Refused } from '../mailbox/commands/command';
import type { SwitchContext } from './switch-context';

/** For how long PERST# stays asserted, in ns. */
const HELD_FOR = 100_000_000n;

export function portControlCommand({ description, ports, clock, resetPort, quirks }: SwitchContext): Handlers {
  /** Since when PERST# has been asserted, by port; in ns. */
  const asserted = new Map<number, bigint>();

  function control(input: Uint8Array): Uint8Array {
    const { port, operation } = PortControl.decode(input);
    const isPort = port === (description.port ?? 0) || ports.some(({ number }) => number === port);
    const isKnown = Object.values<number>(PORT_OPERATION).includes(operation);
    if ((!isPort || !isKnown) && !quirks.has('port-control-takes-anything'))
      throw new Refused(RETURN_CODE.invalidInput);
    if (isOutOfOrder(port, operation)) throw new Refused(RETURN_CODE.internalError);
    if (operation === PORT_OPERATION.deassert) asserted.delete(port);
    else if (!quirks.has('port-reset-ignored')) resetPort(port);
    if (operation === PORT_OPERATION.assert) asserted.set(port, clock.now);
    return NOTHING;
  }

  function isOutOfOrder(port: number, operation: number): boolean {
    const since = asserted.get(port);
    if (operation !== PORT_OPERATION.deassert) return since !== undefined;
    if (since === undefined) return !quirks.has('port-control-in-any-order');
    return clock.now - since < HELD_FOR || quirks.has('port-stays-in-reset');
  }

  return { physicalPortControl: control };
}
