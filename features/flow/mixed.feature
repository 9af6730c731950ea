@flow @thread-T4 @thread-T17 @thread-T10
Feature: Nothing between the two flows
  "BIOS does it all, or the OS does it all": memory that tables tell of without decoders, or decoders without tables, is
  neither. Where firmware configures memory, all that it hands over has to agree.

  Background:
    Given a machine with 2G of RAM, maxmem 4G
    And these host bridges:
      | id    | bus | root ports |
      | cxl.1 | 12  | rp0, rp1   |
    And these Type 3 devices:
      | id    | root port | volatile | persistent |
      | vmem0 | rp0       | 512M     | 0          |
      | vmem1 | rp1       | 256M     | 0          |
    And these fixed memory windows:
      | size | targets | granularity |
      | 4G   | cxl.1   | 256         |

  @id:MIXED-1
  Rule: What firmware has configured, it describes in all tables, and describes nothing else

    @id:MIXED-1.1
    Scenario Outline: One device of two, as <kind>
      Given firmware configures the memory of vmem0 as <kind>
      Then firmware has committed one decoder of each of cxl.1, vmem0
      And what firmware has handed over is consistent

      Examples: special-purpose memory, and memory like any other
        | kind          |
        | soft reserved |
        | RAM           |

    @id:MIXED-1.2
    Scenario: All devices, beside two NUMA nodes and a distance
      Given these NUMA nodes:
        | node | RAM | processors |
        | 0    | 1G  | 0          |
        | 1    | 1G  | 1          |
      And these distances:
        | from | to | distance |
        | 0    | 1  | 40       |
      And firmware configures the memory of vmem0, vmem1 as soft reserved
      Then firmware has committed one decoder of each of cxl.1, cxl.1, vmem0, vmem1
      And what firmware has handed over is consistent
