/** A QEMU command line, taken apart: what of it shapes a CXL machine. QEMU qemu-options.hx. */
import { defaultsOf, OF_DEFAULTS, type Said } from './defaults';
import { Option, parseOption } from './option';

export interface CommandLine {
  /** `-M`, each of them: QEMU merges what they say. */
  readonly machine: readonly Option[];
  /** `-m`, `-smp` and `-cpu`; of several, what the last one says counts. */
  readonly memory: readonly Option[];
  readonly processors: readonly Option[];
  readonly processor: readonly Option[];
  readonly numa: readonly Option[];
  readonly objects: readonly Option[];
  readonly devices: readonly Option[];
  /** Drivers of what the machine has on its root bus by itself, in the order of their slots. */
  readonly defaults: readonly string[];
}

/** By the name of each option, where it belongs, and the key of a first value that has none. */
const SHAPING: Readonly<Record<string, readonly [part: Exclude<keyof CommandLine, 'defaults'>, implied: string]>> = {
  M: ['machine', 'type'],
  machine: ['machine', 'type'],
  m: ['memory', 'size'],
  smp: ['processors', 'cpus'],
  cpu: ['processor', 'model'],
  numa: ['numa', 'type'],
  object: ['objects', 'qom-type'],
  device: ['devices', 'driver'],
};

/** Options that leave a CXL machine as it is, and have a value. */
const IGNORED = new Set(
  `accel action add-fd append audio audiodev bios blockdev boot cdrom chardev compat D d debugcon dfilter display drive dtb
  dump-vmstate echr fda fdb fsdev fw_cfg g gdb hda hdb hdc hdd icount incoming initrd iscsi k kernel L loadvm
  mem-path mon monitor msg mtdblock name net netdev nic option-rom overcommit parallel pflash pidfile plugin prom-env qmp
  qmp-pretty qtest qtest-log rtc run-with runas sandbox sd seed semihosting-config serial set shim smbios spice
  tb-size tpmdev trace usbdevice uuid vga virtfs vnc watchdog-action`.split(/\s+/),
);

/** Those that leave it as it is, and have none. */
const FLAGS = new Set(
  `S s daemonize enable-kvm full-screen mem-prealloc no-fd-bootchk no-reboot no-shutdown no-user-config nodefaults
  nographic old-param only-migratable preconfig semihosting singlestep snapshot usb win2k-hack`.split(/\s+/),
);

/**
 * What is no option is the program, or a disk, and is left out.
 * @throws RangeError for an option that is not known
 */
export function readCommandLine(words: readonly string[]): CommandLine {
  const line = {
    machine: [] as Option[],
    memory: [] as Option[],
    processors: [] as Option[],
    processor: [] as Option[],
    numa: [] as Option[],
    objects: [] as Option[],
    devices: [] as Option[],
  };
  const [globals, defaults]: [Option[], Said[]] = [[], []];
  for (let at = 0; at < words.length; at++) {
    const name = /^--?(\w.*)/.exec(`${words[at]}`)?.[1];
    if (name === 'nodefaults') defaults.push({ name, value: '' });
    if (name === undefined || FLAGS.has(name)) continue;
    const [part, implied] = SHAPING[name] ?? [];
    if (!part && name !== 'global' && !IGNORED.has(name))
      throw new RangeError(`-${name} is no option of QEMU that is known here`);
    const value = words[++at];
    if (value === undefined) throw new RangeError(`-${name}: requires an argument`);
    if (part) line[part].push(parseOption(name, value, implied));
    if (name === 'global') globals.push(readGlobal(value));
    if (OF_DEFAULTS.has(name)) defaults.push({ name, value });
  }
  const isJson = (device: Option) => device.text.startsWith('{');
  const ordered = [...line.devices.filter((each) => !isJson(each)), ...line.devices.filter(isJson)]; // system/vl.c: qemu_create_cli_devices()
  const devices = ordered.map((device) => withGlobals(device, globals));
  return { ...line, devices, defaults: defaultsOf(defaults, devices, isVirt(line)) };
}

/** Arm's machine has fewer things by itself. */
export const isVirt = ({ machine }: Pick<CommandLine, 'machine'>): boolean =>
  /^virt\b/.test(said(machine, 'type') ?? '');

/** Of `driver.property=value`, or the same in three parts. */
function readGlobal(text: string): Option {
  const [, driver, property, value] = /^([^.=,]+)\.([^=]+)=([\s\S]*)$/.exec(text) ?? [];
  if (driver === undefined) return parseOption('global', text, 'driver');
  const fields = Object.entries({ driver, property: `${property}`, value: `${value}` });
  return new Option('global', text, fields);
}

/** What is set of all devices of its driver counts unless the device says otherwise. */
function withGlobals(device: Option, globals: readonly Option[]): Option {
  const driver = device.value('driver');
  const set = globals
    .filter((each) => each.value('driver') === driver)
    .map((each) => [`${each.value('property')}`, `${each.value('value')}`] as const);
  return set.length === 0 ? device : new Option(device.name, device.text, [...set, ...device.fields], device.flags);
}

/** Of options that are written one by one, those that shape a machine; others may be any that some QEMU has. */
export function readShaping(words: readonly string[]): CommandLine {
  const shaping = words.flatMap((word, at) => {
    const name = /^--?(\w.*)/.exec(word)?.[1] ?? '';
    if (name === 'nodefaults') return [word];
    return name in SHAPING || name === 'global' || OF_DEFAULTS.has(name) ? [word, `${words[at + 1]}`] : [];
  });
  return readCommandLine(shaping);
}

/** What the options of one kind say of a key, all together. */
export const said = (options: readonly Option[], key: string): string | undefined =>
  options.flatMap((option) => option.values(key)).at(-1);
