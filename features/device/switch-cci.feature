@device @needs:hardware @CXL-3.1-7.6.7 @QEMU-hw/cxl/switch-mailbox-cci.c
Feature: Mailbox of a switch
  A switch is managed through a PCI function of its own, beside the upstream port: its mailbox lists the ports and the
  devices on them, and resets them.

  Background:
    Given the machine "a managed switch"

  @id:SWITCHCCI-1 @CXL-3.1-8.2.9.1
  Rule: A switch supports the generic component commands
    @id:SWITCHCCI-1.1
    Scenario: Identify returns vendor, device and serial number of the upstream port
      Then cci0 answers Identify with vendor id 0x19e5, device id 0xa128, serial number 119, component type switch

    @id:SWITCHCCI-1.2
    Scenario: No background operation has run
      Then cci0 answers Background Operation Status with status 0, opcode 0, return code 0

    @id:SWITCHCCI-1.3
    Scenario: The timestamp is 0 until it is set
      Then cci0 answers Get Timestamp with timestamp 0

    @id:SWITCHCCI-1.4 @unchanged
    Scenario: The timestamp can be set
      When cci0 is sent Set Timestamp with timestamp 1000000000
      Then cci0 answers Success
      And cci0 is unchanged

    @id:SWITCHCCI-1.5
    Scenario: The Command Effects Log is the only log
      Then cci0 answers Get Supported Logs with count 1, log command effects

    @id:SWITCHCCI-1.6
    Scenario: The log can be read in parts
      Then the Command Effects Log of cci0 reads the same in parts of 4 bytes
      And the Command Effects Log of cci0 has Identify Switch Device with the effects none

    @id:SWITCHCCI-1.7 @unchanged
    Scenario Outline: Get Log: <what>
      When cci0 is sent Get Log with log <log>, offset 0, length <length>
      Then cci0 answers <answer>
      And cci0 answers with no output
      And cci0 is unchanged

      Examples: a log that does not exist, and a part of a log
        | what                           | log                                  | length | answer        |
        | Another log                    | 5e1819d9-11a9-400c-811f-d60719403d86 | 4      | Invalid Log   |
        | More than fits into the answer | command effects                      | 4096   | Invalid Input |

    @id:SWITCHCCI-1.8 @unchanged
    Scenario: Background Abort without a background operation
      When cci0 is sent Background Abort
      Then cci0 answers No Background Abort
      And cci0 is unchanged

  @id:SWITCHCCI-2 @CXL-3.1-7.6.7.1
  Rule: A switch lists its ports, and the devices that are connected to them
    @id:SWITCHCCI-2.1
    Scenario: Three downstream ports, and the upstream port, whose number is 7
      Then cci0 answers Identify Switch Device with:
        | physical ports | virtual switches | active ports | active switches | bridges | bound bridges |
        | 4              | 1                | 0x87         | 1               | 4       | 4             |

    @id:SWITCHCCI-2.2
    Scenario: Devices on two of three downstream ports
      When cci0 is sent Get Physical Port State with count 4, data 00010207
      Then cci0 answers with:
        | count | port | configuration | connected device |
        | 4     | 0    | downstream    | type3            |
        | 4     | 1    | downstream    | none             |
        | 4     | 2    | downstream    | type3            |
        | 4     | 7    | upstream      | none             |

    @id:SWITCHCCI-2.3 @unchanged
    Scenario: A port that does not exist
      When cci0 is sent Get Physical Port State with count 2, data 0003
      Then cci0 answers Invalid Input
      And cci0 answers with no output
      And cci0 is unchanged

    @id:SWITCHCCI-2.4
    Scenario: A device with flits of 68 bytes
      When cci0 is sent Get Physical Port State with count 1, data 00
      Then cci0 answers with count 1, port 0, connected version 2, connected device type3

    @id:SWITCHCCI-2.7
    Scenario: A link is as wide as the narrower of its ends
      Given these Type 3 devices:
        | id     | port | volatile | persistent | x-width |
        | narrow | ds1  | 0        | 256M       | 1       |
      When cci0 is sent Get Physical Port State with count 1, data 01
      Then cci0 answers with count 1, port 1, connected device type3, maximum width 16, width 1

    @id:SWITCHCCI-2.6 @unchanged
    Scenario: More ports than an answer can hold
      When cci0 is sent Get Physical Port State with count 255, data 255 bytes
      Then cci0 answers Invalid Input
      And cci0 answers with no output
      And cci0 is unchanged

    @id:SWITCHCCI-2.5 @unchanged
    Scenario Outline: Get Physical Port State: <what>
      When cci0 is sent Get Physical Port State with:
        | count   | data   |
        | <count> | <data> |
      Then cci0 answers Invalid Payload Length
      And cci0 is unchanged

      Examples: a list that is shorter than its count
        | what                        | count | data |
        | One port, none of it listed | 1     |      |
        | Three ports, two of them    | 3     | 0001 |

  @id:SWITCHCCI-3 @CXL-3.1-8.2.9
  Rule: A command with an input of the wrong length is refused, and changes nothing
    @id:SWITCHCCI-3.1 @unchanged
    Scenario Outline: <command> with <bytes> bytes of input
      When cci0 is sent <command> with <bytes> bytes of input
      Then cci0 answers Invalid Payload Length
      And cci0 is unchanged

      Examples: commands with a fixed length
        | command                     | bytes |
        | Identify                    | 1     |
        | Background Operation Status | 1     |
        | Background Abort            | 1     |
        | Get Timestamp               | 1     |
        | Set Timestamp               | 1     |
        | Get Supported Logs          | 1     |
        | Get Log                     | 1     |
        | Identify Switch Device      | 1     |
        | Physical Port Control       | 1     |
        | Physical Port Control       | 3     |

      Examples: too short for the fields, or of another size than declared
        | command                   | bytes |
        | Get Physical Port State   | 0     |
        | Tunnel Management Command | 3     |
        | Tunnel Management Command | 15    |

    @id:SWITCHCCI-3.2 @unchanged
    Scenario Outline: Each command with <input>
      When cci0 is sent each of its commands with <input>
      Then cci0 answers each with Invalid Payload Length
      And cci0 is unchanged

      Examples: shorter or longer than the fields, more than the mailbox holds, and the largest Payload Length
        | input                      |
        | no input                   |
        | less input than its fields |
        | more input than its fields |
        | 2049 bytes of input        |
        | 1048575 bytes of input     |

  @id:SWITCHCCI-5 @CXL-3.1-7.6.7.1.3
  Rule: Physical Port Control resets the device at a port
    @id:SWITCHCCI-5.1
    Scenario Outline: The device at port 0, by <operation>
      Given window 0 is routed to m0
      And decoder 0 of m0 was committed for 0-256M of window 0
      And 4K of data were stored at 0 of window 0
      When cci0 is sent Physical Port Control with port 0, operation <operation>
      Then cci0 answers Success
      And 0 of window 0 does not yield the data

      Examples: PERST#, and a reset of the port
        | operation |
        | assert    |
        | reset     |

    @id:SWITCHCCI-5.2 @unchanged
    Scenario Outline: Physical Port Control: <what>
      When cci0 is sent Physical Port Control with port <port>, operation <operation>
      Then cci0 answers <answer>
      And cci0 answers with no output
      And cci0 is unchanged

      Examples: ports and operations that do not exist, and a port that is not in reset
        | what                        | port | operation | answer         |
        | Port 3                      | 3    | reset     | Invalid Input  |
        | Port 255                    | 255  | assert    | Invalid Input  |
        | Operation 3                 | 0    | 3         | Invalid Input  |
        | PERST# that is not asserted | 0    | deassert  | Internal Error |

    @id:SWITCHCCI-5.3 @needs:clock
    Scenario: PERST# can be deasserted when it has been asserted for 100 ms
      Given cci0 has accepted Physical Port Control with port 0, operation assert
      And 2 seconds passed
      When cci0 is sent Physical Port Control until it succeeds, with port 0, operation deassert
      Then cci0 answers Success
