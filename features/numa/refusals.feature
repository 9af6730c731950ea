@numa
Feature: An invalid NUMA description is refused
  A table that refers to a missing object, or memory with two users, misleads the operating system
  silently. QEMU prints what is wrong, and does not start.

  Background:
    Given a machine with 2G of RAM, maxmem 2G
    And these NUMA nodes:
      | node | RAM | processors |
      | 0    | 2G  | 0, 1       |
      | 1    | 0   |            |
    And these host bridges:
      | id    | bus | root ports |
      | cxl.1 | 12  | rp0, rp1   |
    And these fixed memory windows:
      | size | targets | granularity |
      | 4G   | cxl.1   | 256         |

  @id:REFUSAL-1 @thread-T20
  Rule: A memory backend has one user
    @id:REFUSAL-1.1
    Scenario Outline: <what> as a device's memory
      Given these Type 3 devices:
        | id    | port | volatile | persistent | backend   |
        | pmem0 | rp0  | 0        | 512M       |           |
        | pmem1 | rp1  | 0        | 512M       | <backend> |
      Then the machine is refused: memory backend <backend> can't be used multiple times.

      Examples: a node, and another device
        | what                    | backend          |
        | The memory of a node    | node0            |
        | Another device's memory | pmem0-persistent |

  @id:REFUSAL-2 @thread-T18
  Rule: A Generic Port has an existing CXL host bridge and an existing node
    @id:REFUSAL-2.1
    Scenario Outline: Host bridge '<host bridge>', node '<node>'
      Given these Generic Ports:
        | host bridge   | node   |
        | <host bridge> | <node> |
      Then the machine is refused: <message>

      Examples: a missing node, an invalid one, no CXL host bridge, and a missing property
        | host bridge | node | message                                              |
        | cxl.1       | 2    | acpi-generic-port: node 2 is invalid.                |
        | cxl.1       | 128  | acpi-generic-port: Invalid NUMA node specified       |
        | rp0         | 1    | acpi-generic-port: device must be a CXL host bridge. |
        | pcie.0      | 1    | acpi-generic-port: device must be a CXL host bridge. |
        | nothing     | 1    | acpi-generic-port: device must be a CXL host bridge. |
        |             | 1    | Parameter 'pci-bus' is missing                       |
        | cxl.1       |      | Parameter 'node' is missing                          |

  @id:REFUSAL-3 @thread-T19
  Rule: A Generic Initiator has an existing PCI device and an existing node
    @id:REFUSAL-3.1
    Scenario Outline: Device '<device>', node '<node>'
      Given these Generic Initiators:
        | device   | node   |
        | <device> | <node> |
      Then the machine is refused: <message>

      Examples: a missing node, an invalid one, no PCI device, and a missing property
        | device  | node | message                                                        |
        | rp0     | 2    | acpi-generic-initiator: Specified node 2 is invalid.           |
        | rp0     | 128  | acpi-generic-initiator: Invalid NUMA node specified            |
        | pcie.0  | 1    | acpi-generic-initiator: Specified device must be a PCI device. |
        | nothing | 1    | acpi-generic-initiator: Specified device must be a PCI device. |
        |         | 1    | Parameter 'pci-dev' is missing                                 |
        | rp0     |      | Parameter 'node' is missing                                    |
