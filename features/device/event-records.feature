@device @needs:hardware @CXL-3.1-8.2.9.2
Feature: Event records
  Software acts on an event by its record alone. A wrong field leads to the wrong part being replaced or taken
  offline.

  Background:
    Given the machine "one Type 3 device of 512M"

  @id:EVENT-1 @CXL-3.1-8.2.9.2.1
  Rule: An event record has all fields of the event that was injected
    @id:EVENT-1.1
    Scenario: A general media event
      When this general-media-event is injected into dev:
        | log              | informational   |
        | flags            | 1               |
        | dpa              | 0x1000          |
        | descriptor       | 3               |
        | type             | 1               |
        | transaction-type | 2               |
        | channel          | 4               |
        | rank             | 3               |
        | device           | 0x123456        |
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
    Scenario: A general media event without its optional fields
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

    @id:EVENT-1.9
    Scenario: A DRAM event without its optional fields
      When this dram-event is injected into dev:
        | log              | warning |
        | flags            | 4       |
        | dpa              | 0x2000  |
        | descriptor       | 1       |
        | type             | 2       |
        | transaction-type | 3       |
        | bank             | 7       |
      Then the warning log of dev has this record:
        | kind             | DRAM   |
        | physical address | 0x2000 |
        | validity         | 0x10   |
        | channel          | 0      |
        | rank             | 0      |
        | nibble mask      | 0      |
        | bank group       | 0      |
        | bank             | 7      |
        | row              | 0      |
        | column           | 0      |

    @id:EVENT-1.4
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
    Scenario: A general media event with the fields of CXL 3.2
      When this general-media-event is injected into dev:
        | log               | warning         |
        | flags             | 1               |
        | maint-op-class    | 1               |
        | maint-op-subclass | 2               |
        | ld-id             | 0x304           |
        | head-id           | 5               |
        | dpa               | 0x1000          |
        | descriptor        | 1               |
        | type              | 1               |
        | transaction-type  | 2               |
        | component-id      | abcdefghijklmno |
        | is-comp-id-pldm   | true            |
        | cme-ev-flags      | 6               |
        | cme-count         | 0x78090a        |
        | sub-type          | 11              |
      Then the warning log of dev has this record:
        | kind                  | general media |
        | flags                 | 0x1c1         |
        | maintenance class     | 1             |
        | maintenance subclass  | 2             |
        | logical device        | 0x304         |
        | head                  | 5             |
        | descriptor            | 3             |
        | validity              | 0x18          |
        | corrected error flags | 6             |
        | corrected error count | 0x78090a      |
        | sub type              | 11            |

    @id:EVENT-1.6 @CXL-3.2-8.2.10.2.1
    Scenario: A DRAM event with the fields of CXL 3.2
      When this dram-event is injected into dev:
        | log               | warning         |
        | flags             | 1               |
        | maint-op-subclass | 2               |
        | dpa               | 0x1000          |
        | descriptor        | 1               |
        | type              | 1               |
        | transaction-type  | 2               |
        | component-id      | abcdefghijklmno |
        | is-comp-id-pldm   | true            |
        | sub-channel       | 4               |
        | cme-ev-flags      | 6               |
        | cvme-count        | 0x78090a        |
        | sub-type          | 11              |
      Then the warning log of dev has this record:
        | kind                  | DRAM            |
        | flags                 | 0x41            |
        | maintenance subclass  | 2               |
        | descriptor            | 3               |
        | validity              | 0x700           |
        | component id          | abcdefghijklmno |
        | sub channel           | 4               |
        | corrected error flags | 6               |
        | corrected error count | 0x78090a        |
        | sub type              | 11              |

    @id:EVENT-1.7 @CXL-3.2-8.2.10.2.1
    Scenario: A memory module event with the fields of CXL 3.2
      When this memory-module-event is injected into dev:
        | log                              | fatal           |
        | flags                            | 1               |
        | head-id                          | 5               |
        | type                             | 1               |
        | health-status                    | 0               |
        | media-status                     | 0               |
        | additional-status                | 0               |
        | life-used                        | 0               |
        | temperature                      | 0               |
        | dirty-shutdown-count             | 0               |
        | corrected-volatile-error-count   | 0               |
        | corrected-persistent-error-count | 0               |
        | component-id                     | abcdefghijklmno |
        | sub-type                         | 11              |
      Then the fatal log of dev has this record:
        | kind         | memory module   |
        | flags        | 0x101           |
        | head         | 5               |
        | validity     | 1               |
        | component id | abcdefghijklmno |
        | sub type     | 11              |

    @id:EVENT-1.8
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

      Examples: as long as its field, and shorter
        | length | id               |
        | 16     | abcdefghijklmnop |
        | 2      | ab               |
