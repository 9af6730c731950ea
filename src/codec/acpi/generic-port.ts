import type { SratStructure } from './srat';

/** The domain of the Generic Port of the host bridge with that _UID, if there is one that is enabled. */
export function genericPortDomain(uid: number, srat: readonly SratStructure[]): number | undefined {
  const port = srat.find(
    (s) => s.kind === 'Generic Port' && s.enabled && s.handle.by === 'ACPI' && s.handle.uid === uid,
  );
  return port?.kind === 'Generic Port' ? port.domain : undefined;
}
