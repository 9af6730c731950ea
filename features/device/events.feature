@device @needs:hardware @CXL-3.1-8.2.9.2
Feature: Event logs of a Type 3 device
  A device reports errors in its event logs. A record that is wrong, lost without notice or cleared before it was read
  is an error that software never handles.

  Background:
    Given the machine "one Type 3 device of 512M"

  @id:EVENT-2 @CXL-3.1-8.2.8.3.1
  Rule: An event is in the log of its severity, and Event Status has the bit of that log set
    @id:EVENT-2.1
    Scenario Outline: An event in the <log> log
      When 1 general-media-event is injected into the <log> log of dev
      Then the Event Status of dev is <log>
      And the <log> log of dev has the record 1
      And the <other> log of dev has no record

      Examples: all logs that events can be injected into
        | log           | other         |
        | informational | fatal         |
        | warning       | informational |
        | failure       | warning       |
        | fatal         | failure       |

    @id:EVENT-2.2
    Scenario: Events in two logs
      Given 2 general-media-events were injected into the warning log of dev
      When 1 general-media-event is injected into the fatal log of dev
      Then the Event Status of dev is warning, fatal
      And the warning log of dev has the records 1, 2
      And the fatal log of dev has the record 1

    @id:EVENT-2.3
    Scenario: All records of one log are cleared
      Given 2 general-media-events were injected into the warning log of dev
      And 1 general-media-event was injected into the fatal log of dev
      When dev is sent Clear Event Records with log warning, handle 1, handle 2
      Then dev answers Success
      And the Event Status of dev is fatal
      And the warning log of dev has no record

    @id:EVENT-2.4
    Scenario: No event has occurred
      Then the Event Status of dev is empty
      And the informational log of dev has no record
      And the dynamic capacity log of dev has no record

    @id:EVENT-2.5
    Scenario: Records survive a reset of the machine
      Given 1 general-media-event was injected into the fatal log of dev
      When the machine is reset
      Then the fatal log of dev has the record 1
      And the Event Status of dev is fatal

  @id:EVENT-3 @CXL-3.1-8.2.9.2.2
  Rule: Get Event Records returns the oldest records, and whether more follow or were lost
    @id:EVENT-3.1
    Scenario: As many records as a log holds
      Given 8 general-media-events were injected into the failure log of dev
      When dev is sent Get Event Records with log failure
      Then dev answers with count 8, flags 0
      And the failure log of dev has the records 1, 2, 3, 4, 5, 6, 7, 8
      And the failure log of dev has lost 0 records

    @id:EVENT-3.2
    Scenario: More records than a log holds
      When 11 general-media-events are injected into the failure log of dev
      Then the failure log of dev has lost 3 records
      And the failure log of dev has the records 1, 2, 3, 4, 5, 6, 7, 8

    @id:EVENT-3.3
    Scenario: Clearing records of a full log clears its overflow
      Given 11 general-media-events were injected into the failure log of dev
      When dev is sent Clear Event Records with log failure, handle 1, handle 2
      Then the failure log of dev has lost 0 records
      And the failure log of dev has the records 3, 4, 5, 6, 7, 8

    @id:EVENT-3.4
    Scenario: Handles of cleared records are not used again
      Given 2 general-media-events were injected into the failure log of dev
      And dev has accepted Clear Event Records with log failure, handle 1, handle 2
      When 2 general-media-events are injected into the failure log of dev
      Then the failure log of dev has the records 3, 4

    @id:EVENT-3.5
    Scenario Outline: Event log <code>, which does not exist
      When dev is sent Get Event Records with log <code>
      Then dev answers Invalid Input
      And dev answers with no output

      Examples: the first code that is not used, and the last code
        | code |
        | 5    |
        | 255  |

  @id:EVENT-4 @CXL-3.1-8.2.9.2.3
  Rule: Clear Event Records clears the oldest records: all that are listed, or none
    @id:EVENT-4.1
    Scenario: A record that is not the oldest
      Given 3 general-media-events were injected into the warning log of dev
      When dev is sent Clear Event Records with log warning, handle 2
      Then dev answers Invalid Handle
      And the warning log of dev has the records 1, 2, 3

    @id:EVENT-4.2
    Scenario: Records out of order
      Given 3 general-media-events were injected into the warning log of dev
      When dev is sent Clear Event Records with log warning, handle 2, handle 1
      Then dev answers Invalid Handle
      And the warning log of dev has the records 1, 2, 3

    @id:EVENT-4.3
    Scenario: More handles than the log has records
      Given 2 general-media-events were injected into the warning log of dev
      When dev is sent Clear Event Records with log warning, handle 1, handle 2, handle 3
      Then dev answers Invalid Handle
      And the warning log of dev has the records 1, 2

    @id:EVENT-4.4
    Scenario: Clear All of a log that has overflowed
      Given 9 general-media-events were injected into the warning log of dev
      When dev is sent Clear Event Records with log warning, flags clear all
      Then dev answers Success
      And the warning log of dev has no record
      And the Event Status of dev is empty

    @id:EVENT-4.5
    Scenario: Clear All of a log that has not overflowed
      Given 2 general-media-events were injected into the warning log of dev
      When dev is sent Clear Event Records with log warning, flags clear all
      Then dev answers Invalid Input
      And the warning log of dev has the records 1, 2

    @id:EVENT-4.6
    Scenario: Event log 5, which does not exist
      When dev is sent Clear Event Records with log 5
      Then dev answers Invalid Input
      And dev answers with no output

    @id:EVENT-4.7
    Scenario: Other logs keep their records
      Given 1 general-media-event was injected into the warning log of dev
      And 1 general-media-event was injected into the failure log of dev
      When dev is sent Clear Event Records with log failure, handle 1
      Then dev answers Success
      And the warning log of dev has the record 1
      And the failure log of dev has no record

  @id:EVENT-5 @CXL-3.1-8.2.9.2.4 @CXL-3.1-8.2.9.2.5
  Rule: Get Event Interrupt Policy returns what Set Event Interrupt Policy has set
    @id:EVENT-5.1
    Scenario: No interrupts after power-on
      Then the event interrupt policy of dev is:
        | log           | mode | vector |
        | informational | none | 0      |
        | warning       | none | 0      |
        | failure       | none | 0      |
        | fatal         | none | 0      |

    @id:EVENT-5.2
    Scenario: MSI-X interrupts of all logs
      When dev is sent Set Event Interrupt Policy with informational MSI-X, warning MSI-X, failure MSI-X, fatal MSI-X
      Then dev answers Success
      And the event interrupt policy of dev is:
        | log           | mode  | vector |
        | informational | MSI-X | 2      |
        | warning       | MSI-X | 3      |
        | failure       | MSI-X | 4      |
        | fatal         | MSI-X | 5      |

  @id:EVENT-6 @CXL-3.1-8.2.9.2
  Rule: A command with an input of the wrong length is refused, and changes nothing
    @id:EVENT-6.1
    Scenario Outline: <command> with <bytes> bytes of input
      Given dev has accepted Set Event Interrupt Policy with informational MSI-X
      And 1 general-media-event was injected into the informational log of dev
      When dev is sent <command> with <bytes> bytes of input
      Then dev answers Invalid Payload Length
      And dev answers with no output
      And the informational log of dev has the record 1
      And the event interrupt policy of dev is:
        | log           | mode  | vector |
        | informational | MSI-X | 2      |

      Examples: no input, and too short
        | command                    | bytes |
        | Get Event Records          | 0     |
        | Clear Event Records        | 0     |
        | Set Event Interrupt Policy | 0     |
        | Clear Event Records        | 5     |
        | Set Event Interrupt Policy | 3     |

      Examples: too long, for a fixed length and for one that varies
        | command                    | bytes |
        | Get Event Records          | 2     |
        | Get Event Interrupt Policy | 1     |
        | Clear Event Records        | 7     |
        | Set Event Interrupt Policy | 6     |
