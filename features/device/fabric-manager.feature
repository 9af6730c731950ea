@device @needs:hardware @CXL-3.1-7.6.7.6 @QEMU-hw/cxl/cxl-mailbox-utils.c
Feature: Dynamic capacity by a fabric manager
  A fabric manager adds capacity to a host and requests its release, by commands that reach the device through the
  mailbox of the switch. The host finds the same event records as after the commands of QMP.

  Background:
    Given a machine with 2G of RAM, maxmem 4G
    And these host bridges:
      | id    | bus | root ports |
      | cxl.1 | 12  | rp0        |
    And these switches:
      | id  | root port | downstream ports | port | serial | mailbox |
      | us0 | rp0       | ds0              | 7    | 119    | cci0    |
    And these fixed memory windows:
      | size | targets | granularity |
      | 4G   | cxl.1   | 256         |
    And these Type 3 devices:
      | id  | port | volatile | persistent | dynamic  |
      | dcd | ds0  | 256M     | 0          | 2 x 256M |

  @id:FM-1 @CXL-3.1-7.6.7.6.1
  Rule: A fabric manager can read the dynamic capacity of a device, and the extents of its hosts
    @id:FM-1.1
    Scenario: Get DCD Info of two regions and one host
      When dcd through cci0 is sent Get Dcd Info
      Then dcd through cci0 answers with:
        | hosts | regions | capacity | selection policies | removal policies | block sizes | block sizes 1 | block sizes 2 |
        | 1     | 2       | 2        | 4                  | 2                | 2M          | 2M            | 0             |

    @id:FM-1.2 @CXL-3.1-7.6.7.6.2
    Scenario: Get Host Regions
      When dcd through cci0 is sent Get Host Regions with count 2, start 0
      Then dcd through cci0 answers with:
        | available | returned | base | decode length | length | block size |
        | 2         | 2        | 256M | 1             | 256M   | 2M         |
        | 2         | 2        | 512M | 1             | 256M   | 2M         |

    @id:FM-1.3 @CXL-3.1-7.6.7.6.4
    Scenario: Get Region Extents
      Given dcd through cci0 has accepted Initiate Capacity Add with policy prescriptive, count 1, base 256M, size 2M
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-258M
      When dcd through cci0 is sent Get Region Extents with count 9, start 0
      Then dcd through cci0 answers with count 1, total 1, base 256M, size 2M

    @id:FM-1.4
    Scenario Outline: <command> from <start> on, of host <host>
      When dcd through cci0 is sent <command> with host <host>, count 1, start <start>
      Then dcd through cci0 answers Invalid Input
      And dcd through cci0 answers with no output

      Examples: behind the last region and the last extent, and a host that does not exist
        | command            | host | start |
        | Get Host Regions   | 0    | 2     |
        | Get Region Extents | 0    | 2     |
        | Get Region Extents | 1    | 0     |

  @id:FM-2 @CXL-3.1-7.6.7.6.5
  Rule: A fabric manager can offer capacity to a host, and request its release
    @id:FM-2.1
    Scenario: An offer adds an event record
      When dcd through cci0 is sent Initiate Capacity Add with policy prescriptive, count 1, base 516M, size 2M
      Then dcd through cci0 answers Success
      And the dynamic capacity log of dcd has this record:
        | kind | dynamic capacity |
        | type | 0                |
        | host | 0                |
        | dpa  | 516M             |
        | size | 2M               |

    @id:FM-2.2 @CXL-3.1-7.6.7.6.6
    Scenario: A request for release adds an event record, and the extent stays accepted
      Given dcd through cci0 has accepted Initiate Capacity Add with policy prescriptive, count 1, base 256M, size 4M
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-260M
      And dcd has accepted Clear Event Records with log dynamic capacity, handle 1
      When dcd through cci0 is sent Initiate Capacity Release with policy prescriptive, count 1, base 256M, size 2M
      Then dcd through cci0 answers Success
      And the dynamic capacity log of dcd has this record:
        | kind | dynamic capacity |
        | type | 1                |
        | dpa  | 256M             |
        | size | 2M               |
      And the host has accepted 256M-260M of dcd

    @id:FM-2.3
    Scenario Outline: <command> with policy <policy>, <size> from <base>
      When dcd through cci0 is sent <command> with policy <policy>, count 1, base <base>, size <size>
      Then dcd through cci0 answers <answer>
      And the dynamic capacity log of dcd has no record

      Examples: policies other than prescriptive
        | command                   | policy    | base | size | answer        |
        | Initiate Capacity Add     | free      | 256M | 2M   | Invalid Input |
        | Initiate Capacity Release | tag based | 256M | 2M   | Invalid Input |

      Examples: extents that are not made of blocks, are no dynamic capacity, or are not accepted
        | command                   | policy       | base | size | answer                   |
        | Initiate Capacity Add     | prescriptive | 256M | 1M   | Invalid Extent List      |
        | Initiate Capacity Add     | prescriptive | 0    | 2M   | Invalid Physical Address |
        | Initiate Capacity Release | prescriptive | 256M | 1M   | Invalid Extent List      |
        | Initiate Capacity Release | prescriptive | 256M | 2M   | Invalid Physical Address |

    @id:FM-2.4
    Scenario: An offer without extents
      When dcd through cci0 is sent Initiate Capacity Add with policy prescriptive, count 0
      Then the dynamic capacity log of dcd has no record
      And the host has accepted nothing of dcd

  @id:FM-3 @CXL-3.1-7.6.7.6.3
  Rule: A fabric manager can set the configuration of a region
    @id:FM-3.1
    Scenario: A region that is configured adds an event record
      When dcd through cci0 is sent Set Region with region 1, block size 2M
      Then dcd through cci0 answers Success
      And the dynamic capacity log of dcd has this record:
        | kind           | dynamic capacity |
        | type           | 3                |
        | updated region | 1                |

    @id:FM-3.2
    Scenario Outline: Set Region: <what>
      When dcd through cci0 is sent Set Region with region <region>, block size <size>, flags <flags>
      Then dcd through cci0 answers <answer>
      And the dynamic capacity log of dcd has no record

      Examples: the block size, the flags, and the region
        | what                | region | size | flags | answer        |
        | another block size  | 1      | 4M   | 0     | Invalid Input |
        | sanitize on release | 1      | 2M   | 1     | Unsupported   |
        | region 2 of 2       | 2      | 2M   | 0     | Invalid Input |

  @id:FM-4 @CXL-3.1-7.6.7.6
  Rule: A command with an input of the wrong length is refused, and changes nothing
    @id:FM-4.1
    Scenario Outline: <command> with <bytes> bytes of input
      When dcd through cci0 is sent <command> with <bytes> bytes of input
      Then dcd through cci0 answers Invalid Payload Length
      And the dynamic capacity log of dcd has no record

      Examples: commands with a fixed length, and too short for a list of extents
        | command                   | bytes |
        | Get Dcd Info              | 1     |
        | Get Host Regions          | 3     |
        | Set Region                | 15    |
        | Get Region Extents        | 13    |
        | Initiate Capacity Add     | 4     |
        | Initiate Capacity Release | 4     |
