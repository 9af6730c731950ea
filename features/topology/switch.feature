@topology
Feature: Switches
  A switch behind a root port gives it several devices. It has decoders of its own, which take turns among its
  downstream ports as those of the host bridge do among root ports.

  Background:
    Given a machine with 2G of RAM, maxmem 2G
    And these host bridges:
      | id    | bus | root ports |
      | cxl.1 | 16  | rp0, rp1   |
      | cxl.2 | 48  | rp2        |
    And these switches:
      | id  | root port | downstream ports   |
      | sw0 | rp0       | d0, d1, d2, d3, d4 |
      | sw1 | rp1       | e0, e1, e2, e3     |
      | sw2 | rp2       | f0, f1             |
    And these Type 3 devices:
      | id | port | volatile | persistent |
      | a0 | d0   | 0        | 256M       |
      | a1 | d1   | 0        | 256M       |
      | a2 | d2   | 0        | 256M       |
      | a3 | d3   | 0        | 256M       |
      | b0 | e0   | 0        | 256M       |
      | b1 | e1   | 0        | 256M       |
      | b2 | e2   | 0        | 256M       |
      | b3 | e3   | 0        | 256M       |
      | c0 | f0   | 0        | 256M       |
      | c1 | f1   | 0        | 256M       |
    And these fixed memory windows:
      | size | targets      | granularity |
      | 4G   | cxl.1        | 256         |
      | 4G   | cxl.1, cxl.2 | 1K          |

  @id:SWITCH-1 @CXL-3.1-8.2.4.20.7 @thread-T3
  Rule: A region takes devices behind switches as it takes those behind root ports

    @id:SWITCH-1.1
    Scenario Outline: <size> on <devices>
      Given a persistent region of <size> was created in window <window> on <devices>
      When 64K of data are stored in the region
      Then the region yields the data
      And the media of <devices> hold the data interleaved at <turn> from DPA 0

      Examples: one device
        | size | window | devices | turn |
        | 256M | 0      | a1      | 64K  |

      Examples: of one switch, in any order
        | size | window | devices        | turn |
        | 512M | 0      | a0, a1         | 256  |
        | 1G   | 0      | a3, a1, a2, a0 | 256  |

      Examples: of two switches in turn
        | size | window | devices                        | turn |
        | 1G   | 0      | a0, b1, a1, b0                 | 256  |
        | 2G   | 0      | a0, b0, a1, b1, a2, b2, a3, b3 | 256  |

      Examples: of switches behind two host bridges
        | size | window | devices        | turn |
        | 1G   | 1      | a2, c0, a1, c1 | 1K   |

  @id:SWITCH-2 @thread-T3
  Rule: Devices of one switch are not taken twice in a row where switches take turns

    @id:SWITCH-2.1
    Scenario Outline: <devices>
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
  Rule: Devices come and go in the slots of downstream ports

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
