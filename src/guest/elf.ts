/**
 * Which shared libraries a program needs, by its dynamic section, whatever architecture it is for: nothing of it is run. As far as
 * 64-bit little-endian files go. System V Application Binary Interface, chapters 4 and 5: ELF Header, Program Header, Dynamic Section.
 */
import { struct, u16, u32, u64 } from '../codec/struct';

/** After 16 bytes of identification. */
const Header = struct('ELF header', {
  identification: u64,
  padding: u64,
  type: u16,
  machine: u16,
  version: u32,
  entry: u64,
  programHeaders: u64,
  sectionHeaders: u64,
  flags: u32,
  size: u16,
  programHeaderSize: u16,
  programHeaderCount: u16,
});

const ProgramHeader = struct('ELF program header', {
  type: u32,
  flags: u32,
  offset: u64,
  address: u64,
  physical: u64,
  fileSize: u64,
  memorySize: u64,
  alignment: u64,
});

const DynamicEntry = struct('ELF dynamic entry', { tag: u64, value: u64 });

const SEGMENT = { load: 1, dynamic: 2, interpreter: 3 } as const;
const TAG = { needed: 1n, strings: 5n } as const;

/** Names of libraries, that of the dynamic loader among them; none of a static program. */
export function librariesNeededBy(file: Buffer): string[] {
  const { programHeaders, programHeaderCount } = Header.decode(file);
  const segments = ProgramHeader.decodeAll(file, programHeaderCount, Number(programHeaders));
  const offsetOf = (address: bigint): number => {
    const segment = segments.find(
      (each) => each.type === SEGMENT.load && address >= each.address && address < each.address + each.fileSize,
    );
    return Number(segment ? address - segment.address + segment.offset : address);
  };
  const [dynamic, interpreter] = [SEGMENT.dynamic, SEGMENT.interpreter].map((type) =>
    segments.find((each) => each.type === type),
  );
  const entries = dynamic
    ? DynamicEntry.decodeAll(file, Number(dynamic.fileSize) / DynamicEntry.size, Number(dynamic.offset))
    : [];
  const strings = offsetOf(entries.find(({ tag }) => tag === TAG.strings)?.value ?? 0n);
  const needed = entries
    .filter(({ tag }) => tag === TAG.needed)
    .map(({ value }) => textAt(file, strings + Number(value)));
  return [...needed, ...(interpreter ? [textAt(file, Number(interpreter.offset)).replace(/^.*\//, '')] : [])];
}

const textAt = (file: Buffer, at: number): string => file.toString('latin1', at, file.indexOf(0, at));
