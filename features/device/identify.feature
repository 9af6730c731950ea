@device @needs:hardware @CXL-3.1-8.2.9.9.1.1 @CXL-3.1-8.2.9.9.2.1
Feature: Identity of a Type 3 device
  Capacities are reported in multiples of 256M. A device with another capacity must refuse to report it.

  Background:
    Given the machine "one host bridge"

  @id:IDENTIFY-1
  Rule: Identify Memory Device and Get Partition Info return the capacities and the size of the label area
    @id:IDENTIFY-1.1
    Scenario Outline: <volatile> of volatile and <persistent> of persistent capacity
      Given these Type 3 devices:
        | id  | port | volatile   | persistent   |
        | dev | rp0  | <volatile> | <persistent> |
      Then dev answers Identify Memory Device with:
        | firmware revision | total capacity    | volatile capacity    | persistent capacity    | partition alignment | label area size |
        | BWFW VERSION 00   | <total multiples> | <volatile multiples> | <persistent multiples> | 0                   | <label area>    |
      And dev answers Get Partition Info with:
        | active volatile      | active persistent      | next volatile | next persistent |
        | <volatile multiples> | <persistent multiples> | 0             | 0               |

      Examples: capacity of one kind, and of both
        | volatile | persistent | total multiples | volatile multiples | persistent multiples | label area |
        | 0        | 256M       | 1               | 0                  | 1                    | 1M         |
        | 512M     | 0          | 2               | 2                  | 0                    | 0          |
        | 256M     | 512M       | 3               | 1                  | 2                    | 1M         |

  @id:IDENTIFY-2
  Rule: A device with a capacity that is not a multiple of 256M answers Internal Error
    @id:IDENTIFY-2.1
    Scenario Outline: <command> of a device of <persistent>
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
  Rule: Get Security State of a device without security returns 0
    @id:IDENTIFY-3.1
    Scenario: No passphrase is set, and the device is not locked or frozen
      Given these Type 3 devices:
        | id  | port | volatile | persistent |
        | dev | rp0  | 0        | 256M       |
      Then dev answers Get Security State with state 0

  @id:IDENTIFY-4 @CXL-3.1-8.2.9.9.2.3
  Rule: Label commands of a device without a label area answer Invalid Input
    @id:IDENTIFY-4.1
    Scenario Outline: <command> without a label area
      Given these Type 3 devices:
        | id   | port | volatile | persistent |
        | bare | rp0  | 256M     | 0          |
      When bare is sent <command> with:
        | offset | length   | data   |
        | 0      | <length> | <data> |
      Then bare answers Invalid Input

      Examples: both label commands
        | command                | length | data |
        | Get Label Storage Area | 1      |      |
        | Set Label Storage Area |        | aa   |
