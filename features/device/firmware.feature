@device @needs:hardware @needs:clock @CXL-3.1-8.2.9.3
Feature: Firmware update of a Type 3 device
  New firmware is transferred into a slot that is not active, whole or in parts, while the device is in use. It runs once
  it is activated.

  Background:
    Given the machine "one Type 3 device"

  @id:FIRMWARE-1 @CXL-3.1-8.2.9.3.1
  Rule: Get Firmware Info returns the revision in each slot, and the active slot
    @id:FIRMWARE-1.1
    Scenario: Revisions after power-on
      Then dev answers Get Firmware Info with:
        | slots supported | slot 1 revision | slot 2 revision | slot 3 revision | slot 4 revision |
        | 2               | BWFW VERSION 0  |                 |                 |                 |

    @id:FIRMWARE-1.2
    Scenario: Slots of a device that supports Transfer Firmware
      Given dev supports Transfer Firmware
      Then dev answers Get Firmware Info with slots supported 2, slot info 0x01, activation capabilities 1

  @id:FIRMWARE-2 @CXL-3.1-8.2.9.3.2
  Rule: A slot has the new firmware once the transfer is complete
    @id:FIRMWARE-2.1
    Scenario: A full transfer
      Given dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      When 10 seconds pass
      Then the background operation of dev is Transfer Firmware, ended with Success
      And dev answers Get Firmware Info with:
        | slot info | slot 1 revision | slot 2 revision |
        | 0x01      | BWFW VERSION 0  | BWFW VERSION 1  |

    @id:FIRMWARE-2.2
    Scenario: Before a full transfer is complete
      Given dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      When 8 seconds pass
      Then dev answers Get Firmware Info with:
        | slot info | slot 2 revision |
        | 0x01      |                 |

    @id:FIRMWARE-2.3
    Scenario: A transfer in parts
      Given dev has accepted Transfer Firmware with action initiate, slot 2, offset 0, data 128 bytes
      And 2 seconds passed
      And dev has accepted Transfer Firmware with action continue, slot 2, offset 1, data 128 bytes
      And 2 seconds passed
      And dev has accepted Transfer Firmware with action end, slot 2, offset 2, data 128 bytes
      When 2 seconds pass
      Then dev answers Get Firmware Info with slot info 0x01, slot 2 revision BWFW VERSION 1

  @id:FIRMWARE-3 @CXL-3.1-8.2.9.3.2
  Rule: A transfer that is not valid is refused, and changes nothing
    @id:FIRMWARE-3.1 @unchanged
    Scenario Outline: Action <action> into slot <slot> at offset <offset>: <answer>
      When dev is sent Transfer Firmware with action <action>, slot <slot>, offset <offset>, data 128 bytes
      Then dev answers <answer>
      And dev is unchanged

      Examples: slots that are active or do not exist, and parts without an Initiate before them
        | action   | slot | offset | answer        |
        | full     | 1    | 0      | Invalid Slot  |
        | full     | 0    | 0      | Invalid Slot  |
        | full     | 3    | 0      | Invalid Slot  |
        | continue | 2    | 1      | Invalid Input |
        | end      | 2    | 1      | Invalid Input |

      Examples: an Initiate at an offset, more than a slot holds, an unknown action, and an offset that wraps at 4 GiB
        | action   | slot | offset    | answer        |
        | initiate | 2    | 1         | Invalid Input |
        | full     | 2    | 262144    | Invalid Input |
        | 5        | 2    | 0         | Invalid Input |
        | full     | 2    | 0x2000000 | Invalid Input |

    @id:FIRMWARE-3.2 @unchanged
    Scenario Outline: During a transfer in parts, action <action> at offset <offset>: <answer>
      Given dev has accepted Transfer Firmware with action initiate, slot 2, offset 0, data 256 bytes
      And 2 seconds passed
      When dev is sent Transfer Firmware with action <action>, slot 2, offset <offset>, data 128 bytes
      Then dev answers <answer>
      And dev is unchanged

      Examples: another transfer, and a part that overlaps the one before
        | action   | offset | answer                         |
        | initiate | 0      | Firmware Transfer In Progress  |
        | full     | 0      | Firmware Transfer In Progress  |
        | continue | 1      | Firmware Transfer Out Of Order |
        | end      | 1      | Firmware Transfer Out Of Order |

    @id:FIRMWARE-3.3
    Scenario: A part after the transfer was aborted
      Given dev has accepted Transfer Firmware with action initiate, slot 2, offset 0, data 128 bytes
      And 2 seconds passed
      And dev has accepted Transfer Firmware with action abort
      When dev is sent Transfer Firmware with action continue, slot 2, offset 1, data 128 bytes
      Then dev answers Invalid Input

    @id:FIRMWARE-3.4
    Scenario: A part more than 30 seconds after the one before
      Given dev has accepted Transfer Firmware with action initiate, slot 2, offset 0, data 128 bytes
      And 34 seconds passed
      When dev is sent Transfer Firmware with action continue, slot 2, offset 1, data 128 bytes
      Then dev answers Invalid Input

  @id:FIRMWARE-4 @CXL-3.1-8.2.9.3.3
  Rule: Activate Firmware makes the firmware of a slot active
    @id:FIRMWARE-4.1
    Scenario: Online activation
      Given dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      And 10 seconds passed
      When dev is sent Activate Firmware with action online, slot 2
      Then dev answers Success
      And dev answers Get Firmware Info with slot info 0x02

    @id:FIRMWARE-4.2
    Scenario: Activation by reset is staged until the reset
      Given dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      And 10 seconds passed
      When dev is sent Activate Firmware with action reset, slot 2
      Then dev answers Get Firmware Info with slot info 0x11

    @id:FIRMWARE-4.3
    Scenario: Activation by reset, after the reset
      Given dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      And 10 seconds passed
      And dev has accepted Activate Firmware with action reset, slot 2
      When the machine is reset
      Then dev answers Get Firmware Info with slot info 0x02, slot 2 revision BWFW VERSION 1

  @id:FIRMWARE-5 @CXL-3.1-8.2.9.3.3
  Rule: An activation that is not valid is refused, and changes nothing
    @id:FIRMWARE-5.1 @unchanged
    Scenario Outline: Activate slot <slot>: <answer>
      When dev is sent Activate Firmware with action online, slot <slot>
      Then dev answers <answer>
      And dev is unchanged

      Examples: a slot that is active, empty, or does not exist
        | slot | answer       |
        | 1    | Invalid Slot |
        | 2    | Invalid Slot |
        | 0    | Invalid Slot |
        | 3    | Invalid Slot |

    @id:FIRMWARE-5.2 @unchanged
    Scenario: An action that does not exist
      Given dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      And 10 seconds passed
      When dev is sent Activate Firmware with action 5, slot 2
      Then dev answers Invalid Input
      And dev is unchanged
