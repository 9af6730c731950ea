import type { Target, TargetOptions } from './target';
export async function openGuest(_: TargetOptions): Promise<Target> {
  throw new Error('not yet');
}
