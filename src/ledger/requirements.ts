/**
 * What the mailing-list thread of October 2022 asks of an emulated CXL platform, in our words; scenarios cite a row by
 * its tag, `@thread-T1`. Some rows are history: what they describe must not happen.
 */
export const requirements = {
  T1: 'E820 has no entry, of any type, over a fixed memory window, nor over the component registers of a host bridge.',
  T2: 'Where a RESERVED entry covers a window, the operating system cannot create any region in it.',
  T3: 'A platform may leave all CXL memory to the operating system; then nothing of it is in E820 or the SRAT.',
  T4: 'A platform may set all CXL memory up in firmware, which describes it only once its decoders are committed.',
  T5: 'Firmware may leave memory to the operating system as an option; for any one memory the flows exclude each other.',
  T6: 'The split between volatile and persistent capacity can be changed at run time where the device supports it.',
  T7: 'Capacities are multiples of 256 MiB wherever a device or a table reports them.',
  T8: 'A Type 3 device has volatile capacity, persistent capacity, or both, each reported and described on its own.',
  T9: 'QEMU by itself emits neither SRAT memory affinity nor a usable E820 entry for the memory of Type 3 devices.',
  T10: 'SLIT and HMAT entries for the memory of Type 3 devices appear only together with committed decoders.',
  T11: 'Linux takes no run-time updates of SLIT and HMAT: locality of hot-added memory comes from elsewhere.',
  T12: 'A volatile region can be created at run time, on a device that was there at boot or came later.',
  T13: 'Which NUMA node a persistent region lands on when it is used as system RAM can be observed.',
  T14: 'CDAT describes each capacity of a device; placement and QoS of run-time regions derive from it.',
  T15: 'Volatile memory that is there at boot comes online by firmware or by the region driver, never by both.',
  T16: 'A node without processors and memory that is declared in advance does not become the home of a region.',
  T17: 'A mixed description is a failure: claims without committed decoders, decoders without claims, or both on one range.',
  T18: 'Each host bridge that is to have a Generic Port has one, by its ACPI handle, enabled, on the given domain.',
  T19: 'Generic Initiators are provided likewise.',
  T20: 'A memory backend cannot be both the memory of a NUMA node and that of a Type 3 device.',
  T21: 'The same rules hold on Arm machines, whose memory map reaches the operating system in another way.',
  T22: 'A persistent region can be created, used, and survives a reboot.',
} as const satisfies Record<string, string>;

export type RequirementId = keyof typeof requirements;

/** Rows that have no scenario yet, each with the reason. */
export const STILL_TO_COME: Readonly<Partial<Record<RequirementId, string>>> = {
  T6: 'no QEMU implements Set Partition Info',
};
