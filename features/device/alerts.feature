@device @needs:hardware @CXL-3.1-8.2.9.9.3
Feature: Alert configuration of a Type 3 device
  Software is warned before a device wears out or gets too hot, and may choose when.

  Background:
    Given the machine "one Type 3 device"

  @id:ALERT-1 @CXL-3.1-8.2.9.9.3.2
  Rule: Get Alert Configuration returns the thresholds, and which warnings software may program
    @id:ALERT-1.1
    Scenario: The thresholds after power-on
      Then dev answers Get Alert Configuration with:
        | life used critical alert threshold | life used warning threshold | over temperature critical alert threshold | under temperature critical alert threshold |
        | 75                                 | 40                          | 35                                        | 10                                         |
      And dev answers Get Alert Configuration with:
        | valid alerts | over temperature warning threshold | under temperature warning threshold | volatile error warning threshold | persistent error warning threshold |
        | 0            | 25                                 | 20                                  | 0                                | 0                                  |

    @id:ALERT-1.2
    Scenario: After power-on all warnings are programmable, and none is valid
      Then dev answers Get Alert Configuration with valid alerts 0, programmable alerts 0x1f

  @id:ALERT-2 @CXL-3.1-8.2.9.9.3.3
  Rule: Set Alert Configuration sets the thresholds of warnings
    @id:ALERT-2.1
    Scenario Outline: The <threshold> is set to <value>
      Given dev has accepted Set Alert Configuration with valid actions <bit>, enable actions <bit>, <threshold> <value>
      Then dev answers Get Alert Configuration with <threshold> <value>

      Examples: all programmable warnings
        | threshold                           | bit  | value |
        | life used warning threshold         | 0x01 | 74    |
        | over temperature warning threshold  | 0x02 | 34    |
        | under temperature warning threshold | 0x04 | 11    |
        | volatile error warning threshold    | 0x08 | 5     |
        | persistent error warning threshold  | 0x10 | 6     |

    @id:ALERT-2.2
    Scenario: A threshold without its bit in Valid Alert Actions is not changed
      Given dev has accepted Set Alert Configuration with:
        | valid actions | enable actions | life used warning threshold | over temperature warning threshold |
        | 0x02          | 0x02           | 1                           | 30                                 |
      Then dev answers Get Alert Configuration with:
        | life used warning threshold | over temperature warning threshold |
        | 40                          | 30                                 |

    @id:ALERT-2.3
    Scenario: A warning that is enabled is a valid alert
      Given dev has accepted Set Alert Configuration with:
        | valid actions | enable actions | life used warning threshold |
        | 0x01          | 0x01           | 74                          |
      Then dev answers Get Alert Configuration with valid alerts 0x01, programmable alerts 0x1f

    @id:ALERT-2.4
    Scenario: A warning that is set and not enabled is no valid alert
      Given dev has accepted Set Alert Configuration with:
        | valid actions | enable actions | life used warning threshold |
        | 0x01          | 0              | 74                          |
      Then dev answers Get Alert Configuration with valid alerts 0, programmable alerts 0x1f

  @id:ALERT-3 @CXL-3.1-8.2.9.9.3.3
  Rule: A warning threshold that is not reached before its critical threshold is refused, and changes nothing
    @id:ALERT-3.1 @unchanged
    Scenario Outline: The <threshold> cannot be set to <value>
      When dev is sent Set Alert Configuration with valid actions <bit>, enable actions <bit>, <threshold> <value>
      Then dev answers Invalid Input
      And dev is unchanged

      Examples: equal to the critical threshold, and beyond it
        | threshold                           | bit  | value |
        | life used warning threshold         | 0x01 | 75    |
        | over temperature warning threshold  | 0x02 | 35    |
        | under temperature warning threshold | 0x04 | 10    |
        | life used warning threshold         | 0x01 | 100   |
        | over temperature warning threshold  | 0x02 | 36    |
        | under temperature warning threshold | 0x04 | 9     |
        | under temperature warning threshold | 0x04 | -1    |

    @id:ALERT-3.2 @unchanged
    Scenario: One valid threshold and one invalid threshold in one command
      When dev is sent Set Alert Configuration with:
        | valid actions | enable actions | life used warning threshold | over temperature warning threshold |
        | 0x03          | 0x03           | 48                          | 35                                 |
      Then dev answers Invalid Input
      And dev is unchanged
