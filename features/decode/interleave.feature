@decode @needs:hardware
Feature: Interleaved decode
  Consecutive chunks are on the media of consecutive devices, and each device's chunks are adjacent. Windows and devices
  support multiples of 3 as interleave ways; host bridges and switches support powers of 2 only.

  @id:DECODE-1 @CXL-3.1-8.2.4.20.7
  Rule: A host bridge interleaves across its root ports
    Background:
      Given a machine with 2G of RAM, maxmem 2G
      And these host bridges:
        | id    | bus | root ports |
        | cxl.1 | 16  | rp0..rp7   |
      And these Type 3 devices:
        | id     | port     | volatile | persistent |
        | m0..m7 | rp0..rp7 | 0        | 256M       |
      And these fixed memory windows:
        | size | targets | granularity |
        | 6G   | cxl.1   | 256         |

    @id:DECODE-1.1
    Scenario Outline: <ways> ways with a granularity of <granularity>
      Given the devices behind the first <ways> root ports of cxl.1 interleave a window at <granularity>
      When data are stored in interleaved chunks, and across their boundaries
      Then the interleaved addresses yield the data
      And each device holds its chunks of the data on its media

      Examples: 1 to 8 ways, by the host bridge
        | ways | granularity |
        | 1    | 256         |
        | 1    | 512         |
        | 1    | 1K          |
        | 1    | 2K          |
        | 1    | 4K          |
        | 1    | 8K          |
        | 1    | 16K         |
        | 2    | 256         |
        | 2    | 512         |
        | 2    | 1K          |
        | 2    | 2K          |
        | 2    | 4K          |
        | 2    | 8K          |
        | 2    | 16K         |
        | 4    | 256         |
        | 4    | 512         |
        | 4    | 1K          |
        | 4    | 2K          |
        | 4    | 4K          |
        | 4    | 8K          |
        | 4    | 16K         |
        | 8    | 256         |
        | 8    | 512         |
        | 8    | 1K          |
        | 8    | 2K          |
        | 8    | 4K          |
        | 8    | 8K          |
        | 8    | 16K         |

  @id:DECODE-2 @CXL-3.1-8.2.4.20.7
  Rule: A window interleaves across host bridges, and they across their root ports
    Background:
      Given a machine with 2G of RAM, maxmem 2G
      And these host bridges:
        | id    | bus | root ports |
        | cxl.1 | 16  | arp0..arp7 |
        | cxl.2 | 32  | brp0..brp7 |
        | cxl.3 | 48  | crp0..crp3 |
      And these Type 3 devices:
        | id     | port       | volatile | persistent |
        | a0..a7 | arp0..arp7 | 0        | 256M       |
        | b0..b7 | brp0..brp7 | 0        | 256M       |
        | c0..c3 | crp0..crp3 | 0        | 256M       |
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
    Scenario Outline: <ways> ways with a granularity of <granularity>
      Given the devices behind the first <ports> root ports of <bridges> interleave a window at <granularity>
      When data are stored in interleaved chunks, and across their boundaries
      Then the interleaved addresses yield the data
      And each device holds its chunks of the data on its media

      Examples: 3, 6 and 12 ways, by window and host bridges
        | ways | ports | bridges             | granularity |
        | 3    | 1     | cxl.1, cxl.2, cxl.3 | 256         |
        | 3    | 1     | cxl.1, cxl.2, cxl.3 | 512         |
        | 3    | 1     | cxl.1, cxl.2, cxl.3 | 1K          |
        | 3    | 1     | cxl.1, cxl.2, cxl.3 | 2K          |
        | 3    | 1     | cxl.1, cxl.2, cxl.3 | 4K          |
        | 3    | 1     | cxl.1, cxl.2, cxl.3 | 8K          |
        | 3    | 1     | cxl.1, cxl.2, cxl.3 | 16K         |
        | 6    | 2     | cxl.1, cxl.2, cxl.3 | 256         |
        | 6    | 2     | cxl.1, cxl.2, cxl.3 | 512         |
        | 6    | 2     | cxl.1, cxl.2, cxl.3 | 1K          |
        | 6    | 2     | cxl.1, cxl.2, cxl.3 | 2K          |
        | 6    | 2     | cxl.1, cxl.2, cxl.3 | 4K          |
        | 6    | 2     | cxl.1, cxl.2, cxl.3 | 8K          |
        | 6    | 2     | cxl.1, cxl.2, cxl.3 | 16K         |
        | 12   | 4     | cxl.1, cxl.2, cxl.3 | 256         |
        | 12   | 4     | cxl.1, cxl.2, cxl.3 | 512         |
        | 12   | 4     | cxl.1, cxl.2, cxl.3 | 1K          |
        | 12   | 4     | cxl.1, cxl.2, cxl.3 | 2K          |
        | 12   | 4     | cxl.1, cxl.2, cxl.3 | 4K          |
        | 12   | 4     | cxl.1, cxl.2, cxl.3 | 8K          |
        | 12   | 4     | cxl.1, cxl.2, cxl.3 | 16K         |

      Examples: 16 ways, by window and host bridges, which have no granularity of 32K
        | ways | ports | bridges      | granularity |
        | 16   | 8     | cxl.1, cxl.2 | 256         |
        | 16   | 8     | cxl.1, cxl.2 | 512         |
        | 16   | 8     | cxl.1, cxl.2 | 1K          |
        | 16   | 8     | cxl.1, cxl.2 | 2K          |
        | 16   | 8     | cxl.1, cxl.2 | 4K          |
        | 16   | 8     | cxl.1, cxl.2 | 8K          |
