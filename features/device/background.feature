@device @needs:hardware @needs:clock @CXL-3.1-8.2.8.4.6 @CXL-3.1-8.2.8.4.7
Feature: Background operations of a Type 3 device
  What takes seconds is done while software does other things; it can look how far it has come.

  Background:
    Given the machine "one Type 3 device"
    And these Type 3 devices:
      | id  | port | volatile | persistent |
      | big | rp1  | 0        | 2G         |

  @id:BACKGROUND-1
  Rule: A device tells what runs in the background, and how much of it is done

    @id:BACKGROUND-1.1
    Scenario: At its beginning
      When dev is sent Sanitize
      Then dev answers Background Started
      And dev runs Sanitize in the background, 0 % complete

    @id:BACKGROUND-1.2
    Scenario Outline: After <seconds> seconds of 10
      Given dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      When <seconds> seconds pass
      Then dev runs Transfer Firmware in the background, <percentage> % complete

      Examples: on its way
        | seconds | percentage |
        | 2       | 20         |
        | 8       | 80         |

    @id:BACKGROUND-1.3
    Scenario: Long after power-on
      Given 30 seconds passed
      And dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      When 4 seconds pass
      Then dev runs Transfer Firmware in the background, 40 % complete

    @id:BACKGROUND-1.4
    Scenario: While other commands are done
      Given dev has accepted Sanitize
      When dev is sent Identify Memory Device
      Then dev runs Sanitize in the background, 0 % complete

    @id:BACKGROUND-1.5
    Scenario: At its end
      Given dev has accepted Sanitize
      When 4 seconds pass
      Then dev has run Sanitize in the background: Success

  @id:BACKGROUND-2
  Rule: One operation runs in the background at a time

    @id:BACKGROUND-2.1 @unchanged
    Scenario Outline: <command>
      Given dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      When dev is sent <command> with <length> bytes of input
      Then dev answers Busy
      And dev is unchanged

      Examples: each that runs in the background
        | command             | length |
        | Scan Media          | 17     |
        | Transfer Firmware   | 128    |
        | Activate Firmware   | 2      |
        | Sanitize            | 0      |
        | Media Operations    | 12     |
        | Perform Maintenance | 2      |

    @id:BACKGROUND-2.2
    Scenario: Another one, when it is over
      Given dev has accepted Sanitize
      And 4 seconds passed
      When dev is sent Sanitize
      Then dev answers Background Started

  @id:BACKGROUND-3 @CXL-3.1-8.2.9.1.5
  Rule: An operation that is aborted ends without having done anything

    @id:BACKGROUND-3.1
    Scenario: Halfway
      Given dev supports Background Abort
      And dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      And 4 seconds passed
      And dev has accepted Background Abort
      When 10 seconds pass
      Then dev has run Transfer Firmware in the background: Aborted
      And dev answers Get Firmware Info with:
        | slot info | slot 2 revision |
        | 0x01      |                 |

    @id:BACKGROUND-3.2
    Scenario: Just before its end, when it is too late
      Given big supports Background Abort
      And big has accepted Sanitize
      And 14 seconds passed
      When big is sent Background Abort
      Then big answers Success
      And big runs Sanitize in the background, 93 % complete

    @id:BACKGROUND-3.3 @unchanged
    Scenario: Where there was none
      When dev is sent Background Abort
      Then dev answers No Background Abort
      And dev is unchanged

  @id:BACKGROUND-4
  Rule: A reset ends what runs in the background

    @id:BACKGROUND-4.1
    Scenario: It does not go on
      Given dev has accepted Clear Poison with address 4K, data 64 bytes
      And dev has accepted Sanitize
      When the machine is reset
      And 4 seconds pass
      Then the media of dev hold 64 bytes of 0xab from DPA 4K

  @id:BACKGROUND-5 @CXL-3.1-8.2.8.4.4
  Rule: A device interrupts when an operation is over, if it was told to

    @id:BACKGROUND-5.1
    Scenario: It was
      Given MSI-X of dev is enabled
      And the background completion interrupt of dev is enabled
      And dev has accepted Sanitize
      When 4 seconds pass
      Then dev has sent an interrupt by the vector of its mailbox only

    @id:BACKGROUND-5.2
    Scenario: It was not
      Given MSI-X of dev is enabled
      And dev has accepted Sanitize
      When 4 seconds pass
      Then dev has sent no interrupt
