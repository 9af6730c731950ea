@acpi
Feature: The ACPI namespace has the CXL host bridges and the CXL root device, and their methods
  Linux finds CXL by the namespace: without an ACPI0017 device no CXL driver binds, and without an ACPI0016 device a
  CHBS belongs to no host bridge. What _OSC returns decides who handles hot-plug and errors.

  Background:
    Given a machine with 2G of RAM, maxmem 2G
    And these host bridges:
      | id    | bus | root ports |
      | cxl.1 | 12  | rp0, rp1   |
      | cxl.2 | 222 | rp2        |
    And these Type 3 devices:
      | id    | port | volatile | persistent |
      | pmem0 | rp1  | 0        | 256M       |
      | pmem1 | rp2  | 0        | 256M       |
    And these fixed memory windows:
      | size | targets | granularity |
      | 4G   | cxl.1   | 256         |

  @id:NAMESPACE-1 @CXL-3.1-9.18.1 @ACPI-6.5-6.1.12
  Rule: Each host bridge is one ACPI0016 device with its bus number, and compatible with a PCI root bus
    @id:NAMESPACE-1.1
    Scenario: Two host bridges
      Then the namespace has these host bridges:
        | host bridge | _BBN | compatible with  |
        | cxl.1       | 12   | PNP0A08, PNP0A03 |
        | cxl.2       | 222  | PNP0A08, PNP0A03 |

    @id:NAMESPACE-1.2 @ACPI-6.5-5.3
    Scenario: No object is defined twice
      Then no name is defined twice in the namespace

  @id:NAMESPACE-2 @CXL-3.1-9.18.1 @ACPI-6.5-6.3.7
  Rule: A machine with CXL host bridges has one ACPI0017 device, which is present, enabled and functioning
    @id:NAMESPACE-2.1
    Scenario: Two host bridges
      Then the namespace has one working CXL root device

  @id:NAMESPACE-3 @ACPI-6.5-6.2.2
  Rule: _CRS of a host bridge covers the bus numbers and the addresses of all BARs below it
    @id:NAMESPACE-3.1
    Scenario Outline: Functions below <host bridge>
      Then _CRS of <host bridge> covers the buses and BARs of 1 CXL memory device and of the ports above

      Examples: a device behind each of two host bridges
        | host bridge |
        | cxl.1       |
        | cxl.2       |

  @id:NAMESPACE-4 @ACPI-6.5-6.2.11 @CXL-3.1-9.18.2
  Rule: _OSC grants the requested control that the platform supports, and reports that the rest is masked
    @id:NAMESPACE-4.1
    Scenario Outline: A request for PCI control over <asked>
      When _OSC of cxl.1 is called with revision 1 of the PCI interface for <asked>
      Then _OSC grants <granted>
      And _OSC reports <report>

      Examples: all that is supported, a part of it, and more than that
        | asked                                                   | granted                                                 | report         |
        | PCIe hot-plug, SHPC hot-plug, PME, AER, PCIe capability | PCIe hot-plug, SHPC hot-plug, PME, AER, PCIe capability | nothing        |
        | AER                                                     | AER                                                     | nothing        |
        | AER, LTR                                                | AER                                                     | control masked |

    @id:NAMESPACE-4.2
    Scenario: A request for CXL memory error reporting
      When _OSC of cxl.1 is called with revision 1 of the CXL interface for AER, memory error reporting
      Then _OSC grants AER, memory error reporting
      And _OSC reports nothing

  @id:NAMESPACE-5 @ACPI-6.5-6.2.11
  Rule: _OSC grants no control that was not requested
    @id:NAMESPACE-5.1
    Scenario: A request of the CXL interface for hot-plug alone
      When _OSC of cxl.1 is called with revision 1 of the CXL interface for PCIe hot-plug
      Then _OSC reports nothing
      And _OSC grants PCIe hot-plug

  @id:NAMESPACE-6 @ACPI-6.5-6.2.11
  Rule: _OSC reports an unknown UUID or revision
    @id:NAMESPACE-6.1
    Scenario: An unknown UUID
      When _OSC of cxl.1 is called with revision 1 of interface 00000000-0000-0000-0000-000000000001 for AER
      Then _OSC reports unknown UUID

    @id:NAMESPACE-6.2
    Scenario: An unknown revision
      When _OSC of cxl.1 is called with revision 2 of the PCI interface for PME
      Then _OSC reports unknown revision

  @id:NAMESPACE-7 @CXL-3.1-9.18.3
  Rule: _DSM of the CXL root device recommends QoS throttling groups
    @id:NAMESPACE-7.1
    Scenario: Memory with 100 ns and 1 GB/s
      Then _DSM of the CXL root device recommends QTG ID 0 of at most 1 for memory with 100 ns and 1000 MB/s
      And the CEDT has these QTG IDs:
        | window | QTG ID |
        | 0      | 0      |

    @id:NAMESPACE-7.2 @ACPI-6.5-9.1.1
    Scenario: Function 0 returns a bit for each function that exists, 0 and 1
      Then _DSM of the CXL root device returns 03 for function 0 of interface f365f9a6-a7de-4071-a66a-b40c0b4f8e52

    @id:NAMESPACE-7.3 @ACPI-6.5-9.1.1
    Scenario Outline: _DSM returns a buffer of one zero byte for <what> that it does not have
      Then _DSM of the CXL root device returns 00 for function <function> of interface <interface>

      Examples: functions of the QTG interface, and another interface
        | what       | interface                            | function |
        | a function | f365f9a6-a7de-4071-a66a-b40c0b4f8e52 | 2        |
        | a function | f365f9a6-a7de-4071-a66a-b40c0b4f8e52 | 63       |
        | a UUID     | 00000000-0000-0000-0000-000000000001 | 0        |
        | a UUID     | 00000000-0000-0000-0000-000000000001 | 1        |
