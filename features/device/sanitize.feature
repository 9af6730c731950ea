@device @needs:hardware @needs:clock @CXL-3.1-8.2.9.9.5
Feature: Sanitizing a Type 3 device
  Who gives a device away wants nothing of his to be left on it. While it is being overwritten nothing of it can be used.

  Background:
    Given the machine "one Type 3 device"

  @id:SANITIZE-1 @CXL-3.1-8.2.9.9.5.1
  Rule: Sanitize leaves nothing of what was stored

    @id:SANITIZE-1.1
    Scenario: Media
      Given dev has accepted Clear Poison with address 4K, data 64 bytes
      And the media of dev hold 64 bytes of 0xab from DPA 4K
      And dev has accepted Sanitize
      When 4 seconds pass
      Then dev has run Sanitize in the background: Success
      And the media of dev hold 64 bytes of 0x0 from DPA 4K

    @id:SANITIZE-1.2
    Scenario: Labels
      Given dev has accepted Set Label Storage Area with offset 0, data 01020304
      And dev has accepted Sanitize
      And 4 seconds passed
      When dev is sent Get Label Storage Area with offset 0, length 4
      Then dev answers with data 00000000

    @id:SANITIZE-1.3 @CXL-3.1-8.2.9.2.2
    Scenario: Event records
      Given 2 general-media-events were injected into the warning log of dev
      And dev has accepted Sanitize
      When 4 seconds pass
      Then the warning log of dev has no record
      And the Event Status of dev is empty

  @id:SANITIZE-2 @CXL-3.1-8.2.9.9.5.1 @CXL-3.1-8.2.8.5.1.1
  Rule: Media are disabled while they are sanitized

    @id:SANITIZE-2.1
    Scenario: And say so
      When dev is sent Sanitize
      Then dev answers Background Started
      And the media of dev are disabled

    @id:SANITIZE-2.2
    Scenario: But not after it
      Given dev has accepted Sanitize
      When 4 seconds pass
      Then the media of dev are ready

    @id:SANITIZE-2.3
    Scenario Outline: <command> is refused
      Given dev has accepted Sanitize
      When dev is sent <command> with <length> bytes of input
      Then dev answers Media Disabled

      Examples: each that needs the media
        | command                | length |
        | Get Event Records      | 1      |
        | Get Partition Info     | 0      |
        | Set Label Storage Area | 9      |
        | Get Log                | 24     |
        | Get Poison List        | 16     |
        | Inject Poison          | 8      |
        | Clear Poison           | 72     |

    @id:SANITIZE-2.6
    Scenario: Get Label Storage Area is refused
      Given dev has accepted Sanitize
      When dev is sent Get Label Storage Area with offset 0, length 4
      Then dev answers Media Disabled

    @id:SANITIZE-2.4
    Scenario Outline: <command> is not
      Given dev has accepted Sanitize
      When dev is sent <command> with <length> bytes of input
      Then dev answers Success

      Examples: some that do not need them
        | command                | length |
        | Identify Memory Device | 0      |
        | Get Firmware Info      | 0      |
        | Get Timestamp          | 0      |
        | Get Supported Logs     | 0      |
        | Get Security State     | 0      |

    @id:SANITIZE-2.5
    Scenario: What is stored cannot be read
      Given a persistent region of 256M was created in window 0 on dev
      And 64K of data were stored in the region
      When dev is sent Sanitize
      Then 0 of window 0 does not yield the data

  @id:SANITIZE-3 @CXL-3.1-8.2.9.9.5.1
  Rule: Media stay disabled until a Sanitize has succeeded

    @id:SANITIZE-3.1
    Scenario: After one that was aborted
      Given dev supports Background Abort
      And dev has accepted Sanitize
      And dev has accepted Background Abort
      When 4 seconds pass
      Then the media of dev are disabled

    @id:SANITIZE-3.2
    Scenario: After one that was aborted, and another one
      Given dev supports Background Abort
      And dev has accepted Sanitize
      And dev has accepted Background Abort
      And dev has accepted Sanitize
      When 4 seconds pass
      Then the media of dev are ready

    @id:SANITIZE-3.3
    Scenario: After one that a reset has ended
      Given dev has accepted Sanitize
      When the machine is reset
      Then the media of dev are disabled
