@command-line
Feature: Generic Initiators and Generic Ports name a node by its number
  QEMU checks whether the node exists only when it builds an SRAT. A machine without nodes
  has none, so these objects are silently ignored.

  Background:
    Given the QEMU options:
      """
      -M q35,cxl=on -m 1G -device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=12 -device cxl-rp,id=rp0,bus=cxl.1
      """

  @id:OPTION-28 @QEMU-hw/acpi/pci.c
  Rule: A node number is a valid one
    @id:OPTION-28.1
    Scenario Outline: The object <object>
      Given the QEMU options -object <object>
      Then the machine is refused: <message>

      Examples: not a number, and beyond the last node
        | object                                           | message                                             |
        | acpi-generic-initiator,id=g,pci-dev=rp0,node=x   | Parameter 'node' expects a uint64 value             |
        | acpi-generic-port,id=g,pci-bus=cxl.1,node=-1     | Parameter 'node' expects a uint64 value             |
        | acpi-generic-initiator,id=g,pci-dev=rp0,node=128 | acpi-generic-initiator: Invalid NUMA node specified |
        | acpi-generic-port,id=g,pci-bus=cxl.1,node=128    | acpi-generic-port: Invalid NUMA node specified      |

  @id:OPTION-29 @QEMU-hw/acpi/pci.c
  Rule: A machine without an SRAT accepts any node number
    @id:OPTION-29.1
    Scenario Outline: The object <object>
      Given the QEMU options -object <object>
      Then the machine is accepted

      Examples: a node, and a bus, that do not exist
        | object                                           |
        | acpi-generic-initiator,id=g,pci-dev=rp0,node=127 |
        | acpi-generic-port,id=g,pci-bus=nope,node=5       |
