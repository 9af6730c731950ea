import { setTimeout as sleep } from 'node:timers/promises';
import { labelsInUse } from '../codec/nvdimm/label-index';
import { OutOfReach } from '../ledger/verdict';
import { GuestError } from './guest-error';
import type { CommandResult, Shell } from './shell';
import { atEnd, DIRECTORY, install, take } from './undo';

/** What an earlier run may take to undo what it has made, in ms. */
const TAKE_LIMIT = 30_000;
const POLL = 500;

/** Ends of {@link take}. */
const STATUS = { taken: 0, busy: 16, left: 17 } as const;

/** What the run has made on somebody's machine, noted there as it is made. */
export class Record {
  #saved = 0;

  private constructor(
    private readonly shell: Shell,
    readonly directory: string,
  ) {}

  /**
   * Begins one, after what an earlier run has left is undone. From then on the machine undoes by itself what the record
   * says when the connection ends. @throws GuestError if another run has begun one and not ended, or that cannot be undone.
   */
  static async begin(shell: Shell, directory = DIRECTORY, limit = TAKE_LIMIT): Promise<Record> {
    for (const deadline = Date.now() + limit; ; await sleep(POLL)) {
      const { status, stdout, stderr } = await shell.run(take(directory));
      if (status === STATUS.taken) break;
      if (status === STATUS.left) throw left(shell, directory, `${stdout}`);
      if (status !== STATUS.busy) throw new GuestError(`${shell.name} takes no record: ${stderr.trim()}`);
      if (Date.now() < deadline) continue;
      const holder = `${stdout}`.trim() ? `, process ${`${stdout}`.trim()} there,` : '';
      throw new GuestError(`another run${holder} is changing ${shell.name}: ${directory} is its record`);
    }
    shell.atEnd(atEnd(directory), `${directory}/beat`);
    await shell.run(install(directory));
    return new Record(shell, directory);
  }

  /** A script that notes a line. */
  note = (line: string): string => `echo "${line}" >>${this.directory}/record`;

  /** `script`, and then what notes the regions that it has made below `decoder`. Its status is that of the script. */
  noteRegions = (decoder: string, script: string): string => `cd /sys/bus/cxl/devices
was=" $(stat -c %i region*/ 2>/dev/null | tr '\\n' ' ') "
${script}
status=$?
for r in region*; do
  [ -e $r/ ] || continue
  i=$(stat -c %i $r/)
  case "$was" in *" $i "*) continue;; esac
  case $(readlink -f $r) in */${decoder}/*) ${this.note('region $r $i')};; esac
done
exit $status`;

  /** A script that notes the uuids of all namespaces, when the run has made one. */
  noteUuids =
    (): string => `for n in /sys/bus/nd/devices/nmem*; do ndctl read-labels -j $(basename $n); done 2>/dev/null |
  sed -n 's/.*"uuid":"\\([^"]*\\)".*/\\1/p' >>${this.directory}/uuids`;

  /** Keeps the label areas of memdevs that the run is about to use. @throws OutOfReach if one has labels that are not the run's. */
  async saveLabels(memdevs: readonly string[]): Promise<void> {
    for (const memdev of memdevs) {
      const serial = '$(cat /sys/bus/cxl/devices/$m/serial)';
      const file = this.#file();
      const { status, stdout } = await this.shell.run(`m=${memdev}; cd ${this.directory}
grep -q "^labels ${serial} " record 2>/dev/null && exit 1
[ "$(cat /sys/bus/cxl/devices/$m/label_storage_size)" != 0 ] || exit 1
cxl read-labels $m >${file} && cat ${file}`);
      if (status !== 0) continue; // it has been kept, or there is none
      const used = labelsInUse(stdout);
      if (used > 0) throw new OutOfReach(`${memdev} has labels of namespaces that are not the run's: ${used}`);
      await this.#must(`m=${memdev}; ${this.note(`labels ${serial} ${file}`)}`);
    }
  }

  /** Keeps what is in the first `length` bytes of a region's namespace, which the run is about to overwrite. */
  async saveBytes(region: string, device: string, length: number): Promise<void> {
    const file = this.#file();
    const inode = `$(stat -c %i /sys/bus/cxl/devices/${region}/)`;
    await this.#must(
      `dd if=${device} of=${this.directory}/${file} bs=4096 count=${Math.ceil(length / 4096)} iflag=direct && ${this.note(`bytes ${region} ${inode} ${file}`)}`,
    );
  }

  /** The regions that the run has made, as `region0 INODE`. */
  async regions(): Promise<string[]> {
    const { stdout } = await this.shell.run(`sed -n 's/^region //p' ${this.directory}/record`);
    return `${stdout}`.split('\n').filter(Boolean);
  }

  /** Undoes all; or writes back what the namespace of one region held. @throws GuestError with what cannot be undone. */
  async undo(region = ''): Promise<void> {
    const { status, stdout } = await this.shell.run(`sh ${this.directory}/undo ${region}`);
    if (status !== 0) throw left(this.shell, this.directory, `${stdout}`);
  }

  #file(): string {
    this.#saved += 1;
    return `saved.${this.#saved}`;
  }

  async #must(script: string): Promise<CommandResult> {
    const result = await this.shell.run(script);
    if (result.status !== 0) throw new GuestError(`${this.shell.name} keeps no record: ${result.stderr.trim()}`);
    return result;
  }
}

function left({ name }: Shell, directory: string, lines: string): GuestError {
  const what = lines.trim().split('\n').join(', ');
  return new GuestError(`what a run has made on ${name} cannot be undone (${what}); there: sh ${directory}/undo`);
}
