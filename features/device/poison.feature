@device @needs:hardware @CXL-3.1-8.2.9.9.4
Feature: Poison of a Type 3 device
  Memory is poisoned when the device knows that its contents are lost. Software reads the poison list, and clears
  poison by writing new data.

  Background:
    Given the machine "one Type 3 device of 512M"

  @id:POISON-1 @CXL-3.1-8.2.9.9.4.1
  Rule: Get Poison List returns the poison in a range, with its source
    @id:POISON-1.1
    Scenario: Poison of source internal
      When this poison is injected into dev:
        | start  | 0x1000 |
        | length | 256    |
      Then dev has this poison in 0-512M:
        | DPA           | source   |
        | 0x1000-0x1100 | internal |

    @id:POISON-1.2
    Scenario: Poison of source injected
      When dev is sent Inject Poison with address 0x1000
      Then dev answers Success
      And dev answers with no output
      And dev has this poison in 0-512M:
        | DPA           | source   |
        | 0x1000-0x1040 | injected |

    @id:POISON-1.3
    Scenario: The latest poison is listed first
      Given dev has accepted Inject Poison with address 0x1000
      And this poison was injected into dev:
        | start  | 0x3000 |
        | length | 64     |
      When dev is sent Inject Poison with address 0x2000
      Then dev has this poison in 0-512M:
        | DPA           | source   |
        | 0x2000-0x2040 | injected |
        | 0x3000-0x3040 | internal |
        | 0x1000-0x1040 | injected |

    @id:POISON-1.4
    Scenario Outline: The list for <range> of poison in 0x1000-0x1100
      When this poison is injected into dev:
        | start  | 0x1000 |
        | length | 256    |
      Then dev has this poison in <range>:
        | DPA   | source   |
        | <DPA> | internal |
      And dev has no poison in <beside>

      Examples: part of the poison, and the lines beside it
        | range         | DPA           | beside        |
        | 0x1040-0x1080 | 0x1040-0x1080 | 0x0fc0-0x1000 |
        | 0x10c0-0x1200 | 0x10c0-0x1100 | 0x1100-0x1140 |

    @id:POISON-1.5
    Scenario: No poison after power-on
      Then dev has no poison in 0-512M

    @id:POISON-1.6
    Scenario Outline: <lines> lines from DPA <address>
      Given dev has accepted Inject Poison with address 0x1000
      When dev is sent Get Poison List with address <address>, length <lines>
      Then dev answers <answer>
      And dev answers with no output

      Examples: a range that does not begin at a line of 64 bytes, and one beyond the capacity
        | address | lines    | answer                   |
        | 0x1001  | 1        | Invalid Input            |
        | 0x1020  | 1        | Invalid Input            |
        | 512M    | 16384    | Invalid Physical Address |
        | 256M    | 12582912 | Invalid Physical Address |

    @id:POISON-1.7
    Scenario: A list that does not fit into one answer
      Given 150 lines of dev were poisoned by Inject Poison
      Then dev has 150 poisoned lines in 0-512M

    @id:POISON-1.8
    Scenario: Poison survives a reset of the machine
      Given dev has accepted Inject Poison with address 0x1000
      When the machine is reset
      Then dev has this poison in 0-512M:
        | DPA           | source   |
        | 0x1000-0x1040 | injected |

  @id:POISON-2 @CXL-3.1-8.2.9.9.4.2
  Rule: Inject Poison poisons one line of 64 bytes
    @id:POISON-2.1
    Scenario: A line that is poisoned already
      Given dev has accepted Inject Poison with address 0x1000
      When dev is sent Inject Poison with address 0x1000
      Then dev answers Success
      And dev has this poison in 0-512M:
        | DPA           | source   |
        | 0x1000-0x1040 | injected |

    @id:POISON-2.2
    Scenario: An address within a line, whose low bits are reserved
      Given dev has accepted Inject Poison with address 0x1039
      When dev is sent Inject Poison with address 0x1000
      Then dev has this poison in 0-512M:
        | DPA           | source   |
        | 0x1000-0x1040 | injected |

    @id:POISON-2.3
    Scenario Outline: DPA <DPA>, beyond the capacity
      When dev is sent Inject Poison with address <DPA>
      Then dev answers Invalid Physical Address
      And dev answers with no output
      And dev has no poison in 0-512M

      Examples: the first line beyond it, and far beyond
        | DPA  |
        | 512M |
        | 4G   |

    @id:POISON-2.4
    Scenario: More lines than a device can list
      Given 256 lines of dev were poisoned by QMP
      When dev is sent Inject Poison with address 1M
      Then dev answers Inject Poison Limit Reached
      And dev has no poison in 1M-2M

    @id:POISON-2.5
    Scenario: The last line of the capacity
      When dev is sent Inject Poison with address 0x1fffffc0
      Then dev answers Success
      And dev has this poison in 256M-512M:
        | DPA                   | source   |
        | 0x1fffffc0-0x20000000 | injected |

  @id:POISON-3 @CXL-3.1-8.2.9.9.4.3
  Rule: Clear Poison writes 64 bytes to the media, and the line is not poisoned any more
    @id:POISON-3.1
    Scenario: A line that is poisoned
      Given dev has accepted Inject Poison with address 0x1000
      When dev is sent Clear Poison with address 0x1000, data 64 bytes
      Then dev answers Success
      And dev answers with no output
      And dev has no poison in 0-512M
      And the media of dev hold 64 bytes of 0xab from DPA 0x1000

    @id:POISON-3.8
    Scenario Outline: <address> of a device with volatile and persistent capacity of 256M each
      Given these Type 3 devices:
        | id   | port | volatile | persistent |
        | both | rp1  | 256M     | 256M       |
      When both is sent Clear Poison with address <address>, data 64 bytes
      Then both answers Success
      And the media of both hold 64 bytes of 0xab from DPA <address>

      Examples: volatile, the last line of it, the first persistent one, and the last
        | address    |
        | 0x1000     |
        | 0xfffffc0  |
        | 0x10000000 |
        | 0x1fffffc0 |

    @id:POISON-3.2
    Scenario Outline: The <which> line of a poisoned range
      Given this poison was injected into dev:
        | start  | 0x1000 |
        | length | 256    |
      When dev is sent Clear Poison with address <DPA>, data 64 bytes
      Then dev has this poison in 0-512M:
        | DPA    | source   |
        | <left> | internal |

      Examples: at either end
        | which | DPA    | left          |
        | first | 0x1000 | 0x1040-0x1100 |
        | last  | 0x10c0 | 0x1000-0x10c0 |

    @id:POISON-3.3
    Scenario: A line within a poisoned range
      Given this poison was injected into dev:
        | start  | 0x1000 |
        | length | 256    |
      When dev is sent Clear Poison with address 0x1040, data 64 bytes
      Then dev has this poison in 0-512M:
        | DPA           | source   |
        | 0x1080-0x1100 | internal |
        | 0x1000-0x1040 | internal |

    @id:POISON-3.4
    Scenario: A line that is not poisoned
      Given dev has accepted Inject Poison with address 0x1000
      When dev is sent Clear Poison with address 0x2000, data 64 bytes
      Then dev answers Success
      And dev has this poison in 0-512M:
        | DPA           | source   |
        | 0x1000-0x1040 | injected |
      And the media of dev hold 64 bytes of 0xab from DPA 0x2000

    @id:POISON-3.5
    Scenario: An address within a line
      When dev is sent Clear Poison with address 0x1001, data 64 bytes
      Then the media of dev hold 64 bytes of 0xab from DPA 0x1000

    @id:POISON-3.6
    Scenario Outline: DPA <DPA>, beyond the capacity
      Given dev has accepted Inject Poison with address 0x1000
      When dev is sent Clear Poison with address <DPA>, data 64 bytes
      Then dev answers Invalid Physical Address
      And dev answers with no output
      And dev has this poison in 0-512M:
        | DPA           | source   |
        | 0x1000-0x1040 | injected |

      Examples: the first line beyond it, and far beyond
        | DPA  |
        | 512M |
        | 4G   |

    @id:POISON-3.7
    Scenario: The highest address
      When dev is sent Clear Poison with address 0xffffffffffffffc0, data 64 bytes
      Then dev answers Invalid Physical Address

  @id:POISON-4
  Rule: A command with an input of the wrong length is refused, and changes nothing
    @id:POISON-4.1
    Scenario Outline: <command> with <bytes> bytes of input
      When dev is sent <command> with <bytes> bytes of input
      Then dev answers Invalid Payload Length
      And dev answers with no output
      And dev has no poison in 0-512M

      Examples: no input, too short, and too long
        | command         | bytes |
        | Inject Poison   | 0     |
        | Get Poison List | 15    |
        | Get Poison List | 17    |
        | Inject Poison   | 7     |
        | Inject Poison   | 9     |
        | Clear Poison    | 71    |
        | Clear Poison    | 73    |
