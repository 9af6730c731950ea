/** What an operator tells a machine, as QMP carries it: JSON, with integers of any size. */
export type QmpValue = string | number | bigint | boolean | readonly QmpValue[] | { readonly [name: string]: QmpValue };

/** By QEMU's names. */
export type QmpArguments = { readonly [name: string]: QmpValue };

/** QMP's commands for CXL devices: QEMU qapi/cxl.json. */
export type QmpCommandName =
  | 'cxl-inject-general-media-event'
  | 'cxl-inject-dram-event'
  | 'cxl-inject-memory-module-event'
  | 'cxl-inject-poison'
  | 'cxl-inject-uncorrectable-errors'
  | 'cxl-inject-correctable-error'
  | 'cxl-add-dynamic-capacity'
  | 'cxl-release-dynamic-capacity';
