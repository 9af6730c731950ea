/**
 * A command line that somebody else's machine was started with, made ready to be started here: what refers to that host (files,
 * networks, displays, accelerators) is replaced by something that is there everywhere, or set aside; and each is listed.
 */

import { isOfHost } from '../ledger/objects';
import { PLATFORM_NAMES, PLATFORMS } from '../ledger/platforms';
import { withConfigurationFiles } from './configuration-file';
import { type Edit, edited } from './edited';
import { type Option, parseOption } from './option';
import { isOn } from './value';

export interface Startable {
  /** For QEMU. */
  readonly options: readonly string[];
  readonly replaced: readonly Replaced[];
  /** `-enable-kvm`, `-device vfio-pci`. */
  readonly setAside: readonly string[];
}

export interface Replaced {
  /** `-netdev`. */
  readonly option: string;
  readonly given: string;
  readonly started: string;
}

/** The value to start with; undefined to set the option aside. */
type Treatment = (value: string) => string | undefined;

/** Of files that are not here: their names, in the directory in which QEMU runs. */
const fileName = (id: string): string => `${id.replaceAll(/[^\w.-]/g, '-')}.memory`;

const itself: Treatment = (value) => value;

/** Options without a value that are set aside; those that remain say something about the machine. */
const FLAGS_ASIDE = new Set(
  `S s daemonize enable-kvm full-screen mem-prealloc no-fd-bootchk no-reboot no-shutdown nographic old-param only-migratable
  preconfig semihosting singlestep snapshot win2k-hack`.split(/\s+/),
);

const FLAGS = new Set('nodefaults no-user-config usb no-hpet no-acpi'.split(' '));

/** Options with a value that concern the host, or what runs on the machine. */
const ASIDE = new Set(
  `accel action add-fd append async-teardown audio audiodev bios blockdev-cor cdrom chroot compat D d debugcon dfilter display dtb
  dump-vmstate echr fda fdb fsdev g gdb hda hdb hdc hdd icount incoming initrd iscsi k kernel L loadvm mem-path mon monitor msg
  mtdblock name option-rom overcommit parallel pflash pidfile plugin portrait prom-env qmp qmp-pretty qtest qtest-log
  run-with runas sandbox sd seed semihosting-config serial shim spice tb-size tpmdev trace usbdevice virtfs vnc watchdog
  watchdog-action writeconfig`.split(/\s+/),
);

/** Devices that something on the host must be there for. */
const DEVICES_ASIDE =
  /^(vfio-|vhost-|virtio-9p|virtio-gpu-(gl|rutabaga)|virtio-vga-(gl|rutabaga)|qxl|tpm-|ivshmem-doorbell|usb-(host|redir|mtp|ccid|smartcard)|ccid-|loader$|guest-loader$|scsi-(generic|block)|pvscsi-host|xen-|sgx|ipmi-bmc-extern|u2f-)/;

/** Objects that QEMU can have anywhere; a memory backend is seen to below. */
const OBJECTS = /^(memory-backend-(ram|file|memfd)|acpi-generic-(initiator|port)|rng-builtin|iothread|can-bus)$/;

const TREATMENTS: Readonly<Record<string, Treatment>> = {
  machine: ofMachine,
  M: ofMachine,
  cpu: ofProcessor,
  object: ofObject,
  device: (value) => (DEVICES_ASIDE.test(driverOf(value)) ? undefined : value),
  netdev: (value) => `hubport,hubid=0,id=${idOf('netdev', value)}`,
  nic: ofNic,
  net: (value) => (/^(none|nic)\b/.test(value) ? value : 'user'),
  chardev: (value) => `null,id=${idOf('chardev', value)}`,
  blockdev: (value) =>
    JSON.stringify({
      driver: 'null-co',
      'node-name': parseOption('blockdev', value).value('node-name'),
      'read-zeroes': true,
    }),
  drive: ofDrive,
  vga: (value) => (/^(qxl|cirrus|vmware|xenfb|virtio)$/.test(value) ? 'std' : value),
  smbios: (value) => (value.includes('file=') ? undefined : value),
  fw_cfg: (value) => (value.includes('file=') ? undefined : value),
  set: itself,
};

/** In documents, for what everybody has of his own. */
const ELLIPSIS = '...';

