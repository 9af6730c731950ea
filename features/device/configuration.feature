@device @needs:hardware @CXL-3.1-8.1
Feature: Configuration space of ports and devices
  Drivers find a function by its identity, and its registers by capabilities and DVSECs. What is in none of them is
  reserved, and what a lock protects stays as firmware has left it.

  Background:
    Given the machine "a device beside a switch"

  @id:CONFIG-1 @PCIe-6.0-7.5.1
  Rule: A function says what it is

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
  Rule: A function has the DVSECs of its kind, each as long as its revision asks for

    @id:CONFIG-2.1
    Scenario: A device
      Then dev has the DVSECs CXL Device, Register Locator, GPF of a Device, Flex Bus Port

    @id:CONFIG-2.2
    Scenario Outline: <port>
      Then <port> has the DVSECs <DVSECs>

      Examples: QEMU has them in this order
        | port | DVSECs                                                                 |
        | rp0  | CXL Extensions for Ports, GPF of a Port, Flex Bus Port, Register Locator |
        | us0  | CXL Extensions for Ports, Flex Bus Port, Register Locator              |
        | ds0  | CXL Extensions for Ports, Flex Bus Port, GPF of a Port, Register Locator |

    @id:CONFIG-2.3
    Scenario Outline: The DVSECs of <function>
      Then the DVSECs of <function> have the lengths of their revisions

      Examples: those of CXL 2.0 are shorter
        | function |
        | dev      |
        | rp0      |
        | us0      |
        | ds0      |

  @id:CONFIG-3 @PCIe-6.0-7.6
  Rule: Capabilities do not overlap

    @id:CONFIG-3.1
    Scenario: DOE of a device with a serial number
      Then no two capabilities of dev overlap

  @id:CONFIG-4 @PCIe-6.0-7.5.1 @CXL-3.1-8.1.3
  Rule: What is reserved reads as zero, whatever is written to it

    @id:CONFIG-4.1
    Scenario Outline: Behind and between the capabilities of <function>
      Then the bytes of <function> that belong to no capability stay zero

      Examples: devices and ports
        | function |
        | dev      |
        | rp0      |
        | us0      |
        | ds0      |

    @id:CONFIG-4.2
    Scenario: In the DVSECs of a device
      Then no reserved bit of a DVSEC of dev is set

  @id:CONFIG-5 @CXL-3.1-8.1.3.6
  Rule: Once the configuration of a device is locked, what the lock protects stays as it is until the next reset

    @id:CONFIG-5.1
    Scenario Outline: <register>
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
    Scenario: The lock itself
      Given ones were written to CXL Device DVSEC Lock of dev
      When zeros are written to CXL Device DVSEC Lock of dev
      Then CXL Device DVSEC Lock of dev is unchanged

    @id:CONFIG-5.3
    Scenario: What is not locked can be written
      When ones are written to CXL Device DVSEC Range 1 Base Low of dev
      Then CXL Device DVSEC Range 1 Base Low of dev has all bits set

    @id:CONFIG-5.4
    Scenario: A reset clears what was written to Control
      Given ones were written to CXL Device DVSEC Control and Status of dev
      When the machine is reset
      Then CXL Device DVSEC Control and Status of dev is unchanged

  @id:CONFIG-6 @PCIe-6.0-7.8.4
  Rule: A port can mask each kind of error that AER knows

    @id:CONFIG-6.1
    Scenario Outline: Uncorrectable errors, at <port>
      When ones are written to AER Uncorrectable Error Mask of <port>
      Then AER Uncorrectable Error Mask of <port> has all bits set

      Examples: ports
        | port |
        | rp0  |
        | us0  |
        | ds0  |

  @id:CONFIG-7 @PCIe-6.0-7.5.3.6
  Rule: A link has a speed and a width

    @id:CONFIG-7.1
    Scenario Outline: The link of <function>
      Then PCI Express Link Capabilities of <function> has speed, width set

      Examples: devices and ports
        | function |
        | dev      |
        | rp0      |
        | us0      |
        | ds0      |

  @id:CONFIG-8 @PCIe-6.0-7.7.1.2
  Rule: A root port lives with whatever number of vectors software allots to it

    @id:CONFIG-8.1
    Scenario: More than it has, while MSI is off
      Given rp0 has the capability MSI
      When vectors is written to MSI Message Control of rp0
      Then MSI Message Control of rp0 has vectors set

  @id:CONFIG-9 @CXL-3.1-8.1.11.1
  Rule: What is no entry of a CDAT is not answered

    @id:CONFIG-9.1
    Scenario Outline: Entry <none> of <function>
      Then <function> returns CDAT entry <last>, and does not answer a request for entry <none>

      Examples: the one behind the last, and the highest that can be asked for
        | function | last | none  |
        | dev      | 6    | 7     |
        | dev      | 6    | 65534 |
        | us0      | 2    | 3     |
