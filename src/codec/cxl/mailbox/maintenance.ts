/** CXL r3.2 Section 8.2.10.7.1: Perform Maintenance (Opcode 0600h); what follows depends on the class. */
import { struct, u8 } from '../../struct';

export const PerformMaintenance = struct('Perform Maintenance', { class: u8, subclass: u8 });

export const MAINTENANCE_CLASS = { nothing: 0, postPackageRepair: 1, sparing: 2 } as const;
