@device @needs:hardware @CXL-3.1-8.2.9.9.2.3 @CXL-3.1-8.2.9.9.2.4
Feature: The Label Storage Area of a Type 3 device
  Labels describe the namespaces of persistent memory. Software that reads other labels than were written loses data.

  Background:
    Given the machine "one Type 3 device"

  @id:LABELS-1
  Rule: Get Label Storage Area returns what Set Label Storage Area has written
    @id:LABELS-1.1
    Scenario Outline: <length> bytes at <offset>
      Given dev has accepted Set Label Storage Area with offset <offset>, data <written>
      When dev is sent Get Label Storage Area with offset <offset>, length <length>
      Then dev answers with data <written>

      Examples: at the beginning, in the middle, at the end, and the most that the mailbox holds
        | offset  | length | written    |
        | 0       | 4      | 01020304   |
        | 1000    | 3      | aabbcc     |
        | 0xffffc | 4      | fffefdfc   |
        | 0       | 2040   | 2040 bytes |

    @id:LABELS-1.2
    Scenario: Bytes beside those that were written are not changed
      Given dev has accepted Set Label Storage Area with offset 4, data 01020304
      When dev is sent Get Label Storage Area with offset 0, length 12
      Then dev answers with data 000000000102030400000000

    @id:LABELS-1.3
    Scenario: Labels survive a reset of the machine
      Given dev has accepted Set Label Storage Area with offset 4, data 01020304
      When the machine is reset
      And dev is sent Get Label Storage Area with offset 4, length 4
      Then dev answers with data 01020304

  @id:LABELS-2
  Rule: An access that is not wholly within the area is refused
    @id:LABELS-2.1 @unchanged
    Scenario Outline: Reading <length> bytes at <offset>
      When dev is sent Get Label Storage Area with offset <offset>, length <length>
      Then dev answers Invalid Input
      And dev is unchanged

      Examples: across the end, behind the end, and an end that wraps at 32 bits
        | offset     | length |
        | 0xffff0    | 17     |
        | 0x100000   | 1      |
        | 0xffffffff | 2      |

    @id:LABELS-2.2 @unchanged
    Scenario Outline: Writing <data> at <offset>
      When dev is sent Set Label Storage Area with offset <offset>, data <data>
      Then dev answers Invalid Input
      And dev is unchanged

      Examples: across the end, behind the end, and an end that wraps at 32 bits
        | offset     | data     |
        | 0xffffe    | 01020304 |
        | 0x100000   | 01       |
        | 0xffffffff | 0102     |

  @id:LABELS-3
  Rule: An access of more bytes than the mailbox holds is refused
    @id:LABELS-3.1
    Scenario: Reading 2049 bytes
      When dev is sent Get Label Storage Area with offset 0, length 2049
      Then dev answers Invalid Input

  @id:LABELS-4
  Rule: An access of no bytes succeeds
    @id:LABELS-4.1 @unchanged
    Scenario: Writing no bytes
      When dev is sent Set Label Storage Area with offset 0
      Then dev answers Success
      And dev is unchanged

    @id:LABELS-4.2
    Scenario: Reading no bytes
      When dev is sent Get Label Storage Area with offset 0, length 0
      Then dev answers Success
      And dev answers with no output
