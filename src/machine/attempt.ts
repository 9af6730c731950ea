/** A machine in QEMU's own words, which need not make sense. */
export interface Attempt {
  /** Words of a command line, without the program. */
  readonly options: readonly string[];
  /** The files that they name; a relative name, and what is in it. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}
