@numa
Feature: The NUMA node of a region's memory
  QEMU's tables give no node for memory in windows, which the operating system configures at run time.
  Linux gives each window a node of its own, and the memory of its regions goes there.

  Background:
    Given these host bridges:
      | id    | bus | root ports |
      | cxl.1 | 12  | rp0, rp1   |
    And these fixed memory windows:
      | size | targets | granularity |
      | 4G   | cxl.1   | 256         |

  @id:PLACE-1 @thread-T14
  Rule: Each window has its own node, numbered after those of the SRAT
    Background:
      Given these Type 3 devices:
        | id    | port | volatile | persistent |
        | vmem0 | rp0  | 512M     | 0          |
        | both0 | rp1  | 256M     | 512M       |
      And these fixed memory windows:
        | size | targets | granularity |
        | 4G   | cxl.1   | 256         |

    @id:PLACE-1.1
    Scenario Outline: Window <window>, after one node with hot-pluggable memory
      Given a machine with 2G of RAM, maxmem 4G
      When a volatile region of 512M is created in window <window> on vmem0
      Then the region's memory is online on node <node>

      Examples: the first, and the last
        | window | node |
        | 0      | 1    |
        | 1      | 2    |

    @id:PLACE-1.2
    Scenario: After two nodes
      Given a machine with 2G of RAM, maxmem 2G
      And these NUMA nodes:
        | node | RAM | processors |
        | 0    | 1G  | 0          |
        | 1    | 1G  | 1          |
      When a volatile region of 512M is created in window 1 on vmem0
      Then the region's memory is online on node 3

  @id:PLACE-2 @thread-T14
 
  Rule: Without an SRAT all memory is on node 0
    Background:
      Given these Type 3 devices:
        | id    | port | volatile | persistent |
        | vmem0 | rp0  | 512M     | 0          |

    @id:PLACE-2.1 @needs:code-in-windows
    Scenario: Memory of a region
      Given a machine with 2G of RAM, maxmem 2G
      When a volatile region of 512M is created in window 0 on vmem0
      Then the region's memory is online on node 0
      And the operating system has these NUMA nodes:
        | node |
        | 0    |

    @id:PLACE-2.2 @needs:code-in-windows
    Scenario: Memory of a device that is added
      Given a machine with 2G of RAM, maxmem 2G
      And these Type 3 devices were added:
        | id   | port | volatile | persistent |
        | hot0 | rp1  | 256M     | 0          |
      When a volatile region of 256M is created in window 0 on hot0
      Then the region's memory is online on node 0
      And the operating system has these NUMA nodes:
        | node |
        | 0    |

  @id:PLACE-3 @thread-T16
  Rule: A node without memory in the SRAT does not get the memory of a region
    Background:
      Given these Type 3 devices:
        | id    | port | volatile | persistent |
        | vmem0 | rp0  | 512M     | 0          |

    @id:PLACE-3.1
    Scenario: The memory is on the window's own node
      Given a machine with 2G of RAM, maxmem 4G
      And these NUMA nodes:
        | node | RAM | processors |
        | 0    | 2G  | 0, 1       |
        | 1    | 0   |            |
      When a volatile region of 512M is created in window 0 on vmem0
      Then the region's memory is online on node 2
      And no memory is online on node 1

    @id:PLACE-3.2 @thread-T11
    Scenario: A window's node with the number of that node does not have its distances
      Given a machine with 2G of RAM, maxmem 2G
      And these NUMA nodes:
        | node | RAM | processors |
        | 0    | 2G  | 0, 1       |
        | 1    | 0   |            |
      And these distances:
        | from | to | distance |
        | 0    | 1  | 40       |
      When a volatile region of 512M is created in window 0 on vmem0
      Then the region's memory is online on node 1
      And the operating system has these NUMA nodes:
        | node | distances |
        | 0    | 10, 20    |
        | 1    | 20, 10    |

  @id:PLACE-4 @thread-T13
  Rule: A persistent region that is used as system RAM is on the same node as a volatile region
    Background:
      Given these Type 3 devices:
        | id    | port | volatile | persistent |
        | pmem0 | rp0  | 0        | 512M       |

    @id:PLACE-4.1
    Scenario: With an SRAT, on the window's own node
      Given a machine with 2G of RAM, maxmem 4G
      And a persistent region of 512M was created in window 0 on pmem0
      When the region is used as system RAM
      Then 384M of the region's memory is online on node 1

    @id:PLACE-4.2 @needs:code-in-windows
    Scenario: Without an SRAT, on node 0
      Given a machine with 2G of RAM, maxmem 2G
      And a persistent region of 512M was created in window 0 on pmem0
      When the region is used as system RAM
      Then the region's memory is online on node 0
