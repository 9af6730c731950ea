@numa @thread-T11 @thread-T14
Feature: QoS classes of capacities that the operating system will place
  What a device says by its CDAT ends at the device. The rest of the way, from the processors to the host bridge,
  the HMAT tells by the Generic Port. Only both together give a capacity its class.

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
    And these Generic Ports:
      | host bridge | node |
      | cxl.2       | 1    |
    And these latencies and bandwidths:
      | from | to | latency | bandwidth |
      | 0    | 0  | 10      | 8G        |
      | 0    | 1  | 100     | 4G        |

  @id:QOS-1 @ACPI-6.5-5.2.16.7
  Rule: A capacity has a QoS class where CDAT, Generic Port and HMAT tell the way to it

    @id:QOS-1.1
    Scenario: Behind a host bridge with a Generic Port
      Then dev1 has QoS class 0

    @id:QOS-1.2
    Scenario: Behind a host bridge without one, whatever another has
      Then dev0 has no QoS class

  @id:QOS-2
  Rule: Where tables tell only a part of the way, the operating system tells nothing of it

    @id:QOS-2.1
    Scenario: Memory behind a host bridge without a Generic Port
      When a volatile region of 256M is created in window 0 on dev0
      Then access to the region has unknown latency and bandwidth
