import type { Target, TargetOptions } from './target';
export async function openSsh(_: TargetOptions): Promise<Target> {
  throw new Error('not yet');
}