/** Everything else is passed on: QEMU knows its options best. @throws SyntaxError for a variable in what makes the machine */
export function startable(given: readonly string[]): Startable {
  const words = withConfigurationFiles(given);
  const [options, replaced, setAside]: [string[], Replaced[], string[]] = [[], [], []];
  const processor = processorFor(words);
  for (let at = 0; at < words.length; at++) {
    const word = `${words[at]}`;
    const name = /^--?(\w[\w-]*)$/.exec(word)?.[1];
    if (name === undefined) setAside.push(...(word === ELLIPSIS ? [] : [word]));
    else if (FLAGS_ASIDE.has(name)) setAside.push(`-${name}`);
    else if (FLAGS.has(name) || words[at + 1] === undefined || isOption(`${words[at + 1]}`)) options.push(`-${name}`);
    else {
      const value = `${words[++at]}`;
      const treatment = name === 'cpu' && processor ? () => processor : TREATMENTS[name];
      const now = ASIDE.has(name) ? undefined : (treatment ?? itself)(value);
      if (now === undefined) setAside.push(shown(name, value));
      else {
        refuseVariables(name, now);
        options.push(`-${name}`, now);
        if (now !== value) replaced.push({ option: `-${name}`, given: value, started: now });
      }
    }
  }
  return { options, replaced, setAside };
}

const isOption = (word: string): boolean => /^--?[a-zA-Z]/.test(word);

function refuseVariables(name: string, value: string): void {
  const variable = /\$(?:\w+|\{[^}]*\}|\([^)]*\))|`[^`]*`/.exec(value)?.[0];
  if (variable)
    throw new SyntaxError(
      `-${name} ${value}: ${variable} has no value; set it in the text, or write the value in its place`,
    );
}

/** With the kind of what it would have made. */
function shown(name: string, value: string): string {
  const kind = { device: 'driver', object: 'qom-type' }[name];
  return kind === undefined ? `-${name}` : `-${name} ${parseOption(name, value, kind).value(kind)}`;
}

const idOf = (option: string, value: string): string => `${parseOption(option, value, 'type').value('id')}`;
const driverOf = (value: string): string => `${parseOption('device', value, 'driver').value('driver')}`;

/** What is said of accelerators and firmware. */
function ofMachine(value: string): string | undefined {
  const foreign =
    /^(accel|kvm-shadow-mem|kernel[-_]irqchip|kvm[-_]type|pflash[01]|memory-encryption|confidential-guest-support|kernel|initrd|append|dtb|firmware)$/;
  return edited(value, 'type', (key, given) => (foreign.test(key) ? undefined : given)) || undefined;
}

/** Of a platform that has one which can address all of it. */
function processorFor(words: readonly string[]): string | undefined {
  const types = words.flatMap((word, at) =>
    /^--?(M|machine)$/.test(`${words[at - 1]}`) ? [word.replace(/^type=/, '')] : [],
  );
  const platform = PLATFORM_NAMES.find((name) => types.some((type) => new RegExp(`^${name}\\b`).test(type)));
  return platform && PLATFORMS[platform].processor;
}

/** Processors of a host are not to be had by emulation; how many bits their addresses have decides what memory fits. */
function ofProcessor(value: string): string {
  const cpu = parseOption('cpu', value, 'model');
  const isHost = /^(host|max)$/.test(`${cpu.value('model')}`);
  const bits = cpu.value('phys-bits') ?? '0';
  const ofHost = isHost || isOn(cpu.value('host-phys-bits'));
  const vendor = cpu.value('vendor');
  return [
    isHost ? 'max' : cpu.value('model'),
    ...(vendor === undefined ? [] : [`vendor=${vendor}`]),
    ...(cpu.flags.includes('-apic') ? ['-apic'] : []),
    ...(bits !== '0' ? [`phys-bits=${bits}`] : ofHost ? [`phys-bits=${HOST_BITS}`] : []),
  ].join(',');
}

/** As many as processors of servers have. */
const HOST_BITS = 46;

function ofObject(value: string): string | undefined {
  const object = parseOption('object', value, 'qom-type');
  const type = `${object.value('qom-type')}`;
  if (/^rng-/.test(type)) return `rng-builtin,id=${object.value('id')}`;
  if (!OBJECTS.test(type)) return undefined;
  return type.startsWith('memory-backend-') ? edited(value, 'qom-type', ofBackend(object)) : value;
}

/** Its file is made where QEMU runs, and no page of it is asked for before it is used. */
const ofBackend =
  (object: Option): Edit =>
  (key, given) => {
    if (isOfHost(key.replace(/\..*/, ''))) return undefined;
    return key === 'mem-path' ? fileName(`${object.value('id')}`) : given;
  };

/** With a network of its own. */
function ofNic(value: string): string {
  const nic = parseOption('nic', value, 'type');
  if (nic.value('type') === 'none') return value;
  return ['user', ...['model', 'mac'].flatMap((key) => (nic.value(key) ? [`${key}=${nic.value(key)}`] : []))].join(',');
}

/** As large as QEMU has it unless told, and empty. */
function ofDrive(value: string): string | undefined {
  const drive = parseOption('drive', value);
  if (drive.value('if') === 'pflash') return undefined;
  const kept = ['id', 'if', 'index', 'bus', 'unit', 'media', 'readonly'].flatMap((key) => {
    const given = drive.value(key);
    return given === undefined ? [] : [`${key}=${given}`];
  });
  return ['driver=null-co', 'read-zeroes=on', ...kept].join(',');
}
