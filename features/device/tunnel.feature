@device @needs:hardware @CXL-3.1-7.6.7 @QEMU-hw/cxl/cxl-mailbox-utils.c
Feature: Devices that are managed through a switch
  Who manages a switch reaches the devices at its ports by commands that its mailbox hands on to them, whatever the hosts
  above it do.

  Background:
    Given the machine "a managed switch"

  @id:SWITCHCCI-4 @CXL-3.1-7.6.7.3.1
  Rule: A tunnelled command reaches the device at the port, and its answer comes back

    @id:SWITCHCCI-4.1
    Scenario Outline: Identify, at port <port>
      When cci0 is sent Tunnel Management Command with port <port>, size 12, category request, tag 5, opcode 1
      Then cci0 answers with:
        | size | category | tag | opcode | payload length | return code | data       |
        | 30   | response | 5   | 1      | 18             | 0           | <identity> |

      Examples: each by its serial number
        | port | identity                             |
        | 0    | 8680930df41a001101000000000000000903 |
        | 2    | 8680930df41a001102000000000000000903 |

    @id:SWITCHCCI-4.2
    Scenario Outline: <what>, which the device refuses with <code>
      When cci0 is sent Tunnel Management Command with:
        | port | size   | category | opcode   | payload length | data   |
        | 0    | <size> | request  | <opcode> | <length>       | <data> |
      Then cci0 answers with size 12, category response, opcode <opcode>, payload length 0, return code <code>

      Examples: Unsupported
        | what                        | size | opcode | length | data | code |
        | A command that there is not | 12   | 0x4000 | 0      |      | 3    |

      Examples: Invalid Payload Length
        | what                          | size | opcode | length | data | code |
        | Identify with a byte of input | 13   | 1      | 1      | 00   | 0x16 |

    @id:SWITCHCCI-4.3 @unchanged
    Scenario Outline: <what>
      When cci0 is sent Tunnel Management Command with:
        | port   | target type | size | category   | opcode |
        | <port> | <type>      | 12   | <category> | 1      |
      Then cci0 answers Invalid Input
      And cci0 answers with no output
      And cci0 is unchanged

      Examples: what leads to no device
        | what                      | port | type | category |
        | A port with nothing on it | 1    | 0    | request  |
        | The upstream port         | 7    | 0    | request  |
        | A port that there is not  | 9    | 0    | request  |

      Examples: what names no port, or asks nothing
        | what                     | port | type | category |
        | A target that is no port | 0    | 1    | request  |
        | A response               | 0    | 0    | response |

    @id:SWITCHCCI-4.4 @unchanged
    Scenario: A message that is shorter than it says
      When cci0 is sent Tunnel Management Command with port 0, size 16, category request, opcode 1
      Then cci0 answers Invalid Payload Length
      And cci0 is unchanged

  @id:SWITCHCCI-6 @CXL-3.1-7.6.7.3.1
  Rule: A device that is managed through a switch answers as one that is managed by itself

    @id:SWITCHCCI-6.1 @CXL-3.1-8.2.9.1.3
    Scenario: Its answers have up to 512 bytes
      When m0 through cci0 is sent Get Response Message Limit
      Then m0 through cci0 answers with limit 9

    @id:SWITCHCCI-6.2 @CXL-3.1-8.2.9.1.4
    Scenario: The limit can be changed
      Given m0 through cci0 has accepted Set Response Message Limit with limit 8
      When m0 through cci0 is sent Get Response Message Limit
      Then m0 through cci0 answers with limit 8

    @id:SWITCHCCI-6.3 @CXL-3.1-8.2.9.1.4
    Scenario Outline: A limit of <limit>
      When m0 through cci0 is sent Set Response Message Limit with limit <limit>
      Then m0 through cci0 answers Invalid Input
      And m0 through cci0 answers with no output

      Examples: too small, and too large
        | limit |
        | 7     |
        | 11    |

    @id:SWITCHCCI-6.4
    Scenario: It has no time before it has been told
      When m0 through cci0 is sent Get Timestamp
      Then m0 through cci0 answers with timestamp 0

    @id:SWITCHCCI-6.5
    Scenario Outline: <command> with <length> bytes of input
      When m0 through cci0 is sent <command> with <length> bytes of input
      Then m0 through cci0 answers Invalid Payload Length
      And m0 through cci0 answers with no output

      Examples: of a length that is fixed
        | command                    | length |
        | Get Response Message Limit | 1      |
        | Set Response Message Limit | 2      |
        | Get Timestamp              | 1      |
        | Get Supported Logs         | 1      |
        | Get Log                    | 1      |

      Examples: nothing
        | command                    | length |
        | Set Response Message Limit | 0      |

    @id:SWITCHCCI-6.6
    Scenario: It hands commands on to its logical device
      When m0 through cci0 is sent Tunnel Management Command with port 0, size 12, category request, tag 6, opcode 1
      Then m0 through cci0 answers with:
        | size | category | tag | opcode | payload length | return code | data                                 |
        | 30   | response | 6   | 1      | 18             | 0           | 8680930df41a001101000000000000000903 |

    @id:SWITCHCCI-6.7
    Scenario Outline: <what>
      When m0 through cci0 is sent Tunnel Management Command with:
        | port   | target type | size   | category | opcode |
        | <port> | <type>      | <size> | request  | 1      |
      Then m0 through cci0 answers <answer>
      And m0 through cci0 answers with no output

      Examples: to what there is not
        | what                      | port | type | size | answer        |
        | A second logical device   | 1    | 0    | 12   | Invalid Input |

      Examples: to no port
        | what                      | port | type | size | answer        |
        | A target that is no port  | 0    | 1    | 12   | Invalid Input |

      Examples: of another size than it says
        | what                      | port | type | size | answer                 |
        | A message that is shorter | 0    | 0    | 16   | Invalid Payload Length |
