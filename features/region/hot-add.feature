@region @thread-T12
Feature: Hot-plug of Type 3 devices
  Windows, and root ports with empty slots, exist since boot. The operating system detects, maps and
  releases devices that are plugged into those slots later.

  Background:
    Given the machine "one host bridge"

  @id:HOTADD-1
  Rule: A hot-added device is a memdev
    @id:HOTADD-1.1
    Scenario Outline: A device with <volatile> of volatile and <persistent> of persistent capacity
      When these Type 3 devices are added:
        | id   | port | volatile   | persistent   |
        | hot0 | rp1  | <volatile> | <persistent> |
      Then hot0 is a memdev with <volatile> of volatile and <persistent> of persistent capacity

      Examples: volatile, persistent, and both
        | volatile | persistent |
        | 256M     | 0          |
        | 0        | 256M       |
        | 256M     | 512M       |

    @id:HOTADD-1.2
    Scenario Outline: BARs of a device with <volatile> of volatile and <persistent> of persistent capacity
      When these Type 3 devices are added:
        | id   | port | volatile   | persistent   |
        | hot0 | rp1  | <volatile> | <persistent> |
      Then the BARs of 1 CXL memory device have been placed
      And no PCI BAR overlaps a fixed memory window

      Examples: either kind of capacity
        | volatile | persistent |
        | 256M     | 0          |
        | 0        | 256M       |

  @id:HOTADD-2 @thread-T3 @thread-T15
  Rule: The operating system maps a hot-added device like one present at boot
    @id:HOTADD-2.1
    Scenario: A volatile region
      Given these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp1  | 256M     | 0          |
      When a volatile region of 256M is created in window 0 on hot0
      Then the region is enabled
      And the region maps 256M of window 0 to hot0
      And window 0 holds a region, a dax device and System RAM (kmem) of 256M

    @id:HOTADD-2.2
    Scenario: Its memory comes online on the window's own node
      Given these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp1  | 256M     | 0          |
      When a volatile region of 256M is created in window 0 on hot0
      Then 256M of the region's memory is online on node 1

    @id:HOTADD-2.3
    Scenario: Data stored in its memory are on the media
      Given these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp1  | 256M     | 0          |
      And a volatile region of 256M was created in window 0 on hot0
      When 64K of data are stored in the region
      Then the region yields the data
      And the media of hot0 hold every page of the data

    @id:HOTADD-2.4
    Scenario: Data stored in a persistent region are on the media behind the volatile capacity
      Given these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp1  | 256M     | 512M       |
      And a persistent region of 512M was created in window 0 on hot0
      When 64K of data are stored in the region
      Then the region yields the data
      And the media of hot0 hold the data from DPA 256M

  @id:HOTADD-3
  Rule: A hot-added device and one present at boot can be used side by side
    Background:
      Given the machine "a volatile device, and a host bridge with one root port"

    @id:HOTADD-3.1
    Scenario: Each region has its own media
      Given these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp1  | 0        | 256M       |
      And a volatile region of 256M was created in window 0 on old0
      And a persistent region of 256M was created in window 0 on hot0
      When 64K of data are stored in the region
      Then the region occupies 256M-512M of window 0
      And the media of hot0 hold the data from DPA 0
      And the media of old0 hold no page of the data

  @id:HOTADD-4
  Rule: A removed device leaves nothing behind
    @id:HOTADD-4.1
    Scenario: Its region was destroyed before
      Given these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp1  | 256M     | 0          |
      And a volatile region of 256M was created in window 0 on hot0
      And the region was destroyed
      When hot0 is removed
      Then hot0 is no longer in the machine
      And hot0 is no memdev
      And window 0 is a free resource of 4G
      And no memory is online on node 1

    @id:HOTADD-4.2
    Scenario: It was not used
      Given these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp1  | 0        | 256M       |
      When hot0 is removed
      Then hot0 is no longer in the machine
      And QMP reports the removal of hot0

    @id:HOTADD-4.3
    Scenario: Another device can be added to its slot
      Given these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp1  | 256M     | 0          |
      And hot0 was removed
      When these Type 3 devices are added:
        | id   | port | volatile | persistent |
        | hot1 | rp1  | 0        | 256M       |
      Then hot1 is a memdev with 0 of volatile and 256M of persistent capacity
      And hot0 is no memdev

    @id:HOTADD-4.4
    Scenario: It was used behind a host bridge with a single root port
      Given the machine "a volatile device, and a host bridge with one root port"
      And these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp2  | 0        | 256M       |
      And a persistent region of 256M was created in window 1 on hot0
      And the region was destroyed
      When hot0 is removed
      Then hot0 is no longer in the machine
      And QMP reports the removal of hot0

    @id:HOTADD-4.5
    Scenario: Its memory backend can be removed
      Given these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp1  | 0        | 256M       |
      And hot0 was removed
      When the memory backend of hot0 is removed
      Then QMP refuses nothing

    @id:HOTADD-4.6
    Scenario: Its memory backend can be reused by another device
      Given these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp1  | 0        | 256M       |
      And hot0 was removed
      When the memory backend of hot0 is reused
      Then QMP refuses nothing

  @id:HOTADD-5
  Rule: The addresses of a destroyed region are not decoded
    @id:HOTADD-5.1
    Scenario: Behind a host bridge with a single root port
      Given the machine "a volatile device, and a host bridge with one root port"
      And these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp2  | 0        | 256M       |
      And a persistent region of 256M was created in window 1 on hot0
      And 64K of data were stored in the region
      When the region is destroyed
      Then the media of hot0 hold the data from DPA 0
      And the addresses of the region do not yield the data

  @id:HOTADD-6 @thread-T12
  Rule: Memory and addresses in use when a device is removed stay allocated until the next boot
    @id:HOTADD-6.1
    Scenario: Memory of a volatile region
      Given these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp1  | 256M     | 0          |
      And a volatile region of 256M was created in window 0 on hot0
      When hot0 is removed
      Then hot0 is no longer in the machine
      And there is no region
      And window 0 holds a region, a dax device and System RAM (kmem) of 256M
      And 256M of memory is online on node 1

    @id:HOTADD-6.2
    Scenario: Addresses of a persistent region
      Given these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp1  | 0        | 256M       |
      And a persistent region of 256M was created in window 0 on hot0
      When hot0 is removed
      Then hot0 is no longer in the machine
      And there is no region
      And window 0 holds a region of 256M

  @id:HOTADD-7 @thread-T12 @thread-T15
  Rule: Hot-added devices can have several regions, in several windows
    @id:HOTADD-7.1
    Scenario: Two regions on one device
      Given these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp1  | 512M     | 0          |
      And a volatile region of 256M was created in window 0 on hot0
      When a volatile region of 256M is created in window 0 on hot0
      Then the first region occupies 0-256M of window 0
      And the second region occupies 256M-512M of window 0
      And 512M of memory is online on node 1

    @id:HOTADD-7.2
    Scenario: No region fits into a window that is full
      Given these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp0  | 0        | 4G         |
        | hot1 | rp1  | 0        | 256M       |
      And a persistent region of 4G was created in window 0 on hot0
      When a persistent region of 256M is created in window 0 on hot1
      Then region creation fails with ENOSPC: region size 0x10000000 exceeds max available space
      And the first region is enabled
      And the largest free extent of window 0 is 0

    @id:HOTADD-7.3
    Scenario: A region in each of two windows, on separate nodes
      Given the machine "a volatile device, and a host bridge with one root port"
      And these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp1  | 256M     | 0          |
        | hot1 | rp2  | 256M     | 0          |
      And a volatile region of 256M was created in window 0 on hot0
      When a volatile region of 256M is created in window 1 on hot1
      Then 256M of the region's memory is online on node 2
      And 256M of memory is online on node 1
