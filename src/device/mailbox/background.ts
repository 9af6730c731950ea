import { RETURN_CODE } from '../../codec/cxl/mailbox/return-code';
import type { Quirks } from '../../ledger/quirks';
import { MachineCrash } from '../../machine/crash';
import type { VirtualClock } from '../board/clock';

/** What a command leaves to do when it has been accepted. */
export interface BackgroundWork {
  readonly milliseconds: number;
  /** What has happened when the time is over. */
  readonly complete: () => void;
}

interface Operation extends BackgroundWork {
  /** In ns. */
  readonly started: bigint;
}

/** How often a device looks how far it has come, in ns. QEMU hw/cxl/cxl-mailbox-utils.c: CXL_MBOX_BG_UPDATE_FREQ. */
const TICK = 1_000_000_000n;
const MILLISECOND = 1_000_000n;

/** From here on, an operation is too near its end to be aborted. */
const NEARLY_DONE = 85;

/** The background operation of a component, of which there is one at a time. CXL r3.1 Section 8.2.8.4.7; QEMU bg_timercb(). */
export class Background {
  /** Of the last operation; 0 before the first. */
  opcode = 0;
  percentage = 0;
  /** Of `RETURN_CODE`, once the operation has ended. */
  code: number = RETURN_CODE.success;
  #operation: Operation | undefined;
  #stop = () => {};

  constructor(
    private readonly clock: VirtualClock,
    private readonly quirks: Quirks,
    /** Called when an operation is over, unless it was aborted. */
    private readonly onCompleted = () => {},
  ) {}

  get running(): boolean {
    return this.#operation !== undefined;
  }

  start(opcode: number, work: BackgroundWork): void {
    this.opcode = opcode;
    this.percentage = 0;
    this.code = RETURN_CODE.success;
    this.#operation = { ...work, started: this.clock.now };
    this.#tickLater();
  }

  /** An operation that is nearly done goes on. */
  abort(): void {
    if (!this.running || (this.percentage >= NEARLY_DONE && !this.quirks.has('abort-of-the-nearly-done'))) return;
    if (!this.quirks.has('abort-without-effect')) this.#end(RETURN_CODE.aborted);
  }

  /** Of the machine: nothing goes on. */
  reset(): void {
    const operation = this.#operation;
    if (operation && this.quirks.has('background-completes-after-reset')) {
      this.#operation = { ...operation, milliseconds: 0 };
    } else if (operation && this.quirks.has('background-tick-after-reset-aborts')) {
      this.#operation = undefined;
    } else {
      this.#operation = undefined;
      this.#stop();
    }
    this.percentage = 0;
  }

  #tickLater(): void {
    this.#stop = this.clock.set(TICK, () => this.#tick());
  }

  #tick(): void {
    if (!this.#operation) throw new MachineCrash('SIGABRT', 'bg_timercb: there is no operation');
    const { started, milliseconds, complete } = this.#operation;
    const elapsed = Number((this.clock.now - started) / MILLISECOND);
    if (elapsed < milliseconds) {
      this.percentage = this.#progress(elapsed, milliseconds);
      this.#tickLater();
      return;
    }
    complete();
    this.percentage = 100;
    this.#end(this.quirks.has('background-ends-in-failure') ? RETURN_CODE.internalError : RETURN_CODE.success);
    this.onCompleted();
  }

  #progress(elapsed: number, milliseconds: number): number {
    if (this.quirks.has('background-progress-never-told')) return 0;
    const now = Number(this.clock.now / MILLISECOND);
    const [done, all] = this.quirks.has('background-progress-since-power-on')
      ? [now, now - elapsed + milliseconds]
      : [elapsed, milliseconds];
    return Math.floor((100 * done) / all);
  }

  #end(code: number): void {
    this.#operation = undefined;
    this.#stop();
    this.code = code;
  }
}
