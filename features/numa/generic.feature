@numa
Feature: Generic Ports and Generic Initiators put devices on proximity domains
  Memory that the operating system will place has no domain of its own yet. What lies between a processor and a
  host bridge the HMAT tells by the bridge's Generic Port, and the CDAT of the devices behind it tells the rest.

  Background:
    Given a machine with 2G of RAM, maxmem 2G
    And these host bridges:
      | id    | bus | root ports |
      | cxl.1 | 12  | rp0, rp1   |
      | cxl.2 | 222 | rp2, rp3   |
    And these Type 3 devices:
      | id   | root port | volatile | persistent |
      | dev0 | rp1       | 256M     | 512M       |
      | dev1 | rp2       | 256M     | 512M       |
    And these fixed memory windows:
      | size | targets | granularity |
      | 4G   | cxl.1   | 256         |
      | 4G   | cxl.2   | 256         |
    And these NUMA nodes:
      | node | RAM | processors |
      | 0    | 2G  | 0, 1       |
      | 1    | 0   |            |
      | 2    | 0   |            |

  @id:GENERIC-1 @thread-T18 @ACPI-6.5-5.2.16.7
  Rule: Each host bridge that is to have a Generic Port has one, enabled, on its node, and no other has

    @id:GENERIC-1.1
    Scenario: One of two host bridges
      Given these Generic Ports:
        | host bridge | node |
        | cxl.2       | 1    |
      And these latencies and bandwidths:
        | from | to | latency | bandwidth |
        | 0    | 0  | 10      | 8G        |
        | 0    | 1  | 100     | 4G        |
      Then the SRAT has these Generic Ports:
        | host bridge | node |
        | cxl.2       | 1    |

    @id:GENERIC-1.2
    Scenario: Both, on different nodes
      Given these Generic Ports:
        | host bridge | node |
        | cxl.1       | 2    |
        | cxl.2       | 1    |
      And these latencies and bandwidths:
        | from | to | latency | bandwidth |
        | 0    | 0  | 10      | 8G        |
        | 0    | 1  | 100     | 4G        |
        | 0    | 2  | 250     | 1G        |
      Then the SRAT has these Generic Ports:
        | host bridge | node |
        | cxl.2       | 1    |
        | cxl.1       | 2    |

  @id:GENERIC-2 @thread-T18 @ACPI-6.5-5.2.16.7
  Rule: A Generic Port makes no NUMA node

    @id:GENERIC-2.1
    Scenario: Only the node with processors and memory is online
      Given these Generic Ports:
        | host bridge | node |
        | cxl.1       | 2    |
        | cxl.2       | 1    |
      And these latencies and bandwidths:
        | from | to | latency | bandwidth |
        | 0    | 0  | 10      | 8G        |
        | 0    | 1  | 100     | 4G        |
        | 0    | 2  | 250     | 1G        |
      Then the operating system has these NUMA nodes:
        | node |
        | 0    |

  @id:GENERIC-3 @thread-T18 @ACPI-6.5-5.2.28.4
  Rule: The HMAT tells what lies between processors and each Generic Port

    @id:GENERIC-3.1
    Scenario: Two host bridges, of which one is farther away
      Given these Generic Ports:
        | host bridge | node |
        | cxl.1       | 2    |
        | cxl.2       | 1    |
      And these latencies and bandwidths:
        | from | to | latency | bandwidth |
        | 0    | 0  | 10      | 8G        |
        | 0    | 1  | 100     | 4G        |
        | 0    | 2  | 250     | 1G        |
      Then the HMAT has these latencies and bandwidths:
        | from | to | latency | bandwidth |
        | 0    | 0  | 10      | 8G        |
        | 0    | 1  | 100     | 4G        |
        | 0    | 2  | 250     | 1G        |

  @id:GENERIC-4 @thread-T19 @ACPI-6.5-5.2.16.6
  Rule: Each PCI device that is to be a Generic Initiator is one, enabled, on its node, and no other is

    @id:GENERIC-4.1
    Scenario: Two devices, behind different host bridges
      Given these Generic Initiators:
        | device | node |
        | dev1   | 1    |
        | dev0   | 2    |
      Then the SRAT has these Generic Initiators:
        | device | node |
        | dev1   | 1    |
        | dev0   | 2    |

  @id:GENERIC-5 @thread-T19 @ACPI-6.5-5.2.16.6
  Rule: A Generic Initiator brings a NUMA node online that has neither processors nor memory

    @id:GENERIC-5.1
    Scenario: Linux lists their nodes
      Given these Generic Initiators:
        | device | node |
        | dev1   | 1    |
        | dev0   | 2    |
      Then the operating system has these NUMA nodes:
        | node | Generic Initiator |
        | 0    |                   |
        | 1    | yes               |
        | 2    | yes               |

  @id:GENERIC-6 @thread-T18 @ACPI-6.5-5.2.28.4
  Rule: A Generic Port is of no use without an HMAT

    @id:GENERIC-6.1
    Scenario: Nobody knows the way to memory behind it
      Given these Generic Ports:
        | host bridge | node |
        | cxl.2       | 1    |
      And a volatile region of 256M was created in window 1 on dev1
      Then dev1 has no QoS class
      And access to the region has unknown latency and bandwidth
