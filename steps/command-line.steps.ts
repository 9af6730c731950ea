/** Machines in QEMU's own words. */
import { Given } from '@cucumber/cucumber';
import { parse } from '../src/options/parse';
import { words } from '../src/options/words';
import type { CxlWorld } from './support/world';

/** As it stands in a mail: the machine that it describes, and nothing of its display, network or disks. */
Given('the QEMU command line:', function (this: CxlWorld, text: string) {
  this.describe(parse(text));
});

/** Words as a shell takes them, which need not make sense: QEMU is started with all that a scenario gives, and no more. */
Given('the QEMU options:', function (this: CxlWorld, text: string) {
  this.options.push(...words(text));
});

/** The same on one line. */
Given('the QEMU options {}', function (this: CxlWorld, text: string) {
  this.options.push(...words(text));
});

/** `targets of a window`: `cxl-fmw.0.targets.N=cxl.1`, on q35; `host bridges`: `pxb-cxl`, each with a bus of its own. */
Given('{int} {repeated} among the QEMU options', function (this: CxlWorld, count: number, what: string) {
  const numbers = Array.from({ length: count }, (_, n) => n);
  const targets = () => ['q35', 'cxl=on', 'cxl-fmw.0.size=12G', ...numbers.map((n) => `cxl-fmw.0.targets.${n}=cxl.1`)];
  if (what === 'targets of a window') this.options.push('-M', targets().join());
  else this.options.push(...numbers.flatMap((n) => ['-device', `pxb-cxl,id=more${n},bus=pcie.0,bus_nr=${100 + n}`]));
});

/** Where QEMU runs; bytes in hexadecimal. */
Given('a file {word} that holds {}', function (this: CxlWorld, name: string, hex: string) {
  this.files.push({ name, bytes: Buffer.from(hex.replaceAll(' ', ''), 'hex') });
});
