/** What has to be undone before this process ends, however it ends: by itself, by an error, by Ctrl-C, SIGTERM or SIGHUP. */
const pending = new Set<() => void>();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Has `undo`, which must be synchronous, called at the end of this process; unless the function that it yields is called before. */
export function leaveNothing(undo: () => void): () => void {
  if (pending.size === 0) watch();
  pending.add(undo);
  return () => {
    pending.delete(undo);
    if (pending.size === 0) unwatch();
  };
}

function watch(): void {
  process.on('exit', undoAll);
  for (const signal of SIGNALS) process.prependListener(signal, interrupted);
}

function unwatch(): void {
  process.off('exit', undoAll);
  for (const signal of SIGNALS) process.off(signal, interrupted);
}

function undoAll(): void {
  for (const undo of pending) undo();
  pending.clear();
}

/** Others who listen decide whether this process ends; if there are none, the signal ends it as it would have without us. */
function interrupted(signal: NodeJS.Signals): void {
  undoAll();
  unwatch();
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
