@decode @needs:hardware
Feature: Interleaved decode
  The bytes of each turn are on the media of the device whose turn it is, next to those of its turn before. Windows and
  devices also know multiples of 3; what is between them knows powers of 2 alone.

  @id:DECODE-1 @CXL-3.1-8.2.4.20.7
  Rule: A host bridge takes turns among its root ports

    Background:
      Given a machine with 2G of RAM, maxmem 2G
      And these host bridges:
        | id    | bus | root ports                             |
        | cxl.1 | 16  | rp0, rp1, rp2, rp3, rp4, rp5, rp6, rp7 |
      And these Type 3 devices:
        | id | root port | volatile | persistent |
        | m0 | rp0       | 0        | 256M       |
        | m1 | rp1       | 0        | 256M       |
        | m2 | rp2       | 0        | 256M       |
        | m3 | rp3       | 0        | 256M       |
        | m4 | rp4       | 0        | 256M       |
        | m5 | rp5       | 0        | 256M       |
        | m6 | rp6       | 0        | 256M       |
        | m7 | rp7       | 0        | 256M       |
      And these fixed memory windows:
        | size | targets | granularity |
        | 6G   | cxl.1   | 256         |

    @id:DECODE-1.1
    Scenario Outline: <ways> ways in turns of <granularity>
      Given the devices behind the first <ways> root ports of cxl.1 interleave a window at <granularity>
      When data are stored in interleaved chunks, and across their boundaries
      Then the interleaved addresses yield the data
      And each device holds its chunks of the data on its media

      Examples: one device
        | ways | granularity |
        | 1    | 256         |
        | 1    | 512         |
        | 1    | 1K          |
        | 1    | 2K          |
        | 1    | 4K          |
        | 1    | 8K          |
        | 1    | 16K         |

      Examples: 2 ways, by the host bridge
        | ways | granularity |
        | 2    | 256         |
        | 2    | 512         |
        | 2    | 1K          |
        | 2    | 2K          |
        | 2    | 4K          |
        | 2    | 8K          |
        | 2    | 16K         |

      Examples: 4 ways, by the host bridge
        | ways | granularity |
        | 4    | 256         |
        | 4    | 512         |
        | 4    | 1K          |
        | 4    | 2K          |
        | 4    | 4K          |
        | 4    | 8K          |
        | 4    | 16K         |

      Examples: 8 ways, by the host bridge
        | ways | granularity |
        | 8    | 256         |
        | 8    | 512         |
        | 8    | 1K          |
        | 8    | 2K          |
        | 8    | 4K          |
        | 8    | 8K          |
        | 8    | 16K         |

  @id:DECODE-2 @CXL-3.1-8.2.4.20.7
  Rule: A window takes turns among host bridges, and they among their root ports

    Background:
      Given a machine with 2G of RAM, maxmem 2G
      And these host bridges:
        | id    | bus | root ports                                     |
        | cxl.1 | 16  | arp0, arp1, arp2, arp3, arp4, arp5, arp6, arp7 |
        | cxl.2 | 32  | brp0, brp1, brp2, brp3, brp4, brp5, brp6, brp7 |
        | cxl.3 | 48  | crp0, crp1, crp2, crp3                         |
      And these Type 3 devices:
        | id | root port | volatile | persistent |
        | a0 | arp0      | 0        | 256M       |
        | a1 | arp1      | 0        | 256M       |
        | a2 | arp2      | 0        | 256M       |
        | a3 | arp3      | 0        | 256M       |
        | a4 | arp4      | 0        | 256M       |
        | a5 | arp5      | 0        | 256M       |
        | a6 | arp6      | 0        | 256M       |
        | a7 | arp7      | 0        | 256M       |
        | b0 | brp0      | 0        | 256M       |
        | b1 | brp1      | 0        | 256M       |
        | b2 | brp2      | 0        | 256M       |
        | b3 | brp3      | 0        | 256M       |
        | b4 | brp4      | 0        | 256M       |
        | b5 | brp5      | 0        | 256M       |
        | b6 | brp6      | 0        | 256M       |
        | b7 | brp7      | 0        | 256M       |
        | c0 | crp0      | 0        | 256M       |
        | c1 | crp1      | 0        | 256M       |
        | c2 | crp2      | 0        | 256M       |
        | c3 | crp3      | 0        | 256M       |
      And these fixed memory windows:
        | size | targets             | granularity |
        | 12G  | cxl.1, cxl.2        | 256         |
        | 12G  | cxl.1, cxl.2        | 512         |
        | 12G  | cxl.1, cxl.2        | 1K          |
        | 12G  | cxl.1, cxl.2        | 2K          |
        | 12G  | cxl.1, cxl.2        | 4K          |
        | 12G  | cxl.1, cxl.2        | 8K          |
        | 12G  | cxl.1, cxl.2        | 16K         |
        | 8G   | cxl.1, cxl.2, cxl.3 | 256         |
        | 8G   | cxl.1, cxl.2, cxl.3 | 512         |
        | 8G   | cxl.1, cxl.2, cxl.3 | 1K          |
        | 8G   | cxl.1, cxl.2, cxl.3 | 2K          |
        | 8G   | cxl.1, cxl.2, cxl.3 | 4K          |
        | 8G   | cxl.1, cxl.2, cxl.3 | 8K          |
        | 8G   | cxl.1, cxl.2, cxl.3 | 16K         |

    @id:DECODE-2.1
    Scenario Outline: <ways> ways in turns of <granularity>
      Given the devices behind the first <ports> root ports of <bridges> interleave a window at <granularity>
      When data are stored in interleaved chunks, and across their boundaries
      Then the interleaved addresses yield the data
      And each device holds its chunks of the data on its media

      Examples: 3 ways, by the window
        | ways | ports | bridges             | granularity |
        | 3    | 1     | cxl.1, cxl.2, cxl.3 | 256         |
        | 3    | 1     | cxl.1, cxl.2, cxl.3 | 512         |
        | 3    | 1     | cxl.1, cxl.2, cxl.3 | 1K          |
        | 3    | 1     | cxl.1, cxl.2, cxl.3 | 2K          |
        | 3    | 1     | cxl.1, cxl.2, cxl.3 | 4K          |
        | 3    | 1     | cxl.1, cxl.2, cxl.3 | 8K          |
        | 3    | 1     | cxl.1, cxl.2, cxl.3 | 16K         |

      Examples: 6 ways, by window and host bridges
        | ways | ports | bridges             | granularity |
        | 6    | 2     | cxl.1, cxl.2, cxl.3 | 256         |
        | 6    | 2     | cxl.1, cxl.2, cxl.3 | 512         |
        | 6    | 2     | cxl.1, cxl.2, cxl.3 | 1K          |
        | 6    | 2     | cxl.1, cxl.2, cxl.3 | 2K          |
        | 6    | 2     | cxl.1, cxl.2, cxl.3 | 4K          |
        | 6    | 2     | cxl.1, cxl.2, cxl.3 | 8K          |
        | 6    | 2     | cxl.1, cxl.2, cxl.3 | 16K         |

      Examples: 12 ways, by window and host bridges
        | ways | ports | bridges             | granularity |
        | 12   | 4     | cxl.1, cxl.2, cxl.3 | 256         |
        | 12   | 4     | cxl.1, cxl.2, cxl.3 | 512         |
        | 12   | 4     | cxl.1, cxl.2, cxl.3 | 1K          |
        | 12   | 4     | cxl.1, cxl.2, cxl.3 | 2K          |
        | 12   | 4     | cxl.1, cxl.2, cxl.3 | 4K          |
        | 12   | 4     | cxl.1, cxl.2, cxl.3 | 8K          |
        | 12   | 4     | cxl.1, cxl.2, cxl.3 | 16K         |

      Examples: 16 ways, by window and host bridges, which have no turns of 32K
        | ways | ports | bridges      | granularity |
        | 16   | 8     | cxl.1, cxl.2 | 256         |
        | 16   | 8     | cxl.1, cxl.2 | 512         |
        | 16   | 8     | cxl.1, cxl.2 | 1K          |
        | 16   | 8     | cxl.1, cxl.2 | 2K          |
        | 16   | 8     | cxl.1, cxl.2 | 4K          |
        | 16   | 8     | cxl.1, cxl.2 | 8K          |
