@acpi @ACPI-6.5-5.2.16
Feature: The SRAT describes the memory that is there at boot
  Memory of a CXL device is there once decoders are committed. Until then a table that puts it into a proximity
  domain describes what nobody can use.

  @id:SRAT-1 @thread-T9 @ACPI-6.5-5.2.16.2
  @quirk:srat-claims-windows @quirk:window-over-hotplug-memory
  Rule: The SRAT that QEMU gives says nothing of memory in a fixed memory window

    @id:SRAT-1.1
    Scenario: Two nodes with memory, room for more, and a memory device
      Given a machine with 2G of RAM, maxmem 4G
      And these NUMA nodes:
        | node | RAM | processors |
        | 0    | 1G  | 0          |
        | 1    | 1G  | 1          |
      And these distances:
        | from | to | distance |
        | 0    | 1  | 40       |
      And these latencies and bandwidths:
        | from | to | latency | bandwidth |
        | 0    | 0  | 10      | 8G        |
        | 0    | 1  | 100     | 4G        |
        | 1    | 0  | 100     | 4G        |
        | 1    | 1  | 10      | 8G        |
      And these host bridges:
        | id    | bus | root ports |
        | cxl.1 | 12  | rp0, rp1   |
      And these Type 3 devices:
        | id    | root port | volatile | persistent |
        | pmem0 | rp0       | 0        | 512M       |
      And these fixed memory windows:
        | size | targets | granularity |
        | 4G   | cxl.1   | 256         |
      Then no memory affinity overlaps the 1 fixed memory window
