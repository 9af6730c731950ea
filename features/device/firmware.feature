@device @needs:hardware @needs:clock @CXL-3.1-8.2.9.3
Feature: The firmware of a Type 3 device
  New firmware goes into a slot that is not in use, whole or in parts, while the device works on. It is used when it has
  been activated.

  Background:
    Given the machine "one Type 3 device"

  @id:FIRMWARE-1 @CXL-3.1-8.2.9.3.1
  Rule: A device tells which slots have firmware, and which is active

    @id:FIRMWARE-1.1
    Scenario: At first
      Then dev answers Get Firmware Info with:
        | slots supported | slot 1 revision | slot 2 revision | slot 3 revision | slot 4 revision |
        | 2               | BWFW VERSION 0  |                 |                 |                 |

    @id:FIRMWARE-1.2
    Scenario: On a device that takes other firmware
      Given dev supports Transfer Firmware
      Then dev answers Get Firmware Info with slots supported 2, slot info 0x01, activation capabilities 1

  @id:FIRMWARE-2 @CXL-3.1-8.2.9.3.2
  Rule: Firmware that is transferred is in its slot once that is over

    @id:FIRMWARE-2.1
    Scenario: Whole
      Given dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      When 10 seconds pass
      Then dev has run Transfer Firmware in the background: Success
      And dev answers Get Firmware Info with:
        | slot info | slot 1 revision | slot 2 revision |
        | 0x01      | BWFW VERSION 0  | BWFW VERSION 1  |

    @id:FIRMWARE-2.2
    Scenario: Not before
      Given dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      When 8 seconds pass
      Then dev answers Get Firmware Info with:
        | slot info | slot 2 revision |
        | 0x01      |                 |

    @id:FIRMWARE-2.3
    Scenario: In parts
      Given dev has accepted Transfer Firmware with action initiate, slot 2, offset 0, data 128 bytes
      And 2 seconds passed
      And dev has accepted Transfer Firmware with action continue, slot 2, offset 1, data 128 bytes
      And 2 seconds passed
      And dev has accepted Transfer Firmware with action end, slot 2, offset 2, data 128 bytes
      When 2 seconds pass
      Then dev answers Get Firmware Info with slot info 0x01, slot 2 revision BWFW VERSION 1

  @id:FIRMWARE-3 @CXL-3.1-8.2.9.3.2
  Rule: A transfer that cannot be is refused, and changes nothing

    @id:FIRMWARE-3.1 @unchanged
    Scenario Outline: <action> into slot <slot> at <offset>: <answer>
      When dev is sent Transfer Firmware with action <action>, slot <slot>, offset <offset>, data 128 bytes
      Then dev answers <answer>
      And dev is unchanged

      Examples: into slots that are active, or do not exist
        | action | slot | offset | answer       |
        | full   | 1    | 0      | Invalid Slot |
        | full   | 0    | 0      | Invalid Slot |
        | full   | 3    | 0      | Invalid Slot |

      Examples: parts of a transfer that nobody has begun
        | action   | slot | offset | answer        |
        | continue | 2    | 1      | Invalid Input |
        | end      | 2    | 1      | Invalid Input |

      Examples: beginnings that are none, too much, and what is nothing
        | action   | slot | offset | answer        |
        | initiate | 2    | 1      | Invalid Input |
        | full     | 2    | 262144 | Invalid Input |
        | 5        | 2    | 0      | Invalid Input |

      Examples: so far away that it wraps at 4 GiB
        | action | slot | offset    | answer        |
        | full   | 2    | 0x2000000 | Invalid Input |

    @id:FIRMWARE-3.2 @unchanged
    Scenario Outline: While parts are being transferred, <action> at <offset>: <answer>
      Given dev has accepted Transfer Firmware with action initiate, slot 2, offset 0, data 256 bytes
      And 2 seconds passed
      When dev is sent Transfer Firmware with action <action>, slot 2, offset <offset>, data 128 bytes
      Then dev answers <answer>
      And dev is unchanged

      Examples: another one
        | action   | offset | answer                        |
        | initiate | 0      | Firmware Transfer In Progress |
        | full     | 0      | Firmware Transfer In Progress |

      Examples: a part of what came before
        | action   | offset | answer                         |
        | continue | 1      | Firmware Transfer Out Of Order |
        | end      | 1      | Firmware Transfer Out Of Order |

    @id:FIRMWARE-3.3
    Scenario: After a transfer was aborted
      Given dev has accepted Transfer Firmware with action initiate, slot 2, offset 0, data 128 bytes
      And 2 seconds passed
      And dev has accepted Transfer Firmware with action abort
      When dev is sent Transfer Firmware with action continue, slot 2, offset 1, data 128 bytes
      Then dev answers Invalid Input

    @id:FIRMWARE-3.4
    Scenario: More than 30 seconds after the part before
      Given dev has accepted Transfer Firmware with action initiate, slot 2, offset 0, data 128 bytes
      And 34 seconds passed
      When dev is sent Transfer Firmware with action continue, slot 2, offset 1, data 128 bytes
      Then dev answers Invalid Input

  @id:FIRMWARE-4 @CXL-3.1-8.2.9.3.3
  Rule: Firmware that is activated becomes active

    @id:FIRMWARE-4.1
    Scenario: Online
      Given dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      And 10 seconds passed
      When dev is sent Activate Firmware with action online, slot 2
      Then dev answers Success
      And dev answers Get Firmware Info with slot info 0x02

    @id:FIRMWARE-4.2
    Scenario: By the next reset, which is said until then
      Given dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      And 10 seconds passed
      When dev is sent Activate Firmware with action reset, slot 2
      Then dev answers Get Firmware Info with slot info 0x11

    @id:FIRMWARE-4.3
    Scenario: After a reset
      Given dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      And 10 seconds passed
      And dev has accepted Activate Firmware with action reset, slot 2
      When the machine is reset
      Then dev answers Get Firmware Info with slot info 0x02, slot 2 revision BWFW VERSION 1

  @id:FIRMWARE-5 @CXL-3.1-8.2.9.3.3
  Rule: What cannot be activated is refused, and nothing changes

    @id:FIRMWARE-5.1 @unchanged
    Scenario Outline: Slot <slot>: <answer>
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
    Scenario: In a way that does not exist
      Given dev has accepted Transfer Firmware with action full, slot 2, data 128 bytes
      And 10 seconds passed
      When dev is sent Activate Firmware with action 5, slot 2
      Then dev answers Invalid Input
      And dev is unchanged
