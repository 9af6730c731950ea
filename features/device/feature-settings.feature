@device @needs:hardware @CXL-3.1-8.2.9.6
Feature: The features of a Type 3 device
  Software reads and writes how a device scrubs, repairs and spares its media, in one transfer or in parts.

  Background:
    Given the machine "one Type 3 device"

  @id:FEATURE-1 @CXL-3.1-8.2.9.6.1
  Rule: Get Supported Features lists each feature with its sizes, attributes and versions
    @id:FEATURE-1.1
    Scenario Outline: The properties of <feature>
      When dev is sent Get Supported Features with count 56, start index <index>
      Then dev answers with:
        | entries | feature   | index   | get size | set size | attributes   | get version | set version | effects |
        | 1       | <feature> | <index> | <get>    | <set>    | <attributes> | <version>   | <version>   | 0x202   |

      Examples: scrub features
        | feature           | index | get | set | attributes | version |
        | patrol scrub      | 0     | 4   | 2   | 0x01       | 1       |
        | error check scrub | 1     | 13  | 7   | 0x01       | 1       |

    @id:FEATURE-1.2
    Scenario Outline: The properties of <feature>, of a device that supports maintenance
      Given dev supports Perform Maintenance
      When dev is sent Get Supported Features with count 56, start index <index>
      Then dev answers with:
        | entries | feature   | index   | get size | set size | attributes | get version | set version | effects |
        | 1       | <feature> | <index> | <get>    | <set>    | 0x21       | <version>   | <version>   | 0x202   |

      Examples: repair and sparing features
        | feature                  | index | get | set | version |
        | soft post package repair | 2     | 20  | 3   | 3       |
        | hard post package repair | 3     | 20  | 3   | 3       |
        | cacheline sparing        | 4     | 19  | 2   | 1       |
        | row sparing              | 5     | 19  | 2   | 1       |
        | bank sparing             | 6     | 19  | 2   | 1       |
        | rank sparing             | 7     | 19  | 2   | 1       |

    @id:FEATURE-1.3
    Scenario Outline: <count> bytes from feature index <start>: <answer>
      When dev is sent Get Supported Features with count <count>, start index <start>
      Then dev answers <answer>

      Examples: no room for the header, and behind the last feature
        | count | start | answer        |
        | 7     | 0     | Invalid Input |
        | 56    | 8     | Invalid Input |

  @id:FEATURE-2 @CXL-3.1-8.2.9.6.2
  Rule: Get Feature returns the whole feature, or the part that is requested
    @id:FEATURE-2.1
    Scenario Outline: The data of <feature>
      When dev is sent Get Feature with feature <feature>, count 1024
      Then dev answers with data <data>

      Examples: scrub features
        | feature           | data                       |
        | patrol scrub      | 030c0100                   |
        | error check scrub | 01010300000103000001030000 |

    @id:FEATURE-2.2
    Scenario Outline: The data of <feature>, of a device that supports maintenance
      Given dev supports Perform Maintenance
      When dev is sent Get Feature with feature <feature>, count 1024
      Then dev answers with data <data>

      Examples: repair and sparing features
        | feature                  | data                                     |
        | soft post package repair | 0500000000010000000000000000000005000001 |
        | hard post package repair | 0500000000010100000000000000000005000001 |
        | cacheline sparing        | 05000000000200000000000000000000000600   |
        | row sparing              | 05000000000201000000000000000000000600   |
        | bank sparing             | 05000000000202000000000000000000000600   |
        | rank sparing             | 05000000000203000000000000000000000600   |

    @id:FEATURE-2.3
    Scenario Outline: <count> bytes of patrol scrub from offset <offset>
      When dev is sent Get Feature with feature patrol scrub, offset <offset>, count <count>
      Then dev answers with data <data>

      Examples: a part, and more than is left
        | offset | count | data |
        | 1      | 2     | 0c01 |
        | 3      | 4     | 00   |

    @id:FEATURE-2.4
    Scenario Outline: <count> bytes of <feature> from offset <offset>, <selection>: <answer>
      When dev is sent Get Feature with feature <feature>, offset <offset>, count <count>, selection <selection>
      Then dev answers <answer>

      Examples: behind the end, more than the mailbox holds, default and saved values
        | feature      | offset | count | selection | answer                        |
        | patrol scrub | 4      | 1     | current   | Invalid Input                 |
        | patrol scrub | 0      | 2049  | current   | Invalid Input                 |
        | patrol scrub | 0      | 4     | default   | Unsupported Feature Selection |
        | patrol scrub | 0      | 4     | saved     | Unsupported Feature Selection |

      Examples: a UUID of no feature, and that of zeros
        | feature                              | offset | count | selection | answer      |
        | 11111111-1111-1111-1111-111111111111 | 0      | 4     | current   | Unsupported |
        | none                                 | 0      | 4     | current   | Unsupported |

  @id:FEATURE-3 @CXL-3.1-8.2.9.6.3
  Rule: Get Feature returns what Set Feature has written
    @id:FEATURE-3.1
    Scenario Outline: <feature> is written in one transfer
      Given dev has accepted Set Feature with feature <feature>, flags full, version <version>, data <data>
      When dev is sent Get Feature with feature <feature>, count 1024
      Then dev answers with data <read>

      Examples: scrub features
        | feature           | version | data           | read                       |
        | patrol scrub      | 1       | 1801           | 03180101                   |
        | error check scrub | 1       | 022f0004001500 | 02010f00000104000001150000 |

    @id:FEATURE-3.2
    Scenario Outline: <feature> is written, of a device that supports maintenance
      Given dev supports Perform Maintenance
      And dev has accepted Set Feature with feature <feature>, flags full, version <version>, data <data>
      When dev is sent Get Feature with feature <feature>, count 1024
      Then dev answers with data <read>

      Examples: repair and sparing features
        | feature                  | version | data   | read                                     |
        | soft post package repair | 3       | 010003 | 0500000100010000000000000000000005000003 |
        | hard post package repair | 3       | 010003 | 0500000100010100000000000000000005000003 |
        | cacheline sparing        | 1       | 0100   | 05000001000200000000000000000000000600   |
        | row sparing              | 1       | 0100   | 05000001000201000000000000000000000600   |
        | bank sparing             | 1       | 0100   | 05000001000202000000000000000000000600   |
        | rank sparing             | 1       | 0100   | 05000001000203000000000000000000000600   |

    @id:FEATURE-3.3
    Scenario: A transfer in two parts
      Given dev has accepted Set Feature with feature patrol scrub, flags initiate, offset 0, version 1, data 22
      And dev has accepted Set Feature with feature patrol scrub, flags finish, offset 1, version 1, data 01
      When dev is sent Get Feature with feature patrol scrub, count 1024
      Then dev answers with data 03220101

    @id:FEATURE-3.4
    Scenario: A transfer in parts that is aborted
      Given dev has accepted Set Feature with feature patrol scrub, flags initiate, version 1, data 33
      And dev has accepted Set Feature with feature patrol scrub, flags abort, version 1, data 33
      When dev is sent Get Feature with feature patrol scrub, count 1024
      Then dev answers with data 030c0100

  @id:FEATURE-4 @CXL-3.1-8.2.9.6.3
  Rule: A transfer that is not valid is refused, and changes nothing
    @id:FEATURE-4.1 @unchanged
    Scenario Outline: <data> to <feature> at offset <offset>, version <version>, <flags>: <answer>
      When dev is sent Set Feature with:
        | feature   | flags   | offset   | version   | data   |
        | <feature> | <flags> | <offset> | <version> | <data> |
      Then dev answers <answer>
      And dev is unchanged

      Examples: no data, and data beyond the end of the feature
        | feature           | flags | offset | version | data   | answer                 |
        | patrol scrub      | full  | 0      | 1       |        | Invalid Payload Length |
        | patrol scrub      | full  | 0      | 1       | 010101 | Invalid Payload Length |
        | patrol scrub      | full  | 2      | 1       | 01     | Invalid Payload Length |
        | error check scrub | full  | 6      | 1       | 0101   | Invalid Payload Length |

      Examples: another version, a UUID of no feature, and a part without an Initiate before it
        | feature                              | flags    | offset | version | data | answer                        |
        | patrol scrub                         | full     | 0      | 2       | 1801 | Unsupported Feature Version   |
        | 11111111-1111-1111-1111-111111111111 | full     | 0      | 1       | 1801 | Unsupported                   |
        | patrol scrub                         | continue | 1      | 1       | 01   | Feature Transfer Out Of Order |
        | patrol scrub                         | finish   | 1      | 1       | 01   | Feature Transfer Out Of Order |

    @id:FEATURE-4.5 @unchanged
    Scenario Outline: <data> to <feature> at offset <offset>, of a device that supports maintenance: beyond the end
      Given dev supports Perform Maintenance
      When dev is sent Set Feature with feature <feature>, flags full, offset <offset>, version <version>, data <data>
      Then dev answers Invalid Payload Length
      And dev is unchanged

      Examples: a byte too many from each offset, and the largest offset
        | feature                  | version | offset | data     |
        | soft post package repair | 3       | 0      | 01010101 |
        | soft post package repair | 3       | 1      | 010101   |
        | soft post package repair | 3       | 2      | 0101     |
        | soft post package repair | 3       | 3      | 01       |
        | soft post package repair | 3       | 65535  | 01       |
        | hard post package repair | 3       | 0      | 01010101 |
        | hard post package repair | 3       | 1      | 010101   |
        | hard post package repair | 3       | 2      | 0101     |
        | hard post package repair | 3       | 3      | 01       |
        | hard post package repair | 3       | 65535  | 01       |
        | cacheline sparing        | 1       | 0      | 010101   |
        | cacheline sparing        | 1       | 1      | 0101     |
        | cacheline sparing        | 1       | 2      | 01       |
        | cacheline sparing        | 1       | 65535  | 01       |
        | row sparing              | 1       | 0      | 010101   |
        | row sparing              | 1       | 1      | 0101     |
        | row sparing              | 1       | 2      | 01       |
        | row sparing              | 1       | 65535  | 01       |
        | bank sparing             | 1       | 0      | 010101   |
        | bank sparing             | 1       | 1      | 0101     |
        | bank sparing             | 1       | 2      | 01       |
        | bank sparing             | 1       | 65535  | 01       |
        | rank sparing             | 1       | 0      | 010101   |
        | rank sparing             | 1       | 1      | 0101     |
        | rank sparing             | 1       | 2      | 01       |
        | rank sparing             | 1       | 65535  | 01       |

    @id:FEATURE-4.6
    Scenario Outline: <data> to <feature> at offset <offset>, of a device that supports maintenance: up to the end
      Given dev supports Perform Maintenance
      When dev is sent Set Feature with feature <feature>, flags full, offset <offset>, version <version>, data <data>
      Then dev answers Success

      Examples: all bytes from each offset
        | feature                  | version | offset | data   |
        | soft post package repair | 3       | 0      | 010101 |
        | soft post package repair | 3       | 1      | 0101   |
        | soft post package repair | 3       | 2      | 01     |
        | hard post package repair | 3       | 0      | 010101 |
        | hard post package repair | 3       | 1      | 0101   |
        | hard post package repair | 3       | 2      | 01     |
        | cacheline sparing        | 1       | 0      | 0101   |
        | cacheline sparing        | 1       | 1      | 01     |
        | row sparing              | 1       | 0      | 0101   |
        | row sparing              | 1       | 1      | 01     |
        | bank sparing             | 1       | 0      | 0101   |
        | bank sparing             | 1       | 1      | 01     |
        | rank sparing             | 1       | 0      | 0101   |
        | rank sparing             | 1       | 1      | 01     |

    @id:FEATURE-4.2 @unchanged
    Scenario: Another feature is written during a transfer in parts
      Given dev has accepted Set Feature with feature patrol scrub, flags initiate, version 1, data 22
      When dev is sent Set Feature with feature error check scrub, flags full, version 1, data 02
      Then dev answers Feature Transfer In Progress
      And dev is unchanged

    @id:FEATURE-4.3
    Scenario: The feature is read during a transfer in parts
      Given dev has accepted Set Feature with feature patrol scrub, flags initiate, version 1, data 22
      When dev is sent Get Feature with feature patrol scrub, count 4
      Then dev answers Feature Transfer In Progress

    @id:FEATURE-4.4
    Scenario: A reset ends a transfer in parts
      Given dev has accepted Set Feature with feature patrol scrub, flags initiate, version 1, data 22
      When the machine is reset
      And dev is sent Get Feature with feature patrol scrub, count 4
      Then dev answers with data 030c0100

  @id:FEATURE-5 @CXL-3.1-8.2.9.6.3
  Rule: A transfer changes no other feature
    @id:FEATURE-5.1
    Scenario: More data than the feature has bytes, and an abort
      Given dev has accepted Set Feature with feature patrol scrub, flags initiate, version 1, data 22
      And dev has accepted Set Feature with feature patrol scrub, flags continue, version 1, data 22
      And dev has accepted Set Feature with feature patrol scrub, flags continue, version 1, data 22
      And dev has accepted Set Feature with feature patrol scrub, flags abort, version 1, data 22
      When dev is sent Get Feature with feature error check scrub, count 1024
      Then dev answers with data 01010300000103000001030000

  @id:FEATURE-6 @CXL-3.2-8.2.10.7.1
  Rule: Perform Maintenance accepts the operations that exist, and no others
    @id:FEATURE-6.1
    Scenario Outline: Maintenance class <class>, subclass <subclass>: <answer>
      When dev is sent Perform Maintenance with class <class>, subclass <subclass>, data 14 bytes
      Then dev answers <answer>

      Examples: no operation, and operations that exist
        | class               | subclass | answer  |
        | nothing             | 0        | Success |
        | post package repair | 0        | Success |
        | post package repair | 1        | Success |
        | sparing             | 0        | Success |
        | sparing             | 3        | Success |

      Examples: classes and subclasses that do not exist
        | class               | subclass | answer        |
        | 3                   | 0        | Invalid Input |
        | 9                   | 0        | Invalid Input |
        | post package repair | 2        | Invalid Input |
        | sparing             | 4        | Invalid Input |

    @id:FEATURE-6.2 @CXL-3.2-8.2.10.2.1.4
    Scenario: A request for sparing resources adds a memory sparing event record
      When dev is sent Perform Maintenance with class sparing, subclass 2, data 05a1a2b1b2b3c1c2d1d2d3e1e2f1
      Then the informational log of dev has this record:
        | kind                 | memory sparing |
        | flags                | 0x41           |
        | maintenance class    | 2              |
        | maintenance subclass | 2              |
        | sparing flags        | 1              |
        | result               | 0              |
        | validity             | 0x27f          |
        | spares available     | 1              |
        | channel              | 0xa1           |
        | rank                 | 0xa2           |
        | bank group           | 0xc1           |
        | bank                 | 0xc2           |
        | row                  | 0xd3d2d1       |
        | column               | 0xe2e1         |
        | sub channel          | 0xf1           |
