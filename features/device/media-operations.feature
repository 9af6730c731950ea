@device @needs:hardware @needs:clock @CXL-3.1-8.2.9.9.5.3
Feature: Media operations of a Type 3 device
  Part of a device can be overwritten while the rest of it is used.

  Background:
    Given the machine "one host bridge"
    And these Type 3 devices:
      | id  | port | volatile | persistent |
      | dev | rp0  | 256M     | 256M       |

  @id:MEDIAOP-1
  Rule: A device lists what it can do to ranges

    @id:MEDIAOP-1.1
    Scenario Outline: <operations> operations from number <start>
      When dev is sent Media Operations with:
        | class   | subclass  | start index | operations   |
        | general | discovery | <start>     | <operations> |
      Then dev answers with range granularity 64, supported 2, returned <returned>, data <data>

      Examples: all, one, and the last
        | start | operations | returned | data     |
        | 0     | 2          | 2        | 01000101 |
        | 0     | 1          | 1        | 0100     |
        | 1     | 1          | 1        | 0101     |

      Examples: more than there are
        | start | operations | returned | data     |
        | 0     | 3          | 2        | 01000101 |
        | 1     | 2          | 1        | 0101     |

    @id:MEDIAOP-1.2
    Scenario Outline: From number <start>, with <ranges> ranges
      When dev is sent Media Operations with:
        | class   | subclass  | ranges   | start index | operations |
        | general | discovery | <ranges> | <start>     | 1          |
      Then dev answers Invalid Input

      Examples: behind the last, and with a range
        | start | ranges |
        | 2     | 0      |
        | 0     | 1      |

  @id:MEDIAOP-2
  Rule: Ranges are overwritten, and nothing else

    @id:MEDIAOP-2.1
    Scenario Outline: <operation> persistent capacity
      Given dev has accepted Clear Poison with address 256M, data 64 bytes
      And the media of dev hold 64 bytes of 0xab from DPA 256M
      And dev has accepted Media Operations with class sanitize, subclass <operation>, ranges 1, dpa 256M, length 64
      When 4 seconds pass
      Then dev has run Media Operations in the background: Success
      And the media of dev hold 64 bytes of <value> from DPA 256M

      Examples: either way
        | operation | value |
        | sanitize  | 0xf   |
        | zero      | 0x0   |

    @id:MEDIAOP-2.2
    Scenario Outline: <operation> volatile capacity
      Given dev has accepted Media Operations with:
        | class    | subclass    | ranges | dpa  | length |
        | sanitize | <operation> | 2      | 4K   | 64     |
        |          |             |        | 128M | 128    |
      When 4 seconds pass
      Then the media of dev hold 64 bytes of <value> from DPA 4K
      And the media of dev hold 128 bytes of <value> from DPA 128M
      And the media of dev hold 64 bytes of 0x0 from DPA 4160

      Examples: with what can be seen
        | operation | value |
        | sanitize  | 0xf   |

    @id:MEDIAOP-2.3 @unchanged
    Scenario: No range at all
      When dev is sent Media Operations with class sanitize, subclass zero, ranges 0
      Then dev answers Success
      And dev is unchanged

  @id:MEDIAOP-3
  Rule: What cannot be overwritten is refused, and nothing changes

    @id:MEDIAOP-3.1 @unchanged
    Scenario Outline: <length> bytes from <dpa>
      When dev is sent Media Operations with class sanitize, subclass zero, ranges 1, dpa <dpa>, length <length>
      Then dev answers Invalid Input
      And dev is unchanged

      Examples: what is not made of cache lines
        | dpa | length |
        | 1   | 64     |
        | 0   | 65     |

      Examples: nothing
        | dpa | length |
        | 0   | 0      |

      Examples: across the end of the media, and behind it
        | dpa        | length |
        | 0x1fffffc0 | 128    |
        | 512M       | 64     |

      Examples: to where 64 bits are not enough
        | dpa                | length |
        | 0xffffffffffffffc0 | 128    |

    @id:MEDIAOP-3.2
    Scenario Outline: Class <class>, subclass <subclass>
      When dev is sent Media Operations with class <class>, subclass <subclass>, ranges 0
      Then dev answers Unsupported

      Examples: what does not exist
        | class    | subclass |
        | general  | 9        |
        | sanitize | 9        |
        | 9        | 0        |

    @id:MEDIAOP-3.3 @unchanged
    Scenario: Fewer ranges than it says
      When dev is sent Media Operations with class sanitize, subclass zero, ranges 2, dpa 0, length 64
      Then dev answers Invalid Payload Length
      And dev is unchanged
