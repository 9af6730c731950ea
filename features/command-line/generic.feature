@command-line
Feature: Generic Initiators and Generic Ports name a node by its number
  Whether there is such a node, QEMU asks only when it builds an SRAT. A machine without nodes
  has none, so they are forgotten without a word.

  Background:
    Given the QEMU options:
      """
      -M q35,cxl=on -m 1G -device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=12 -device cxl-rp,id=rp0,bus=cxl.1
      """

  @id:OPTION-28 @QEMU-hw/acpi/pci.c
  Rule: The number of a node is one that a node can have

    @id:OPTION-28.1
    Scenario Outline: <object>
      Given the QEMU options -object <object>
      Then the machine is refused: <message>

      Examples: no number
        | object                                             | message                                 |
        | acpi-generic-initiator,id=g,pci-dev=rp0,node=x     | Parameter 'node' expects a uint64 value |
        | acpi-generic-port,id=g,pci-bus=cxl.1,node=-1       | Parameter 'node' expects a uint64 value |

      Examples: beyond the last
        | object                                           | message                                             |
        | acpi-generic-initiator,id=g,pci-dev=rp0,node=128 | acpi-generic-initiator: Invalid NUMA node specified |
        | acpi-generic-port,id=g,pci-bus=cxl.1,node=128    | acpi-generic-port: Invalid NUMA node specified      |

  @id:OPTION-29 @QEMU-hw/acpi/pci.c
  Rule: Where there is no node, nobody looks

    @id:OPTION-29.1
    Scenario Outline: <object>
      Given the QEMU options -object <object>
      Then the machine is accepted

      Examples: on a node that is not there, and of what is not there
        | object                                             |
        | acpi-generic-initiator,id=g,pci-dev=rp0,node=127   |
        | acpi-generic-port,id=g,pci-bus=nope,node=5         |
