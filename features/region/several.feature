@region @thread-T3 @thread-T12
Feature: Several regions
  The operating system allocates capacity and addresses: to several regions on one device, and to a
  region on each of several devices, until there is no more, and again after a region was destroyed.

  Background:
    Given the machine "five devices behind three host bridges"

  @id:SEVERAL-1
  Rule: Regions on one device have their own addresses, capacity and data
    @id:SEVERAL-1.1
    Scenario: Addresses follow each other
      Given a persistent region of 256M was created in window 1 on a0
      When a persistent region of 256M is created in window 1 on a0
      Then the first region occupies 0-256M of window 1
      And the second region occupies 256M-512M of window 1
      And the first region is enabled
      And the second region is enabled
      And the largest free extent of window 1 is 3584M

    @id:SEVERAL-1.2
    Scenario: Each has its data
      Given a persistent region of 256M was created in window 1 on a0
      And 64K of data were stored in the region
      And a persistent region of 256M was created in window 1 on a0
      When 64K of data are stored in the second region
      Then each region yields its data
      And the media of a0 hold the data of the first region from DPA 0
      And the media of a0 hold the data of the second region from DPA 256M

    @id:SEVERAL-1.3
    Scenario: Both are interleaved
      Given a persistent region of 512M was created in window 1 on a0, a1
      And 64K of data were stored in the region
      And a persistent region of 512M was created in window 1 on a1, a0
      When 64K of data are stored in the second region
      Then each region yields its data
      And the media of a1, a0 hold the data interleaved at 256 from DPA 256M

  @id:SEVERAL-2
  Rule: Each device of a host bridge can have its own region
    @id:SEVERAL-2.1
    Scenario Outline: The second region in window <window>
      Given a persistent region of 512M was created in window 1 on a0
      And 64K of data were stored in the region
      And a persistent region of 512M was created in window <window> on a1
      When 64K of data are stored in the second region
      Then each region yields its data
      And the media of a0 hold the data of the first region from DPA 0
      And the media of a1 hold the data of the second region from DPA 0

      Examples: the same window, and another one of the host bridge
        | window |
        | 1      |
        | 3      |

  @id:SEVERAL-3
  Rule: No region is larger than what its devices and its window have left
    @id:SEVERAL-3.1
    Scenario: More than the capacity of the device
      When a persistent region of 768M is created in window 1 on a0
      Then region creation fails with ENOSPC: set_dpa_size failed: No space left on device
      And there is no region
      And window 1 is a free resource of 4G

    @id:SEVERAL-3.2
    Scenario: More than the remaining capacity of the device
      Given a persistent region of 512M was created in window 1 on a0
      When a persistent region of 512M is created in window 1 on a1, a0
      Then region creation fails with ENOSPC: set_dpa_size failed: No space left on device
      And the first region is enabled
      And the largest free extent of window 1 is 3584M

    @id:SEVERAL-3.3
    Scenario: More than the size of the window
      When a persistent region of 1G is created in window 3 on a0, a1
      Then region creation fails with ENOSPC: region size 0x40000000 exceeds max available space
      And there is no region

    @id:SEVERAL-3.4
    Scenario: A window that is full
      Given a persistent region of 512M was created in window 3 on a0
      When a persistent region of 256M is created in window 3 on a1
      Then region creation fails with ENOSPC: region size 0x10000000 exceeds max available space
      And the first region is enabled
      And the largest free extent of window 3 is 0

  @id:SEVERAL-4
  Rule: A host bridge without HDM decoders maps one region
    @id:SEVERAL-4.1
    Scenario: A second region behind a single root port
      Given a persistent region of 256M was created in window 2 on c0
      When a persistent region of 256M is created in window 2 on c0
      Then region creation fails with EBUSY: failed to set target0
      And the first region is enabled
      And the largest free extent of window 2 is 768M

  @id:SEVERAL-5
  Rule: When the last region is destroyed, all addresses and all capacity are free again
    @id:SEVERAL-5.1
    Scenario: Two on one device, the newer one destroyed first
      Given a persistent region of 256M was created in window 1 on a0
      And a persistent region of 256M was created in window 1 on a0
      And the second region was destroyed
      When the first region is destroyed
      Then there is no region
      And window 1 is a free resource of 4G

    @id:SEVERAL-5.2
    Scenario: Two on devices of one host bridge, the older one destroyed first
      Given a persistent region of 256M was created in window 1 on a0
      And a persistent region of 256M was created in window 1 on a1
      And the first region was destroyed
      When the second region is destroyed
      Then there is no region
      And window 1 is a free resource of 4G

    @id:SEVERAL-5.3
    Scenario: A region of the capacity that two regions had
      Given a persistent region of 256M was created in window 1 on a0
      And a persistent region of 256M was created in window 1 on a0
      And the second region was destroyed
      And the first region was destroyed
      When a persistent region of 1G is created in window 1 on a0, a1
      Then the region is enabled

  @id:SEVERAL-6
  Rule: Regions of one host bridge have ascending addresses in the order of their creation
    @id:SEVERAL-6.1
    Scenario: Free addresses below a region are not used
      Given a persistent region of 256M was created in window 1 on a0
      And a persistent region of 256M was created in window 1 on a1
      And the first region was destroyed
      When a persistent region of 256M is created in window 1 on a0
      Then region creation fails with EBUSY: failed to set target0
      And the second region is enabled
