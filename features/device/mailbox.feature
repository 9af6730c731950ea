@device @needs:hardware @CXL-3.1-8.2.8.4
Feature: The mailbox of a Type 3 device
  Software sends commands to a device through its mailbox. Each command, valid or not, must be answered with the right
  return code, and a command that is refused must have no effect.

  Background:
    Given the machine "one Type 3 device"

  @id:MAILBOX-1 @CXL-3.1-8.2.9
  Rule: A command that a device does not support is answered with Unsupported
    @id:MAILBOX-1.1
    Scenario Outline: <command> is not supported
      When dev is sent <command>, which it does not list
      Then dev answers Unsupported

      Examples: commands that no QEMU has
        | command            |
        | Set Partition Info |
        | Get Health Info    |

  @id:MAILBOX-2 @CXL-3.1-8.2.8.4.5
  Rule: A command with an input of the wrong length is refused, and changes nothing
    @id:MAILBOX-2.1 @unchanged
    Scenario Outline: <command> with <bytes> bytes of input
      When dev is sent <command> with <bytes> bytes of input
      Then dev answers Invalid Payload Length
      And dev is unchanged

      Examples: commands with a fixed length
        | command                 | bytes |
        | Background Abort        | 1     |
        | Get Firmware Info       | 1     |
        | Activate Firmware       | 1     |
        | Get Timestamp           | 1     |
        | Set Timestamp           | 7     |
        | Get Supported Logs      | 1     |
        | Get Log                 | 23    |
        | Get Supported Features  | 7     |
        | Get Feature             | 20    |
        | Identify Memory Device  | 1     |
        | Get Partition Info      | 1     |
        | Get Label Storage Area  | 7     |
        | Get Alert Configuration | 1     |
        | Set Alert Configuration | 11    |
        | Sanitize                | 1     |
        | Get Security State      | 1     |

      Examples: too long
        | command                 | bytes |
        | Set Timestamp           | 9     |
        | Get Log                 | 25    |
        | Get Label Storage Area  | 9     |
        | Set Alert Configuration | 13    |
        | Activate Firmware       | 3     |

      Examples: commands with a length that varies, too short for their fields
        | command                | bytes |
        | Transfer Firmware      | 127   |
        | Set Feature            | 31    |
        | Set Label Storage Area | 7     |
        | Media Operations       | 7     |
        | Perform Maintenance    | 0     |

  @id:MAILBOX-3 @CXL-3.1-8.2.8.4.5
  Rule: A command that is refused has no output
    @id:MAILBOX-3.1
    Scenario Outline: <command> with <bytes> bytes of input
      When dev is sent <command> with <bytes> bytes of input
      Then dev answers Invalid Payload Length
      And dev answers with no output

      Examples: the wrong length
        | command                | bytes |
        | Set Timestamp          | 7     |
        | Identify Memory Device | 1     |

  @id:MAILBOX-4 @CXL-3.1-8.2.8.4
  Rule: The registers of a mailbox can be written in accesses of any width
    @id:MAILBOX-4.1
    Scenario Outline: Mailbox Control, in an access of <bytes> bytes
      When 0x6 is written to the first <bytes> bytes of Primary Mailbox Control of dev
      Then Primary Mailbox Control of dev is 0x6

      Examples: narrower than the register
        | bytes |
        | 1     |
        | 2     |

    @id:MAILBOX-4.2
    Scenario Outline: The Command Register, in an access of <bytes> bytes
      Given 0x0 is written to the first 8 bytes of Primary Mailbox Command of dev
      When 0x4000 is written to the first <bytes> bytes of Primary Mailbox Command of dev
      Then Primary Mailbox Command of dev is 0x4000

      Examples: narrower than the register
        | bytes |
        | 2     |
        | 4     |

  @id:MAILBOX-5 @CXL-3.1-8.2.8.4.3 @CXL-3.1-8.2.8.4.4
  Rule: Reserved bits of a mailbox cannot be set
    @id:MAILBOX-5.2
    Scenario: Reserved bits of Mailbox Control
      When 0xfffffff8 is written to the first 4 bytes of Primary Mailbox Control of dev
      Then Primary Mailbox Control of dev is 0x0

  @id:MAILBOX-6 @CXL-3.1-8.2.8.4.6
  Rule: A device without a background operation has Background Operation clear
    @id:MAILBOX-6.1
    Scenario: After power-on
      Then the background operation of dev is none

    @id:MAILBOX-6.2
    Scenario: After a command that did not run in the background
      Given dev has accepted Identify Memory Device
      Then the background operation of dev is none

  @id:MAILBOX-7 @CXL-3.1-8.2.8.4.5
  Rule: Each command refuses an input of a length that it cannot have, and changes nothing
    @id:MAILBOX-7.1 @unchanged
    Scenario Outline: Each command with <input>
      Given dev has accepted Set Label Storage Area with offset 0, data 01020304
      When dev is sent each of its commands with <input>
      Then dev answers each with Invalid Payload Length
      And dev is unchanged

      Examples: shorter or longer than the fields, up to what the mailbox holds
        | input                      |
        | no input                   |
        | less input than its fields |
        | more input than its fields |
        | 2048 bytes of input        |

      Examples: more than the mailbox holds, and the largest Payload Length
        | input                  |
        | 2049 bytes of input    |
        | 1048575 bytes of input |
        | 65536 bytes of input   |

    @id:MAILBOX-7.2
    Scenario: Labels, with more than the mailbox holds
      Given dev has accepted Set Label Storage Area with offset 2040, data 01020304
      When dev is sent Set Label Storage Area with 2600 bytes of input
      And dev is sent Get Label Storage Area with offset 2040, length 4
      Then dev answers with data 01020304

    @id:MAILBOX-7.3 @CXL-3.1-8.2.9.2.5
    Scenario: The event interrupt policy, with more than the mailbox holds
      Given dev has accepted Set Event Interrupt Policy with informational MSI-X, warning MSI-X
      When dev is sent Set Event Interrupt Policy with 2049 bytes of input
      Then dev answers Invalid Payload Length
      And the event interrupt policy of dev is:
        | log           | mode  | vector |
        | informational | MSI-X | 2      |
        | warning       | MSI-X | 3      |
