@numa
Feature: Generic Ports and Generic Initiators
  Memory that the operating system will configure has no proximity domain yet. The HMAT gives the path from processors
  to a host bridge by the bridge's Generic Port, and the CDAT of the devices gives the rest.

  Background:
    Given the machine "a device behind each of two host bridges"

  @id:GENERIC-1 @thread-T18 @ACPI-6.5-5.2.16.7
  Rule: Each Generic Port of the command line is in the SRAT, enabled, with its node, and no other is
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
  Rule: A Generic Port brings no NUMA node online
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
  Rule: The HMAT gives latency and bandwidth from processors to each Generic Port
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
  Rule: Each Generic Initiator of the command line is in the SRAT, enabled, with its node, and no other is
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
  Rule: A Generic Initiator brings its NUMA node online, without processors or memory
    @id:GENERIC-5.1
    Scenario: Two Generic Initiators on their own nodes
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
  Rule: A Generic Port has no effect without an HMAT
    @id:GENERIC-6.1
    Scenario: Latency and bandwidth of memory behind it are unknown
      Given these Generic Ports:
        | host bridge | node |
        | cxl.2       | 1    |
      And a volatile region of 256M was created in window 1 on dev1
      Then dev1 has no QoS class
      And access to the region has:
        | read latency | write latency | read bandwidth | write bandwidth |
        | unknown      | unknown       | unknown        | unknown         |
