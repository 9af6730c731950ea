/** What an operator tells a machine, as QMP carries it: JSON, with integers of any size. */
export type QmpValue = string | number | bigint | boolean | readonly QmpValue[] | { readonly [name: string]: QmpValue };

/** By QEMU's names. */
export type QmpArguments = { readonly [name: string]: QmpValue };
