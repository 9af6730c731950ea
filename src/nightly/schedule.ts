/** Tasks side by side, as many as there is room for. */

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
