@memory-map @thread-T1 @CXL-3.1-9.18.1.3
Feature: Fixed memory windows overlap nothing
  The operating system puts CXL memory into windows. Anything else at their addresses, such as
  another window, RAM, hot-pluggable memory or registers, conflicts with the regions.

  @id:WINDOW-1
  Rule: A fixed memory window overlaps nothing else in the memory map
    @id:WINDOW-1.1
    Scenario Outline: A window of <window> beside <ram> of RAM, without hot-pluggable memory
      Given a machine with <ram> of RAM, maxmem <ram>
      And these host bridges:
        | id    | bus | root ports |
        | cxl.1 | 12  | rp0, rp1   |
      And these fixed memory windows:
        | size     | targets | granularity |
        | <window> | cxl.1   | 256         |
      Then no fixed memory window overlaps another
      And no fixed memory window overlaps RAM
      And no fixed memory window overlaps component registers

      Examples: RAM below 4G, and on both sides of it
        | ram | window |
        | 2G  | 4G     |
        | 4G  | 256M   |

    @id:WINDOW-1.2
    Scenario Outline: A window of <window> beside <ram> of RAM, with maxmem <maxmem>
      Given a machine with <ram> of RAM, maxmem <maxmem>
      And these host bridges:
        | id    | bus | root ports |
        | cxl.1 | 12  | rp0, rp1   |
      And these fixed memory windows:
        | size     | targets | granularity |
        | <window> | cxl.1   | 256         |
      Then no fixed memory window overlaps another
      And no fixed memory window overlaps RAM
      And no fixed memory window overlaps hot-pluggable memory
      And no fixed memory window overlaps component registers

      Examples: RAM below 4G, and on both sides of it
        | ram | maxmem | window |
        | 2G  | 4G     | 4G     |
        | 4G  | 8G     | 4G     |

    @id:WINDOW-1.3
    Scenario: Two windows that share a host bridge
      Given the machine "two host bridges that share a window"
      Then no fixed memory window overlaps another
      And no fixed memory window overlaps RAM
      And no fixed memory window overlaps component registers

  @id:WINDOW-2 @thread-T3
  Rule: Before any region exists, a fixed memory window is one free resource
    @id:WINDOW-2.1
    Scenario: One window
      Given a machine with 2G of RAM, maxmem 2G
      And these host bridges:
        | id    | bus | root ports |
        | cxl.1 | 12  | rp0, rp1   |
      And these fixed memory windows:
        | size | targets | granularity |
        | 4G   | cxl.1   | 256         |
      Then window 0 is a free resource of 4G

    @id:WINDOW-2.2
    Scenario: Two windows
      Given the machine "two host bridges that share a window"
      Then window 0 is a free resource of 4G
      And window 1 is a free resource of 8G

  @id:WINDOW-3 @QEMU-hw/i386/pc.c
  Rule: No addresses are reserved for memory hotplug on a machine without it
    @id:WINDOW-3.1 @needs:q35
    Scenario: RAM that does not end at a GiB boundary
      Given a machine with 2816M of RAM, maxmem 2816M
      And these host bridges:
        | id    | bus | root ports |
        | cxl.1 | 12  | rp0, rp1   |
      Then the component registers begin where RAM ends

  @id:WINDOW-4 @QEMU-qapi/machine.json
  Rule: QMP lists the fixed memory windows of the command line
    @id:WINDOW-4.1
    Scenario: Two windows that share a host bridge, and differ in size, targets and granularity
      Given the machine "two host bridges that share a window"
      Then QMP lists these fixed memory windows:
        | size | targets      | granularity |
        | 4G   | cxl.1        | 256         |
        | 8G   | cxl.1, cxl.2 | 8K          |
