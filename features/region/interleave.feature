@region @thread-T3 @thread-T22
Feature: Interleaved regions
  The operating system spreads a region over several devices. A window takes turns among its host
  bridges, a host bridge among its root ports, and each device keeps the parts that are its own.

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

  @id:INTERLEAVE-1 @CXL-3.1-8.2.4.20.7
  Rule: The devices of a region take turns in the order that the operating system gave them

    @id:INTERLEAVE-1.1
    Scenario Outline: A region of <size> on <devices> in window <window>
      When a persistent region of <size> is created in window <window> on <devices>
      Then the region is enabled
      And the region maps <size> of window <window> to <devices>

      Examples: across host bridges, and across root ports of both
        | size | window | devices        |
        | 512M | 0      | a0, b0         |
        | 2G   | 0      | a0, b0, a1, b1 |

      Examples: across root ports
        | size | window | devices |
        | 512M | 1      | a1, a0  |

    @id:INTERLEAVE-1.2
    Scenario Outline: Data in turns of <turn> on the media of <devices>
      Given a persistent region of <size> was created in window <window> on <devices>
      When 64K of data are stored in the region
      Then the region yields the data
      And the media of <devices> hold the data interleaved at <turn> from DPA 0

      Examples: across host bridges
        | size | window | devices | turn |
        | 512M | 0      | a0, b0  | 4K   |
        | 512M | 0      | a1, b0  | 4K   |

      Examples: across root ports, in both orders
        | size | window | devices | turn |
        | 512M | 1      | a0, a1  | 256  |
        | 512M | 1      | a1, a0  | 256  |

      Examples: across root ports of two host bridges
        | size | window | devices        | turn |
        | 1G   | 0      | a0, b0, a1, b1 | 4K   |
        | 2G   | 0      | a1, b0, a0, b1 | 4K   |

  @id:INTERLEAVE-2
  Rule: Devices in an order that the window's turns do not have are refused

    @id:INTERLEAVE-2.1
    Scenario Outline: <devices>
      When a persistent region of <size> is created in window 0 on <devices>
      Then region creation fails with ENXIO: failed to set <target>
      And there is no region
      And window 0 is a free resource of 4G

      Examples: the second bridge first, and one bridge twice in a row
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
  Rule: A region takes equally many devices of each host bridge of its window, and a multiple of 256M of each device

    @id:INTERLEAVE-3.1
    Scenario Outline: <size> on <devices>
      When a persistent region of <size> is created in window 0 on <devices>
      Then region creation fails with EINVAL: <step> failed: Invalid argument
      And there is no region
      And window 0 is a free resource of 4G

      Examples: too small, and between two multiples
        | size | devices        | step     |
        | 256M | a0, b0         | set_size |
        | 768M | a0, b0         | set_size |
        | 512M | a0, b0, a1, b1 | set_size |

      Examples: a device of one bridge alone
        | size | devices | step                |
        | 256M | a0      | set_interleave_ways |

    @id:INTERLEAVE-3.2
    Scenario: A device behind another bridge
      When a persistent region of 512M is created in window 0 on a0, c0
      Then region creation fails with EINVAL: Interleave ways 2 is greater than number of memdevs specified: 1
      And there is no region

  @id:INTERLEAVE-4
  Rule: A host bridge's turns are as long as all turns of its window together, and at most 16K

    @id:INTERLEAVE-4.1
    Scenario: Turns of 16K among two host bridges
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
    Scenario: The devices can be put together otherwise
      Given a persistent region of 2G was created in window 0 on a0, b0, a1, b1
      And the region was destroyed
      And a persistent region of 1G was created in window 1 on a0, a1
      When 64K of data are stored in the region
      Then the media of a0, a1 hold the data interleaved at 256 from DPA 0
