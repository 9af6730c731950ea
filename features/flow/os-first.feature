@flow @thread-T3 @thread-T17
Feature: The operating system configures CXL memory (OS-first)
  Firmware may leave all CXL memory to the operating system, volatile memory included. Then it commits no decoder,
  and describes no such memory in any table: it would be described twice.

  Background:
    Given the machine "one host bridge"

  @id:OSFIRST-1 @thread-T9 @thread-T10
  Rule: Firmware hands over no description of memory in a fixed memory window
    @id:OSFIRST-1.1
    Scenario Outline: A device with <volatile> of volatile and <persistent> of persistent capacity
      Given these Type 3 devices:
        | id       | port | volatile   | persistent   |
        | <device> | rp0  | <volatile> | <persistent> |
      Then no memory map entry overlaps a fixed memory window
      And no memory affinity overlaps a fixed memory window
      And firmware has committed no decoder
      And what firmware has handed over is consistent

      Examples: either kind of capacity, and both
        | device | volatile | persistent |
        | pmem0  | 0        | 512M       |
        | vmem0  | 512M     | 0          |
        | both0  | 256M     | 512M       |

    @id:OSFIRST-1.2
    Scenario: Beside two NUMA nodes, a distance and an HMAT
      Given the machine "two NUMA nodes beside a Type 3 device"
      Then no memory map entry overlaps a fixed memory window
      And no memory affinity overlaps a fixed memory window
      And the SLIT and the HMAT describe domains 0, 1 alone
      And what firmware has handed over is consistent

  @id:OSFIRST-2 @thread-T15
  Rule: A region that the operating system creates is in none of firmware's tables
    @id:OSFIRST-2.1
    Scenario: A volatile region
      Given these Type 3 devices:
        | id    | port | volatile | persistent |
        | vmem0 | rp0  | 512M     | 0          |
      When a volatile region of 512M is created in window 0 on vmem0
      Then the region is enabled
      And the region is decoded by one decoder of each of cxl.1, vmem0 alone
      And no memory map entry overlaps a fixed memory window
      And firmware has committed no decoder
      And what firmware has handed over is consistent
