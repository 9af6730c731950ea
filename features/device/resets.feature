@device @needs:hardware @CXL-3.1-8.1
Feature: Resets of ports and devices
  A driver, or a guest that was given a device, relies on the state after a reset. Only registers with a sticky
  attribute keep their values, and those only in a hot reset.

  Background:
    Given the machine "a device beside a switch"

  @id:RESET-1 @PCIe-6.0-6.6.1
  Rule: A reset of the machine restores what software has written to configuration space
    @id:RESET-1.1
    Scenario Outline: <register> of <port>, to which ones were written
      Given ones were written to <register> of <port>
      When the machine is reset
      Then <register> of <port> is unchanged

      Examples: DVSECs of ports
        | port | register                                               |
        | rp0  | CXL Extensions for Ports DVSEC Port Control Extensions |
        | us0  | CXL Extensions for Ports DVSEC Port Control Extensions |
        | ds0  | CXL Extensions for Ports DVSEC Port Control Extensions |
        | rp0  | GPF of a Port DVSEC Phase Control                      |
        | ds0  | GPF of a Port DVSEC Phase Control                      |
        | rp0  | Flex Bus Port DVSEC Control and Status                 |
        | ds0  | Flex Bus Port DVSEC Control and Status                 |

    @id:RESET-1.2
    Scenario Outline: <register> of a device, to which ones were written
      Given ones were written to <register> of dev
      When the machine is reset
      Then <register> of dev is unchanged

      Examples: DVSECs of a device
        | register                                 |
        | CXL Device DVSEC Control 2 and Status 2  |
        | CXL Device DVSEC Lock                    |
        | CXL Device DVSEC Range 1 Base High       |
        | CXL Device DVSEC Range 1 Base Low        |
        | CXL Device DVSEC Range 2 Base High       |
        | CXL Device DVSEC Range 2 Base Low        |
        | GPF of a Device DVSEC Phase 2 Duration   |
        | GPF of a Device DVSEC Phase 2 Power      |

    @id:RESET-1.3
    Scenario Outline: Device Control 2 of <function>, to which ones were written
      Given ones were written to PCI Express Device Control 2 of <function>
      When the machine is reset
      Then PCI Express Device Control 2 of <function> is unchanged

      Examples: a device and ports
        | function |
        | dev      |
        | rp0      |
        | us0      |
        | ds0      |

  @id:RESET-2 @PCIe-6.0-7.9.24
  Rule: A reset clears Interrupt Enable and errors of DOE
    @id:RESET-2.1
    Scenario Outline: Interrupt Enable of <function>
      Given interruptEnable was written to DOE Control of <function>
      When the machine is reset
      Then DOE Control of <function> has no bit set

      Examples: a device and an upstream port
        | function |
        | dev      |
        | us0      |

    @id:RESET-2.2
    Scenario: An underflow before the reset
      Given ones were written to DOE Read Data Mailbox of dev
      When the machine is reset
      Then DOE Status of dev has no bit set

  @id:RESET-3 @CXL-3.1-8.2.8.4
  Rule: A reset restores the registers of a mailbox
    @id:RESET-3.1
    Scenario: Mailbox Control
      Given backgroundInterrupt was written to Primary Mailbox Control of dev
      When the machine is reset
      Then Primary Mailbox Control of dev has no bit set

  @id:RESET-4 @CXL-3.1-8.2.4.20
  Rule: A reset clears HDM decoders
    @id:RESET-4.1
    Scenario Outline: The base of decoder 0 of <component>, after a reset of the machine
      Given ones were written to HDM Decoder 0 baseLow of <component>
      When the machine is reset
      Then HDM Decoder 0 baseLow of <component> is 0x0

      Examples: a device, a switch and a host bridge
        | component |
        | dev       |
        | us0       |
        | cxl.1     |

    @id:RESET-4.2
    Scenario: The base of decoder 0 of a device, after a reset of its bus
      Given ones were written to HDM Decoder 0 baseLow of dev
      When dev is reset by rp0
      Then HDM Decoder 0 baseLow of dev is 0x0

  @id:RESET-5 @PCIe-6.0-7.4
  Rule: A hot reset leaves sticky registers as they are
    @id:RESET-5.1
    Scenario Outline: AER <register> of a device, to which zeros were written
      Given dev has the capability AER
      And zeros were written to AER <register> of dev
      When dev is reset by rp0
      Then AER <register> of dev has no bit set

      Examples: registers with attribute RWS
        | register                     |
        | Uncorrectable Error Mask     |
        | Uncorrectable Error Severity |
        | Correctable Error Mask       |

    @id:RESET-5.2 @CXL-3.1-8.2.4.17
    Scenario Outline: RAS <register> of a device, to which zeros were written
      Given zeros were written to RAS <register> of dev
      When dev is reset by rp0
      Then RAS <register> of dev has no bit set

      Examples: registers with attribute RWS
        | register                     |
        | Uncorrectable Error Mask     |
        | Uncorrectable Error Severity |
        | Correctable Error Mask       |
