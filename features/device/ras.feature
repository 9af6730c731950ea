@device @needs:hardware @CXL-3.1-8.2.4.17
Feature: RAS registers of a component
  RAS registers log errors until software clears their status by writing ones. Masked errors are not logged.

  Background:
    Given the machine "a device beside a switch"

  @id:RAS-1 @CXL-3.1-8.2.4.17.2 @CXL-3.1-8.2.4.17.5
  Rule: All errors are masked after reset
    @id:RAS-1.1
    Scenario Outline: The masks of <component>
      Then RAS Uncorrectable Error Mask of <component> has all bits set
      And RAS Correctable Error Mask of <component> has all bits set

      Examples: a device and ports
        | component |
        | dev       |
        | rp0       |
        | us0       |
        | ds0       |

  @id:RAS-2 @CXL-3.1-8.2.4.17.1 @CXL-3.1-8.2.4.17.4
  Rule: Status registers are write-one-to-clear
    @id:RAS-2.1
    Scenario Outline: Ones are written to <register> of a device
      When ones are written to RAS <register> of dev
      Then RAS <register> of dev has no bit set

      Examples: both kinds
        | register                   |
        | Uncorrectable Error Status |
        | Correctable Error Status   |

    @id:RAS-2.2
    Scenario Outline: Ones are written to <register> of <port>
      When ones are written to RAS <register> of <port>
      Then RAS <register> of <port> has no bit set

      Examples: ports
        | port | register                   |
        | rp0  | Uncorrectable Error Status |
        | rp0  | Correctable Error Status   |
        | us0  | Uncorrectable Error Status |
        | us0  | Correctable Error Status   |
        | ds0  | Uncorrectable Error Status |
        | ds0  | Correctable Error Status   |

  @id:RAS-3 @CXL-3.1-8.2.4.17.1
  Rule: An error that is not masked sets its status bit
    @id:RAS-3.1
    Scenario Outline: Uncorrectable error <type>
      Given zeros were written to RAS Uncorrectable Error Mask of dev
      When these uncorrectable errors are injected into dev:
        | type   | header from |
        | <type> | 0x100       |
      Then RAS Uncorrectable Error Status of dev has only <field> set

      Examples: by QMP's names
        | type                 | field                 |
        | cache-data-parity    | cacheDataParity       |
        | cache-address-parity | cacheAddressParity    |
        | cache-be-parity      | cacheByteEnableParity |
        | cache-data-ecc       | cacheDataEcc          |
        | mem-data-parity      | memDataParity         |
        | mem-address-parity   | memAddressParity      |
        | mem-be-parity        | memByteEnableParity   |
        | mem-data-ecc         | memDataEcc            |
        | reinit-threshold     | reinitThreshold       |
        | rsvd-encoding        | reservedEncoding      |
        | poison-received      | poisonReceived        |
        | receiver-overflow    | receiverOverflow      |
        | internal             | internal              |
        | cxl-ide-tx           | ideTransmit           |
        | cxl-ide-rx           | ideReceive            |

    @id:RAS-3.2
    Scenario Outline: Correctable error <type>
      Given zeros were written to RAS Correctable Error Mask of dev
      When this correctable-error is injected into dev:
        | type | <type> |
      Then RAS Correctable Error Status of dev has only <field> set

      Examples: by QMP's names
        | type                  | field               |
        | cache-data-ecc        | cacheDataEcc        |
        | mem-data-ecc          | memDataEcc          |
        | crc-threshold         | crcThreshold        |
        | retry-threshold       | retryThreshold      |
        | cache-poison-received | cachePoisonReceived |
        | mem-poison-received   | memPoisonReceived   |
        | physical              | physicalLayer       |

    @id:RAS-3.3 @PCIe-6.0-6.2
    Scenario: AER logs an uncorrectable internal error
      Given zeros were written to RAS Uncorrectable Error Mask of dev
      When these uncorrectable errors are injected into dev:
        | type         | header from |
        | mem-data-ecc | 0x100       |
      Then AER Uncorrectable Error Status of dev has only internal set

  @id:RAS-4 @CXL-3.1-8.2.4.17.2
  Rule: A masked error sets no status bit
    @id:RAS-4.1
    Scenario: A masked uncorrectable error
      When these uncorrectable errors are injected into dev:
        | type         | header from |
        | mem-data-ecc | 0x100       |
      Then RAS Uncorrectable Error Status of dev has no bit set
      And AER Uncorrectable Error Status of dev has no bit set

    @id:RAS-4.2
    Scenario: A masked correctable error
      When this correctable-error is injected into dev:
        | type | mem-data-ecc |
      Then RAS Correctable Error Status of dev has no bit set
      And AER Correctable Error Status of dev has no bit set

  @id:RAS-5 @CXL-3.1-8.2.4.17.7
  Rule: The header of an error is written to the header log, and to no other register
    @id:RAS-5.1
    Scenario: The register behind the header log
      Given zeros were written to RAS Uncorrectable Error Mask of dev
      When these uncorrectable errors are injected into dev:
        | type         | header from |
        | mem-data-ecc | 0x100       |
      Then Link Layer Capability of dev is unchanged

  @id:RAS-6 @CXL-3.1-8.2.4.17.1
  Rule: Errors stay logged until software clears their status
    @id:RAS-6.1
    Scenario: Two errors, one of which is cleared
      Given zeros were written to RAS Uncorrectable Error Mask of dev
      And these uncorrectable errors were injected into dev:
        | type         | header from |
        | mem-data-ecc | 0x100       |
        | internal     | 0x200       |
      When memDataEcc is written to RAS Uncorrectable Error Status of dev
      Then RAS Uncorrectable Error Status of dev has only internal set

    @id:RAS-6.2
    Scenario: Two errors, both of which are cleared at once
      Given zeros were written to RAS Uncorrectable Error Mask of dev
      And these uncorrectable errors were injected into dev:
        | type         | header from |
        | mem-data-ecc | 0x100       |
        | internal     | 0x200       |
      When ones are written to RAS Uncorrectable Error Status of dev
      Then RAS Uncorrectable Error Status of dev has no bit set

    @id:RAS-6.3
    Scenario: Two errors, the second of which is cleared
      Given zeros were written to RAS Uncorrectable Error Mask of dev
      And these uncorrectable errors were injected into dev:
        | type         | header from |
        | mem-data-ecc | 0x100       |
        | internal     | 0x200       |
      When internal is written to RAS Uncorrectable Error Status of dev
      Then RAS Uncorrectable Error Status of dev has only memDataEcc set

  @id:RAS-7 @QEMU-qapi/cxl.json
  Rule: QMP injects errors only into memory devices
    @id:RAS-7.1
    Scenario Outline: An uncorrectable error for <device>, which is <what>
      When these uncorrectable errors are injected into <device>:
        | type         | header from |
        | mem-data-ecc | 0x100       |
      Then QMP refuses: <message>
      And RAS Uncorrectable Error Status of dev has no bit set

      Examples: no memory device, and no object
        | device | what        | message                                    |
        | rp0    | a root port | Path does not point to a CXL type 3 device |
        | nobody | no object   | Unable to resolve path                     |

    @id:RAS-7.2
    Scenario Outline: A correctable error for <device>, which is <what>
      When this correctable-error is injected into <device>:
        | type | mem-data-ecc |
      Then QMP refuses: <message>
      And RAS Correctable Error Status of dev has no bit set

      Examples: no memory device, and no object
        | device | what        | message                                    |
        | rp0    | a root port | Path does not point to a CXL type 3 device |
        | nobody | no object   | Unable to resolve path                     |
