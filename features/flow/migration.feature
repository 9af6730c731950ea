@flow @needs:hardware
Feature: Migration of a machine with CXL
  A machine that is migrated goes on where it was, on another host. A device that cannot be migrated must prevent it:
  what is lost without notice is memory that software has in use.

  Background:
    Given the machine "a device beside a switch"

  @id:MIGRATION-1 @QEMU-migration/savevm.c
  Rule: A migration completes, or is refused with the name of the device that prevents it
    @id:MIGRATION-1.1
    Scenario: A machine with a host bridge, ports, a switch and a device
      When migration of the machine is requested
      Then the migration has completed, or was refused because of a CXL device

  @id:MIGRATION-2 @QEMU-docs/devel/migration/main.rst
  Rule: No migration loses what ports and devices hold
    @id:MIGRATION-2.1
    Scenario Outline: <register> of <function> keeps what was written to it
      Given ones were written to <register> of <function>
      When migration of the machine is requested
      Then <register> of <function> has all bits set

      Examples: component registers of a root port and a device, and configuration space
        | register                   | function |
        | RAS Correctable Error Mask | rp0      |
        | RAS Correctable Error Mask | dev      |
        | AER Correctable Error Mask | rp0      |

    @id:MIGRATION-2.2
    Scenario Outline: A committed decoder of <owner>
      Given decoder 0 of <owner> was committed for 256M-512M of window 0
      When migration of the machine is requested
      Then decoder 0 of <owner> answers Committed
      And decoder 0 of <owner> maps 256M-512M of window 0

      Examples: a host bridge and a device
        | owner |
        | cxl.1 |
        | dev   |

    @id:MIGRATION-2.3
    Scenario: Data in a window
      Given window 0 is routed to dev
      And decoder 0 of dev was committed for 256M-512M of window 0
      And 4K of data were stored at 256M of window 0
      When migration of the machine is requested
      Then 256M of window 0 yields the data
      And the media of dev hold the data from DPA 0

    @id:MIGRATION-2.4
    Scenario: Event records
      Given 2 general-media-events were injected into the warning log of dev
      When migration of the machine is requested
      Then the warning log of dev has the records 1, 2

    @id:MIGRATION-2.5
    Scenario: Poison
      Given dev has accepted Inject Poison with address 0x1000
      When migration of the machine is requested
      Then dev has this poison in 0-512M:
        | DPA           | source   |
        | 0x1000-0x1040 | injected |

    @id:MIGRATION-2.6
    Scenario: Labels
      Given dev has accepted Set Label Storage Area with offset 4, data 01020304
      When migration of the machine is requested
      And dev is sent Get Label Storage Area with offset 4, length 4
      Then dev answers with data 01020304
