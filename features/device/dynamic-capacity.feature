@device @needs:hardware @CXL-3.1-9.13.3
Feature: Dynamic capacity of a Type 3 device
  Dynamic capacity is offered to a host while it runs. The host accepts it, uses it, and releases it when release is
  requested. Capacity that the host has not accepted may belong to another host.

  Background:
    Given the machine "a device with dynamic capacity"

  @id:DC-1 @CXL-3.1-8.2.9.9.9.1
  Rule: Regions of dynamic capacity lie behind the static capacity
    @id:DC-1.1
    Scenario: Two regions behind volatile capacity
      Then dcd has these DC regions:
        | DPA       | block size | DSMAS |
        | 256M-512M | 2M         | 1     |
        | 512M-768M | 2M         | 2     |
      And dcd has room for 512 more extents

    @id:DC-1.2
    Scenario: Configuration from region 2 on, which does not exist
      When dcd is sent Get Dynamic Capacity Configuration with count 255, start 2
      Then dcd answers Invalid Input
      And dcd answers with no output

    @id:DC-1.3
    Scenario: No extent is accepted after power-on
      Then the host has accepted nothing of dcd

  @id:DC-2 @CXL-3.1-8.2.9.2.1.6
  Rule: An offer adds an event record for each extent
    @id:DC-2.1
    Scenario: One extent
      When this dynamic capacity is offered to dcd:
        | region | offset | len |
        | 1      | 4M     | 2M  |
      Then the dynamic capacity log of dcd has this record:
        | kind           | dynamic capacity |
        | handle         | 1                |
        | type           | 0                |
        | host           | 0                |
        | updated region | 0                |
        | flags          | 0                |
        | dpa            | 516M             |
        | size           | 2M               |
      And the Event Status of dcd is dynamic capacity

    @id:DC-2.2
    Scenario: Three extents at once
      When this dynamic capacity is offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
        | 0      | 8M     | 4M  |
        | 0      | 16M    | 2M  |
      Then the dynamic capacity log of dcd has these records:
        | dpa  | size | flags |
        | 256M | 2M   | 1     |
        | 264M | 4M   | 1     |
        | 272M | 2M   | 0     |

    @id:DC-2.5
    Scenario Outline: Extents with <tag>
      When this dynamic capacity is offered to dcd:
        | region | offset | len | tag   |
        | 0      | 0      | 2M  | <tag> |
        | 0      | 8M     | 4M  | <tag> |
      Then the dynamic capacity log of dcd has these records:
        | dpa  | size | tag   |
        | 256M | 2M   | <tag> |
        | 264M | 4M   | <tag> |

      Examples: a tag, and that of extents without one
        | tag                                  |
        | 5be13bce-ae34-4a77-b6c3-16df975fcf1a |
        | 00000000-0000-0000-0000-000000000000 |

    @id:DC-2.3
    Scenario: Extents that are offered count against the available extents
      When this dynamic capacity is offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
        | 0      | 8M     | 4M  |
      Then dcd has room for 510 more extents

    @id:DC-2.4
    Scenario: The dynamic capacity log can interrupt by MSI-X
      When dcd is sent Set Event Interrupt Policy with dynamic capacity MSI-X
      Then dcd answers Success
      And the event interrupt policy of dcd is:
        | log              | mode  | vector |
        | dynamic capacity | MSI-X | 0      |

  @id:DC-3 @CXL-3.1-8.2.9.9.9.3
  Rule: The extent list has what the host has accepted of an offer, and nothing else
    @id:DC-3.1
    Scenario: The host accepts all of an offer
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
        | 0      | 8M     | 4M  |
      When dcd is sent Add Dynamic Capacity Response with extents 256M-258M and 264M-268M
      Then dcd answers Success
      And the host has accepted 256M-258M, 264M-268M of dcd

    @id:DC-3.2
    Scenario: The host accepts part of an offer
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 8M  |
      When dcd is sent Add Dynamic Capacity Response with extents 258M-260M
      Then dcd answers Success
      And the host has accepted 258M-260M of dcd

    @id:DC-3.3
    Scenario: The host accepts nothing of an offer
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      When dcd is sent Add Dynamic Capacity Response with extents none
      Then dcd answers Success
      And the host has accepted nothing of dcd
      And dcd has room for 512 more extents

    @id:DC-3.4
    Scenario: The host accepts nothing while nothing is offered
      When dcd is sent Add Dynamic Capacity Response with extents none
      Then dcd answers Success
      And the host has accepted nothing of dcd

    @id:DC-3.5
    Scenario Outline: The host accepts <extents> of an offer of 256M-258M
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      When dcd is sent Add Dynamic Capacity Response with extents <extents>
      Then dcd answers <answer>
      And the host has accepted nothing of dcd

      Examples: extents that are not offered, or are no dynamic capacity
        | extents   | answer                   |
        | 260M-262M | Invalid Physical Address |
        | 256M-260M | Invalid Physical Address |
        | 512M-514M | Invalid Physical Address |
        | 0-2M      | Invalid Physical Address |
        | 768M-1G   | Invalid Physical Address |

      Examples: extents that are not made of blocks, or overlap
        | extents                 | answer              |
        | 256M-257M               | Invalid Extent List |
        | 257M-258M               | Invalid Extent List |
        | 256M-258M and 256M-258M | Invalid Extent List |

    @id:DC-3.6
    Scenario: The host accepts an extent that it has already
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-258M
      When dcd is sent Add Dynamic Capacity Response with extents 256M-258M
      Then dcd answers Invalid Physical Address
      And the host has accepted 256M-258M of dcd

    @id:DC-3.7
    Scenario: The response to an offer must be to the oldest
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      And this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 8M     | 2M  |
      When dcd is sent Add Dynamic Capacity Response with extents 264M-266M
      Then dcd answers Invalid Physical Address
      And the host has accepted nothing of dcd

    @id:DC-3.8 @CXL-3.1-8.2.9.9.9.2
    Scenario: The generation number changes with the list
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      And the generation number of the extent list of dcd was read
      When dcd is sent Add Dynamic Capacity Response with extents 256M-258M
      Then the generation number of the extent list of dcd has changed

    @id:DC-3.9 @CXL-3.1-8.2.9.9.9.2
    Scenario: Extents from index 2 on, of a list of one
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-258M
      When dcd is sent Get Dynamic Capacity Extent List with count 255, start 2
      Then dcd answers Invalid Input
      And dcd answers with no output

    @id:DC-3.10
    Scenario: An offer does not change the extents that are accepted
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-258M
      When this dynamic capacity is offered to dcd:
        | region | offset | len |
        | 0      | 8M     | 2M  |
      Then the host has accepted 256M-258M of dcd

    @id:DC-3.11
    Scenario: The host accepts a second offer
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-258M
      And this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 1      | 8M     | 4M  |
      When dcd is sent Add Dynamic Capacity Response with extents 520M-524M
      Then dcd answers Success
      And the host has accepted 256M-258M, 520M-524M of dcd

    @id:DC-3.12 @CXL-3.1-8.2.9.9.9.2
    Scenario: Extents from index 1 on, of a list of two
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
        | 0      | 8M     | 4M  |
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-258M and 264M-268M
      When dcd is sent Get Dynamic Capacity Extent List with count 255, start 1
      Then dcd answers with count 1, total 2, base 264M, size 4M

    @id:DC-3.13
    Scenario: A response that is shorter than its list of extents
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      When dcd is sent Add Dynamic Capacity Response with count 1
      Then dcd answers Invalid Payload Length
      And the host has accepted nothing of dcd

  @id:DC-4 @CXL-3.1-8.2.9.9.9.4
  Rule: Capacity stays accepted until the host releases it
    @id:DC-4.1
    Scenario: Release is requested, and the host has not released it
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 4M  |
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-260M
      And dcd has accepted Clear Event Records with log dynamic capacity, handle 1
      When release of this dynamic capacity is requested from dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      Then the dynamic capacity log of dcd has this record:
        | kind   | dynamic capacity |
        | handle | 2                |
        | type   | 1                |
        | dpa    | 256M             |
        | size   | 2M               |
        | flags  | 0                |
      And the host has accepted 256M-260M of dcd

    @id:DC-4.2
    Scenario Outline: The host releases <released> of 256M-264M
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 8M  |
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-264M
      When dcd is sent Release Dynamic Capacity with extents <released>
      Then dcd answers Success
      And the host has accepted <left> of dcd

      Examples: all of it, either end, and the middle
        | released  | left                 |
        | 256M-264M | nothing              |
        | 256M-258M | 258M-264M            |
        | 262M-264M | 256M-262M            |
        | 258M-260M | 256M-258M, 260M-264M |

    @id:DC-4.3
    Scenario: Two adjacent extents are released as one
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
        | 0      | 2M     | 2M  |
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-258M and 258M-260M
      When dcd is sent Release Dynamic Capacity with extents 256M-260M
      Then dcd answers Success
      And the host has accepted nothing of dcd

    @id:DC-4.4
    Scenario Outline: The host releases <released> while it has 256M-258M
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-258M
      When dcd is sent Release Dynamic Capacity with extents <released>
      Then dcd answers <answer>
      And the host has accepted 256M-258M of dcd

      Examples: extents that the host does not have, extents that overlap, and none
        | released  | answer                   |
        | 258M-260M | Invalid Physical Address |
        | 256M-260M | Invalid Physical Address |
        | 0-2M      | Invalid Physical Address |
        | 256M-257M | Invalid Extent List      |
        | none      | Invalid Input            |

    @id:DC-4.5
    Scenario: A release that is shorter than its list of extents
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-258M
      When dcd is sent Release Dynamic Capacity with count 1
      Then dcd answers Invalid Payload Length
      And the host has accepted 256M-258M of dcd

  @id:DC-5
  Rule: A command with an input of the wrong length is refused, and changes nothing
    @id:DC-5.1
    Scenario Outline: <command> with <bytes> bytes of input
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-258M
      When dcd is sent <command> with <bytes> bytes of input
      Then dcd answers Invalid Payload Length
      And dcd answers with no output
      And the host has accepted 256M-258M of dcd

      Examples: too short, and too long
        | command                            | bytes |
        | Get Dynamic Capacity Configuration | 1     |
        | Get Dynamic Capacity Configuration | 3     |
        | Get Dynamic Capacity Extent List   | 7     |
        | Get Dynamic Capacity Extent List   | 9     |
        | Add Dynamic Capacity Response      | 7     |
        | Release Dynamic Capacity           | 7     |

    @id:DC-5.2 @unchanged
    Scenario Outline: Each command with <input>
      When dcd is sent each of its commands with <input>
      Then dcd answers each with Invalid Payload Length
      And dcd is unchanged

      Examples: shorter or longer than the fields, and more than the mailbox holds
        | input                      |
        | no input                   |
        | less input than its fields |
        | more input than its fields |
        | 2049 bytes of input        |

  @id:DC-9 @CXL-3.1-9.13.3
  Rule: Addresses decode to dynamic capacity only while the host has accepted it
    Background:
      Given these host bridges:
        | id    | bus | root ports |
        | cxl.2 | 52  | rp2        |
      And these fixed memory windows:
        | size | targets | granularity |
        | 1G   | cxl.2   | 256         |
      And these Type 3 devices:
        | id     | port | volatile | persistent | dynamic  |
        | mapped | rp2  | 256M     | 0          | 2 x 256M |
      And window 1 is routed to mapped
      And decoder 0 of mapped was committed for 0-768M of window 1

    @id:DC-9.1
    Scenario: Capacity that is accepted
      Given this dynamic capacity was offered to mapped:
        | region | offset | len |
        | 1      | 4M     | 2M  |
      And mapped has accepted Add Dynamic Capacity Response with extents 516M-518M
      When 4K of data are stored at 516M of window 1
      Then 516M of window 1 yields the data
      And the media of mapped hold the data from DPA 516M

    @id:DC-9.2
    Scenario: Capacity that is offered and not accepted
      Given this dynamic capacity was offered to mapped:
        | region | offset | len |
        | 1      | 4M     | 2M  |
      When 4K of data are stored at 516M of window 1
      Then 516M of window 1 does not yield the data

    @id:DC-9.3
    Scenario: Capacity beside an extent that is accepted
      Given this dynamic capacity was offered to mapped:
        | region | offset | len |
        | 1      | 4M     | 2M  |
      And mapped has accepted Add Dynamic Capacity Response with extents 516M-518M
      When 4K of data are stored at 518M of window 1
      Then 518M of window 1 does not yield the data

    @id:DC-9.4
    Scenario: Capacity that was accepted and released
      Given this dynamic capacity was offered to mapped:
        | region | offset | len |
        | 0      | 0      | 2M  |
      And mapped has accepted Add Dynamic Capacity Response with extents 256M-258M
      And 4K of data were stored at 256M of window 1
      When mapped is sent Release Dynamic Capacity with extents 256M-258M
      Then 256M of window 1 does not yield the data

    @id:DC-9.5
    Scenario: Static capacity before the regions
      When 4K of data are stored at 128M of window 1
      Then 128M of window 1 yields the data
      And the media of mapped hold the data from DPA 128M

  @id:DC-10
  Rule: A device with dynamic capacity can be removed, whatever the host has of it
    @id:DC-10.1
    Scenario: An extent is accepted
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-258M
      When dcd is removed
      Then dcd is no longer in the machine
      And dcd is no memdev

    @id:DC-10.2
    Scenario: Extents are offered, and others accepted
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-258M
      And this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 8M     | 2M  |
        | 1      | 8M     | 2M  |
      When dcd is removed
      Then dcd is no longer in the machine
      And QMP reports the removal of dcd
