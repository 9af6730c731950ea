@numa @thread-T11 @thread-T14
Feature: How processors reach the memory of a region
  From the device's CDAT, the links, and the way to the host bridge that HMAT tells by its Generic Port, the operating
  system reckons what memory is like that it has put into a region, for those who have to choose among nodes.

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
  Rule: Latencies of the device, of its link, and of the way to its host bridge add up; the narrowest makes the bandwidth

    @id:ACCESS-1.1
    Scenario Outline: <device>, whatever node has the number of its host bridge's Generic Port
      When a volatile region of 256M is created in window <window> on <device>
      Then access to the region has:
        | read latency | write latency | read bandwidth | write bandwidth |
        | <read>       | <write>       | <bandwidth>    | <bandwidth>     |

      Examples: behind the first host bridge
        | device | window | read   | write  | bandwidth |
        | dev0   | 0      | 282 ns | 382 ns | 2048 MB/s |

      Examples: behind the second
        | device | window | read   | write  | bandwidth |
        | dev1   | 1      | 252 ns | 352 ns | 4096 MB/s |

      Examples: and a switch, with a link more, and latencies of its own
        | device | window | read   | write  | bandwidth |
        | dev3   | 1      | 404 ns | 504 ns | 4096 MB/s |

  @id:ACCESS-2
  Rule: Devices of an interleaved region add up their bandwidths, and the farthest makes the latency

    @id:ACCESS-2.1
    Scenario: Behind two host bridges
      When a volatile region of 512M is created in window 2 on dev0, dev1
      Then access to the region has:
        | read latency | write latency | read bandwidth | write bandwidth |
        | 282 ns       | 382 ns        | 6144 MB/s      | 6144 MB/s       |

    @id:ACCESS-2.2
    Scenario: Behind one host bridge they share the way to it
      When a volatile region of 512M is created in window 0 on dev0, dev2
      Then access to the region has:
        | read latency | write latency | read bandwidth | write bandwidth |
        | 282 ns       | 382 ns        | 2048 MB/s      | 2048 MB/s       |

  @id:ACCESS-3
  Rule: The node of a region is reached as its memory is

    @id:ACCESS-3.1
    Scenario: A node that only the region has memory on
      When a volatile region of 256M is created in window 1 on dev1
      Then access to node 2 has:
        | read latency | write latency | read bandwidth | write bandwidth |
        | 252 ns       | 352 ns        | 4096 MB/s      | 4096 MB/s       |
