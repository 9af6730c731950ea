@device @needs:hardware @CXL-3.1-8.2.8.4
Feature: The mailbox of a Type 3 device
  Software gives a device commands by its mailbox. Whatever it writes there, right or wrong, it gets an answer with a
  return code that says what was wrong, and nothing else happens.

  Background:
    Given the machine "one Type 3 device"

  @id:MAILBOX-1 @CXL-3.1-8.2.9
  Rule: A command that a device does not have is refused

    @id:MAILBOX-1.1
    Scenario Outline: <command>
      When dev is sent <command>, which it does not list
      Then dev answers Unsupported

      Examples: what no QEMU has
        | command            |
        | Set Partition Info |
        | Get Health Info    |

  @id:MAILBOX-2 @CXL-3.1-8.2.8.4.5
  Rule: A command with an input of the wrong length is refused, and changes nothing

    @id:MAILBOX-2.1 @unchanged
    Scenario Outline: <command> with <length> bytes of input
      When dev is sent <command> with <length> bytes of input
      Then dev answers Invalid Payload Length
      And dev is unchanged

      Examples: where the input is fixed
        | command                 | length |
        | Background Abort        | 1      |
        | Get Firmware Info       | 1      |
        | Activate Firmware       | 1      |
        | Get Timestamp           | 1      |
        | Set Timestamp           | 7      |
        | Get Supported Logs      | 1      |
        | Get Log                 | 23     |
        | Get Supported Features  | 7      |
        | Get Feature             | 20     |
        | Identify Memory Device  | 1      |
        | Get Partition Info      | 1      |
        | Get Label Storage Area  | 7      |
        | Get Alert Configuration | 1      |
        | Set Alert Configuration | 11     |
        | Sanitize                | 1      |
        | Get Security State      | 1      |

      Examples: longer than it is to be
        | command                 | length |
        | Set Timestamp           | 9      |
        | Get Log                 | 25     |
        | Get Label Storage Area  | 9      |
        | Set Alert Configuration | 13     |
        | Activate Firmware       | 3      |

      Examples: where it varies, less than its fields
        | command                | length |
        | Transfer Firmware      | 127    |
        | Set Feature            | 31     |
        | Set Label Storage Area | 7      |
        | Media Operations       | 7      |
        | Perform Maintenance    | 0      |

  @id:MAILBOX-3 @CXL-3.1-8.2.8.4.5
  Rule: A command that is refused yields nothing

    @id:MAILBOX-3.1
    Scenario Outline: <command> with <length> bytes of input
      When dev is sent <command> with <length> bytes of input
      Then dev answers Invalid Payload Length
      And dev answers with no output

      Examples: of the wrong length
        | command                | length |
        | Set Timestamp          | 7      |
        | Identify Memory Device | 1      |

  @id:MAILBOX-4 @CXL-3.1-8.2.8.4
  Rule: Software writes the registers of a mailbox with whatever width it likes

    @id:MAILBOX-4.1
    Scenario Outline: Mailbox Control, <bytes> bytes at once
      When 0x6 is written to the first <bytes> bytes of Primary Mailbox Control of dev
      Then Primary Mailbox Control of dev is 0x6

      Examples: widths
        | bytes |
        | 1     |
        | 2     |

    @id:MAILBOX-4.2
    Scenario Outline: The Command Register, <bytes> bytes at once
      Given 0x0 is written to the first 8 bytes of Primary Mailbox Command of dev
      When 0x4000 is written to the first <bytes> bytes of Primary Mailbox Command of dev
      Then Primary Mailbox Command of dev is 0x4000

      Examples: narrower than the register
        | bytes |
        | 2     |
        | 4     |

  @id:MAILBOX-5 @CXL-3.1-8.2.8.4.3 @CXL-3.1-8.2.8.4.4
  Rule: Software cannot change what is not for it to change

    @id:MAILBOX-5.2
    Scenario: Reserved bits of Mailbox Control
      When 0xfffffff8 is written to the first 4 bytes of Primary Mailbox Control of dev
      Then Primary Mailbox Control of dev is 0x0

  @id:MAILBOX-6 @CXL-3.1-8.2.8.4.6
  Rule: A device that has been given no command in the background says so

    @id:MAILBOX-6.1
    Scenario: At first
      Then dev runs nothing in the background

    @id:MAILBOX-6.2
    Scenario: After a command that was done at once
      Given dev has accepted Identify Memory Device
      Then dev runs nothing in the background
