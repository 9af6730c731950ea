@device @needs:hardware @needs:clock @CXL-3.1-8.2.9.9.4
Feature: Scanning the media of a Type 3 device
  The poison list has what a device has come across. A scan finds what nobody has met yet, or what the list had no room for.

  Background:
    Given the machine "one Type 3 device"

  @id:SCAN-1 @CXL-3.1-8.2.9.9.4.4
  Rule: A device says how long a scan would take

    @id:SCAN-1.1
    Scenario Outline: <lines> lines of 64 bytes
      When dev is sent Get Scan Media Capabilities with:
        | address | length  |
        | 0       | <lines> |
      Then dev answers with:
        | estimated milliseconds |
        | <milliseconds>         |

      Examples: one, and all
        | lines   | milliseconds |
        | 1       | 1            |
        | 4194304 | 2097         |

  @id:SCAN-2 @CXL-3.1-8.2.9.9.4.5 @CXL-3.1-8.2.9.9.4.6
  Rule: A scan finds the poison in its range, and no other

    @id:SCAN-2.1
    Scenario: Some
      Given poison has been injected at DPA 0x1000 of dev
      And dev has taken Scan Media with:
        | address | length  |
        | 0       | 4194304 |
      And 4 seconds have passed
      When dev is sent Get Scan Media Results
      Then dev answers with:
        | restart address | restart length | flags | count | data                             |
        | 0               | 0              | 0     | 1     | 03100000000000000100000000000000 |

    @id:SCAN-2.2
    Scenario: None in the range
      Given poison has been injected at DPA 0x1000 of dev
      And dev has taken Scan Media with:
        | address | length |
        | 8K      | 64     |
      And 2 seconds have passed
      When dev is sent Get Scan Media Results
      Then dev answers with:
        | restart address | restart length | flags | count |
        | 0               | 0              | 0     | 0     |

    @id:SCAN-2.3
    Scenario: It goes on in the background
      When dev is sent Scan Media with:
        | address | length  |
        | 0       | 4194304 |
      Then dev answers Background Started

    @id:SCAN-2.4
    Scenario: What the poison list had no room for
      Given QMP has poisoned 256 lines of dev
      And this poison has been injected into dev:
        | start  | 1M |
        | length | 64 |
      And dev has taken Scan Media with:
        | address | length |
        | 1M      | 1      |
      And 2 seconds have passed
      When dev is sent Get Scan Media Results
      Then dev answers with:
        | restart address | restart length | flags | count | data                             |
        | 0               | 0              | 0     | 1     | 02001000000000000100000000000000 |

    @id:SCAN-2.5
    Scenario: More than one answer holds
      Given QMP has poisoned 384 lines of dev
      And dev has taken Scan Media with:
        | address | length |
        | 32K     | 256    |
      And 2 seconds have passed
      When dev is sent Get Scan Media Results
      Then dev answers with:
        | restart address | restart length | flags | count |
        | 0               | 0              | 1     | 126   |

    @id:SCAN-2.6
    Scenario: The rest of it
      Given QMP has poisoned 384 lines of dev
      And dev has taken Scan Media with:
        | address | length |
        | 32K     | 256    |
      And 2 seconds have passed
      And dev has taken Get Scan Media Results
      When dev is sent Get Scan Media Results
      Then dev answers with:
        | restart address | restart length | flags | count |
        | 0               | 0              | 0     | 2     |

  @id:SCAN-3 @CXL-3.1-8.2.9.9.4.5
  Rule: What cannot be scanned is refused, and nothing changes

    @id:SCAN-3.1
    Scenario Outline: <command> of <lines> lines from <address> of a device of 256M
      When dev is sent <command> with:
        | address   | length  |
        | <address> | <lines> |
      Then dev answers Invalid Physical Address
      And dev is as it was before

      Examples: one line too many, and what begins behind it
        | command                     | address | lines   |
        | Get Scan Media Capabilities | 0       | 4194305 |
        | Get Scan Media Capabilities | 256M    | 1       |
        | Scan Media                  | 0       | 4194305 |
        | Scan Media                  | 256M    | 1       |

      Examples: so many that where they end wraps
        | command                     | address | lines              |
        | Get Scan Media Capabilities | 64      | 0x03ffffffffffffff |
        | Scan Media                  | 64      | 0x03ffffffffffffff |

    @id:SCAN-3.2
    Scenario: Results before any scan
      When dev is sent Get Scan Media Results
      Then dev answers Unsupported
      And dev is as it was before

    @id:SCAN-3.3
    Scenario Outline: <command> with <bytes> bytes of input
      When dev is sent <command> with <bytes> bytes of input
      Then dev answers Invalid Payload Length
      And dev is as it was before

      Examples: too short, and too long
        | command                     | bytes |
        | Get Scan Media Capabilities | 15    |
        | Get Scan Media Capabilities | 17    |
        | Scan Media                  | 16    |
        | Scan Media                  | 18    |
        | Get Scan Media Results      | 1     |

    @id:SCAN-3.4
    Scenario Outline: <command> from the midst of a line on
      When dev is sent <command> with:
        | address | length |
        | 0x1001  | 1      |
      Then dev answers Invalid Input
      And dev is as it was before

      Examples: what it would take, and the scan itself
        | command                     |
        | Get Scan Media Capabilities |
        | Scan Media                  |

  @id:SCAN-4 @CXL-3.1-8.2.9.9.4.1
  Rule: While its media are scanned, a device lists the poison that it knows

    @id:SCAN-4.1
    Scenario: It says that there may be more
      Given dev has taken Scan Media with:
        | address | length  |
        | 0       | 4194304 |
      Then dev says that its media are being scanned

    @id:SCAN-4.2
    Scenario: Poison that is injected
      Given dev has taken Scan Media with:
        | address | length  |
        | 0       | 4194304 |
      When poison is injected at DPA 0x1000 of dev
      Then dev answers Success
      And dev has this poison in 0-256M:
        | DPA           | source   |
        | 0x1000-0x1040 | injected |

    @id:SCAN-4.3
    Scenario: Poison that is cleared
      Given poison has been injected at DPA 0x1000 of dev
      And dev has taken Scan Media with:
        | address | length  |
        | 0       | 4194304 |
      When poison is cleared at DPA 0x1000 of dev
      Then dev answers Success
      And dev has no poison in 0-256M
