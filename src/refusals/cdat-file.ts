/** The file of `cdat=`: QEMU hw/cxl/cxl-cdat.c: ct3_load_cdat(), cdat_len_check(). */
import { MachineCrash } from '../machine/crash';
import type { Option } from '../options/option';
import { type Request, refuse } from './refuse';

const HEADER = 16;
const STRUCTURE_HEADER = 4;

/** Bytes of each type of structure; DSLBIS and SSLBIS of whatever length are not looked at. */
const LENGTHS: Readonly<Record<number, number | undefined>> = { 0: 24, 1: 24, 2: 20, 3: 12, 4: 24, 5: undefined };

/** @throws Refusal, MachineCrash */
export function checkCdatFile(device: Option, { file, quirks }: Request): void {
  const name = device.value('cdat');
  if (name === undefined) return;
  const byHand = quirks.has('cdat-file-read-by-hand');
  const bytes = file(name);
  if (!bytes) {
    const reason = `Failed to open file '${name}': No such file or directory`;
    refuse(byHand ? 'CDAT: Unable to open file' : `CDAT: File read failed: ${reason}`, device);
  }
  if (bytes.length === 0 && byHand) refuse('CDAT: File read failed', device);
  if (bytes.length < HEADER) refuse('CDAT: File too short', device);
  const view = Buffer.from(bytes);
  for (let at = HEADER; at < view.length; ) {
    const rest = view.length - at;
    if (rest < STRUCTURE_HEADER) tooShort(device, byHand);
    const [type, length] = [view.readUInt8(at), view.readUInt16LE(at + 2)];
    if (!(type in LENGTHS)) {
      if (byHand) throw new MachineCrash('SIGABRT');
      refuse(`Type ${type} is reserved`, device);
    }
    const expected = LENGTHS[type];
    if (length === 0 || (expected !== undefined && length !== expected)) {
      if (quirks.has('cdat-structure-length-asserted')) throw new MachineCrash('SIGABRT');
      refuse('CDAT: File length mismatch', device);
    }
    if (rest < length) refuse(byHand ? 'CDAT: File length mismatch' : 'CDAT: Truncated table', device);
    at += length;
  }
}

function tooShort(device: Option, byHand: boolean): never {
  if (byHand) throw new MachineCrash('SIGABRT');
  refuse('CDAT: Truncated table', device);
}
