@memory-map @thread-T21 @QEMU-hw/arm/virt.c
Feature: On Arm the memory map leaves CXL to the operating system as well
  QEMU's machine virt has no E820: it describes its RAM in a device tree, of which EFI makes the memory map that the
  operating system gets. All that lies above RAM has its place there: interrupt controllers, component registers of
  host bridges, configuration space, room for BARs, and behind them the fixed memory windows.

  Background:
    Given the machine is virt

  @id:VIRT-1 @thread-T1
  Rule: No entry of the memory map overlaps a fixed memory window
    @id:VIRT-1.1
    Scenario Outline: A window of <window> beside <ram> of RAM, maxmem <maxmem>
      Given a machine with <ram> of RAM, maxmem <maxmem>
      And these host bridges:
        | id    | bus | root ports |
        | cxl.1 | 12  | rp0, rp1   |
      And these fixed memory windows:
        | size     | targets | granularity |
        | <window> | cxl.1   | 256         |
      Then the memory map describes all RAM of the machine
      And no memory map entry overlaps a fixed memory window

      Examples: RAM that ends at 3G and beyond 4G, and room for more RAM
        | ram | maxmem | window |
        | 2G  | 2G     | 4G     |
        | 8G  | 8G     | 256M   |
        | 2G  | 4G     | 4G     |
        | 2G  | 300G   | 4G     |

    @id:VIRT-1.2
    Scenario: Two windows, and RAM on two NUMA nodes
      Given a machine with 4G of RAM, maxmem 4G
      And these NUMA nodes:
        | node | RAM | processors |
        | 0    | 3G  | 0          |
        | 1    | 1G  | 1          |
      And these host bridges:
        | id    | bus | root ports |
        | cxl.1 | 12  | rp0, rp1   |
        | cxl.2 | 222 | rp2, rp3   |
      And these fixed memory windows:
        | size | targets      | granularity |
        | 4G   | cxl.1        | 256         |
        | 8G   | cxl.1, cxl.2 | 8K          |
      Then the memory map describes all RAM of the machine
      And no memory map entry overlaps a fixed memory window
      And no fixed memory window overlaps another

  @id:VIRT-2 @thread-T1
  Rule: Component registers, BARs and fixed memory windows have addresses of their own
    @id:VIRT-2.1
    Scenario: A volatile and a persistent device, beside a BAR of 4G
      Given the machine "one host bridge"
      And these Type 3 devices:
        | id    | port | volatile | persistent |
        | vmem0 | rp0  | 512M     | 0          |
        | pmem0 | rp1  | 0        | 512M       |
      And these PCI functions:
        | BAR |
        | 4G  |
      Then no memory map entry overlaps component registers
      And no fixed memory window overlaps component registers
      And no PCI BAR overlaps a fixed memory window
      And window 0 is a free resource of 4G

  @id:VIRT-3 @ACPI-6.5-5.2.16.4 @ACPI-6.5-5.2.16.2
  Rule: The SRAT names processors by their interrupt controllers, and has the RAM of each node from 1G on
    @id:VIRT-3.1
    Scenario: Two nodes, whose processors come in the opposite order, and room for more RAM
      Given a machine with 2G of RAM, maxmem 4G
      And these NUMA nodes:
        | node | RAM   | processors |
        | 0    | 512M  | 1          |
        | 1    | 1536M | 0          |
      Then the SRAT has these memory affinities:
        | domain | ranges    |
        | 0      | 1G-1536M  |
        | 1      | 1536M-3G  |
      And the SRAT has these hot-pluggable memory affinities:
        | domain | ranges |
        | 1      | 3G-9G  |
      And the SRAT has these GICC affinities:
        | processor | domain |
        | 0         | 1      |
        | 1         | 0      |

  @id:VIRT-4 @thread-T3
  Rule: A region in a fixed memory window becomes memory of the machine
    @id:VIRT-4.1
    Scenario: A volatile region of two devices
      Given the machine "one host bridge"
      And these Type 3 devices:
        | id    | port | volatile | persistent |
        | vmem0 | rp0  | 512M     | 0          |
        | vmem1 | rp1  | 512M     | 0          |
      When a volatile region of 1G is created in window 0 on vmem0, vmem1
      Then the region is enabled
      And 1G of the region's memory is online on node 1
