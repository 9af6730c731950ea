/** What goes to QEMU and comes back over QMP, its events and the files behind its memory, told as it happens. */
export type Tapped =
  /** A QMP command, as JSON. */
  | { readonly kind: 'qmp'; readonly text: string }
  /** What QEMU answers to a QMP command. */
  | { readonly kind: 'reply'; readonly text: string }
  /** The next event of that name is waited for. */
  | { readonly kind: 'event'; readonly name: string }
  /** A qtest command. */
  | { readonly kind: 'qtest'; readonly text: string }
  /** Bytes are read from a file in QEMU's working directory. */
  | { readonly kind: 'file'; readonly name: string; readonly offset: bigint; readonly length: number };

export type Tap = (tapped: Tapped) => void;
