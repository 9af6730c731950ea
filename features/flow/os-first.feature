@flow @thread-T3 @thread-T17
Feature: The OS does it all
  Firmware may leave all CXL memory to the operating system, volatile memory included. Then it commits no decoder, and
  tells of no such memory anywhere: what is in a table as well would be there twice.

  Background:
    Given a machine with 2G of RAM, maxmem 4G
    And these host bridges:
      | id    | bus | root ports |
      | cxl.1 | 12  | rp0, rp1   |
    And these fixed memory windows:
      | size | targets | granularity |
      | 4G   | cxl.1   | 256         |

  @id:OSFIRST-1 @thread-T9 @thread-T10
  Rule: Nothing that firmware hands over tells of memory in a fixed memory window

    @id:OSFIRST-1.1
    Scenario Outline: A device with <volatile> of volatile and <persistent> of persistent capacity
      Given these Type 3 devices:
        | id       | root port | volatile   | persistent   |
        | <device> | rp0       | <volatile> | <persistent> |
      Then no E820 entry overlaps a fixed memory window
      And no memory affinity overlaps a fixed memory window
      And firmware has committed no decoder
      And what firmware has handed over is consistent

      Examples: of either kind, and of both
        | device | volatile | persistent |
        | pmem0  | 0        | 512M       |
        | vmem0  | 512M     | 0          |
        | both0  | 256M     | 512M       |

    @id:OSFIRST-1.2
    Scenario: Beside two NUMA nodes, a distance and an HMAT
      Given these NUMA nodes:
        | node | RAM | processors |
        | 0    | 1G  | 0          |
        | 1    | 1G  | 1          |
      And these distances:
        | from | to | distance |
        | 0    | 1  | 21       |
        | 1    | 0  | 25       |
      And these latencies and bandwidths:
        | from | to | latency | bandwidth |
        | 0    | 0  | 10      | 8G        |
        | 0    | 1  | 100     | 4G        |
        | 1    | 0  | 100     | 4G        |
        | 1    | 1  | 10      | 8G        |
      And these Type 3 devices:
        | id    | root port | volatile | persistent |
        | pmem0 | rp0       | 0        | 512M       |
      Then no E820 entry overlaps a fixed memory window
      And no memory affinity overlaps a fixed memory window
      And the SLIT and the HMAT describe domains 0, 1 alone
      And what firmware has handed over is consistent

  @id:OSFIRST-2 @thread-T15
  Rule: A region of the operating system's is in none of firmware's tables

    @id:OSFIRST-2.1
    Scenario: A volatile region
      Given these Type 3 devices:
        | id    | root port | volatile | persistent |
        | vmem0 | rp0       | 512M     | 0          |
      When a volatile region of 512M is created in window 0 on vmem0
      Then the region is enabled
      And the region is decoded by one decoder of each of cxl.1, vmem0 alone
      And no E820 entry overlaps a fixed memory window
      And firmware has committed no decoder
      And what firmware has handed over is consistent
