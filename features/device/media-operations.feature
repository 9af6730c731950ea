@device @needs:hardware @needs:clock @CXL-3.1-8.2.9.9.5.3
Feature: Media operations of a Type 3 device
  Part of the media can be overwritten while the rest is in use.

  Background:
    Given the machine "one host bridge"
    And these Type 3 devices:
      | id  | port | volatile | persistent |
      | dev | rp0  | 256M     | 256M       |

  @id:MEDIAOP-1
  Rule: The discovery operation lists the media operations
    @id:MEDIAOP-1.1
    Scenario Outline: Discovery of <operations> operations from index <start>
      When dev is sent Media Operations with:
        | class   | subclass  | start index | operations   |
        | general | discovery | <start>     | <operations> |
      Then dev answers with range granularity 64, supported 2, returned <returned>, data <data>

      Examples: all, the first, the last, and more than exist
        | start | operations | returned | data     |
        | 0     | 2          | 2        | 01000101 |
        | 0     | 1          | 1        | 0100     |
        | 1     | 1          | 1        | 0101     |
        | 0     | 3          | 2        | 01000101 |
        | 1     | 2          | 1        | 0101     |

    @id:MEDIAOP-1.2
    Scenario Outline: Discovery from index <start>, with <ranges> ranges
      When dev is sent Media Operations with:
        | class   | subclass  | ranges   | start index | operations |
        | general | discovery | <ranges> | <start>     | 1          |
      Then dev answers Invalid Input

      Examples: behind the last operation, and with a range
        | start | ranges |
        | 2     | 0      |
        | 0     | 1      |

  @id:MEDIAOP-2
  Rule: Media operations overwrite the given ranges, and nothing else
    @id:MEDIAOP-2.1
    Scenario Outline: Operation <operation> on persistent capacity
      Given dev has accepted Clear Poison with address 256M, data 64 bytes
      And the media of dev hold 64 bytes of 0xab from DPA 256M
      And dev has accepted Media Operations with class sanitize, subclass <operation>, ranges 1, dpa 256M, length 64
      When 4 seconds pass
      Then the background operation of dev is Media Operations, ended with Success
      And the media of dev hold 64 bytes of <value> from DPA 256M

      Examples: both operations
        | operation | value |
        | sanitize  | 0xf   |
        | zero      | 0x0   |

    @id:MEDIAOP-2.2
    Scenario Outline: Operation <operation> on volatile capacity
      Given dev has accepted Media Operations with:
        | class    | subclass    | ranges | dpa  | length |
        | sanitize | <operation> | 2      | 4K   | 64     |
        |          |             |        | 128M | 128    |
      When 4 seconds pass
      Then the media of dev hold 64 bytes of <value> from DPA 4K
      And the media of dev hold 128 bytes of <value> from DPA 128M
      And the media of dev hold 64 bytes of 0x0 from DPA 4160

      Examples: a value that differs from what was there
        | operation | value |
        | sanitize  | 0xf   |

    @id:MEDIAOP-2.3 @unchanged
    Scenario: No range
      When dev is sent Media Operations with class sanitize, subclass zero, ranges 0
      Then dev answers Success
      And dev is unchanged

  @id:MEDIAOP-3
  Rule: An operation that is not valid is refused, and changes nothing
    @id:MEDIAOP-3.1 @unchanged
    Scenario Outline: <length> bytes from DPA <dpa>
      When dev is sent Media Operations with class sanitize, subclass zero, ranges 1, dpa <dpa>, length <length>
      Then dev answers Invalid Input
      And dev is unchanged

      Examples: not whole cache lines, and no bytes
        | dpa | length |
        | 1   | 64     |
        | 0   | 65     |
        | 0   | 0      |

      Examples: across the end of the media, behind it, and an end that wraps at 64 bits
        | dpa                | length |
        | 0x1fffffc0         | 128    |
        | 512M               | 64     |
        | 0xffffffffffffffc0 | 128    |

    @id:MEDIAOP-3.2
    Scenario Outline: Operation class <class>, subclass <subclass>
      When dev is sent Media Operations with class <class>, subclass <subclass>, ranges 0
      Then dev answers Unsupported

      Examples: operations that do not exist
        | class    | subclass |
        | general  | 9        |
        | sanitize | 9        |
        | 9        | 0        |

    @id:MEDIAOP-3.3 @unchanged
    Scenario: Fewer ranges than the input declares
      When dev is sent Media Operations with class sanitize, subclass zero, ranges 2, dpa 0, length 64
      Then dev answers Invalid Payload Length
      And dev is unchanged
