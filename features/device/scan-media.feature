@device @needs:hardware @needs:clock @CXL-3.1-8.2.9.9.4
Feature: Scanning the media of a Type 3 device
  The poison list has the errors that the device has met. A scan finds those that it has not met, or had no room to list.

  Background:
    Given the machine "one Type 3 device"

  @id:SCAN-1 @CXL-3.1-8.2.9.9.4.4
  Rule: Get Scan Media Capabilities returns the estimated time of a scan
    @id:SCAN-1.1
    Scenario Outline: A scan of <lines> lines of 64 bytes
      When dev is sent Get Scan Media Capabilities with address 0, length <lines>
      Then dev answers with estimated milliseconds <milliseconds>

      Examples: one line, and all lines
        | lines   | milliseconds |
        | 1       | 1            |
        | 4194304 | 2097         |

  @id:SCAN-2 @CXL-3.1-8.2.9.9.4.5 @CXL-3.1-8.2.9.9.4.6
  Rule: A scan returns the poison in its range, and no other
    @id:SCAN-2.1
    Scenario: Poison in the range
      Given dev has accepted Inject Poison with address 0x1000
      And dev has accepted Scan Media with address 0, length 4194304
      And 4 seconds passed
      When dev is sent Get Scan Media Results
      Then dev answers with restart address 0, restart length 0, flags 0, count 1, data 03100000000000000100000000000000

    @id:SCAN-2.2
    Scenario: No poison in the range
      Given dev has accepted Inject Poison with address 0x1000
      And dev has accepted Scan Media with address 8K, length 64
      And 2 seconds passed
      When dev is sent Get Scan Media Results
      Then dev answers with restart address 0, restart length 0, flags 0, count 0

    @id:SCAN-2.3
    Scenario: A scan runs in the background
      When dev is sent Scan Media with address 0, length 4194304
      Then dev answers Background Started

    @id:SCAN-2.4
    Scenario: Poison that the poison list had no room for
      Given 256 lines of dev were poisoned by QMP
      And this poison was injected into dev:
        | start  | 1M |
        | length | 64 |
      And dev has accepted Scan Media with address 1M, length 1
      And 2 seconds passed
      When dev is sent Get Scan Media Results
      Then dev answers with restart address 0, restart length 0, flags 0, count 1, data 02001000000000000100000000000000

    @id:SCAN-2.5
    Scenario: Results that do not fit into one answer
      Given 384 lines of dev were poisoned by QMP
      And dev has accepted Scan Media with address 32K, length 256
      And 2 seconds passed
      When dev is sent Get Scan Media Results
      Then dev answers with restart address 0, restart length 0, flags 1, count 126

    @id:SCAN-2.6
    Scenario: The second answer of such results
      Given 384 lines of dev were poisoned by QMP
      And dev has accepted Scan Media with address 32K, length 256
      And 2 seconds passed
      And dev has accepted Get Scan Media Results
      When dev is sent Get Scan Media Results
      Then dev answers with restart address 0, restart length 0, flags 0, count 2

    @id:SCAN-2.7
    Scenario: Poison that the poison list had no room for, before and behind the range
      Given 256 lines of dev were poisoned by QMP
      And this poison was injected into dev:
        | start  | 1M |
        | length | 64 |
      And this poison was injected into dev:
        | start  | 2M |
        | length | 64 |
      And this poison was injected into dev:
        | start  | 3M |
        | length | 64 |
      And dev has accepted Scan Media with address 2M, length 1
      And 2 seconds passed
      When dev is sent Get Scan Media Results
      Then dev answers with restart address 0, restart length 0, flags 0, count 1, data 02002000000000000100000000000000

    @id:SCAN-2.8
    Scenario: A scan discards the results of the one before
      Given dev has accepted Inject Poison with address 0x1000
      And dev has accepted Scan Media with address 0, length 128
      And 2 seconds passed
      And dev has accepted Scan Media with address 8K, length 64
      And 2 seconds passed
      When dev is sent Get Scan Media Results
      Then dev answers with restart address 0, restart length 0, flags 0, count 0

  @id:SCAN-3 @CXL-3.1-8.2.9.9.4.5
  Rule: A scan that is not valid is refused, and changes nothing
    @id:SCAN-3.1 @unchanged
    Scenario Outline: <command> of <lines> lines from <address> of a device of 256M
      When dev is sent <command> with address <address>, length <lines>
      Then dev answers Invalid Physical Address
      And dev is unchanged

      Examples: one line too many, a start behind the end, and an end that wraps
        | command                     | address | lines              |
        | Get Scan Media Capabilities | 0       | 4194305            |
        | Get Scan Media Capabilities | 256M    | 1                  |
        | Scan Media                  | 0       | 4194305            |
        | Scan Media                  | 256M    | 1                  |
        | Get Scan Media Capabilities | 64      | 0x03ffffffffffffff |
        | Scan Media                  | 64      | 0x03ffffffffffffff |

    @id:SCAN-3.2 @unchanged
    Scenario: Results before any scan
      When dev is sent Get Scan Media Results
      Then dev answers Unsupported
      And dev is unchanged

    @id:SCAN-3.3 @unchanged
    Scenario Outline: <command> with <bytes> bytes of input
      When dev is sent <command> with <bytes> bytes of input
      Then dev answers Invalid Payload Length
      And dev is unchanged

      Examples: too short, and too long
        | command                     | bytes |
        | Get Scan Media Capabilities | 15    |
        | Get Scan Media Capabilities | 17    |
        | Scan Media                  | 16    |
        | Scan Media                  | 18    |
        | Get Scan Media Results      | 1     |

    @id:SCAN-3.4 @unchanged
    Scenario Outline: <command> from an address within a line
      When dev is sent <command> with address 0x1001, length 1
      Then dev answers Invalid Input
      And dev is unchanged

      Examples: both commands with a range
        | command                     |
        | Get Scan Media Capabilities |
        | Scan Media                  |

  @id:SCAN-4 @CXL-3.1-8.2.9.9.4.1
  Rule: During a scan, poison can be injected, listed and cleared
    @id:SCAN-4.1
    Scenario: Get Poison List has the flag Scan Media in Progress
      Given dev has accepted Scan Media with address 0, length 4194304
      When dev is sent Get Poison List with address 0, length 1
      Then dev answers with flags scan media in progress

    @id:SCAN-4.2
    Scenario: Poison is injected during a scan
      Given dev has accepted Scan Media with address 0, length 4194304
      When dev is sent Inject Poison with address 0x1000
      Then dev answers Success
      And dev has this poison in 0-256M:
        | DPA           | source   |
        | 0x1000-0x1040 | injected |

    @id:SCAN-4.3
    Scenario: Poison is cleared during a scan
      Given dev has accepted Inject Poison with address 0x1000
      And dev has accepted Scan Media with address 0, length 4194304
      When dev is sent Clear Poison with address 0x1000, data 64 bytes
      Then dev answers Success
      And dev has no poison in 0-256M
