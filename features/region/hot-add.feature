@region @thread-T12
Feature: Devices that are added while the machine runs
  A window is there from the beginning, and so are root ports with empty slots. What is plugged into
  one later is the operating system's to find, to map, and to let go.

  Background:
    Given a machine with 2G of RAM, maxmem 4G
    And these host bridges:
      | id    | bus | root ports |
      | cxl.1 | 12  | rp0, rp1   |
    And these fixed memory windows:
      | size | targets | granularity |
      | 4G   | cxl.1   | 256         |

  @id:HOTADD-1
  Rule: A device that is added is a memdev

    @id:HOTADD-1.1
    Scenario Outline: Of <volatile> and <persistent>
      When these Type 3 devices are added:
        | id   | root port | volatile   | persistent   |
        | hot0 | rp1       | <volatile> | <persistent> |
      Then hot0 is a memdev with <volatile> of volatile and <persistent> of persistent capacity

      Examples: volatile, persistent, and both
        | volatile | persistent |
        | 256M     | 0          |
        | 0        | 256M       |
        | 256M     | 512M       |

    @id:HOTADD-1.2
    Scenario Outline: The BARs of <volatile> volatile and <persistent> persistent lie where firmware has left room for them
      When these Type 3 devices are added:
        | id   | root port | volatile   | persistent   |
        | hot0 | rp1       | <volatile> | <persistent> |
      Then the BARs of 1 CXL memory device have been placed
      And no PCI BAR overlaps a fixed memory window

      Examples: either kind of capacity
        | volatile | persistent |
        | 256M     | 0          |
        | 0        | 256M       |

  @id:HOTADD-2 @thread-T3 @thread-T15
  Rule: The operating system maps a device that is added as it maps one that was there at boot

    @id:HOTADD-2.1
    Scenario: A volatile region
      Given these Type 3 devices were added:
        | id   | root port | volatile | persistent |
        | hot0 | rp1       | 256M     | 0          |
      When a volatile region of 256M is created in window 0 on hot0
      Then the region is enabled
      And the region maps 256M of window 0 to hot0
      And window 0 holds a region, a dax device and System RAM (kmem) of 256M

    @id:HOTADD-2.2
    Scenario: Its memory comes online on the window's own node
      Given these Type 3 devices were added:
        | id   | root port | volatile | persistent |
        | hot0 | rp1       | 256M     | 0          |
      When a volatile region of 256M is created in window 0 on hot0
      Then 256M of the region's memory is online on node 1

    @id:HOTADD-2.3
    Scenario: What is stored in its memory is on the media
      Given these Type 3 devices were added:
        | id   | root port | volatile | persistent |
        | hot0 | rp1       | 256M     | 0          |
      And a volatile region of 256M was created in window 0 on hot0
      When 64K of data are stored in the region
      Then the region yields the data
      And the media of hot0 hold every page of the data

    @id:HOTADD-2.4
    Scenario: What is stored in a persistent region is on the media behind the volatile capacity
      Given these Type 3 devices were added:
        | id   | root port | volatile | persistent |
        | hot0 | rp1       | 256M     | 512M       |
      And a persistent region of 512M was created in window 0 on hot0
      When 64K of data are stored in the region
      Then the region yields the data
      And the media of hot0 hold the data from DPA 256M

  @id:HOTADD-3
  Rule: A device that is added and one that was there at boot are used side by side

    Background:
      Given these host bridges:
        | id    | bus | root ports |
        | cxl.2 | 222 | rp2        |
      And these fixed memory windows:
        | size | targets | granularity |
        | 4G   | cxl.2   | 256         |
      And these Type 3 devices:
        | id   | root port | volatile | persistent |
        | old0 | rp0       | 256M     | 0          |

    @id:HOTADD-3.1
    Scenario: Each region has its own media
      Given these Type 3 devices were added:
        | id   | root port | volatile | persistent |
        | hot0 | rp1       | 0        | 256M       |
      And a volatile region of 256M was created in window 0 on old0
      And a persistent region of 256M was created in window 0 on hot0
      When 64K of data are stored in the region
      Then the region occupies 256M-512M of window 0
      And the media of hot0 hold the data from DPA 0
      And the media of old0 hold no page of the data

  @id:HOTADD-4
  Rule: A device that is removed leaves nothing behind

    @id:HOTADD-4.1
    Scenario: Its region was destroyed before
      Given these Type 3 devices were added:
        | id   | root port | volatile | persistent |
        | hot0 | rp1       | 256M     | 0          |
      And a volatile region of 256M was created in window 0 on hot0
      And the region was destroyed
      When hot0 is removed
      Then hot0 is no longer in the machine
      And hot0 is no memdev
      And window 0 is a free resource of 4G
      And no memory is online on node 1

    @id:HOTADD-4.2
    Scenario: It has not been used
      Given these Type 3 devices were added:
        | id   | root port | volatile | persistent |
        | hot0 | rp1       | 0        | 256M       |
      When hot0 is removed
      Then hot0 is no longer in the machine
      And QMP reports the removal of hot0

    @id:HOTADD-4.3
    Scenario: Another device can be put into its place
      Given these Type 3 devices were added:
        | id   | root port | volatile | persistent |
        | hot0 | rp1       | 256M     | 0          |
      And hot0 was removed
      When these Type 3 devices are added:
        | id   | root port | volatile | persistent |
        | hot1 | rp1       | 0        | 256M       |
      Then hot1 is a memdev with 0 of volatile and 256M of persistent capacity
      And hot0 is no memdev

    @id:HOTADD-4.4
    Scenario: It has been used behind a host bridge that passes everything to its only root port
      Given these host bridges:
        | id    | bus | root ports |
        | cxl.2 | 222 | rp2        |
      And these fixed memory windows:
        | size | targets | granularity |
        | 4G   | cxl.2   | 256         |
      And these Type 3 devices:
        | id   | root port | volatile | persistent |
        | old0 | rp0       | 256M     | 0          |
      And these Type 3 devices were added:
        | id   | root port | volatile | persistent |
        | hot0 | rp2       | 0        | 256M       |
      And a persistent region of 256M was created in window 1 on hot0
      And the region was destroyed
      When hot0 is removed
      Then hot0 is no longer in the machine
      And QMP reports the removal of hot0

    @id:HOTADD-4.5
    Scenario: Its memory can be taken as well
      Given these Type 3 devices were added:
        | id   | root port | volatile | persistent |
        | hot0 | rp1       | 0        | 256M       |
      When hot0 is removed
      Then hot0 is no longer in the machine
      And the memory backend of hot0 can be removed

    @id:HOTADD-4.6
    Scenario: Its memory can go on in another device
      Given these Type 3 devices were added:
        | id   | root port | volatile | persistent |
        | hot0 | rp1       | 0        | 256M       |
      When hot0 is removed
      Then hot0 is no longer in the machine
      And the memory backend of hot0 can be reused

  @id:HOTADD-5
  Rule: The addresses of a region that was destroyed reach no media

    @id:HOTADD-5.1
    Scenario: Behind a host bridge that passes everything to its only root port
      Given these host bridges:
        | id    | bus | root ports |
        | cxl.2 | 222 | rp2        |
      And these fixed memory windows:
        | size | targets | granularity |
        | 4G   | cxl.2   | 256         |
      And these Type 3 devices:
        | id   | root port | volatile | persistent |
        | old0 | rp0       | 256M     | 0          |
      And these Type 3 devices were added:
        | id   | root port | volatile | persistent |
        | hot0 | rp2       | 0        | 256M       |
      And a persistent region of 256M was created in window 1 on hot0
      And 64K of data were stored in the region
      When the region is destroyed
      Then the media of hot0 hold the data from DPA 0
      And the addresses of the region do not yield the data

  @id:HOTADD-6 @thread-T12
  Rule: What is in use of a device that is removed stays with the operating system until the next boot

    @id:HOTADD-6.1
    Scenario: Memory of a volatile region
      Given these Type 3 devices were added:
        | id   | root port | volatile | persistent |
        | hot0 | rp1       | 256M     | 0          |
      And a volatile region of 256M was created in window 0 on hot0
      When hot0 is removed
      Then hot0 is no longer in the machine
      And there is no region
      And window 0 holds a region, a dax device and System RAM (kmem) of 256M
      And 256M of memory is online on node 1

    @id:HOTADD-6.2
    Scenario: Addresses of a persistent region
      Given these Type 3 devices were added:
        | id   | root port | volatile | persistent |
        | hot0 | rp1       | 0        | 256M       |
      And a persistent region of 256M was created in window 0 on hot0
      When hot0 is removed
      Then hot0 is no longer in the machine
      And there is no region
      And window 0 holds a region of 256M

  @id:HOTADD-7 @thread-T12 @thread-T15
  Rule: A device that is added has capacity for several regions, and regions in several windows

    @id:HOTADD-7.1
    Scenario: Two regions on one device
      Given these Type 3 devices were added:
        | id   | root port | volatile | persistent |
        | hot0 | rp1       | 512M     | 0          |
      And a volatile region of 256M was created in window 0 on hot0
      When a volatile region of 256M is created in window 0 on hot0
      Then the first region occupies 0-256M of window 0
      And the second region occupies 256M-512M of window 0
      And 512M of memory is online on node 1

    @id:HOTADD-7.2
    Scenario: No region fits into a window that is full
      Given these Type 3 devices were added:
        | id   | root port | volatile | persistent |
        | hot0 | rp0       | 0        | 4G         |
        | hot1 | rp1       | 0        | 256M       |
      And a persistent region of 4G was created in window 0 on hot0
      When a persistent region of 256M is created in window 0 on hot1
      Then region creation fails with ENOSPC: region size 0x10000000 exceeds max available space
      And the first region is enabled
      And the largest free extent of window 0 is 0

    @id:HOTADD-7.3
    Scenario: A region in each of two windows, on nodes of their own
      Given these host bridges:
        | id    | bus | root ports |
        | cxl.2 | 222 | rp2        |
      And these fixed memory windows:
        | size | targets | granularity |
        | 4G   | cxl.2   | 256         |
      And these Type 3 devices:
        | id   | root port | volatile | persistent |
        | old0 | rp0       | 256M     | 0          |
      And these Type 3 devices were added:
        | id   | root port | volatile | persistent |
        | hot0 | rp1       | 256M     | 0          |
        | hot1 | rp2       | 256M     | 0          |
      And a volatile region of 256M was created in window 0 on hot0
      When a volatile region of 256M is created in window 1 on hot1
      Then 256M of the region's memory is online on node 2
      And 256M of memory is online on node 1
