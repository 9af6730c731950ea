@command-line
Feature: A host bridge has its own bus number, and space for its component registers
  Bus numbers become ACPI _UIDs, by which the operating system matches host bridges, registers and
  windows. Two equal ones, or a bridge without registers, would fail much later.

  Background:
    Given the QEMU options -M q35,cxl=on -m 1G -device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=12

  @id:OPTION-7 @QEMU-hw/pci-bridge/pci_expander_bridge.c
  Rule: A host bridge is on the root bus, with a unique bus number, and on an existing node
    @id:OPTION-7.1
    Scenario Outline: A second host bridge, <bridge>
      Given the QEMU options -device cxl-rp,id=rp0,bus=cxl.1 -device pxb-cxl,id=cxl.2,<bridge>
      Then the machine is refused: <message>

      Examples: a bus number that is in use
        | bridge                | message                  |
        | bus=pcie.0,bus_nr=12  | Bus 12 is already in use |
        | bus=pcie.0,bus_nr=0xc | Bus 12 is already in use |

      Examples: invalid values of properties
        | bridge                                         | message                                               |
        | bus=pcie.0,bus_nr=256                          | Parameter 'bus_nr' expects uint8_t                    |
        | bus=pcie.0,bus_nr=-1                           | Parameter 'bus_nr' expects uint8_t                    |
        | bus=pcie.0,bus_nr=x                            | Parameter 'bus_nr' expects integer                    |
        | bus=pcie.0,bus_nr=52,numa_node=70000           | Parameter 'numa_node' expects uint16_t                |
        | bus=pcie.0,bus_nr=52,hdm_for_passthrough=maybe | Parameter 'hdm_for_passthrough' expects 'on' or 'off' |
        | bus=pcie.0,bus_nr=52,uid=3                     | Property 'pxb-cxl.uid' not found                      |

      Examples: a node that does not exist, and another bus than the root bus
        | bridge                           | message                                                |
        | bus=pcie.0,bus_nr=52,numa_node=3 | Illegal numa node 3                                    |
        | bus=pcie.0,bus_nr=52,numa_node=0 | Illegal numa node 0                                    |
        | bus=cxl.1,bus_nr=52              | PCI: Only PCI/PCIe bridges can be plugged into pxb-cxl |
        | bus=rp0,bus_nr=52                | PXB devices can be attached only to root bus           |
        | bus=nope,bus_nr=52               | Bus 'nope' not found                                   |

    @id:OPTION-7.2
    Scenario Outline: A host bridge with the id <id>
      Given the QEMU options -device pxb-cxl,id=<id>,bus_nr=52
      Then the machine is refused: <message>

      Examples: an id that is in use, and an invalid one
        | id    | message                              |
        | cxl.1 | Duplicate ID 'cxl.1' for device      |
        | 1.cxl | Parameter 'id' expects an identifier |

  @id:OPTION-8 @QEMU-hw/cxl/cxl-host.c
  Rule: There is space for the component registers of 16 host bridges
    @id:OPTION-8.1
    Scenario Outline: <count> more host bridges
      Given <count> more host bridges among the QEMU options
      Then the machine is refused: Insufficient space for pxb cxl host register space

      Examples: more than there is space for
        | count |
        | 16    |
        | 17    |

  @id:OPTION-9 @QEMU-hw/pci-bridge/pci_expander_bridge.c
  Rule: A host bridge may have bus number 0
    @id:OPTION-9.1
    Scenario Outline: A host bridge, <bridge>
      Given the QEMU options -device pxb-cxl,id=cxl.2,<bridge>
      Then the machine is accepted

      Examples: explicitly, and by default
        | bridge              |
        | bus=pcie.0,bus_nr=0 |
        | bus=pcie.0          |

  @id:OPTION-33 @QEMU-hw/pci-bridge/pci_expander_bridge.c
  Rule: Expander bridges of other kinds are beside a host bridge of CXL only where they work

    @id:OPTION-33.1
    Scenario Outline: <bridge>
      Given the QEMU options -device pcie-pci-bridge,id=pci.1,bus=pcie.0 -device <bridge>
      Then the machine is refused: <message>

      Examples: PCI Express below PCI, and PCI below PCI Express
        | bridge                        | message                                    |
        | pxb-pcie,bus=pci.1,bus_nr=52  | pxb-pcie devices cannot reside on a PCI bus |
        | pxb-cxl,bus=pci.1,bus_nr=52   | pxb-cxl devices cannot reside on a PCI bus  |
        | pxb,bus=pcie.0,bus_nr=52      | pxb devices cannot reside on a PCIe bus     |

      Examples: a bus number that is in use, and a node that does not exist
        | bridge                                   | message                  |
        | pxb-pcie,bus=pcie.0,bus_nr=12            | Bus 12 is already in use |
        | pxb-pcie,bus=pcie.0,bus_nr=5,numa_node=3 | Illegal numa node 3      |

    @id:OPTION-33.2
    Scenario: An expander bridge of PCI Express
      Given the QEMU options -device pxb-pcie,bus=pcie.0,id=pcie.1,bus_nr=52 -device pcie-root-port,bus=pcie.1
      Then the machine is accepted
