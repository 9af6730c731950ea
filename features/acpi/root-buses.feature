@acpi
Feature: Root buses of a machine with CXL have consistent resources and proximity domains
  The operating system places BARs in the address ranges of the root bus above them, and puts memory of devices on the
  node of that root bus.

  @id:ROOTBUS-1 @ACPI-6.5-6.4.3.5
  Rule: Ranges of the first root bus are consistent, and end below the I/O APIC at 0xfec00000
    @id:ROOTBUS-1.1
    Scenario Outline: <RAM> of RAM, and a CXL host bridge
      Given a machine with <RAM> of RAM, maxmem <RAM>
      And these host bridges:
        | id    | bus | root ports |
        | cxl.1 | 12  | rp0        |
      And these fixed memory windows:
        | size | targets | granularity |
        | 4G   | cxl.1   | 256         |
      Then _CRS of the first root bus has consistent ranges, below 0xfec00000 or above 4G

      Examples: RAM below 4G, and on both sides of it
        | RAM |
        | 2G  |
        | 4G  |

  @id:ROOTBUS-2 @ACPI-6.5-6.2.15
  Rule: A host bridge with a NUMA node has its proximity domain in _PXM, and one without has no _PXM
    @id:ROOTBUS-2.1
    Scenario: One of two host bridges
      Given a machine with 2G of RAM, maxmem 2G
      And these NUMA nodes:
        | node | RAM | processors |
        | 0    | 1G  | 0          |
        | 1    | 1G  | 1          |
      And these host bridges:
        | id    | bus | root ports | node |
        | cxl.1 | 12  | rp0        | 1    |
        | cxl.2 | 222 | rp1        |      |
      Then _PXM of cxl.1 is 1
      And _PXM of cxl.2 is absent

  @id:ROOTBUS-3 @CXL-3.1-9.18.1
  Rule: A machine without CXL host bridges has no CXL root device
    @id:ROOTBUS-3.1
    Scenario: CXL is on, and there is no host bridge
      Given a machine with 2G of RAM, maxmem 2G
      Then the namespace has no CXL root device
