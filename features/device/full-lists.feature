@device @needs:hardware
Feature: Logs, lists and queues that are full
  What finds no room is counted, and can be found another way. What is refused leaves nothing behind, and no record
  promises another one that never comes.

  @id:FULL-1 @CXL-3.1-8.2.9.2.2
  Rule: Event records that find no room in their log are counted, with the times of the first and the last

    Background:
      Given the machine "one Type 3 device of 512M"

    @id:FULL-1.1
    Scenario Outline: A record more than the <log> log holds
      When 9 general-media-events are injected into the <log> log of dev
      Then the <log> log of dev has lost 1 records
      And the <log> log of dev has the records 1, 2, 3, 4, 5, 6, 7, 8
      And the <other> log of dev has lost 0 records

      Examples: all logs that events can be injected into
        | log           | other         |
        | informational | fatal         |
        | warning       | informational |
        | failure       | warning       |
        | fatal         | failure       |

    @id:FULL-1.2
    Scenario: A DRAM event
      Given 8 general-media-events were injected into the failure log of dev
      When this dram-event is injected into dev:
        | log              | failure |
        | flags            | 1       |
        | dpa              | 0       |
        | descriptor       | 0       |
        | type             | 0       |
        | transaction-type | 0       |
      Then the failure log of dev has lost 1 records
      And the failure log of dev has the records 1, 2, 3, 4, 5, 6, 7, 8

    @id:FULL-1.3
    Scenario: A memory module event
      Given 8 general-media-events were injected into the fatal log of dev
      When this memory-module-event is injected into dev:
        | log                              | fatal |
        | flags                            | 1     |
        | type                             | 0     |
        | health-status                    | 0     |
        | media-status                     | 0     |
        | additional-status                | 0     |
        | life-used                        | 0     |
        | temperature                      | 0     |
        | dirty-shutdown-count             | 0     |
        | corrected-volatile-error-count   | 0     |
        | corrected-persistent-error-count | 0     |
      Then the fatal log of dev has lost 1 records
      And the fatal log of dev has the records 1, 2, 3, 4, 5, 6, 7, 8

    @id:FULL-1.4 @CXL-3.2-8.2.10.7.1
    Scenario: A request for sparing resources
      Given 8 general-media-events were injected into the informational log of dev
      When dev is sent Perform Maintenance with class sparing, subclass 2, data 0100000000000000000000000000
      Then dev answers Success
      And the informational log of dev has lost 1 records

    @id:FULL-1.5 @needs:clock
    Scenario: The times of the first and the last record that was lost
      Given dev has accepted Set Timestamp with timestamp 1000000000
      And 9 general-media-events were injected into the failure log of dev
      And dev has accepted Set Timestamp with timestamp 5000000000
      And 2 general-media-events were injected into the failure log of dev
      When dev is sent Get Event Records with log failure
      Then dev answers with overflow error count 3, first overflow timestamp 1000000000, last overflow timestamp 5000000000

    @id:FULL-1.6
    Scenario: Records that are lost have no handles
      Given 11 general-media-events were injected into the failure log of dev
      And dev has accepted Clear Event Records with log failure, handle 1, handle 2
      When 1 general-media-event is injected into the failure log of dev
      Then the failure log of dev has the records 3, 4, 5, 6, 7, 8, 9

    @id:FULL-1.7
    Scenario: The number of lost records survives a reset of the machine
      Given 11 general-media-events were injected into the failure log of dev
      When the machine is reset
      Then the failure log of dev has lost 3 records

  @id:FULL-2 @CXL-3.1-7.6.7.6.5
  Rule: An offer of dynamic capacity, or a request for its release, is refused unless there is room for all its event records

    Background:
      Given the machine "one host bridge"
      And these Type 3 devices:
        | id  | port | volatile | persistent | dynamic |
        | dcd | rp0  | 256M     | 0          | 2 x 1G  |

    @id:FULL-2.1
    Scenario: An offer of as many extents as the log has room for
      When this dynamic capacity is offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
        | 0      | 4M     | 2M  |
        | 0      | 8M     | 2M  |
        | 0      | 12M    | 2M  |
        | 0      | 16M    | 2M  |
        | 0      | 20M    | 2M  |
        | 0      | 24M    | 2M  |
        | 0      | 28M    | 2M  |
      Then the dynamic capacity log of dcd has these records:
        | dpa  | flags |
        | 256M | 1     |
        | 260M | 1     |
        | 264M | 1     |
        | 268M | 1     |
        | 272M | 1     |
        | 276M | 1     |
        | 280M | 1     |
        | 284M | 0     |
      And the dynamic capacity log of dcd has lost 0 records

    @id:FULL-2.2
    Scenario: An offer of an extent more
      When this dynamic capacity is offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
        | 0      | 4M     | 2M  |
        | 0      | 8M     | 2M  |
        | 0      | 12M    | 2M  |
        | 0      | 16M    | 2M  |
        | 0      | 20M    | 2M  |
        | 0      | 24M    | 2M  |
        | 0      | 28M    | 2M  |
        | 0      | 32M    | 2M  |
      Then the dynamic capacity log of dcd has no record
      And the dynamic capacity log of dcd has lost 0 records
      And dcd has room for 512 more extents

    @id:FULL-2.3
    Scenario: An offer to a log with 7 records
      Given 7 blocks of dcd were offered
      When this dynamic capacity is offered to dcd:
        | region | offset | len |
        | 1      | 0      | 2M  |
        | 1      | 8M     | 2M  |
      Then the dynamic capacity log of dcd has the records 1, 2, 3, 4, 5, 6, 7
      And the dynamic capacity log of dcd has lost 0 records
      And dcd has room for 505 more extents

    @id:FULL-2.4
    Scenario: A request for release from a log with 8 records
      Given 8 blocks of dcd were offered
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-258M
      When release of this dynamic capacity is requested from dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      Then the dynamic capacity log of dcd has the records 1, 2, 3, 4, 5, 6, 7, 8
      And the dynamic capacity log of dcd has lost 0 records
      And the host has accepted 256M-258M of dcd

  @id:FULL-3 @CXL-3.1-8.2.9.9.9.3 @CXL-3.1-8.2.9.9.9.4
  Rule: A device keeps track of as many extents as it says, and of no more

    Background:
      Given the machine "one host bridge"
      And these Type 3 devices:
        | id  | port | volatile | persistent | dynamic |
        | dcd | rp0  | 256M     | 0          | 2 x 1G  |

    @id:FULL-3.1
    Scenario: The last extent
      Given 511 blocks of dcd were accepted
      And this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 1      | 0      | 4M  |
      When dcd is sent Add Dynamic Capacity Response with extents 1280M-1284M
      Then dcd answers Success
      And dcd has room for 0 more extents

    @id:FULL-3.2
    Scenario: An offer of an extent is accepted as two, of which one is too many
      Given 511 blocks of dcd were accepted
      And this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 1      | 0      | 4M  |
      When dcd is sent Add Dynamic Capacity Response with extents 1280M-1282M and 1282M-1284M
      Then dcd answers Resources Exhausted
      And dcd has room for 0 more extents

    @id:FULL-3.3
    Scenario: An offer of two extents, of which one is too many
      Given 511 blocks of dcd were accepted
      When this dynamic capacity is offered to dcd:
        | region | offset | len |
        | 1      | 0      | 2M  |
        | 1      | 4M     | 2M  |
      Then the dynamic capacity log of dcd has no record
      And dcd has room for 1 more extents

    @id:FULL-3.4
    Scenario: The release of the middle of an extent leaves two, of which one is too many
      Given 509 blocks of dcd were accepted
      And this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 1      | 0      | 14M |
      And dcd has accepted Add Dynamic Capacity Response with extents 1280M-1294M
      And dcd has accepted Release Dynamic Capacity with extents 1282M-1284M and 1286M-1288M
      When dcd is sent Release Dynamic Capacity with extents 1290M-1292M
      Then dcd answers Resources Exhausted

  @id:FULL-4 @CXL-3.1-7.6.7.6.5 @CXL-3.1-7.6.7.6.6
  Rule: A fabric manager is told that there is no room

    Background:
      Given the machine "a managed switch"
      And these Type 3 devices:
        | id  | port | volatile | persistent | dynamic |
        | dcd | ds1  | 256M     | 0          | 2 x 1G  |

    @id:FULL-4.1
    Scenario: An offer without room in the log
      Given 8 blocks of dcd were offered
      When dcd through cci0 is sent Initiate Capacity Add with policy prescriptive, count 1, base 1280M, size 2M
      Then dcd through cci0 answers Retry Required
      And the dynamic capacity log of dcd has lost 0 records
      And dcd has room for 504 more extents

    @id:FULL-4.2
    Scenario: A request for release without room in the log
      Given 8 blocks of dcd were offered
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-258M
      When dcd through cci0 is sent Initiate Capacity Release with policy prescriptive, count 1, base 256M, size 2M
      Then dcd through cci0 answers Retry Required
      And the dynamic capacity log of dcd has lost 0 records

    @id:FULL-4.3
    Scenario: An offer of more extents than the device keeps track of
      Given 511 blocks of dcd were accepted
      When dcd through cci0 is sent Initiate Capacity Add with:
        | policy       | base  | size |
        | prescriptive | 1280M | 2M   |
        |              | 1288M | 2M   |
      Then dcd through cci0 answers Resources Exhausted
      And the dynamic capacity log of dcd has no record

    @id:FULL-4.4
    Scenario: The configuration of a region changes, without room in the log
      Given 8 blocks of dcd were offered
      When dcd through cci0 is sent Set Region with region 1, block size 2M
      Then dcd through cci0 answers Success
      And the dynamic capacity log of dcd has lost 1 records

  @id:FULL-5 @CXL-3.1-8.2.9.9.4.1 @CXL-3.1-8.2.9.9.4.3 @CXL-3.1-8.2.9.9.4.5
  Rule: Poison that the list has no room for is found by a scan, and the list is complete again once all of it is listed

    Background:
      Given the machine "one Type 3 device of 512M"

    @id:FULL-5.1
    Scenario: A line is cleared within poison, and the list has no room for both rests
      Given 255 lines of dev were poisoned by QMP
      And this poison was injected into dev:
        | start  | 1M  |
        | length | 192 |
      And dev has accepted Clear Poison with address 0x100040, data 64 bytes
      When dev is sent Get Poison List with address 0, length 1
      Then dev answers with flags poison list overflow
      And dev has this poison in 1M-2M:
        | DPA               | source   |
        | 0x100000-0x100040 | internal |

    @id:FULL-5.2 @needs:clock
    Scenario: A scan finds the other rest
      Given 255 lines of dev were poisoned by QMP
      And this poison was injected into dev:
        | start  | 1M  |
        | length | 192 |
      And dev has accepted Clear Poison with address 0x100040, data 64 bytes
      And dev has accepted Scan Media with address 0x100080, length 1
      And 2 seconds passed
      When dev is sent Get Scan Media Results
      Then dev answers with count 1, data 82001000000000000100000000000000

    @id:FULL-5.3 @needs:clock
    Scenario: A scan lists what there is room for by then
      Given 256 lines of dev were poisoned by QMP
      And this poison was injected into dev:
        | start  | 1M |
        | length | 64 |
      And dev has accepted Clear Poison with address 0, data 64 bytes
      And dev has accepted Scan Media with address 1M, length 1
      And 2 seconds passed
      When dev is sent Get Poison List with address 1M, length 1
      Then dev answers with flags 0, overflow timestamp 0, count 1, data 02001000000000000100000000000000
      And dev has 100 poisoned lines in 0x80-0x3280

    @id:FULL-5.4 @needs:clock
    Scenario: The overflow timestamp is that of the first poison without room
      Given 256 lines of dev were poisoned by QMP
      And dev has accepted Set Timestamp with timestamp 1000000000
      And this poison was injected into dev:
        | start  | 1M |
        | length | 64 |
      And dev has accepted Set Timestamp with timestamp 5000000000
      And this poison was injected into dev:
        | start  | 2M |
        | length | 64 |
      When dev is sent Get Poison List with address 1M, length 1
      Then dev answers with flags poison list overflow, overflow timestamp 1000000000

  @id:FULL-6 @CXL-3.1-8.2.4.17.6 @CXL-3.1-8.2.4.17.7
  Rule: The header log and the first error pointer are those of the first error that software has not cleared

    Background:
      Given the machine "one Type 3 device"
      And zeros were written to RAS Uncorrectable Error Mask of dev
      And these uncorrectable errors were injected into dev:
        | type         | header from |
        | mem-data-ecc | 0x100       |
        | internal     | 0x200       |

    @id:FULL-6.1
    Scenario: Two errors are queued
      Then RAS Header Log of dev is 0x100
      And RAS Error Capabilities and Control of dev is 0x207

    @id:FULL-6.2
    Scenario: The first of them is cleared
      When memDataEcc is written to RAS Uncorrectable Error Status of dev
      Then RAS Header Log of dev is 0x200
      And RAS Error Capabilities and Control of dev is 0x20e

    @id:FULL-6.3
    Scenario: An error that is detected meanwhile
      Given these uncorrectable errors were injected into dev:
        | type          | header from |
        | mem-be-parity | 0x300       |
      When 0x4080 is written to RAS Uncorrectable Error Status of dev
      Then RAS Header Log of dev is 0x300
      And RAS Uncorrectable Error Status of dev has only memByteEnableParity set

    @id:FULL-6.4 @PCIe-6.0-6.2
    Scenario: A masked error is detected meanwhile
      Given ones were written to AER Uncorrectable Error Status of dev
      And memDataParity was written to RAS Uncorrectable Error Mask of dev
      When these uncorrectable errors are injected into dev:
        | type            | header from |
        | mem-data-parity | 0x300       |
      Then RAS Uncorrectable Error Status of dev has only memDataEcc, internal set
      And AER Uncorrectable Error Status of dev has no bit set
