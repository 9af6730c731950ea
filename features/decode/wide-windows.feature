@decode @needs:hardware
Feature: Windows of many host bridges
  Only the target list of a window holds 16 targets. A host bridge with one root port below it does not
  interleave.

  Background:
    Given a machine with 2G of RAM, maxmem 2G
    And these host bridges:
      | id     | bus | root ports |
      | cxl.1  | 16  | rp0        |
      | cxl.2  | 24  | rp1        |
      | cxl.3  | 32  | rp2        |
      | cxl.4  | 40  | rp3        |
      | cxl.5  | 48  | rp4        |
      | cxl.6  | 56  | rp5        |
      | cxl.7  | 64  | rp6        |
      | cxl.8  | 72  | rp7        |
      | cxl.9  | 80  | rp8        |
      | cxl.10 | 88  | rp9        |
      | cxl.11 | 96  | rp10       |
      | cxl.12 | 104 | rp11       |
      | cxl.13 | 112 | rp12       |
      | cxl.14 | 120 | rp13       |
      | cxl.15 | 128 | rp14       |
      | cxl.16 | 136 | rp15       |
    And these Type 3 devices:
      | id      | port      | volatile | persistent |
      | m0..m15 | rp0..rp15 | 0        | 256M       |

  @id:WIDE-1 @CXL-3.1-9.18.1.3
  Rule: A window interleaves across all its host bridges
    @id:WIDE-1.1
    Scenario Outline: <ways> host bridges with a granularity of <granularity>
      Given these fixed memory windows:
        | size   | targets   | granularity   |
        | <size> | <bridges> | <granularity> |
      And the devices behind the first 1 root port of <bridges> interleave a window at <granularity>
      When data are stored in interleaved chunks, and across their boundaries
      Then the interleaved addresses yield the data
      And each device holds its chunks of the data on its media

      Examples: more than 4 ways
        | ways | size | granularity | bridges       |
        | 8    | 4G   | 256         | cxl.1..cxl.8  |
        | 12   | 6G   | 256         | cxl.1..cxl.12 |
        | 16   | 8G   | 1K          | cxl.1..cxl.16 |
