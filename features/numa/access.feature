@numa @thread-T11 @thread-T14
Feature: Latency and bandwidth of a region
  The operating system computes latency and bandwidth of a region from the device's CDAT, the links, and the path to
  the host bridge, which the HMAT gives by its Generic Port. Software chooses among nodes by them.

  Background:
    Given a machine with 2G of RAM, maxmem 2G
    And these host bridges:
      | id    | bus | root ports |
      | cxl.1 | 12  | rp0, rp1   |
      | cxl.2 | 222 | rp2, rp3   |
    And these switches:
      | id  | root port | downstream ports |
      | sw0 | rp3       | d0, d1           |
    And these Type 3 devices:
      | id   | port | volatile | persistent |
      | dev0 | rp1  | 256M     | 512M       |
      | dev1 | rp2  | 256M     | 512M       |
      | dev2 | rp0  | 256M     | 0          |
      | dev3 | d1   | 256M     | 512M       |
    And these fixed memory windows:
      | size | targets      | granularity |
      | 4G   | cxl.1        | 256         |
      | 4G   | cxl.2        | 256         |
      | 4G   | cxl.1, cxl.2 | 4K          |
    And these NUMA nodes:
      | node | RAM | processors |
      | 0    | 2G  | 0, 1       |
      | 1    | 0   |            |
      | 2    | 0   |            |
    And these Generic Ports:
      | host bridge | node |
      | cxl.1       | 2    |
      | cxl.2       | 1    |
    And these latencies and bandwidths:
      | from | to | latency | bandwidth |
      | 0    | 0  | 10      | 8G        |
      | 0    | 1  | 100     | 4G        |
      | 0    | 2  | 130     | 2G        |

  @id:ACCESS-1 @ACPI-6.5-5.2.16.7
  Rule: Latencies of device, links and path to the host bridge add up, and the lowest bandwidth counts
    @id:ACCESS-1.1
    Scenario Outline: A region on <device>
      When a volatile region of 256M is created in window <window> on <device>
      Then access to the region has:
        | read latency | write latency | read bandwidth | write bandwidth |
        | <read>       | <write>       | <bandwidth>    | <bandwidth>     |

      Examples: behind the first host bridge, behind the second, and behind a switch with another link
        | device | window | read   | write  | bandwidth |
        | dev0   | 0      | 282 ns | 382 ns | 2048 MB/s |
        | dev1   | 1      | 252 ns | 352 ns | 4096 MB/s |
        | dev3   | 1      | 404 ns | 504 ns | 4096 MB/s |

  @id:ACCESS-2
  Rule: In an interleaved region, bandwidths of the devices add up, and the highest latency counts
    @id:ACCESS-2.1
    Scenario: Devices behind two host bridges
      When a volatile region of 512M is created in window 2 on dev0, dev1
      Then access to the region has:
        | read latency | write latency | read bandwidth | write bandwidth |
        | 282 ns       | 382 ns        | 6144 MB/s      | 6144 MB/s       |

    @id:ACCESS-2.2
    Scenario: Devices behind one host bridge, which share the path to it
      When a volatile region of 512M is created in window 0 on dev0, dev2
      Then access to the region has:
        | read latency | write latency | read bandwidth | write bandwidth |
        | 282 ns       | 382 ns        | 2048 MB/s      | 2048 MB/s       |

  @id:ACCESS-3
  Rule: The node of a region has the latency and bandwidth of the region
    @id:ACCESS-3.1
    Scenario: A node that has the region's memory only
      When a volatile region of 256M is created in window 1 on dev1
      Then access to node 2 has:
        | read latency | write latency | read bandwidth | write bandwidth |
        | 252 ns       | 352 ns        | 4096 MB/s      | 4096 MB/s       |
