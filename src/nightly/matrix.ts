/** The rows of a night: each is one target with its QEMU, guest, firmware and kernel. A file of YAML has them, or the lab does. */
import { parse, YAMLParseError } from 'yaml';

export interface Row {
  /** Of its folder, and in all that is told of it. */
  readonly name: string;
  readonly target: 'simulator' | 'qtest' | 'guest';
  /** A name in the lab, or a path. */
  readonly qemu?: string;
  /** A name in the lab, or a folder. */
  readonly guest?: string;
  readonly firmware?: string;
  /** Simulator and qtest: the Linux release to model. */
  readonly linux?: string;
  /** Simulator: the QEMU release to be like. */
  readonly release?: string;
  /** Feature files or folders; all if not given. */
  readonly features?: readonly string[];
}

const TARGETS = ['simulator', 'qtest', 'guest'] as const;

/** By target: what a row of it may have, and what it must have. */
const OPTIONS: Readonly<Record<Row['target'], { may: readonly string[]; must: readonly string[] }>> = {
  simulator: { may: ['linux', 'release'], must: [] },
  qtest: { may: ['qemu', 'linux'], must: ['qemu'] },
  guest: { may: ['qemu', 'guest', 'firmware'], must: ['qemu', 'guest'] },
};

const NAME = /^[\w][\w.+-]*$/;

/** @throws RangeError for what is no matrix, with the row and what is wrong with it */
export function parseMatrix(text: string): Row[] {
  const read = yaml(text) as { readonly rows?: unknown };
  if (!Array.isArray(read?.rows) || read.rows.length === 0)
    throw new RangeError('a matrix has a list "rows", of one row at least');
  const rows = read.rows.map((row, i) => rowOf(row, `row ${i + 1}`));
  const twice = rows.find(({ name }, i) => rows.findIndex((other) => other.name === name) < i);
  if (twice) throw new RangeError(`two rows are called ${twice.name}: give one of them another "name"`);
  return rows;
}

function yaml(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof YAMLParseError) throw new RangeError(`the matrix is no YAML: ${error.message.split('\n')[0]}`);
    throw error;
  }
}

function rowOf(read: unknown, which: string): Row {
  if (typeof read !== 'object' || read === null)
    throw new RangeError(`${which} is no mapping, such as "target: simulator"`);
  const { name, target, features, ...options } = read as Record<string, unknown>;
  const known = TARGETS.find((each) => each === target);
  if (!known) throw new RangeError(`${which} has target ${target}, not ${TARGETS.join(', ')}`);
  const { may, must } = OPTIONS[known];
  const odd = Object.keys(options).find((key) => !may.includes(key));
  if (odd) throw new RangeError(`${which} has ${odd}, which ${known} does not use; it uses ${may.join(', ')}`);
  const missing = must.find((key) => options[key] === undefined);
  if (missing) throw new RangeError(`${which} has no ${missing}`);
  const given = Object.fromEntries(Object.entries(options).map(([key, value]) => [key, `${value}`]));
  const row = { target: known, ...given, ...(features !== undefined && { features: namesIn(features, which) }) };
  return { ...row, name: nameOf(name === undefined ? defaultName(row) : `${name}`, which) };
}

function namesIn(features: unknown, which: string): string[] {
  if (Array.isArray(features) && features.every((each) => typeof each === 'string')) return features;
  throw new RangeError(`${which} has features that are no list of files or folders`);
}

function nameOf(name: string, which: string): string {
  if (NAME.test(name)) return name;
  throw new RangeError(`${which} cannot be called ${name}: letters, digits, . + - and _ can be in a name`);
}

/** `qtest-trixie`, `guest-sid-trixie-ovmf`. */
const defaultName = ({ target, qemu, guest, firmware, linux, release }: Omit<Row, 'name'>): string =>
  [target, qemu?.split('/').at(-1), guest?.split('/').at(-1), firmware, release, linux]
    .filter((part) => part !== undefined)
    .join('-');

/** A QEMU or a guest of the lab. */
export interface Named {
  readonly name: string;
  /** The machine that it has, or is for. */
  readonly platform: string;
}

/** A guest runs on the QEMU of its own suite, else on the last one, among those that have its platform. */
export function matrixOf(qemus: readonly Named[], guests: readonly Named[]): Row[] {
  const rows: Omit<Row, 'name'>[] = [
    { target: 'simulator' },
    ...qemus.map(({ name: qemu }) => ({ target: 'qtest' as const, qemu })),
    ...guests.flatMap(({ name: guest, platform }) => {
      const able = qemus.filter((qemu) => qemu.platform === platform);
      const qemu = able.find(({ name }) => suiteOf(name) === suiteOf(guest)) ?? able.at(-1);
      return qemu === undefined ? [] : [{ target: 'guest' as const, qemu: qemu.name, guest }];
    }),
  ];
  return rows.map((row) => ({ ...row, name: defaultName(row) }));
}

/** Of `sid`, `sid-aarch64` and `sid-arm64`. */
const suiteOf = (name: string): string => name.replace(/-(aarch64|arm64)$/, '');

/** What `run` is to be told of a row, its QEMU by `path`. */
export function optionsOf({ target, guest, firmware, linux, release, features = [] }: Row, path?: string): string[] {
  const options = { target, qemu: path, guest, firmware, linux, release };
  return [
    ...Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value])),
    ...features,
  ];
}
