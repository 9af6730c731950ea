@device @needs:hardware @CXL-3.1-8.2.9.5
Feature: The logs of a Type 3 device
  A driver reads in the Command Effects Log which commands a device supports, and what effects they have.

  Background:
    Given the machine "one Type 3 device"

  @id:LOGS-1 @CXL-3.1-8.2.9.5.2.1
  Rule: The Command Effects Log has each command with its effects
    @id:LOGS-1.1
    Scenario Outline: <command> has the effects <effects>
      Then the Command Effects Log of dev has <command> with the effects <effects>

      Examples: commands that change nothing
        | command                     | effects |
        | Get Firmware Info           | none    |
        | Get Timestamp               | none    |
        | Get Supported Logs          | none    |
        | Get Log                     | none    |
        | Get Supported Features      | none    |
        | Get Feature                 | none    |
        | Identify Memory Device      | none    |
        | Get Partition Info          | none    |
        | Get Label Storage Area      | none    |
        | Get Alert Configuration     | none    |
        | Get Security State          | none    |
        | Background Abort            | none    |
        | Get Scan Media Capabilities | none    |
        | Get Scan Media Results      | none    |

      Examples: commands that change something
        | command                 | effects                                                                                                                     |
        | Set Timestamp           | immediate policy change                                                                                                     |
        | Set Label Storage Area  | immediate configuration change, immediate data change                                                                       |
        | Set Alert Configuration | immediate policy change                                                                                                     |
        | Set Feature             | immediate configuration change, immediate data change, immediate policy change, immediate log change, security state change |
        | Perform Maintenance     | immediate configuration change, immediate data change, immediate log change, background operation                           |
        | Media Operations        | immediate data change, background operation                                                                                 |

    @id:LOGS-1.2
    Scenario Outline: <command> runs in the background
      Then the Command Effects Log of dev has <command> with the effects background operation, among others

      Examples: all such commands
        | command           |
        | Transfer Firmware |
        | Activate Firmware |
        | Sanitize          |
        | Scan Media        |

    @id:LOGS-1.3
    Scenario Outline: <command> can be aborted
      Given dev supports Background Abort
      Then the Command Effects Log of dev has <command> with the effects <effects>

      Examples: all such commands
        | command           | effects                                                                              |
        | Transfer Firmware | background operation, background abort                                               |
        | Activate Firmware | background operation, background abort                                               |
        | Scan Media        | background operation, background abort                                               |
        | Sanitize          | immediate data change, security state change, background operation, background abort |

  @id:LOGS-2 @CXL-3.1-8.2.9.5.1
  Rule: Get Supported Logs lists all logs
    @id:LOGS-2.1
    Scenario: The Command Effects Log is the only log
      Then dev answers Get Supported Logs with count 1, log command effects

    @id:LOGS-2.2
    Scenario: Reserved fields are zero, whatever the payload registers held before
      Given dev has accepted Set Timestamp with timestamp 0x1122334455667788
      When dev is sent Get Supported Logs
      Then dev answers with reserved 0, reserved 2 0

  @id:LOGS-3 @CXL-3.1-8.2.9.5.2
  Rule: Get Log of what does not exist is refused
    @id:LOGS-3.1 @unchanged
    Scenario: A log that does not exist
      When dev is sent Get Log with log 5e1819d9-11a9-400c-811f-d60719403d86, offset 0, length 4
      Then dev answers Invalid Log
      And dev is unchanged

    @id:LOGS-3.2 @unchanged
    Scenario Outline: <length> bytes at offset <offset>
      When dev is sent Get Log with log command effects, offset <offset>, length <length>
      Then dev answers Invalid Input
      And dev is unchanged

      Examples: more than the mailbox holds, and more than the log has
        | offset   | length     |
        | 0        | 2049       |
        | 0x100000 | 4          |
        | 0        | 2048       |
        | 1        | 0xffffffff |

  @id:LOGS-4 @CXL-3.1-8.2.9.5.2
  Rule: A log can be read in parts, from any offset
    @id:LOGS-4.1
    Scenario: In parts that begin within entries
      Then the Command Effects Log of dev reads the same in parts of 6 bytes
