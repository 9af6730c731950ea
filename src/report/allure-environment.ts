/** What a run was made on, as Allure shows it: parameters of each result, and a line of the environment for each row. */
import type { Subject } from '../ledger/verdict';

/** By which results of one scenario on several rows are told apart. */
export function parametersOf({
  qemu,
  qemuPackage,
  qemuDigest,
  kernel,
  personalities = [],
  options = [],
  target,
}: Subject) {
  const [{ linux: modelled, release } = {}] = personalities;
  const build = [qemu, qemuPackage && `(${qemuPackage})`, qemuDigest && `sha256 ${qemuDigest.slice(0, 12)}`];
  const values = {
    target,
    QEMU: build.filter(Boolean).join(' ') || `none: the simulator${release ? ` as QEMU ${release}` : ''}`,
    kernel: kernel ?? (modelled ? `model of Linux ${modelled}` : 'model of Linux'),
    firmware: firmwareOf(target, options),
  };
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

function firmwareOf(target: string, options: readonly string[]): string {
  const at = options.indexOf('--firmware');
  if (target === 'guest') return (at < 0 ? undefined : options[at + 1]) ?? 'seabios';
  return target === 'ssh' ? 'its own' : 'model';
}

/** In a line. */
export const environmentOf = (subject: Subject): string =>
  parametersOf(subject)
    .map(({ name, value }) => `${name} ${value}`)
    .join(', ');

/** As a file of Java properties. */
export const propertiesOf = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name.replace(/[\s:=#!\\]/g, '\\$&')}=${value.replaceAll('\\', '\\\\')}\n`)
    .join('');
