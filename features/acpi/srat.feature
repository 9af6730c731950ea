@acpi @ACPI-6.5-5.2.16
Feature: The SRAT describes the memory that is there at boot
  Memory of a CXL device is accessible once decoders are committed. A table that puts it into a proximity domain
  before that describes memory that does not exist.

  @id:SRAT-1 @thread-T9 @ACPI-6.5-5.2.16.2
  Rule: QEMU's SRAT describes no memory in a fixed memory window
    @id:SRAT-1.1
    Scenario: Two nodes with memory, room for more, and a memory device
      Given the machine "two NUMA nodes beside a Type 3 device"
      Then no memory affinity overlaps a fixed memory window

  @id:SRAT-2 @ACPI-6.5-5.2.16.2
  Rule: Memory affinities cover the RAM of each node, in the order of the nodes, and nothing else
    @id:SRAT-2.1 @needs:q35
    Scenario Outline: Nodes of <first>, <second> and <third>
      Given a machine with <RAM> of RAM, maxmem <RAM>
      And these NUMA nodes:
        | node | RAM      | processors |
        | 0    | <first>  | 0          |
        | 1    | <second> | 1          |
        | 2    | <third>  |            |
      Then the SRAT has these memory affinities:
        | domain | ranges         |
        | 0      | <of the first> |
        | 1      | <of second>    |
        | 2      | <of third>     |

      Examples: borders below 640K, in the hole below 1M, at the hole below 4G, and beside it
        | RAM | first | second   | third | of the first         | of second           | of third |
        | 2G  | 1G    | 512M     | 512M  | 0-640K, 1M-1G        | 1G-1536M            | 1536M-2G |
        | 2G  | 512K  | 1572352K | 512M  | 0-512K               | 512K-640K, 1M-1536M | 1536M-2G |
        | 4G  | 2G    | 1G       | 1G    | 0-640K, 1M-2G        | 4G-5G               | 5G-6G    |
        | 6G  | 1G    | 3G       | 2G    | 0-640K, 1M-1G        | 1G-2G, 4G-6G        | 6G-8G    |
        | 6G  | 5G    | 0        | 1G    | 0-640K, 1M-2G, 4G-7G |                     | 7G-8G    |

  @id:SRAT-3 @ACPI-6.5-5.2.16.2
  Rule: Address space for memory hotplug is hot-pluggable, on the last node, and below any fixed memory window
    @id:SRAT-3.1 @needs:q35
    Scenario: Two nodes, and 2G of hot-pluggable memory in 4 slots
      Given the machine "two NUMA nodes beside a Type 3 device"
      Then the SRAT has these hot-pluggable memory affinities:
        | domain | ranges |
        | 1      | 4G-10G |
      And no fixed memory window overlaps hot-pluggable memory

  @id:SRAT-4 @ACPI-6.5-5.2.16.1
  Rule: Each processor is in the proximity domain of its node
    @id:SRAT-4.1
    Scenario: Two processors, with nodes in the opposite order
      Given a machine with 2G of RAM, maxmem 2G
      And these NUMA nodes:
        | node | RAM | processors |
        | 0    | 1G  | 1          |
        | 1    | 1G  | 0          |
      Then the SRAT has these processors:
        | APIC id | domain |
        | 0       | 1      |
        | 1       | 0      |
