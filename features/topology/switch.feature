@topology
Feature: Switches
  A switch below a root port connects several devices. It has HDM decoders, which interleave across its
  downstream ports as those of a host bridge do across root ports.

  Background:
    Given a machine with 2G of RAM, maxmem 2G
    And these host bridges:
      | id    | bus | root ports |
      | cxl.1 | 16  | rp0, rp1   |
      | cxl.2 | 48  | rp2        |
    And these switches:
      | id  | root port | downstream ports |
      | sw0 | rp0       | d0..d4           |
      | sw1 | rp1       | e0..e3           |
      | sw2 | rp2       | f0..f1           |
    And these Type 3 devices:
      | id     | port   | volatile | persistent |
      | a0..a3 | d0..d3 | 0        | 256M       |
      | b0..b3 | e0..e3 | 0        | 256M       |
      | c0..c1 | f0..f1 | 0        | 256M       |
    And these fixed memory windows:
      | size | targets      | granularity |
      | 4G   | cxl.1        | 256         |
      | 4G   | cxl.1, cxl.2 | 1K          |

  @id:SWITCH-1 @CXL-3.1-8.2.4.20.7 @thread-T3
  Rule: A region can have devices behind switches
    @id:SWITCH-1.1
    Scenario Outline: A region of <size> on <devices>
      Given a persistent region of <size> was created in window <window> on <devices>
      When 64K of data are stored in the region
      Then the region yields the data
      And the media of <devices> hold the data interleaved at <granularity> from DPA 0

      Examples: one device, and devices of one switch in any order
        | size | window | devices        | granularity |
        | 256M | 0      | a1             | 64K         |
        | 512M | 0      | a0, a1         | 256         |
        | 1G   | 0      | a3, a1, a2, a0 | 256         |

      Examples: devices of two switches in alternation, and behind two host bridges
        | size | window | devices                        | granularity |
        | 1G   | 0      | a0, b1, a1, b0                 | 256         |
        | 2G   | 0      | a0, b0, a1, b1, a2, b2, a3, b3 | 256         |
        | 1G   | 1      | a2, c0, a1, c1                 | 1K          |

  @id:SWITCH-2 @thread-T3
  Rule: Where a host bridge interleaves across switches, consecutive devices are behind different switches
    @id:SWITCH-2.1
    Scenario Outline: Devices in the order <devices>
      When a persistent region of <size> is created in window 0 on <devices>
      Then region creation fails with ENXIO: failed to set <target>
      And there is no region

      Examples: 4 and 8 ways
        | size | devices                        | target  |
        | 1G   | a0, a1, b0, b1                 | target3 |
        | 2G   | a0, a1, a2, a3, b0, b1, b2, b3 | target7 |

  @id:SWITCH-3 @CDAT-1.03-2.6 @thread-T14 @needs:hardware
  Rule: The CDAT of a switch gives latency and bandwidth between its upstream port and each downstream port
    @id:SWITCH-3.1
    Scenario: Two downstream ports
      Then the CDAT of the switch above c0 has these ways:
        | from     | to | of               | value      |
        | upstream | 0  | access latency   | 150 ns     |
        | upstream | 1  | access latency   | 150 ns     |
        | upstream | 0  | access bandwidth | 16384 MB/s |
        | upstream | 1  | access bandwidth | 16384 MB/s |

  @id:SWITCH-4 @thread-T12 @PCIe-6.0-6.7
  Rule: Devices can be hot-plugged below downstream ports
    @id:SWITCH-4.1
    Scenario: A device that is added is part of a region
      Given these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | d4   | 0        | 256M       |
      And a persistent region of 512M was created in window 0 on hot0, a0
      When 64K of data are stored in the region
      Then the media of hot0, a0 hold the data interleaved at 256 from DPA 0

    @id:SWITCH-4.2 @needs:hardware
    Scenario: A device is removed
      Given these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | d4   | 0        | 256M       |
      When hot0 is removed
      Then hot0 is no longer in the machine
