@device @needs:hardware @needs:clock @CXL-3.1-8.2.9.9.5
Feature: Sanitizing a Type 3 device
  Before a device changes hands, all data on it must be erased. Media are disabled while they are sanitized.

  Background:
    Given the machine "one Type 3 device"

  @id:SANITIZE-1 @CXL-3.1-8.2.9.9.5.1
  Rule: Sanitize erases media, labels and event records
    @id:SANITIZE-1.1
    Scenario: Media are erased
      Given dev has accepted Clear Poison with address 4K, data 64 bytes
      And the media of dev hold 64 bytes of 0xab from DPA 4K
      And dev has accepted Sanitize
      When 4 seconds pass
      Then the background operation of dev is Sanitize, ended with Success
      And the media of dev hold 64 bytes of 0x0 from DPA 4K

    @id:SANITIZE-1.2
    Scenario: Labels are erased
      Given dev has accepted Set Label Storage Area with offset 0, data 01020304
      And dev has accepted Sanitize
      And 4 seconds passed
      When dev is sent Get Label Storage Area with offset 0, length 4
      Then dev answers with data 00000000

    @id:SANITIZE-1.3 @CXL-3.1-8.2.9.2.2
    Scenario: Event records are cleared
      Given 2 general-media-events were injected into the warning log of dev
      And dev has accepted Sanitize
      When 4 seconds pass
      Then the warning log of dev has no record
      And the Event Status of dev is empty

    @id:SANITIZE-1.4
    Scenario: Volatile and persistent media are erased
      Given these Type 3 devices:
        | id   | port | volatile | persistent |
        | both | rp1  | 256M     | 256M       |
      And both has accepted Clear Poison with address 4K, data 64 bytes
      And both has accepted Clear Poison with address 268439552, data 64 bytes
      And the media of both hold 64 bytes of 0xab from DPA 4K
      And both has accepted Sanitize
      When 4 seconds pass
      Then the background operation of both is Sanitize, ended with Success
      And the media of both hold 64 bytes of 0x0 from DPA 4K
      And the media of both hold 64 bytes of 0x0 from DPA 0x10001000

  @id:SANITIZE-2 @CXL-3.1-8.2.9.9.5.1 @CXL-3.1-8.2.8.5.1.1
  Rule: Media are disabled while they are sanitized
    @id:SANITIZE-2.1
    Scenario: Media Status while Sanitize runs
      When dev is sent Sanitize
      Then dev answers Background Started
      And the media of dev are disabled

    @id:SANITIZE-2.2
    Scenario: Media Status after Sanitize
      Given dev has accepted Sanitize
      When 4 seconds pass
      Then the media of dev are ready

    @id:SANITIZE-2.3
    Scenario Outline: <command> is refused while Sanitize runs
      Given dev has accepted Sanitize
      When dev is sent <command> with <bytes> bytes of input
      Then dev answers Media Disabled

      Examples: commands that need the media
        | command                | bytes |
        | Get Event Records      | 1     |
        | Get Partition Info     | 0     |
        | Set Label Storage Area | 9     |
        | Get Log                | 24    |
        | Get Poison List        | 16    |
        | Inject Poison          | 8     |
        | Clear Poison           | 72    |

    @id:SANITIZE-2.6
    Scenario: Get Label Storage Area is refused while Sanitize runs
      Given dev has accepted Sanitize
      When dev is sent Get Label Storage Area with offset 0, length 4
      Then dev answers Media Disabled

    @id:SANITIZE-2.4
    Scenario Outline: <command> is accepted while Sanitize runs
      Given dev has accepted Sanitize
      When dev is sent <command> with <bytes> bytes of input
      Then dev answers Success

      Examples: commands that do not need the media
        | command                | bytes |
        | Identify Memory Device | 0     |
        | Get Firmware Info      | 0     |
        | Get Timestamp          | 0     |
        | Get Supported Logs     | 0     |
        | Get Security State     | 0     |

    @id:SANITIZE-2.5
    Scenario: Data cannot be read while Sanitize runs
      Given a persistent region of 256M was created in window 0 on dev
      And 64K of data were stored in the region
      When dev is sent Sanitize
      Then 0 of window 0 does not yield the data

  @id:SANITIZE-3 @CXL-3.1-8.2.9.9.5.1
  Rule: Media stay disabled until a Sanitize has succeeded
    @id:SANITIZE-3.1
    Scenario: After a Sanitize that was aborted
      Given dev supports Background Abort
      And dev has accepted Sanitize
      And dev has accepted Background Abort
      When 4 seconds pass
      Then the media of dev are disabled

    @id:SANITIZE-3.2
    Scenario: After a Sanitize that was aborted, and another that succeeded
      Given dev supports Background Abort
      And dev has accepted Sanitize
      And dev has accepted Background Abort
      And dev has accepted Sanitize
      When 4 seconds pass
      Then the media of dev are ready

    @id:SANITIZE-3.3
    Scenario: After a Sanitize that was ended by a reset
      Given dev has accepted Sanitize
      When the machine is reset
      Then the media of dev are disabled

  @id:SANITIZE-4 @CXL-3.1-8.2.9.9.5.1
  Rule: Sanitize of a larger device takes longer
    @id:SANITIZE-4.1
    Scenario Outline: <time> seconds of a Sanitize of <size>
      Given these Type 3 devices:
        | id  | port | volatile | persistent |
        | big | rp1  | 0        | <size>     |
      And big has accepted Sanitize
      When <time> seconds pass
      Then the background operation of big is Sanitize, <part> % complete

      Examples: by size
        | size | time | part |
        | 1G   | 4    | 50   |
        | 2G   | 6    | 40   |
        | 4G   | 6    | 20   |
