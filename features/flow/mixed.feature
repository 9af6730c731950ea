@flow @thread-T4 @thread-T17 @thread-T10
Feature: Firmware's tables and decoders agree
  "BIOS does it all, or the OS does it all": memory in tables without committed decoders, or the reverse, is neither.
  Where firmware configures memory, all that it hands over has to agree.

  Background:
    Given the machine "two volatile devices"

  @id:MIXED-1
  Rule: Firmware describes the memory that it has configured in all tables, and no other
    @id:MIXED-1.1
    Scenario Outline: One device of two, as <kind>
      Given firmware configures the memory of vmem0 as <kind>
      Then firmware has committed one decoder of each of cxl.1, vmem0
      And what firmware has handed over is consistent

      Examples: special-purpose memory, and ordinary memory
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
