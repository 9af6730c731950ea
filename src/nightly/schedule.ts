/** Tasks side by side, as many as there is room for; and rows of a night as such tasks. */
import type { Row } from './matrix';

export interface Task {
  /** How many processors it keeps busy. */
  readonly weight: number;
  readonly run: () => Promise<void>;
}

/** Starts tasks in their order, a later one first where the next does not fit beside those that run; a lone one always fits. */
export async function inParallel(tasks: readonly Task[], room: number): Promise<void> {
  const waiting = [...tasks];
  const running = new Map<Task, Promise<void>>();
  const used = () => [...running.keys()].reduce((sum, { weight }) => sum + weight, 0);
  while (waiting.length + running.size > 0) {
    const next = waiting.findIndex(({ weight }) => running.size === 0 || used() + weight <= room);
    const [task] = next < 0 ? [] : waiting.splice(next, 1);
    if (task)
      running.set(
        task,
        task.run().finally(() => running.delete(task)),
      );
    else await Promise.race(running.values());
  }
}

/** What takes longest comes first, for then the end of the night has short rows side by side. */
const ORDER: readonly Row['target'][] = ['guest', 'qtest', 'simulator'];

/**
 * Rows in the order in which to start them, each with the processors that it keeps busy. An emulated guest and a simulator keep one
 * busy, a qtest lane as many as processes share it, which there are more of where rows are fewer than processors.
 */
export function planned(rows: readonly Row[], room: number): { row: Row; weight: number }[] {
  const share = Math.max(1, Math.floor(room / rows.length));
  const ordered = [...rows].sort((a, b) => ORDER.indexOf(a.target) - ORDER.indexOf(b.target));
  return ordered.map((row) => ({ row, weight: row.target === 'qtest' ? share : 1 }));
}
