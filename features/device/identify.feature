@device @needs:hardware @CXL-3.1-8.2.9.9.1.1 @CXL-3.1-8.2.9.9.2.1
Feature: What a Type 3 device says of itself
  Capacities are counted in multiples of 256M. A device that cannot be counted so answers that it is in trouble.

  Background:
    Given the machine "one host bridge"

  @id:IDENTIFY-1
  Rule: A device tells its capacities, the size of its label area, and how many errors its poison list holds

    @id:IDENTIFY-1.1
    Scenario Outline: <volatile> of volatile and <persistent> of persistent capacity
      Given these Type 3 devices:
        | id  | port | volatile   | persistent   |
        | dev | rp0  | <volatile> | <persistent> |
      Then dev answers Identify Memory Device with:
        | firmware revision | total capacity | volatile capacity | persistent capacity | partition alignment | label area size |
        | BWFW VERSION 00   | <total>        | <v>               | <p>                 | 0                   | <labels>        |
      And dev answers Get Partition Info with:
        | active volatile | active persistent | next volatile | next persistent |
        | <v>             | <p>               | 0             | 0               |

      Examples: of one kind
        | volatile | persistent | total | v | p | labels |
        | 0        | 256M       | 1     | 0 | 1 | 1M     |
        | 512M     | 0          | 2     | 2 | 0 | 0      |

      Examples: of both kinds
        | volatile | persistent | total | v | p | labels |
        | 256M     | 512M       | 3     | 1 | 2 | 1M     |

  @id:IDENTIFY-2
  Rule: A device whose capacities cannot be counted refuses to tell of them

    @id:IDENTIFY-2.1
    Scenario Outline: <command> of <persistent>
      Given these Type 3 devices:
        | id  | port | volatile | persistent   |
        | odd | rp0  | 0        | <persistent> |
      When odd is sent <command>
      Then odd answers Internal Error

      Examples: less than 256M, and more
        | command                | persistent |
        | Identify Memory Device | 128M       |
        | Identify Memory Device | 384M       |
        | Get Partition Info     | 128M       |
        | Get Partition Info     | 384M       |
        | Get Firmware Info      | 384M       |

  @id:IDENTIFY-3 @CXL-3.1-8.2.9.9.6.1
  Rule: A device without security says that none is in force

    @id:IDENTIFY-3.1
    Scenario: No passphrase, and nothing frozen or locked
      Given these Type 3 devices:
        | id  | port | volatile | persistent |
        | dev | rp0  | 0        | 256M       |
      Then dev answers Get Security State with state 0

  @id:IDENTIFY-4 @CXL-3.1-8.2.9.9.2.3
  Rule: A device without a label area has no labels to read or write

    @id:IDENTIFY-4.1
    Scenario Outline: <command>
      Given these Type 3 devices:
        | id   | port | volatile | persistent |
        | bare | rp0  | 256M     | 0          |
      When bare is sent <command> with:
        | offset | length   | data   |
        | 0      | <length> | <data> |
      Then bare answers Invalid Input

      Examples: each command that uses labels
        | command                | length | data |
        | Get Label Storage Area | 1      |      |
        | Set Label Storage Area |        | aa   |
