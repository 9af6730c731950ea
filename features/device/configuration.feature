@device @needs:hardware @CXL-3.1-8.1
Feature: Configuration space of ports and devices
  Drivers find a function by its identity, and its registers by capabilities and DVSECs. All other bytes are
  reserved, and locked registers keep the values that firmware has written.

  Background:
    Given the machine "a device beside a switch"

  @id:CONFIG-1 @PCIe-6.0-7.5.1
  Rule: A function has vendor, device and class code of its kind
    @id:CONFIG-1.1
    Scenario Outline: <function> is <identity>, of class <class>
      Then <function> is <identity> of class <class>

      Examples: a CXL memory device, and ports, which are bridges
        | function | identity  | class  |
        | dev      | 8086:0d93 | 050210 |
        | rp0      | 8086:7075 | 060400 |
        | us0      | 19e5:a128 | 060400 |
        | ds0      | 19e5:a129 | 060400 |

  @id:CONFIG-2 @CXL-3.1-8.1.1
  Rule: A function has the DVSECs of its kind, each with the length of its revision
    @id:CONFIG-2.1
    Scenario: The DVSECs of a device
      Then dev has the DVSECs CXL Device, Register Locator, GPF of a Device, Flex Bus Port

    @id:CONFIG-2.2
    Scenario Outline: The DVSECs of <port>
      Then <port> has the DVSECs <DVSECs>

      Examples: in QEMU's order
        | port | DVSECs                                                                   |
        | rp0  | CXL Extensions for Ports, GPF of a Port, Flex Bus Port, Register Locator |
        | us0  | CXL Extensions for Ports, Flex Bus Port, Register Locator                |
        | ds0  | CXL Extensions for Ports, Flex Bus Port, GPF of a Port, Register Locator |

    @id:CONFIG-2.3
    Scenario Outline: The lengths of the DVSECs of <function>
      Then the DVSECs of <function> have the lengths of their revisions

      Examples: a device and ports
        | function |
        | dev      |
        | rp0      |
        | us0      |
        | ds0      |

  @id:CONFIG-3 @PCIe-6.0-7.6
  Rule: Capabilities do not overlap
    @id:CONFIG-3.1
    Scenario: A device with DOE and a serial number
      Then no two capabilities of dev overlap

  @id:CONFIG-4 @PCIe-6.0-7.5.1 @CXL-3.1-8.1.3
  Rule: Reserved bits read as zero, whatever is written to them
    @id:CONFIG-4.1
    Scenario Outline: Bytes behind and between the capabilities of <function>
      When ones are written to the bytes of <function> that belong to no capability
      Then the bytes of <function> that belong to no capability are zero

      Examples: a device and ports
        | function |
        | dev      |
        | rp0      |
        | us0      |
        | ds0      |

    @id:CONFIG-4.2
    Scenario: Reserved bits in the DVSECs of a device
      Then no reserved bit of a DVSEC of dev is set

  @id:CONFIG-5 @CXL-3.1-8.1.3.6
  Rule: While CONFIG_LOCK is set, the registers that it locks keep their values until the next reset
    @id:CONFIG-5.1
    Scenario Outline: <register> is locked
      Given ones were written to CXL Device DVSEC Lock of dev
      When ones are written to CXL Device DVSEC <register> of dev
      Then CXL Device DVSEC <register> of dev is unchanged

      Examples: registers with attribute RWL
        | register           |
        | Control and Status |
        | Range 1 Base High  |
        | Range 1 Base Low   |
        | Range 2 Base High  |
        | Range 2 Base Low   |

    @id:CONFIG-5.2
    Scenario: The lock itself cannot be cleared
      Given ones were written to CXL Device DVSEC Lock of dev
      When zeros are written to CXL Device DVSEC Lock of dev
      Then CXL Device DVSEC Lock of dev is unchanged

    @id:CONFIG-5.3
    Scenario: Without the lock, the register can be written
      When ones are written to CXL Device DVSEC Range 1 Base Low of dev
      Then CXL Device DVSEC Range 1 Base Low of dev has all bits set

    @id:CONFIG-5.4
    Scenario: A reset restores Control
      Given ones were written to CXL Device DVSEC Control and Status of dev
      When the machine is reset
      Then CXL Device DVSEC Control and Status of dev is unchanged

  @id:CONFIG-6 @PCIe-6.0-7.8.4
  Rule: Every AER error of a port can be masked
    @id:CONFIG-6.1
    Scenario Outline: Uncorrectable errors of <port>
      When ones are written to AER Uncorrectable Error Mask of <port>
      Then AER Uncorrectable Error Mask of <port> has all bits set

      Examples: ports
        | port |
        | rp0  |
        | us0  |
        | ds0  |

  @id:CONFIG-7 @PCIe-6.0-7.5.3.6
  Rule: Link Capabilities have a maximum speed and width
    @id:CONFIG-7.1
    Scenario Outline: The link of <function>
      Then PCI Express Link Capabilities of <function> has speed, width set

      Examples: a device and ports
        | function |
        | dev      |
        | rp0      |
        | us0      |
        | ds0      |

  @id:CONFIG-8 @PCIe-6.0-7.7.1.2
  Rule: A root port accepts any number in Multiple Message Enable
    @id:CONFIG-8.1
    Scenario: More vectors than it has, while MSI is disabled
      Given rp0 has the capability MSI
      When vectors is written to MSI Message Control of rp0
      Then MSI Message Control of rp0 has vectors set

  @id:CONFIG-9 @CXL-3.1-8.1.11.1
  Rule: The last CDAT entry is marked, and DOE does not answer a request for one that does not exist
    @id:CONFIG-9.1
    Scenario Outline: Entry <none> of <function>
      Then <function> returns CDAT entry <last> as the last, and does not answer a request for entry <none>

      Examples: the entry handle behind the last, and the highest
        | function | last | none  |
        | dev      | 6    | 7     |
        | dev      | 6    | 65534 |
        | us0      | 2    | 3     |

  @id:CONFIG-10 @PCIe-6.0-7.5.3.3
  Rule: A port has no Function Level Reset
    @id:CONFIG-10.1
    Scenario Outline: Device Capabilities of <port>
      Then PCI Express Device Capabilities of <port> has functionReset clear

      Examples: ports
        | port |
        | rp0  |
        | us0  |
        | ds0  |

  @id:CONFIG-11 @PCIe-6.0-7.7.1.2
  Rule: While MSI is enabled, Multiple Message Enable is at most Multiple Message Capable
    @id:CONFIG-11.1
    Scenario: A downstream port with one vector
      When 0x710000 is written to MSI Message Control of ds0
      Then MSI Message Control of ds0 has vectors clear

  @id:CONFIG-12 @PCIe-6.0-6.30.2
  Rule: DOE reports an underflow of its Read Data Mailbox
    @id:CONFIG-12.1
    Scenario Outline: No data object in the mailbox of <function>
      When ones are written to DOE Read Data Mailbox of <function>
      Then DOE Status of <function> has error set

      Examples: a device and an upstream port
        | function |
        | dev      |
        | us0      |

    @id:CONFIG-12.2
    Scenario: DOE Abort clears the error
      Given ones were written to DOE Read Data Mailbox of dev
      When abort is written to DOE Control of dev
      Then DOE Status of dev has no bit set

  @id:CONFIG-13 @CXL-3.1-8.1.3
  Rule: The DVSEC of a memory device reports its capabilities and the sizes of its ranges
    @id:CONFIG-13.1
    Scenario: CXL.io and CXL.mem, with one HDM range
      Then CXL Device DVSEC Capability of dev has io, mem, hdmCount set
      And CXL Device DVSEC Capability of dev has cache clear

    @id:CONFIG-13.2
    Scenario: The size of the first range
      Then CXL Device DVSEC Range 1 Size High of dev is 0x0
      And CXL Device DVSEC Range 1 Size Low of dev has infoValid, active, sizeLow set

    @id:CONFIG-13.3
    Scenario Outline: <volatile> of volatile and <persistent> of persistent capacity
      Given these Type 3 devices:
        | id  | port | volatile   | persistent   |
        | mem | ds0  | <volatile> | <persistent> |
      Then CXL Device DVSEC Range 1 Size High of mem is <high 1>
      And CXL Device DVSEC Range 1 Size Low of mem is <low 1>
      And CXL Device DVSEC Range 2 Size High of mem is <high 2>
      And CXL Device DVSEC Range 2 Size Low of mem is <low 2>
      And CXL Device DVSEC Capability of mem is <capability>

      Examples: one range
        | volatile | persistent | high 1 | low 1      | high 2 | low 2 | capability |
        | 0        | 512M       | 0x0    | 0x2000004b | 0x0    | 0x0   | 0x1e0000   |
        | 256M     | 0          | 0x0    | 0x1000004b | 0x0    | 0x0   | 0x1e0000   |
        | 0        | 4352M      | 0x1    | 0x1000004b | 0x0    | 0x0   | 0x1e0000   |

      Examples: two ranges
        | volatile | persistent | high 1 | low 1      | high 2 | low 2      | capability |
        | 256M     | 768M       | 0x0    | 0x1000004b | 0x0    | 0x3000004b | 0x2e0000   |

  @id:CONFIG-14 @CXL-3.1-8.1.5.2
  Rule: Software can write each control of the CXL Extensions DVSEC for Ports by itself

    @id:CONFIG-14.1
    Scenario Outline: <control> of <port>
      When <control> is written to CXL Extensions for Ports DVSEC Port Control Extensions of <port>
      Then CXL Extensions for Ports DVSEC Port Control Extensions of <port> has only <control> set

      Examples: a root port, an upstream port and a downstream port
        | port | control                 |
        | rp0  | unmaskSecondaryBusReset |
        | rp0  | alternateMemoryEnable   |
        | us0  | unmaskSecondaryBusReset |
        | us0  | alternateMemoryEnable   |
        | ds0  | unmaskSecondaryBusReset |
        | ds0  | alternateMemoryEnable   |
