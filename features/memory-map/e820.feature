@memory-map @thread-T1 @ACPI-6.5-15 @needs:q35
Feature: E820 leaves CXL memory to the operating system
  The operating system assigns the addresses in a window at run time. An entry that overlaps the window,
  of whatever type, claims them a second time, and then no region can be created there.

  @id:E820-1
  Rule: No E820 entry overlaps a fixed memory window
    @id:E820-1.1
    Scenario Outline: A window of <window> beside <ram> of RAM, maxmem <maxmem>
      Given a machine with <ram> of RAM, maxmem <maxmem>
      And these host bridges:
        | id    | bus | root ports |
        | cxl.1 | 12  | rp0, rp1   |
      And these fixed memory windows:
        | size     | targets | granularity |
        | <window> | cxl.1   | 256         |
      Then E820 describes all RAM of the machine
      And no E820 entry overlaps a fixed memory window

      Examples: RAM below 4G, and on both sides of it
        | ram | maxmem | window |
        | 2G  | 2G     | 4G     |
        | 2G  | 4G     | 4G     |
        | 4G  | 4G     | 256M   |
        | 4G  | 8G     | 4G     |

    @id:E820-1.2
    Scenario: Two windows that share a host bridge
      Given the machine "two host bridges that share a window"
      Then E820 describes all RAM of the machine
      And no E820 entry overlaps a fixed memory window

  @id:E820-2
  Rule: No E820 entry overlaps the component registers of a host bridge
    @id:E820-2.1
    Scenario: A host bridge without a window
      Given a machine with 2G of RAM, maxmem 2G
      And these host bridges:
        | id    | bus | root ports |
        | cxl.1 | 12  | rp0, rp1   |
      Then E820 describes all RAM of the machine
      And no E820 entry overlaps component registers

    @id:E820-2.2
    Scenario: Two host bridges with two windows
      Given the machine "two host bridges that share a window"
      Then E820 describes all RAM of the machine
      And no E820 entry overlaps component registers
