@acpi @ACPI-6.5-5.2.17
Feature: The SLIT gives the distances between nodes
  Software without HMAT support chooses memory by distance alone. QEMU builds a SLIT if a distance is given.

  @id:SLIT-1
  Rule: A distance that is given in one direction holds for both, unless the other direction has its own
    @id:SLIT-1.1
    Scenario: Three nodes, of which the last has no memory
      Given a machine with 2G of RAM, maxmem 2G
      And these NUMA nodes:
        | node | RAM | processors |
        | 0    | 1G  | 0          |
        | 1    | 1G  | 1          |
        | 2    | 0   |            |
      And these host bridges:
        | id    | bus | root ports |
        | cxl.1 | 12  | rp0        |
      And these fixed memory windows:
        | size | targets | granularity |
        | 4G   | cxl.1   | 256         |
      And these distances:
        | from | to | distance |
        | 0    | 1  | 21       |
        | 0    | 2  | 31       |
        | 1    | 2  | 41       |
      Then the SLIT has these distances:
        | from | to 0 | to 1 | to 2 |
        | 0    | 10   | 21   | 31   |
        | 1    | 21   | 10   | 41   |
        | 2    | 31   | 41   | 10   |

    @id:SLIT-1.2
    Scenario: Different distances in the two directions
      Given the machine "two NUMA nodes beside a Type 3 device"
      Then the SLIT has these distances:
        | from | to 0 | to 1 |
        | 0    | 10   | 21   |
        | 1    | 25   | 10   |
