@device @needs:hardware @CXL-3.1-8.2.9.9.3
Feature: The alerts of a Type 3 device
  Software is warned before a device wears out or gets too hot, and may choose when.

  Background:
    Given the machine "one Type 3 device"

  @id:ALERT-1 @CXL-3.1-8.2.9.9.3.2
  Rule: A device tells when it gives an alert, and which warnings software may set

    @id:ALERT-1.1
    Scenario: At first
      Then dev answers Get Alert Configuration with:
        | life used critical alert threshold | life used warning threshold | over temperature critical alert threshold | under temperature critical alert threshold |
        | 75                                 | 40                          | 35                                        | 10                                         |
      And dev answers Get Alert Configuration with:
        | valid alerts | over temperature warning threshold | under temperature warning threshold | volatile error warning threshold | persistent error warning threshold |
        | 0            | 25                                 | 20                                  | 0                                | 0                                  |

    @id:ALERT-1.2
    Scenario: All warnings are for software to set, and none is set
      Then dev answers Get Alert Configuration with valid alerts 0, programmable alerts 0x1f

  @id:ALERT-2 @CXL-3.1-8.2.9.9.3.3
  Rule: A warning that software sets comes when it says

    @id:ALERT-2.1
    Scenario Outline: <threshold>
      Given dev has accepted Set Alert Configuration with valid actions <bit>, enable actions <bit>, <threshold> <value>
      Then dev answers Get Alert Configuration with <threshold> <value>

      Examples: each
        | threshold                           | bit  | value |
        | life used warning threshold         | 0x01 | 74    |
        | over temperature warning threshold  | 0x02 | 34    |
        | under temperature warning threshold | 0x04 | 11    |
        | volatile error warning threshold    | 0x08 | 5     |
        | persistent error warning threshold  | 0x10 | 6     |

    @id:ALERT-2.2
    Scenario: What is not said to be valid stays
      Given dev has accepted Set Alert Configuration with:
        | valid actions | enable actions | life used warning threshold | over temperature warning threshold |
        | 0x02          | 0x02           | 1                           | 30                                 |
      Then dev answers Get Alert Configuration with:
        | life used warning threshold | over temperature warning threshold |
        | 40                          | 30                                 |

    @id:ALERT-2.3
    Scenario: A warning that is enabled is valid
      Given dev has accepted Set Alert Configuration with:
        | valid actions | enable actions | life used warning threshold |
        | 0x01          | 0x01           | 74                          |
      Then dev answers Get Alert Configuration with valid alerts 0x01, programmable alerts 0x1f

    @id:ALERT-2.4
    Scenario: A warning that is set but not enabled is not valid
      Given dev has accepted Set Alert Configuration with:
        | valid actions | enable actions | life used warning threshold |
        | 0x01          | 0              | 74                          |
      Then dev answers Get Alert Configuration with valid alerts 0, programmable alerts 0x1f

  @id:ALERT-3 @CXL-3.1-8.2.9.9.3.3
  Rule: A warning that would not come before its alert is refused, and changes nothing

    @id:ALERT-3.1 @unchanged
    Scenario Outline: <threshold> <value>
      When dev is sent Set Alert Configuration with valid actions <bit>, enable actions <bit>, <threshold> <value>
      Then dev answers Invalid Input
      And dev is unchanged

      Examples: at the alert
        | threshold                           | bit  | value |
        | life used warning threshold         | 0x01 | 75    |
        | over temperature warning threshold  | 0x02 | 35    |
        | under temperature warning threshold | 0x04 | 10    |

      Examples: behind it
        | threshold                           | bit  | value |
        | life used warning threshold         | 0x01 | 100   |
        | over temperature warning threshold  | 0x02 | 36    |
        | under temperature warning threshold | 0x04 | 9     |
        | under temperature warning threshold | 0x04 | -1    |

    @id:ALERT-3.2 @unchanged
    Scenario: One that would, and one that would not
      When dev is sent Set Alert Configuration with:
        | valid actions | enable actions | life used warning threshold | over temperature warning threshold |
        | 0x03          | 0x03           | 48                          | 35                                 |
      Then dev answers Invalid Input
      And dev is unchanged
