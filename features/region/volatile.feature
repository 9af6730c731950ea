@region @thread-T3 @thread-T12
Feature: Volatile regions
  The operating system configures volatile capacity that firmware has not configured: it creates a
  region, and the region's memory comes online on a NUMA node.

  Background:
    Given the machine "one host bridge"
    And these Type 3 devices:
      | id    | port | volatile | persistent |
      | vmem0 | rp0  | 512M     | 0          |
      | both0 | rp1  | 256M     | 512M       |
    And these fixed memory windows:
      | size | targets | granularity |
      | 4G   | cxl.1   | 256         |

  @id:VMEM-1
  Rule: The operating system creates a volatile region in a window
    @id:VMEM-1.1
    Scenario Outline: The volatile and persistent capacity of <device> are reported
      Then <device> is a memdev with <volatile> of volatile and <persistent> of persistent capacity

      Examples: with and without persistent capacity
        | device | volatile | persistent |
        | vmem0  | 512M     | 0          |
        | both0  | 256M     | 512M       |

    @id:VMEM-1.2
    Scenario Outline: A region of <size> on <device>
      When a volatile region of <size> is created in window 0 on <device>
      Then the region is enabled
      And the region maps <size> of window 0 to <device>

      Examples: part of a device, all of it, and beside persistent capacity
        | device | size |
        | vmem0  | 256M |
        | vmem0  | 512M |
        | both0  | 256M |

    @id:VMEM-1.3
    Scenario: A persistent region behind volatile capacity
      Given a persistent region of 256M was created in window 0 on both0
      When 64K of data are stored in the region
      Then the region yields the data
      And the media of both0 hold the data from DPA 256M

  @id:VMEM-2
  Rule: The memory of a volatile region comes online
    @id:VMEM-2.1
    Scenario: It is system RAM on the window's own node
      When a volatile region of 512M is created in window 0 on vmem0
      Then 512M of the region's memory is online on node 1

    @id:VMEM-2.2
    Scenario: It holds data
      Given a volatile region of 512M was created in window 0 on vmem0
      When 64K of data are stored in the region
      Then the region yields the data

    @id:VMEM-2.3
    Scenario: The resources of the region nest
      When a volatile region of 512M is created in window 0 on vmem0
      Then window 0 holds a region, a dax device and System RAM (kmem) of 512M

  @id:VMEM-3
  Rule: A volatile region that is destroyed leaves nothing behind
    @id:VMEM-3.1
    Scenario: The window is free again, and its node has no memory
      Given a volatile region of 512M was created in window 0 on vmem0
      When the region is destroyed
      Then there is no region
      And window 0 is a free resource of 4G
      And no memory is online on node 1

  @id:VMEM-4
  Rule: The operating system can combine volatile capacity of several devices, and divide that of one
    @id:VMEM-4.1
    Scenario: One region on two devices
      When a volatile region of 512M is created in window 0 on vmem0, both0
      Then the region is enabled
      And the region maps 512M of window 0 to vmem0, both0
      And 512M of the region's memory is online on node 1

    @id:VMEM-4.2
    Scenario: A persistent region behind a volatile one
      Given a volatile region of 256M was created in window 0 on both0
      And a persistent region of 512M was created in window 0 on both0
      When 64K of data are stored in the second region
      Then the first region is enabled
      And the media of both0 hold the data from DPA 256M

    @id:VMEM-4.3
    Scenario: More than the capacity of the device
      When a volatile region of 512M is created in window 0 on both0
      Then region creation fails with ENOSPC: set_dpa_size failed: No space left on device
      And there is no region
      And no memory is online on node 1

    @id:VMEM-4.4
    Scenario: No volatile region while persistent capacity behind it is in use
      Given a persistent region of 256M was created in window 0 on both0
      When a volatile region of 256M is created in window 0 on both0
      Then region creation fails with ENOSPC: set_dpa_size failed: No space left on device
      And the first region is enabled

  @id:VMEM-5
  Rule: Volatile memory can be interleaved across host bridges
    @id:VMEM-5.1
    Scenario Outline: A region of <size> on <devices>
      Given these host bridges:
        | id    | bus | root ports |
        | cxl.2 | 40  | rp2, rp3   |
      And these Type 3 devices:
        | id    | port | volatile | persistent |
        | vmem2 | rp2  | 512M     | 0          |
        | vmem3 | rp3  | 256M     | 0          |
      And these fixed memory windows:
        | size | targets      | granularity |
        | 4G   | cxl.1, cxl.2 | 4K          |
      And a volatile region of <size> was created in window 2 on <devices>
      When 64K of data are stored in the region
      Then the region yields the data
      And the media of <devices> hold every page of the data
      And <size> of the region's memory is online on node 3

      Examples: across host bridges, and across root ports of both
        | size | devices                    |
        | 1G   | vmem0, vmem2               |
        | 1G   | vmem0, vmem2, both0, vmem3 |
