@region @thread-T22 @thread-T12
Feature: Persistent regions
  A window is of use once the operating system can put a region into it: addresses of the window,
  mapped by committed HDM decoders to the persistent capacity of a device.

  Background:
    Given a machine with 2G of RAM, maxmem 4G
    And these host bridges:
      | id    | bus | root ports |
      | cxl.1 | 12  | rp0, rp1   |
    And these Type 3 devices:
      | id    | root port | volatile | persistent |
      | pmem0 | rp0       | 0        | 512M       |
    And these fixed memory windows:
      | size | targets | granularity |
      | 4G   | cxl.1   | 256         |

  @id:PMEM-1
  Rule: The operating system creates a persistent region anywhere it likes in a window

    @id:PMEM-1.1
    Scenario: The capacity of the device is reported
      Then pmem0 is a memdev with 0 of volatile and 512M of persistent capacity

    @id:PMEM-1.2
    Scenario Outline: A region of <size>
      When a persistent region of <size> is created in window 0 on pmem0
      Then the region is enabled
      And the region maps <size> of window 0 to pmem0
      And the largest free extent of window 0 is <left>

      Examples: part of the device, and all of it
        | size | left  |
        | 256M | 3840M |
        | 512M | 3584M |

  @id:PMEM-2
  Rule: What is stored in a persistent region is on the media of its device

    @id:PMEM-2.1
    Scenario: Data are read back
      Given a persistent region of 512M was created in window 0 on pmem0
      When 64K of data are stored in the region
      Then the region yields the data

    @id:PMEM-2.2
    Scenario: Data are on the media
      Given a persistent region of 512M was created in window 0 on pmem0
      When 64K of data are stored in the region
      Then the media of pmem0 hold the data from DPA 0

  @id:PMEM-3
  Rule: A persistent region that is destroyed leaves nothing behind

    @id:PMEM-3.1
    Scenario: The window is free again
      Given a persistent region of 512M was created in window 0 on pmem0
      When the region is destroyed
      Then there is no region
      And window 0 is a free resource of 4G

    @id:PMEM-3.2
    Scenario: The capacity can be used again
      Given a persistent region of 512M was created in window 0 on pmem0
      And the region was destroyed
      When a persistent region of 512M is created in window 0 on pmem0
      Then the region is enabled

  @id:PMEM-4
  Rule: What is stored in a persistent region survives a reboot

    @id:PMEM-4.1
    Scenario: A region over the same capacity yields the data
      Given a persistent region of 512M was created in window 0 on pmem0
      And 64K of data were stored in the region
      And the machine was reset
      When a persistent region of 512M is created in window 0 on pmem0
      Then the region yields the data
