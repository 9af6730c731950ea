@device @needs:hardware @needs:clock @CXL-3.1-8.2.8.4.6 @CXL-3.1-8.2.8.4.7
Feature: Background operations of a Type 3 device
  An operation that takes seconds runs in the background. Software polls its progress, or waits for an interrupt.

  Background:
    Given the machine "one Type 3 device"
    And these Type 3 devices:
      | id  | port | volatile | persistent |
      | big | rp1  | 0        | 2G         |

  @id:BACKGROUND-1
  Rule: Background Command Status holds the running operation and its percentage complete
    @id:BACKGROUND-1.1
    Scenario: When the operation starts
      When dev is sent Sanitize
      Then dev answers Background Started
      And the background operation of dev is Sanitize, 0 % complete

    @id:BACKGROUND-1.2
    Scenario Outline: After <seconds> of 10 seconds
      Given dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      When <seconds> seconds pass
      Then the background operation of dev is Transfer Firmware, <percentage> % complete

      Examples: while it runs
        | seconds | percentage |
        | 2       | 20         |
        | 8       | 80         |

    @id:BACKGROUND-1.9
    Scenario: Background Command Status, read in 32 bits
      When dev is sent Transfer Firmware with action full, slot 2, data 128 bytes
      Then Primary Mailbox Background Command Status of dev is 0x201

    @id:BACKGROUND-1.3
    Scenario: An operation that starts long after power-on
      Given 30 seconds passed
      And dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      When 4 seconds pass
      Then the background operation of dev is Transfer Firmware, 40 % complete

    @id:BACKGROUND-1.4
    Scenario: Another command is sent meanwhile
      Given dev has accepted Sanitize
      When dev is sent Identify Memory Device
      Then the background operation of dev is Sanitize, 0 % complete

    @id:BACKGROUND-1.5
    Scenario: When the operation has ended
      Given dev has accepted Sanitize
      When 4 seconds pass
      Then the background operation of dev is Sanitize, ended with Success

  @id:BACKGROUND-2
  Rule: One operation runs in the background at a time
    @id:BACKGROUND-2.1 @unchanged
    Scenario Outline: <command> while Transfer Firmware runs
      Given dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      When dev is sent <command> with <bytes> bytes of input
      Then dev answers Busy
      And dev is unchanged

      Examples: all commands that run in the background
        | command             | bytes |
        | Scan Media          | 17    |
        | Transfer Firmware   | 128   |
        | Activate Firmware   | 2     |
        | Sanitize            | 0     |
        | Media Operations    | 12    |
        | Perform Maintenance | 2     |

    @id:BACKGROUND-2.2
    Scenario: A second operation after the first has ended
      Given dev has accepted Sanitize
      And 4 seconds passed
      When dev is sent Sanitize
      Then dev answers Background Started

  @id:BACKGROUND-3 @CXL-3.1-8.2.9.1.5
  Rule: An operation that is aborted ends without effect
    @id:BACKGROUND-3.1
    Scenario: Aborted halfway
      Given dev supports Background Abort
      And dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      And 4 seconds passed
      And dev has accepted Background Abort
      When 10 seconds pass
      Then the background operation of dev is Transfer Firmware, ended with Aborted
      And dev answers Get Firmware Info with:
        | slot info | slot 2 revision |
        | 0x01      |                 |

    @id:BACKGROUND-3.2
    Scenario: Aborted at 93 %, which is too late
      Given big supports Background Abort
      And big has accepted Sanitize
      And 14 seconds passed
      When big is sent Background Abort
      Then big answers Success
      And the background operation of big is Sanitize, 93 % complete

    @id:BACKGROUND-3.3 @unchanged
    Scenario: Nothing to abort
      When dev is sent Background Abort
      Then dev answers No Background Abort
      And dev is unchanged

  @id:BACKGROUND-4
  Rule: A reset ends what runs in the background
    @id:BACKGROUND-4.1
    Scenario: A Sanitize does not continue after a reset
      Given dev has accepted Clear Poison with address 4K, data 64 bytes
      And dev has accepted Sanitize
      When the machine is reset
      And 4 seconds pass
      Then the media of dev hold 64 bytes of 0xab from DPA 4K

  @id:BACKGROUND-5 @CXL-3.1-8.2.8.4.4
  Rule: A device sends an interrupt when an operation ends, if that interrupt is enabled
    @id:BACKGROUND-5.1
    Scenario: The interrupt is enabled
      Given MSI-X of dev is enabled
      And the background completion interrupt of dev is enabled
      And dev has accepted Sanitize
      When 4 seconds pass
      Then dev has sent only the interrupt of its mailbox

    @id:BACKGROUND-5.2
    Scenario: The interrupt is not enabled
      Given MSI-X of dev is enabled
      And dev has accepted Sanitize
      When 4 seconds pass
      Then dev has sent no interrupt
