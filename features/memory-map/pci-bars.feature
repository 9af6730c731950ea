@memory-map @thread-T1
Feature: PCI BARs lie outside fixed memory windows
  Firmware and operating system assign addresses to BARs before any region exists. A BAR inside
  a window would respond at addresses of a region.

  @id:BAR-1
  Rule: No PCI BAR is placed inside a fixed memory window
    @id:BAR-1.1
    Scenario: BARs of a Type 3 device
      Given the machine "one Type 3 device of 512M"
      Then the BARs of 1 CXL memory device have been placed
      And no PCI BAR overlaps a fixed memory window

    @id:BAR-1.2
    Scenario: A BAR that is too large for the space below 4G
      Given a machine with 2G of RAM, maxmem 2G
      And these PCI functions:
        | BAR |
        | 4G  |
      And these host bridges:
        | id    | bus | root ports |
        | cxl.1 | 12  | rp0, rp1   |
      And these fixed memory windows:
        | size | targets | granularity |
        | 4G   | cxl.1   | 256         |
      Then a PCI BAR of 4G has been placed
      And no PCI BAR overlaps a fixed memory window

    @id:BAR-1.3
    Scenario: Such a BAR beside hot-pluggable memory
      Given the machine "one host bridge"
      And these PCI functions:
        | BAR |
        | 4G  |
      Then a PCI BAR of 4G has been placed
      And no PCI BAR overlaps a fixed memory window
