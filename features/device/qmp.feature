@device @needs:hardware @QEMU-qapi/cxl.json
Feature: QMP commands for a device that are refused
  Tests of an operating system inject errors and offer capacity by QMP. A command that is not valid must be refused
  with a message that names the reason, and must not change the device.

  @id:EVENT-7
  Rule: QMP refuses to inject an event that is not valid
    Background:
      Given the machine "one Type 3 device of 512M"

    @id:EVENT-7.1
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
      And the warning log of dev has no record

      Examples: values that do not fit their field, and a log that QMP does not inject into
        | argument         | value            | message                                                  |
        | descriptor       | 256              | Parameter 'descriptor' expects uint8_t                   |
        | type             | 256              | Parameter 'type' expects uint8_t                         |
        | transaction-type | 256              | Parameter 'transaction-type' expects uint8_t             |
        | channel          | 256              | Parameter 'channel' expects uint8_t                      |
        | rank             | 256              | Parameter 'rank' expects uint8_t                         |
        | device           | 0x100000000      | Parameter 'device' expects uint32_t                      |
        | log              | dynamic-capacity | Parameter 'log' does not accept value 'dynamic-capacity' |

      Examples: arguments that are missing
        | argument         | value | message                                 |
        | log              |       | Parameter 'log' is missing              |
        | flags            |       | Parameter 'flags' is missing            |
        | dpa              |       | Parameter 'dpa' is missing              |
        | descriptor       |       | Parameter 'descriptor' is missing       |
        | type             |       | Parameter 'type' is missing             |
        | transaction-type |       | Parameter 'transaction-type' is missing |

    @id:EVENT-7.2
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
      And the warning log of dev has no record

      Examples: values that do not fit their field, and an argument that is missing
        | argument    | value       | message                                  |
        | nibble-mask | 0x100000000 | Parameter 'nibble-mask' expects uint32_t |
        | bank-group  | 256         | Parameter 'bank-group' expects uint8_t   |
        | bank        | 256         | Parameter 'bank' expects uint8_t         |
        | row         | 0x100000000 | Parameter 'row' expects uint32_t         |
        | column      | 0x10000     | Parameter 'column' expects uint16_t      |
        | dpa         |             | Parameter 'dpa' is missing               |

    @id:EVENT-7.3
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
      And the warning log of dev has no record

      Examples: values that do not fit their field, and an argument that is missing
        | argument             | value       | message                                           |
        | health-status        | 256         | Parameter 'health-status' expects uint8_t         |
        | life-used            | 256         | Parameter 'life-used' expects uint8_t             |
        | temperature          | 32768       | Parameter 'temperature' expects int16_t           |
        | temperature          | -32769      | Parameter 'temperature' expects int16_t           |
        | dirty-shutdown-count | 0x100000000 | Parameter 'dirty-shutdown-count' expects uint32_t |
        | temperature          |             | Parameter 'temperature' is missing                |

    @id:EVENT-7.4
    Scenario Outline: An event for <device>, which is <what>
      When this general-media-event is injected into <device>:
        | log              | warning |
        | flags            | 1       |
        | dpa              | 0       |
        | descriptor       | 0       |
        | type             | 0       |
        | transaction-type | 0       |
      Then QMP refuses: <message>
      And the warning log of dev has no record

      Examples: no memory device, and no object
        | device | what          | message                                    |
        | rp0    | a root port   | Path does not point to a CXL type 3 device |
        | cxl.1  | a host bridge | Path does not point to a CXL type 3 device |
        | nobody | no object     | Unable to resolve path                     |

    @id:EVENT-7.6
    Scenario Outline: A DRAM event for <device>, which is <what>
      When this dram-event is injected into <device>:
        | log              | warning |
        | flags            | 1       |
        | dpa              | 0       |
        | descriptor       | 0       |
        | type             | 0       |
        | transaction-type | 0       |
      Then QMP refuses: <message>
      And the warning log of dev has no record

      Examples: no memory device, and no object
        | device | what        | message                                    |
        | rp0    | a root port | Path does not point to a CXL type 3 device |
        | nobody | no object   | Unable to resolve path                     |

    @id:EVENT-7.7
    Scenario Outline: A memory module event for <device>, which is <what>
      When this memory-module-event is injected into <device>:
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
      Then QMP refuses: <message>
      And the warning log of dev has no record

      Examples: no memory device, and no object
        | device | what        | message                                    |
        | rp0    | a root port | Path does not point to a CXL type 3 device |
        | nobody | no object   | Unable to resolve path                     |

    @id:EVENT-7.5
    Scenario: An informational event with the flag Maintenance Needed
      When this general-media-event is injected into dev:
        | log              | informational |
        | flags            | 8             |
        | dpa              | 0             |
        | descriptor       | 0             |
        | type             | 0             |
        | transaction-type | 0             |
      Then QMP refuses: Informational event cannot require maintenance
      And the informational log of dev has no record

  @id:POISON-5
  Rule: QMP poisons whole lines that are not poisoned
    Background:
      Given the machine "one Type 3 device of 512M"

    @id:POISON-5.1
    Scenario Outline: Poison of <length> bytes at <start>
      When this poison is injected into dev:
        | start  | <start>  |
        | length | <length> |
      Then QMP refuses: <message>
      And dev has no poison in 0-512M

      Examples: not whole lines
        | start  | length | message                                           |
        | 0x1000 | 1      | Poison injection must be in multiples of 64 bytes |
        | 0x1000 | 65     | Poison injection must be in multiples of 64 bytes |
        | 0x1001 | 64     | Poison start address must be 64 byte aligned      |
        | 0x1020 | 64     | Poison start address must be 64 byte aligned      |
        | 0x1001 | 1      | Poison injection must be in multiples of 64 bytes |

    @id:POISON-5.2
    Scenario Outline: Poison of <length> bytes at <start> over poison in 0x1040-0x10c0
      Given this poison was injected into dev:
        | start  | 0x1040 |
        | length | 128    |
      When this poison is injected into dev:
        | start  | <start>  |
        | length | <length> |
      Then QMP refuses: Overlap with existing poisoned region not supported
      And dev has this poison in 0-512M:
        | DPA           | source   |
        | 0x1040-0x10c0 | internal |

      Examples: the same range, part of it, across its ends, and more on both sides
        | start  | length |
        | 0x1040 | 128    |
        | 0x1080 | 64     |
        | 0x1000 | 128    |
        | 0x1080 | 128    |
        | 0x1000 | 256    |

    @id:POISON-5.3
    Scenario Outline: Poison <where> other poison
      Given this poison was injected into dev:
        | start  | 0x1040 |
        | length | 64     |
      When this poison is injected into dev:
        | start  | <start> |
        | length | 64      |
      Then dev has this poison in 0-512M:
        | DPA           | source   |
        | <DPA>         | internal |
        | 0x1040-0x1080 | internal |

      Examples: on either side
        | where  | start  | DPA           |
        | before | 0x1000 | 0x1000-0x1040 |
        | behind | 0x1080 | 0x1080-0x10c0 |

    @id:POISON-5.4
    Scenario Outline: A command for <device>, which is <what>
      When this poison is injected into <device>:
        | start  | 0x1000 |
        | length | 64     |
      Then QMP refuses: <message>
      And dev has no poison in 0-512M

      Examples: no memory device
        | device | what        | message                                    |
        | rp0    | a root port | Path does not point to a CXL type 3 device |
        | nobody | no object   | Unable to resolve path                     |

    @id:POISON-5.5
    Scenario: More lines than the poison list holds
      Given 256 lines of dev were poisoned by QMP
      And this poison was injected into dev:
        | start  | 1M |
        | length | 64 |
      When dev is sent Get Poison List with address 0, length 1
      Then dev answers with flags poison list overflow
      And dev has no poison in 1M-2M

  @id:DC-6
  Rule: QMP offers only extents that a device has, and has not offered yet
    Background:
      Given the machine "a device with dynamic capacity"

    @id:DC-6.1
    Scenario Outline: <len> from offset <offset> of region <region>
      When this dynamic capacity is offered to dcd:
        | region   | offset   | len   |
        | <region> | <offset> | <len> |
      Then QMP refuses: <message>
      And the dynamic capacity log of dcd has no record

      Examples: extents that are not blocks of a region
        | region | offset | len | message                                        |
        | 2      | 0      | 2M  | region id is too large                         |
        | 0      | 0      | 0   | extent with 0 length is not allowed            |
        | 0      | 1      | 2M  | dpa or len is not aligned to region block size |
        | 0      | 0      | 1M  | dpa or len is not aligned to region block size |
        | 0      | 256M   | 2M  | extent range is beyond the region end          |
        | 0      | 254M   | 4M  | extent range is beyond the region end          |

    @id:DC-6.2
    Scenario: Two extents that overlap
      When this dynamic capacity is offered to dcd:
        | region | offset | len |
        | 0      | 4M     | 4M  |
        | 0      | 6M     | 4M  |
      Then QMP refuses: duplicate or overlapped extents are detected
      And the dynamic capacity log of dcd has no record

    @id:DC-6.3
    Scenario: An extent that is offered already
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 4M  |
      When this dynamic capacity is offered to dcd:
        | region | offset | len |
        | 0      | 2M     | 2M  |
      Then QMP refuses: cannot add DPA again while still pending
      And the dynamic capacity log of dcd has the record 1

    @id:DC-6.4
    Scenario: An extent that is accepted already
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 4M  |
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-260M
      When this dynamic capacity is offered to dcd:
        | region | offset | len |
        | 0      | 2M     | 2M  |
      Then QMP refuses: cannot add DPA already accessible to the same LD
      And the host has accepted 256M-260M of dcd

    @id:DC-6.5
    Scenario Outline: The selection policy <policy>
      When this dynamic capacity is offered to dcd:
        | selection-policy | region | offset | len |
        | <policy>         | 0      | 0      | 2M  |
      Then QMP refuses: <message>
      And the dynamic capacity log of dcd has no record

      Examples: policies other than prescriptive
        | policy               | message                        |
        | free                 | Selection policy not supported |
        | contiguous           | Selection policy not supported |
        | enable-shared-access | Selection policy not supported |

    @id:DC-6.6
    Scenario Outline: A command for <device>, which is <what>
      When this dynamic capacity is offered to <device>:
        | region | offset | len |
        | 0      | 0      | 2M  |
      Then QMP refuses: <message>
      And the dynamic capacity log of dcd has no record

      Examples: without dynamic capacity
        | device | what                 | message                                     |
        | dev    | a device without any | No dynamic capacity support from the device |
        | rp0    | a root port          | Unable to resolve CXL type 3 device         |
        | nobody | no object            | Unable to resolve CXL type 3 device         |

  @id:DC-7
  Rule: QMP requests release only of extents that the host has accepted
    Background:
      Given the machine "a device with dynamic capacity"

    @id:DC-7.1
    Scenario Outline: <len> from offset <offset> of region <region>
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-258M
      When release of this dynamic capacity is requested from dcd:
        | region   | offset   | len   |
        | <region> | <offset> | <len> |
      Then QMP refuses: <message>
      And the dynamic capacity log of dcd has the record 1
      And the host has accepted 256M-258M of dcd

      Examples: extents that are not accepted
        | region | offset | len | message                                           |
        | 0      | 2M     | 2M  | cannot release extent with non-existing DPA range |
        | 0      | 0      | 4M  | cannot release extent with non-existing DPA range |
        | 2      | 0      | 2M  | region id is too large                            |
        | 0      | 0      | 0   | extent with 0 length is not allowed               |
        | 0      | 0      | 1M  | dpa or len is not aligned to region block size    |

    @id:DC-7.2
    Scenario: An extent that is offered and not accepted
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      When release of this dynamic capacity is requested from dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      Then QMP refuses: cannot release extent with pending DPA range
      And the dynamic capacity log of dcd has the record 1

    @id:DC-7.3
    Scenario Outline: A request for release with <argument> of <value>
      Given this dynamic capacity was offered to dcd:
        | region | offset | len |
        | 0      | 0      | 2M  |
      And dcd has accepted Add Dynamic Capacity Response with extents 256M-258M
      When release of this dynamic capacity is requested from dcd:
        | <argument> | region | offset | len |
        | <value>    | 0      | 0      | 2M  |
      Then QMP refuses: <message>
      And the dynamic capacity log of dcd has the record 1

      Examples: kinds of release that QEMU does not support
        | argument       | value     | message                          |
        | removal-policy | tag-based | Removal policy not supported     |
        | forced-removal | true      | Forced removal not supported yet |
