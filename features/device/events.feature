@device @needs:hardware @CXL-3.1-8.2.9.2
Feature: Event logs of a Type 3 device
  What goes wrong in a device, software learns from its event logs. A record that is wrong, lost in silence or cleared
  unseen is an error that nobody hears of.

  Background:
    Given a machine with 2G of RAM, maxmem 4G
    And these host bridges:
      | id    | bus | root ports |
      | cxl.1 | 12  | rp0, rp1   |
    And these fixed memory windows:
      | size | targets | granularity |
      | 4G   | cxl.1   | 256         |
    And these Type 3 devices:
      | id  | root port | volatile | persistent |
      | dev | rp0       | 0        | 512M       |

  @id:EVENT-1 @CXL-3.1-8.2.9.2.1
  Rule: A record has all that is known of the event

    @id:EVENT-1.1
    @quirk:event-commands-idle @quirk:event-in-wrong-log
    Scenario: A general media event
      When this general-media-event is injected into dev:
        | log              | informational    |
        | flags            | 1                |
        | dpa              | 0x1000           |
        | descriptor       | 3                |
        | type             | 1                |
        | transaction-type | 2                |
        | channel          | 4                |
        | rank             | 3                |
        | device           | 0x123456         |
        | component-id     | abcdefghijklmno |
      Then the informational log of dev has this record:
        | kind             | general media |
        | length           | 128           |
        | flags            | 1             |
        | handle           | 1             |
        | related handle   | 0             |
        | timestamp        | 0             |
        | physical address | 0x1000        |
        | descriptor       | 3             |
        | type             | 1             |
        | transaction type | 2             |
        | validity         | 0xf           |
        | channel          | 4             |
        | rank             | 3             |
        | device           | 0x123456      |

    @id:EVENT-1.2
    @quirk:event-commands-idle @quirk:event-in-wrong-log @quirk:event-optional-fields-always-valid
    Scenario: A general media event without what need not be known
      When this general-media-event is injected into dev:
        | log              | informational |
        | flags            | 1             |
        | dpa              | 0x1000        |
        | descriptor       | 3             |
        | type             | 1             |
        | transaction-type | 2             |
        | rank             | 3             |
      Then the informational log of dev has this record:
        | kind             | general media |
        | physical address | 0x1000        |
        | validity         | 2             |
        | channel          | 0             |
        | rank             | 3             |
        | device           | 0             |
        | component id     |               |

    @id:EVENT-1.3
    @quirk:event-commands-idle @quirk:event-in-wrong-log
    Scenario: A DRAM event
      When this dram-event is injected into dev:
        | log              | warning    |
        | flags            | 4          |
        | dpa              | 0x2000     |
        | descriptor       | 1          |
        | type             | 2          |
        | transaction-type | 3          |
        | channel          | 4          |
        | rank             | 5          |
        | nibble-mask      | 0x123456   |
        | bank-group       | 6          |
        | bank             | 7          |
        | row              | 0x654321   |
        | column           | 0x1234     |
        | correction-mask  | 1, 2, 3, 4 |
      Then the warning log of dev has this record:
        | kind              | DRAM     |
        | length            | 128      |
        | flags             | 4        |
        | handle            | 1        |
        | physical address  | 0x2000   |
        | descriptor        | 1        |
        | type              | 2        |
        | transaction type  | 3        |
        | validity          | 0xff     |
        | channel           | 4        |
        | rank              | 5        |
        | nibble mask       | 0x123456 |
        | bank group        | 6        |
        | bank              | 7        |
        | row               | 0x654321 |
        | column            | 0x1234   |
        | correction mask 0 | 1        |
        | correction mask 1 | 2        |
        | correction mask 2 | 3        |
        | correction mask 3 | 4        |

    @id:EVENT-1.4
    @quirk:event-commands-idle @quirk:event-in-wrong-log
    Scenario: A memory module event
      When this memory-module-event is injected into dev:
        | log                              | failure    |
        | flags                            | 2          |
        | type                             | 4          |
        | health-status                    | 3          |
        | media-status                     | 7          |
        | additional-status                | 5          |
        | life-used                        | 12         |
        | temperature                      | -10        |
        | dirty-shutdown-count             | 4          |
        | corrected-volatile-error-count   | 0x12345678 |
        | corrected-persistent-error-count | 9          |
      Then the failure log of dev has this record:
        | kind                             | memory module |
        | length                           | 128           |
        | flags                            | 2             |
        | handle                           | 1             |
        | type                             | 4             |
        | health status                    | 3             |
        | media status                     | 7             |
        | additional status                | 5             |
        | life used                        | 12            |
        | temperature                      | -10           |
        | dirty shutdown count             | 4             |
        | corrected volatile error count   | 0x12345678    |
        | corrected persistent error count | 9             |

    @id:EVENT-1.5 @CXL-3.2-8.2.10.2.1
    @quirk:event-commands-idle @quirk:event-in-wrong-log @quirk:event-optional-fields-always-valid
    Scenario: A general media event with what CXL 3.2 adds
      When this general-media-event is injected into dev:
        | log                | warning          |
        | flags              | 1                |
        | maint-op-class     | 1                |
        | maint-op-subclass  | 2                |
        | ld-id              | 0x304            |
        | head-id            | 5                |
        | dpa                | 0x1000           |
        | descriptor         | 3                |
        | type               | 1                |
        | transaction-type   | 2                |
        | component-id       | abcdefghijklmno |
        | is-comp-id-pldm    | true             |
        | cme-ev-flags       | 6                |
        | cme-count          | 0x78090a         |
        | sub-type           | 11               |
      Then the warning log of dev has this record:
        | kind                  | general media |
        | flags                 | 0x1c1         |
        | maintenance class     | 1             |
        | maintenance subclass  | 2             |
        | logical device        | 0x304         |
        | head                  | 5             |
        | validity              | 0x18          |
        | corrected error flags | 6             |
        | corrected error count | 0x78090a      |
        | sub type              | 11            |

    @id:EVENT-1.6 @CXL-3.2-8.2.10.2.1
    @quirk:event-commands-idle @quirk:event-in-wrong-log
    Scenario: A DRAM event with what CXL 3.2 adds
      When this dram-event is injected into dev:
        | log               | warning          |
        | flags             | 1                |
        | maint-op-subclass | 2                |
        | dpa               | 0x1000           |
        | descriptor        | 3                |
        | type              | 1                |
        | transaction-type  | 2                |
        | component-id      | abcdefghijklmno |
        | is-comp-id-pldm   | true             |
        | sub-channel       | 4                |
        | cme-ev-flags      | 6                |
        | cvme-count        | 0x78090a         |
        | sub-type          | 11               |
      Then the warning log of dev has this record:
        | kind                  | DRAM             |
        | flags                 | 0x41             |
        | maintenance subclass  | 2                |
        | validity              | 0x700            |
        | component id          | abcdefghijklmno |
        | sub channel           | 4                |
        | corrected error flags | 6                |
        | corrected error count | 0x78090a         |
        | sub type              | 11               |

    @id:EVENT-1.7 @CXL-3.2-8.2.10.2.1
    @quirk:event-commands-idle @quirk:event-in-wrong-log
    Scenario: A memory module event with what CXL 3.2 adds
      When this memory-module-event is injected into dev:
        | log                              | fatal            |
        | flags                            | 1                |
        | head-id                          | 5                |
        | type                             | 1                |
        | health-status                    | 0                |
        | media-status                     | 0                |
        | additional-status                | 0                |
        | life-used                        | 0                |
        | temperature                      | 0                |
        | dirty-shutdown-count             | 0                |
        | corrected-volatile-error-count   | 0                |
        | corrected-persistent-error-count | 0                |
        | component-id                     | abcdefghijklmno |
        | sub-type                         | 11               |
      Then the fatal log of dev has this record:
        | kind         | memory module    |
        | flags        | 0x101            |
        | head         | 5                |
        | validity     | 1                |
        | component id | abcdefghijklmno |
        | sub type     | 11               |

    @id:EVENT-1.8
    @quirk:event-commands-idle @quirk:event-in-wrong-log @quirk:event-optional-fields-always-valid
    Scenario Outline: A component identifier of <length> bytes
      When this general-media-event is injected into dev:
        | log              | informational |
        | flags            | 1             |
        | dpa              | 0x1000        |
        | descriptor       | 3             |
        | type             | 1             |
        | transaction-type | 2             |
        | component-id     | <id>          |
      Then the informational log of dev has this record:
        | kind         | general media |
        | validity     | 8             |
        | component id | <id>          |

      @quirk:component-id-loses-last-byte
      Examples: as long as its field
        | length | id               |
        | 16     | abcdefghijklmnop |

      @quirk:component-id-leaks-memory
      Examples: shorter
        | length | id |
        | 2      | ab |

  @id:EVENT-2 @CXL-3.1-8.2.8.3.1
  Rule: An event is in the log of its severity, and Event Status tells of that log

    @id:EVENT-2.1
    @quirk:event-commands-idle @quirk:event-in-wrong-log @quirk:event-status-always-set @quirk:event-status-never-set
    Scenario Outline: The <log> log
      When 1 general-media-event is injected into the <log> log of dev
      Then the event status of dev is <log>
      And the <log> log of dev has the record 1
      And the <other> log of dev is empty

      Examples: all four that an event can be injected into
        | log           | other         |
        | informational | fatal         |
        | warning       | informational |
        | failure       | warning       |
        | fatal         | failure       |

    @id:EVENT-2.2
    @quirk:event-commands-idle @quirk:event-in-wrong-log @quirk:event-status-always-set @quirk:event-status-never-set
    Scenario: Several logs
      Given 2 general-media-events have been injected into the warning log of dev
      When 1 general-media-event is injected into the fatal log of dev
      Then the event status of dev is warning, fatal
      And the warning log of dev has the records 1, 2
      And the fatal log of dev has the record 1

    @id:EVENT-2.3
    @quirk:event-commands-idle @quirk:event-in-wrong-log @quirk:event-status-always-set @quirk:event-status-never-set
    Scenario: A log whose records are cleared
      Given 2 general-media-events have been injected into the warning log of dev
      And 1 general-media-event has been injected into the fatal log of dev
      When the records 1, 2 of the warning log of dev are cleared
      Then dev answers Success
      And the event status of dev is fatal
      And the warning log of dev is empty

    @id:EVENT-2.4
    @quirk:event-status-always-set
    Scenario: A device to which nothing has happened
      Then the event status of dev is empty
      And the informational log of dev is empty
      And the dynamic capacity log of dev is empty

    @id:EVENT-2.5
    @quirk:event-commands-idle @quirk:event-in-wrong-log @quirk:event-log-survives-as-cleared
    @quirk:event-status-always-set @quirk:event-status-lost-at-reset @quirk:event-status-never-set
    Scenario: A reset of the machine
      Given 1 general-media-event has been injected into the fatal log of dev
      When the machine is rebooted
      Then the fatal log of dev has the record 1
      And the event status of dev is fatal

  @id:EVENT-3 @CXL-3.1-8.2.9.2.2
  Rule: Get Event Records tells of the oldest records, and whether there are more

    @id:EVENT-3.1
    @quirk:event-commands-idle @quirk:event-in-wrong-log @quirk:more-event-records-always
    Scenario: As many records as a log holds
      When 8 general-media-events are injected into the failure log of dev
      Then dev tells of 8 records of the failure log, and of no more
      And the failure log of dev has the records 1, 2, 3, 4, 5, 6, 7, 8
      And the failure log of dev has lost 0 records

    @id:EVENT-3.2
    @quirk:event-commands-idle @quirk:event-in-wrong-log @quirk:event-overflow-forgotten
    @quirk:event-overflow-replaces-oldest
    Scenario: More than a log holds
      When 11 general-media-events are injected into the failure log of dev
      Then the failure log of dev has lost 3 records
      And the failure log of dev has the records 1, 2, 3, 4, 5, 6, 7, 8

    @id:EVENT-3.3
    @quirk:event-commands-idle @quirk:event-in-wrong-log @quirk:event-overflow-replaces-oldest
    Scenario: Room again in a log that was full
      Given 11 general-media-events have been injected into the failure log of dev
      When the records 1, 2 of the failure log of dev are cleared
      Then the failure log of dev has lost 0 records
      And the failure log of dev has the records 3, 4, 5, 6, 7, 8

    @id:EVENT-3.4
    @quirk:event-commands-idle @quirk:event-handles-start-over @quirk:event-in-wrong-log
    Scenario: Handles go on from those that were cleared
      Given 2 general-media-events have been injected into the failure log of dev
      And the records 1, 2 of the failure log of dev have been cleared
      When 2 general-media-events are injected into the failure log of dev
      Then the failure log of dev has the records 3, 4

    @id:EVENT-3.5
    @quirk:refused-command-yields-its-input
    @quirk:event-commands-idle @quirk:event-log-unchecked
    Scenario Outline: There is no event log <code>
      When dev is asked for the records of event log <code>
      Then dev answers Invalid Input
      And dev answers with no output

      Examples: the first after those that there are, and the last code
        | code |
        | 5    |
        | 255  |

  @id:EVENT-4 @CXL-3.1-8.2.9.2.3
  Rule: Clear Event Records clears the oldest records, all of those that it is told to or none

    @id:EVENT-4.1
    @quirk:event-commands-idle @quirk:event-in-wrong-log @quirk:event-records-cleared-out-of-order
    @quirk:wrong-event-handle-is-invalid-input
    Scenario: A record that is not the oldest
      Given 3 general-media-events have been injected into the warning log of dev
      When the record 2 of the warning log of dev is cleared
      Then dev answers Invalid Handle
      And the warning log of dev has the records 1, 2, 3

    @id:EVENT-4.2
    @quirk:event-commands-idle @quirk:event-in-wrong-log @quirk:event-records-cleared-out-of-order
    @quirk:wrong-event-handle-is-invalid-input
    Scenario: Records out of order
      Given 3 general-media-events have been injected into the warning log of dev
      When the records 2, 1 of the warning log of dev are cleared
      Then dev answers Invalid Handle
      And the warning log of dev has the records 1, 2, 3

    @id:EVENT-4.3
    @quirk:event-commands-idle @quirk:event-in-wrong-log @quirk:event-records-cleared-out-of-order
    @quirk:surplus-event-handles-ignored @quirk:wrong-event-handle-is-invalid-input
    Scenario: More records than there are
      Given 2 general-media-events have been injected into the warning log of dev
      When the records 1, 2, 3 of the warning log of dev are cleared
      Then dev answers Invalid Handle
      And the warning log of dev has the records 1, 2

    @id:EVENT-4.4
    @quirk:clear-all-event-records-ignored @quirk:event-commands-idle @quirk:event-in-wrong-log
    @quirk:event-overflow-forgotten @quirk:event-overflow-replaces-oldest @quirk:event-status-always-set
    Scenario: All of a log that has lost records
      Given 9 general-media-events have been injected into the warning log of dev
      When all records of the warning log of dev are cleared unseen
      Then dev answers Success
      And the warning log of dev is empty
      And the event status of dev is empty

    @id:EVENT-4.5
    @quirk:clear-all-event-records-ignored @quirk:event-commands-idle @quirk:event-in-wrong-log
    Scenario: All of a log that has lost none
      Given 2 general-media-events have been injected into the warning log of dev
      When all records of the warning log of dev are cleared unseen
      Then dev answers Invalid Input
      And the warning log of dev has the records 1, 2

    @id:EVENT-4.6
    @quirk:refused-command-yields-its-input
    @quirk:event-commands-idle @quirk:event-log-unchecked
    Scenario: There is no event log 5
      When dev is told to clear no records of event log 5
      Then dev answers Invalid Input
      And dev answers with no output

    @id:EVENT-4.7
    @quirk:event-commands-idle @quirk:event-in-wrong-log
    Scenario: One log of two
      Given 1 general-media-event has been injected into the warning log of dev
      And 1 general-media-event has been injected into the failure log of dev
      When the record 1 of the failure log of dev is cleared
      Then dev answers Success
      And the warning log of dev has the record 1
      And the failure log of dev is empty

  @id:EVENT-5 @CXL-3.1-8.2.9.2.4 @CXL-3.1-8.2.9.2.5
  Rule: Each event log interrupts as software asks for

    @id:EVENT-5.1
    @quirk:event-policy-preset
    Scenario: Nobody has asked for interrupts
      Then the event logs of dev interrupt so:
        | log           | mode | vector |
        | informational | none | 0      |
        | warning       | none | 0      |
        | failure       | none | 0      |
        | fatal         | none | 0      |

    @id:EVENT-5.2
    @quirk:event-interrupt-policy-ignored @quirk:event-policy-one-vector
    Scenario: Interrupts by MSI-X
      When dev is told to interrupt by MSI-X for informational, warning, failure, fatal events
      Then dev answers Success
      And the event logs of dev interrupt so:
        | log           | mode  | vector |
        | informational | MSI-X | 2      |
        | warning       | MSI-X | 3      |
        | failure       | MSI-X | 4      |
        | fatal         | MSI-X | 5      |

  @id:EVENT-6 @CXL-3.1-8.2.9.2
  Rule: Commands of a wrong length change nothing

    @id:EVENT-6.1
    @quirk:event-commands-idle @quirk:event-in-wrong-log @quirk:event-interrupt-policy-ignored
    Scenario Outline: <command> with <bytes> bytes of input
      Given dev has been told to interrupt by MSI-X for informational events
      And 1 general-media-event has been injected into the informational log of dev
      When dev is sent <command> with <bytes> bytes of input
      Then dev answers Invalid Payload Length
      And dev answers with no output
      And the informational log of dev has the record 1
      And the event logs of dev interrupt so:
        | log           | mode  | vector |
        | informational | MSI-X | 2      |

      @quirk:payload-length-unchecked
      Examples: none at all
        | command                    | bytes |
        | Get Event Records          | 0     |
        | Clear Event Records        | 0     |
        | Set Event Interrupt Policy | 0     |

      @quirk:payload-length-unchecked @quirk:refused-command-yields-its-input
      Examples: too short
        | command                    | bytes |
        | Clear Event Records        | 5     |
        | Set Event Interrupt Policy | 3     |

      @quirk:payload-length-unchecked @quirk:refused-command-yields-its-input
      Examples: too long, where there is one length
        | command                    | bytes |
        | Get Event Records          | 2     |
        | Get Event Interrupt Policy | 1     |

      @quirk:event-payload-too-long-accepted @quirk:refused-command-yields-its-input
      Examples: too long, where the input tells its length, or may be shorter
        | command                    | bytes |
        | Clear Event Records        | 7     |
        | Set Event Interrupt Policy | 6     |

  @id:EVENT-7 @QEMU-qapi/cxl.json
  Rule: QMP refuses to inject what is no event

    @id:EVENT-7.1
    @quirk:event-injection-unchecked
    Scenario Outline: A general media event with <argument> of <value>
      When this general-media-event is injected into dev:
        | log              | warning |
        | flags            | 1       |
        | dpa              | 0       |
        | descriptor       | 0       |
        | type             | 0       |
        | transaction-type | 0       |
        | <argument>       | <value> |
      Then QMP refuses: <message>
      And the warning log of dev is empty

      Examples: more than its field has room for
        | argument         | value       | message                                       |
        | descriptor       | 256         | Parameter 'descriptor' expects uint8_t        |
        | type             | 256         | Parameter 'type' expects uint8_t              |
        | transaction-type | 256         | Parameter 'transaction-type' expects uint8_t  |
        | channel          | 256         | Parameter 'channel' expects uint8_t           |
        | rank             | 256         | Parameter 'rank' expects uint8_t              |
        | device           | 0x100000000 | Parameter 'device' expects uint32_t           |

      Examples: a log that QMP does not inject into
        | argument | value            | message                                                  |
        | log      | dynamic-capacity | Parameter 'log' does not accept value 'dynamic-capacity' |

      Examples: what is not told
        | argument         | value | message                                 |
        | log              |       | Parameter 'log' is missing              |
        | flags            |       | Parameter 'flags' is missing            |
        | dpa              |       | Parameter 'dpa' is missing              |
        | descriptor       |       | Parameter 'descriptor' is missing       |
        | type             |       | Parameter 'type' is missing             |
        | transaction-type |       | Parameter 'transaction-type' is missing |

    @id:EVENT-7.2
    @quirk:event-injection-unchecked
    Scenario Outline: A DRAM event with <argument> of <value>
      When this dram-event is injected into dev:
        | log              | warning |
        | flags            | 1       |
        | dpa              | 0       |
        | descriptor       | 0       |
        | type             | 0       |
        | transaction-type | 0       |
        | <argument>       | <value> |
      Then QMP refuses: <message>
      And the warning log of dev is empty

      Examples: more than its field has room for
        | argument    | value       | message                                   |
        | nibble-mask | 0x100000000 | Parameter 'nibble-mask' expects uint32_t  |
        | bank-group  | 256         | Parameter 'bank-group' expects uint8_t    |
        | bank        | 256         | Parameter 'bank' expects uint8_t          |
        | row         | 0x100000000 | Parameter 'row' expects uint32_t          |
        | column      | 0x10000     | Parameter 'column' expects uint16_t       |

      Examples: what is not told
        | argument | value | message                    |
        | dpa      |       | Parameter 'dpa' is missing |

    @id:EVENT-7.3
    @quirk:event-injection-unchecked
    Scenario Outline: A memory module event with <argument> of <value>
      When this memory-module-event is injected into dev:
        | log                              | warning |
        | flags                            | 1       |
        | type                             | 0       |
        | health-status                    | 0       |
        | media-status                     | 0       |
        | additional-status                | 0       |
        | life-used                        | 0       |
        | temperature                      | 0       |
        | dirty-shutdown-count             | 0       |
        | corrected-volatile-error-count   | 0       |
        | corrected-persistent-error-count | 0       |
        | <argument>                       | <value> |
      Then QMP refuses: <message>
      And the warning log of dev is empty

      Examples: more than its field has room for, or less
        | argument             | value       | message                                            |
        | health-status        | 256         | Parameter 'health-status' expects uint8_t          |
        | life-used            | 256         | Parameter 'life-used' expects uint8_t              |
        | temperature          | 32768       | Parameter 'temperature' expects int16_t            |
        | temperature          | -32769      | Parameter 'temperature' expects int16_t            |
        | dirty-shutdown-count | 0x100000000 | Parameter 'dirty-shutdown-count' expects uint32_t  |

      Examples: what is not told
        | argument    | value | message                            |
        | temperature |       | Parameter 'temperature' is missing |

    @id:EVENT-7.4
    @quirk:injection-into-others-ignored
    Scenario Outline: An event of <device>, which is <what>
      When this general-media-event is injected into <device>:
        | log              | warning |
        | flags            | 1       |
        | dpa              | 0       |
        | descriptor       | 0       |
        | type             | 0       |
        | transaction-type | 0       |
      Then QMP refuses: <message>
      And the warning log of dev is empty

      Examples: no memory device
        | device | what          | message                                    |
        | rp0    | a root port   | Path does not point to a CXL type 3 device |
        | cxl.1  | a host bridge | Path does not point to a CXL type 3 device |

      Examples: nothing at all
        | device | what           | message                |
        | nobody | not in machine | Unable to resolve path |

    @id:EVENT-7.5
    @quirk:informational-event-needs-maintenance
    Scenario: An informational event that asks for maintenance
      When this general-media-event is injected into dev:
        | log              | informational |
        | flags            | 8             |
        | dpa              | 0             |
        | descriptor       | 0             |
        | type             | 0             |
        | transaction-type | 0             |
      Then QMP refuses: Informational event cannot require maintenance
      And the informational log of dev is empty
