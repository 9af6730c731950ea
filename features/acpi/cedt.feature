@acpi @CXL-3.1-9.18.1
Feature: The CEDT describes CXL host bridges and fixed memory windows
  The operating system has to know of CXL before it enumerates PCI: each host bridge has a CHBS
  that locates its component registers, each fixed memory window a CFMWS.

  Background:
    Given the machine "two host bridges that share a window"

  @id:CEDT-1 @CXL-3.1-9.18.1.2
  Rule: Each host bridge has one CHBS, which locates its component registers
    @id:CEDT-1.1
    Scenario: Two host bridges
      Then each host bridge has one CHBS with 64K of component registers

  @id:CEDT-2 @CXL-3.1-9.18.1.3
  Rule: Each fixed memory window has one CFMWS, with its size, targets and granularity
    @id:CEDT-2.1
    Scenario: Two windows
      Then the CEDT has these fixed memory windows:
        | size | targets      | granularity |
        | 4G   | cxl.1        | 256         |
        | 8G   | cxl.1, cxl.2 | 8K          |

  @id:CEDT-3 @ACPI-6.5-5.2.6
  Rule: The CEDT that reaches the operating system has a checksum
    @id:CEDT-3.1
    Scenario: Firmware has run the table loader script
      Then the bytes of the CEDT sum to zero
