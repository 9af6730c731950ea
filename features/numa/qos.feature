@numa @thread-T11 @thread-T14
Feature: QoS classes of capacities
  The CDAT gives latency and bandwidth within the device. The HMAT gives those from the processors to the host bridge,
  by the Generic Port. A capacity has a QoS class only if both are known.

  Background:
    Given the machine "a device behind each of two host bridges"
    And these Generic Ports:
      | host bridge | node |
      | cxl.2       | 1    |
    And these latencies and bandwidths:
      | from | to | latency | bandwidth |
      | 0    | 0  | 10      | 8G        |
      | 0    | 1  | 100     | 4G        |

  @id:QOS-1 @ACPI-6.5-5.2.16.7
  Rule: A capacity has a QoS class if CDAT, Generic Port and HMAT describe the whole path to it
    @id:QOS-1.1
    Scenario: Behind a host bridge with a Generic Port
      Then dev1 has QoS class 0

    @id:QOS-1.2
    Scenario: Behind a host bridge without a Generic Port, although another has one
      Then dev0 has no QoS class

  @id:QOS-2
  Rule: Latency and bandwidth are unknown if tables describe only a part of the path
    @id:QOS-2.1
    Scenario: Memory behind a host bridge without a Generic Port
      When a volatile region of 256M is created in window 0 on dev0
      Then access to the region has:
        | read latency | write latency | read bandwidth | write bandwidth |
        | unknown      | unknown       | unknown        | unknown         |
