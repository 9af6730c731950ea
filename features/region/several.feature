@region @thread-T3 @thread-T12
Feature: Several regions
  Capacity and addresses are the operating system's to give out: to several regions on one device, to a
  region on each of several devices, until there is no more, and again once a region is gone.

  Background:
    Given a machine with 2G of RAM, maxmem 2G
    And these host bridges:
      | id    | bus | root ports |
      | cxl.1 | 12  | rp0, rp1   |
      | cxl.2 | 40  | rp2, rp3   |
      | cxl.3 | 80  | rp4        |
    And these Type 3 devices:
      | id | root port | volatile | persistent |
      | a0 | rp0       | 0        | 512M       |
      | a1 | rp1       | 0        | 512M       |
      | b0 | rp2       | 0        | 512M       |
      | b1 | rp3       | 0        | 512M       |
      | c0 | rp4       | 0        | 512M       |
    And these fixed memory windows:
      | size | targets      | granularity |
      | 4G   | cxl.1, cxl.2 | 4K          |
      | 4G   | cxl.1        | 256         |
      | 1G   | cxl.3        | 256         |
      | 512M | cxl.1        | 256         |
      | 4G   | cxl.1, cxl.2 | 16K         |

  @id:SEVERAL-1
  Rule: Regions on one device have addresses, capacity and data of their own

    @id:SEVERAL-1.1
    Scenario: One behind the other
      Given a persistent region of 256M was created in window 1 on a0
      When a persistent region of 256M is created in window 1 on a0
      Then the first region occupies 0-256M of window 1
      And the second region occupies 256M-512M of window 1
      And the first region is enabled
      And the second region is enabled
      And the largest free extent of window 1 is 3584M

    @id:SEVERAL-1.2
    Scenario: Each with its data
      Given a persistent region of 256M was created in window 1 on a0
      And 64K of data were stored in the region
      And a persistent region of 256M was created in window 1 on a0
      When 64K of data are stored in the second region
      Then each region yields its data
      And the media of a0 hold the data of the first region from DPA 0
      And the media of a0 hold the data of the second region from DPA 256M

    @id:SEVERAL-1.3
    Scenario: Both interleaved
      Given a persistent region of 512M was created in window 1 on a0, a1
      And 64K of data were stored in the region
      And a persistent region of 512M was created in window 1 on a1, a0
      When 64K of data are stored in the second region
      Then each region yields its data
      And the media of a1, a0 hold the data interleaved at 256 from DPA 256M

  @id:SEVERAL-2
  Rule: Each device of a host bridge can have a region of its own

    @id:SEVERAL-2.1
    Scenario Outline: The second region in window <window>
      Given a persistent region of 512M was created in window 1 on a0
      And 64K of data were stored in the region
      And a persistent region of 512M was created in window <window> on a1
      When 64K of data are stored in the second region
      Then each region yields its data
      And the media of a0 hold the data of the first region from DPA 0
      And the media of a1 hold the data of the second region from DPA 0

      Examples: the same window, and another one of the bridge
        | window |
        | 1      |
        | 3      |

  @id:SEVERAL-3
  Rule: No region is larger than what its devices and its window have left

    @id:SEVERAL-3.1
    Scenario: More than the device has
      When a persistent region of 768M is created in window 1 on a0
      Then region creation fails with ENOSPC: set_dpa_size failed: No space left on device
      And there is no region
      And window 1 is a free resource of 4G

    @id:SEVERAL-3.2
    Scenario: More than another region has left of the device
      Given a persistent region of 512M was created in window 1 on a0
      When a persistent region of 512M is created in window 1 on a1, a0
      Then region creation fails with ENOSPC: set_dpa_size failed: No space left on device
      And the first region is enabled
      And the largest free extent of window 1 is 3584M

    @id:SEVERAL-3.3
    Scenario: More than the window has
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
  Rule: A host bridge without HDM decoders carries one region

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
    Scenario: Two on one device, the newer one first
      Given a persistent region of 256M was created in window 1 on a0
      And a persistent region of 256M was created in window 1 on a0
      And the second region was destroyed
      When the first region is destroyed
      Then there is no region
      And window 1 is a free resource of 4G

    @id:SEVERAL-5.2
    Scenario: Two on devices of one host bridge, the older one first
      Given a persistent region of 256M was created in window 1 on a0
      And a persistent region of 256M was created in window 1 on a1
      And the first region was destroyed
      When the second region is destroyed
      Then there is no region
      And window 1 is a free resource of 4G

    @id:SEVERAL-5.3
    Scenario: A region of all that two regions had
      Given a persistent region of 256M was created in window 1 on a0
      And a persistent region of 256M was created in window 1 on a0
      And the second region was destroyed
      And the first region was destroyed
      When a persistent region of 1G is created in window 1 on a0, a1
      Then the region is enabled

  @id:SEVERAL-6
  Rule: Regions of one host bridge lie in the order of their creation

    @id:SEVERAL-6.1
    Scenario: Not even free addresses below a region are taken
      Given a persistent region of 256M was created in window 1 on a0
      And a persistent region of 256M was created in window 1 on a1
      And the first region was destroyed
      When a persistent region of 256M is created in window 1 on a0
      Then region creation fails with EBUSY: failed to set target0
      And the second region is enabled
