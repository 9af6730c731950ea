@region @thread-T3 @thread-T22
Feature: Interleaved regions
  The operating system interleaves a region across several devices. A window interleaves across its
  host bridges, a host bridge across its root ports, and each device has its chunks on its media.

  Background:
    Given the machine "five devices behind three host bridges"

  @id:INTERLEAVE-1 @CXL-3.1-8.2.4.20.7
  Rule: A region interleaves across its devices in the order in which they were given
    @id:INTERLEAVE-1.1
    Scenario Outline: A region of <size> on <devices> in window <window>
      When a persistent region of <size> is created in window <window> on <devices>
      Then the region is enabled
      And the region maps <size> of window <window> to <devices>

      Examples: across host bridges, across root ports of both, and across root ports of one
        | size | window | devices        |
        | 512M | 0      | a0, b0         |
        | 2G   | 0      | a0, b0, a1, b1 |
        | 512M | 1      | a1, a0         |

    @id:INTERLEAVE-1.2
    Scenario Outline: Data interleaved at <granularity> on the media of <devices>
      Given a persistent region of <size> was created in window <window> on <devices>
      When 64K of data are stored in the region
      Then the region yields the data
      And the media of <devices> hold the data interleaved at <granularity> from DPA 0

      Examples: across host bridges, across root ports in both orders, and across root ports of two host bridges
        | size | window | devices        | granularity |
        | 512M | 0      | a0, b0         | 4K          |
        | 512M | 0      | a1, b0         | 4K          |
        | 512M | 1      | a0, a1         | 256         |
        | 512M | 1      | a1, a0         | 256         |
        | 1G   | 0      | a0, b0, a1, b1 | 4K          |
        | 2G   | 0      | a1, b0, a0, b1 | 4K          |

  @id:INTERLEAVE-2
  Rule: Devices in an order that the window does not interleave in are refused
    @id:INTERLEAVE-2.1
    Scenario Outline: Devices in the order <devices>
      When a persistent region of <size> is created in window 0 on <devices>
      Then region creation fails with ENXIO: failed to set <target>
      And there is no region
      And window 0 is a free resource of 4G

      Examples: the second host bridge first, and one host bridge twice in a row
        | size | devices        | target  |
        | 512M | b0, a0         | target0 |
        | 512M | a0, a1         | target1 |
        | 1G   | a0, a1, b0, b1 | target1 |

    @id:INTERLEAVE-2.2
    Scenario: The same devices in the right order
      Given a persistent region of 1G was refused in window 0 on a0, a1, b0, b1
      When a persistent region of 1G is created in window 0 on a0, b0, a1, b1
      Then the region is enabled

  @id:INTERLEAVE-3
  Rule: A region has equally many devices of each host bridge of its window, and a multiple of 256M of each device
    @id:INTERLEAVE-3.1
    Scenario Outline: A region of <size> on <devices>
      When a persistent region of <size> is created in window 0 on <devices>
      Then region creation fails with EINVAL: <step> failed: Invalid argument
      And there is no region
      And window 0 is a free resource of 4G

      Examples: too small, between two multiples, and a device of one host bridge only
        | size | devices        | step                |
        | 256M | a0, b0         | set_size            |
        | 768M | a0, b0         | set_size            |
        | 512M | a0, b0, a1, b1 | set_size            |
        | 256M | a0             | set_interleave_ways |

    @id:INTERLEAVE-3.2
    Scenario: A device behind a host bridge of another window
      When a persistent region of 512M is created in window 0 on a0, c0
      Then region creation fails with EINVAL: Interleave ways 2 is greater than number of memdevs specified: 1
      And there is no region

  @id:INTERLEAVE-4
  Rule: A host bridge's granularity is that of its window times the window's ways, and at most 16K
    @id:INTERLEAVE-4.1
    Scenario: A granularity of 16K across two host bridges
      When a persistent region of 512M is created in window 4 on a0, b0
      Then region creation fails with EINVAL: failed to set target1
      And there is no region

  @id:INTERLEAVE-5
  Rule: An interleaved region that is destroyed leaves nothing behind
    @id:INTERLEAVE-5.1
    Scenario: The window is free again
      Given a persistent region of 2G was created in window 0 on a0, b0, a1, b1
      When the region is destroyed
      Then there is no region
      And window 0 is a free resource of 4G

    @id:INTERLEAVE-5.2
    Scenario: The devices can be used in another region
      Given a persistent region of 2G was created in window 0 on a0, b0, a1, b1
      And the region was destroyed
      And a persistent region of 1G was created in window 1 on a0, a1
      When 64K of data are stored in the region
      Then the media of a0, a1 hold the data interleaved at 256 from DPA 0
