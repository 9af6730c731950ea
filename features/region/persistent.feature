@region @thread-T22 @thread-T12
Feature: Persistent regions
  The operating system uses a window by creating regions in it: addresses of the window,
  mapped by committed HDM decoders to the persistent capacity of a device.

  Background:
    Given the machine "one Type 3 device of 512M"

  @id:PMEM-1
  Rule: The operating system can create a persistent region in a window
    @id:PMEM-1.1
    Scenario: The capacity of the device is reported
      Then dev is a memdev with 0 of volatile and 512M of persistent capacity

    @id:PMEM-1.2
    Scenario Outline: A region of <size>
      When a persistent region of <size> is created in window 0 on dev
      Then the region is enabled
      And the region maps <size> of window 0 to dev
      And the largest free extent of window 0 is <left>

      Examples: part of the device, and all of it
        | size | left  |
        | 256M | 3840M |
        | 512M | 3584M |

  @id:PMEM-2
  Rule: Data stored in a persistent region are on the media of its device
    @id:PMEM-2.1
    Scenario: Data are read back
      Given a persistent region of 512M was created in window 0 on dev
      When 64K of data are stored in the region
      Then the region yields the data

    @id:PMEM-2.2
    Scenario: Data are on the media
      Given a persistent region of 512M was created in window 0 on dev
      When 64K of data are stored in the region
      Then the media of dev hold the data from DPA 0

  @id:PMEM-3
  Rule: A persistent region that is destroyed leaves nothing behind
    @id:PMEM-3.1
    Scenario: The window is free again
      Given a persistent region of 512M was created in window 0 on dev
      When the region is destroyed
      Then there is no region
      And window 0 is a free resource of 4G

    @id:PMEM-3.2
    Scenario: The capacity can be used again
      Given a persistent region of 512M was created in window 0 on dev
      And the region was destroyed
      When a persistent region of 512M is created in window 0 on dev
      Then the region is enabled

  @id:PMEM-4
  Rule: Data stored in a persistent region persist across a reset
    @id:PMEM-4.1
    Scenario: A region over the same capacity yields the data
      Given a persistent region of 512M was created in window 0 on dev
      And 64K of data were stored in the region
      And the machine was reset
      When a persistent region of 512M is created in window 0 on dev
      Then the region yields the data
