@device @needs:hardware @CXL-3.1-7.6.7 @QEMU-hw/cxl/cxl-mailbox-utils.c
Feature: Commands tunnelled through a switch
  The mailbox of a switch passes commands on to the devices at its ports, independently of the hosts above it. The steps
  address such a device as m0 through cci0.

  Background:
    Given the machine "a managed switch"

  @id:SWITCHCCI-4 @CXL-3.1-7.6.7.3.1
  Rule: A tunnelled command is answered by the device at the port
    @id:SWITCHCCI-4.1
    Scenario Outline: Identify to the device at port <port>
      When cci0 is sent Tunnel Management Command with port <port>, size 12, category request, tag 5, opcode 1
      Then cci0 answers with:
        | size | category | tag | opcode | payload length | return code | data       |
        | 30   | response | 5   | 1      | 18             | 0           | <identity> |

      Examples: each by its serial number
        | port | identity                             |
        | 0    | 8680930df41a001101000000000000000903 |
        | 2    | 8680930df41a001102000000000000000903 |

    @id:SWITCHCCI-4.2
    Scenario Outline: <what>, which the device answers with return code <code>
      When cci0 is sent Tunnel Management Command with:
        | port | size   | category | opcode   | payload length | data   |
        | 0    | <size> | request  | <opcode> | <length>       | <data> |
      Then cci0 answers with size 12, category response, opcode <opcode>, payload length 0, return code <code>

      Examples: Unsupported, and Invalid Payload Length
        | what                          | size | opcode | length | data | code |
        | A command that is missing     | 12   | 0x4000 | 0      |      | 3    |
        | Identify with a byte of input | 13   | 1      | 1      | 00   | 0x16 |

    @id:SWITCHCCI-4.3 @unchanged
    Scenario Outline: Tunnel Management Command: <what>
      When cci0 is sent Tunnel Management Command with:
        | port   | target type | size | category   | opcode |
        | <port> | <type>      | 12   | <category> | 1      |
      Then cci0 answers Invalid Input
      And cci0 answers with no output
      And cci0 is unchanged

      Examples: no device at the port, and another target type or category
        | what                      | port | type | category |
        | A port with nothing on it | 1    | 0    | request  |
        | The upstream port         | 7    | 0    | request  |
        | A port that is missing    | 9    | 0    | request  |
        | A target that is no port  | 0    | 1    | request  |
        | A response                | 0    | 0    | response |

    @id:SWITCHCCI-4.4 @unchanged
    Scenario: A message that is shorter than its size
      When cci0 is sent Tunnel Management Command with port 0, size 16, category request, opcode 1
      Then cci0 answers Invalid Payload Length
      And cci0 is unchanged

    @id:SWITCHCCI-4.5
    Scenario Outline: Each command of a device with <input>
      When m0 through cci0 is sent each of its commands with <input>
      Then m0 through cci0 answers each with Invalid Payload Length

      Examples: shorter or longer than the fields
        | input                      |
        | no input                   |
        | less input than its fields |
        | more input than its fields |

  @id:SWITCHCCI-6 @CXL-3.1-7.6.7.3.1
  Rule: A device supports the commands of a component through the switch
    @id:SWITCHCCI-6.1 @CXL-3.1-8.2.9.1.3
    Scenario: The response message limit is 512 bytes
      When m0 through cci0 is sent Get Response Message Limit
      Then m0 through cci0 answers with limit 9

    @id:SWITCHCCI-6.2 @CXL-3.1-8.2.9.1.4
    Scenario: The response message limit can be set
      Given m0 through cci0 has accepted Set Response Message Limit with limit 8
      When m0 through cci0 is sent Get Response Message Limit
      Then m0 through cci0 answers with limit 8

    @id:SWITCHCCI-6.3 @CXL-3.1-8.2.9.1.4
    Scenario Outline: A response message limit of <limit>
      When m0 through cci0 is sent Set Response Message Limit with limit <limit>
      Then m0 through cci0 answers Invalid Input
      And m0 through cci0 answers with no output

      Examples: too small, and too large
        | limit |
        | 7     |
        | 11    |

    @id:SWITCHCCI-6.4
    Scenario: The timestamp is 0
      When m0 through cci0 is sent Get Timestamp
      Then m0 through cci0 answers with timestamp 0

    @id:SWITCHCCI-6.5
    Scenario Outline: <command> with <bytes> bytes of input
      When m0 through cci0 is sent <command> with <bytes> bytes of input
      Then m0 through cci0 answers Invalid Payload Length
      And m0 through cci0 answers with no output

      Examples: commands with a fixed length, and no input
        | command                    | bytes |
        | Get Response Message Limit | 1     |
        | Set Response Message Limit | 2     |
        | Get Timestamp              | 1     |
        | Get Supported Logs         | 1     |
        | Get Log                    | 1     |
        | Set Response Message Limit | 0     |

    @id:SWITCHCCI-6.6
    Scenario: A command is passed on to the logical device
      When m0 through cci0 is sent Tunnel Management Command with port 0, size 12, category request, tag 6, opcode 1
      Then m0 through cci0 answers with:
        | size | category | tag | opcode | payload length | return code | data                                 |
        | 30   | response | 6   | 1      | 18             | 0           | 8680930df41a001101000000000000000903 |

    @id:SWITCHCCI-6.7
    Scenario Outline: Tunnel Management Command, tunnelled: <what>
      When m0 through cci0 is sent Tunnel Management Command with:
        | port   | target type | size   | category | opcode |
        | <port> | <type>      | <size> | request  | 1      |
      Then m0 through cci0 answers <answer>
      And m0 through cci0 answers with no output

      Examples: a logical device that does not exist, another target type, and another size than declared
        | what                      | port | type | size | answer                 |
        | A second logical device   | 1    | 0    | 12   | Invalid Input          |
        | A target that is no port  | 0    | 1    | 12   | Invalid Input          |
        | A message that is shorter | 0    | 0    | 16   | Invalid Payload Length |
