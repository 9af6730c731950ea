@device @needs:hardware @CXL-3.1-7.6.7.6 @QEMU-hw/cxl/cxl-mailbox-utils.c
Feature: Dynamic capacity by a fabric manager
  Who manages a device gives its capacity to hosts, and asks it back: by commands that reach the device through the
  mailbox of the switch. The host learns of it by the records that it would have from QMP.

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
  Rule: A fabric manager learns what capacity there is, and what of it hosts have

    @id:FM-1.1
    Scenario: Two regions, for one host
      When dcd through cci0 is sent Get Dcd Info
      Then dcd through cci0 answers with:
        | hosts | regions | capacity | selection policies | removal policies | block sizes | block sizes 1 | block sizes 2 |
        | 1     | 2       | 2        | 4                  | 2                | 2M          | 2M            | 0             |

    @id:FM-1.2 @CXL-3.1-7.6.7.6.2
    Scenario: Where they are
      When dcd through cci0 is sent Get Host Regions with count 2, start 0
      Then dcd through cci0 answers with:
        | available | returned | base | decode length | length | block size |
        | 2         | 2        | 256M | 1             | 256M   | 2M         |
        | 2         | 2        | 512M | 1             | 256M   | 2M         |

    @id:FM-1.3 @CXL-3.1-7.6.7.6.4
    Scenario: What the host has accepted
      Given dcd through cci0 has accepted Initiate Capacity Add with policy prescriptive, count 1, base 256M, size 2M
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-258M
      When dcd through cci0 is sent Get Region Extents with count 9, start 0
      Then dcd through cci0 answers with count 1, total 1, base 256M, size 2M

    @id:FM-1.4
    Scenario Outline: <command> from <start> on, of host <host>
      When dcd through cci0 is sent <command> with host <host>, count 1, start <start>
      Then dcd through cci0 answers Invalid Input
      And dcd through cci0 answers with no output

      Examples: behind the end
        | command            | host | start |
        | Get Host Regions   | 0    | 2     |
        | Get Region Extents | 0    | 2     |

      Examples: of a host that there is not
        | command            | host | start |
        | Get Region Extents | 1    | 0     |

  @id:FM-2 @CXL-3.1-7.6.7.6.5
  Rule: A fabric manager gives a host capacity, and asks it back

    @id:FM-2.1
    Scenario: The host is told of what it is given
      When dcd through cci0 is sent Initiate Capacity Add with policy prescriptive, count 1, base 516M, size 2M
      Then dcd through cci0 answers Success
      And the dynamic capacity log of dcd has this record:
        | kind | dynamic capacity |
        | type | 0                |
        | host | 0                |
        | dpa  | 516M             |
        | size | 2M               |

    @id:FM-2.2 @CXL-3.1-7.6.7.6.6
    Scenario: The host is told of what it is to give back, and has it until then
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
    Scenario Outline: <command>, <policy>: <size> from <base>
      When dcd through cci0 is sent <command> with policy <policy>, count 1, base <base>, size <size>
      Then dcd through cci0 answers <answer>
      And the dynamic capacity log of dcd has no record

      Examples: QEMU has no policy but prescriptive
        | command                   | policy    | base | size | answer        |
        | Initiate Capacity Add     | free      | 256M | 2M   | Invalid Input |
        | Initiate Capacity Release | tag based | 256M | 2M   | Invalid Input |

      Examples: no blocks of a region, and what the host does not have
        | command                   | policy       | base | size | answer                   |
        | Initiate Capacity Add     | prescriptive | 256M | 1M   | Invalid Extent List      |
        | Initiate Capacity Add     | prescriptive | 0    | 2M   | Invalid Physical Address |
        | Initiate Capacity Release | prescriptive | 256M | 1M   | Invalid Extent List      |
        | Initiate Capacity Release | prescriptive | 256M | 2M   | Invalid Physical Address |

    @id:FM-2.4
    Scenario: Nothing is offered
      When dcd through cci0 is sent Initiate Capacity Add with policy prescriptive, count 0
      Then the dynamic capacity log of dcd has no record
      And the host has accepted nothing of dcd

  @id:FM-3 @CXL-3.1-7.6.7.6.3
  Rule: A fabric manager configures regions

    @id:FM-3.1
    Scenario: The host is told of it
      When dcd through cci0 is sent Set Region with region 1, block size 2M
      Then dcd through cci0 answers Success
      And the dynamic capacity log of dcd has this record:
        | kind           | dynamic capacity |
        | type           | 3                |
        | updated region | 1                |

    @id:FM-3.2
    Scenario Outline: <what>
      When dcd through cci0 is sent Set Region with region <region>, block size <size>, flags <flags>
      Then dcd through cci0 answers <answer>
      And the dynamic capacity log of dcd has no record

      Examples: what blocks cannot be
        | what                        | region | size | flags | answer        |
        | Blocks of another size      | 1      | 4M   | 0     | Invalid Input |

      Examples: what releases cannot do
        | what                        | region | size | flags | answer        |
        | To be sanitized at releases | 1      | 2M   | 1     | Unsupported   |

      Examples: what there is not
        | what                     | region | size | flags | answer        |
        | A region that is missing | 2      | 2M   | 0     | Invalid Input |

  @id:FM-4 @CXL-3.1-7.6.7.6
  Rule: A command with an input of the wrong length is refused, and changes nothing

    @id:FM-4.1
    Scenario Outline: <command> with <length> bytes of input
      When dcd through cci0 is sent <command> with <length> bytes of input
      Then dcd through cci0 answers Invalid Payload Length
      And the dynamic capacity log of dcd has no record

      Examples: of a length that is fixed
        | command            | length |
        | Get Dcd Info       | 1      |
        | Get Host Regions   | 3      |
        | Set Region         | 15     |
        | Get Region Extents | 13     |

      Examples: too short for a list of extents
        | command                   | length |
        | Initiate Capacity Add     | 4      |
        | Initiate Capacity Release | 4      |
