@flow @thread-T4 @thread-T17
Feature: Firmware configures CXL memory (BIOS-first)
  Firmware may configure CXL memory itself: it commits decoders, and describes to the operating
  system exactly what they map. Then an operating system without CXL support can use the memory, too.

  Background:
    Given the machine "two volatile devices"

  @id:BIOSFIRST-1 @ACPI-6.5-15
  Rule: The memory map describes the memory that firmware has configured, and no more
    @id:BIOSFIRST-1.1
    Scenario Outline: One device, as <kind>
      Given firmware configures the memory of vmem0 as <kind>
      Then the memory map has these entries in the windows:
        | window | range  | type   |
        | 0      | 0-512M | <kind> |

      Examples: special-purpose memory, and ordinary memory
        | kind          |
        | soft reserved |
        | RAM           |

    @id:BIOSFIRST-1.2
    Scenario: All devices, at consecutive addresses
      Given these NUMA nodes:
        | node | RAM | processors |
        | 0    | 1G  | 0          |
        | 1    | 1G  | 1          |
      And these distances:
        | from | to | distance |
        | 0    | 1  | 40       |
      And firmware configures the memory of vmem0, vmem1 as soft reserved
      Then the memory map has these entries in the windows:
        | window | range  | type          |
        | 0      | 0-768M | soft reserved |

  @id:BIOSFIRST-2 @thread-T15 @CXL-3.1-8.2.4.20.12
  Rule: Linux assembles a region from decoders that firmware has committed
    @id:BIOSFIRST-2.1
    Scenario: Soft reserved memory, which comes online by the region's dax device
      Given firmware configures the memory of vmem0 as soft reserved
      Then there is 1 region
      And the region is enabled
      And the region maps 512M of window 0 to vmem0
      And window 0 holds a region of soft reserved memory, a dax device and System RAM (kmem) of 512M

    @id:BIOSFIRST-2.2
    Scenario: RAM since boot, without a dax device
      Given firmware configures the memory of vmem0 as RAM
      Then there is 1 region
      And the region is enabled
      And the region maps 512M of window 0 to vmem0
      And window 0 holds a region and System RAM of 512M

    @id:BIOSFIRST-2.3
    Scenario: It holds data
      Given firmware configures the memory of vmem0 as soft reserved
      And there is 1 region
      When 64K of data are stored in the region
      Then the region yields the data

    @id:BIOSFIRST-2.4
    Scenario: Memory that firmware has interleaved across host bridges
      Given these host bridges:
        | id    | bus | root ports |
        | cxl.2 | 40  | rp2, rp3   |
      And these Type 3 devices:
        | id    | port | volatile | persistent |
        | vmem2 | rp2  | 512M     | 0          |
      And these fixed memory windows:
        | size | targets      | granularity |
        | 4G   | cxl.1, cxl.2 | 1K          |
      And firmware configures the memory of vmem0, vmem2 as soft reserved
      Then there is 1 region
      And the region is enabled
      And the region maps 1G of window 1 to vmem0, vmem2
      And window 1 holds a region of soft reserved memory, a dax device and System RAM (kmem) of 1G

  @id:BIOSFIRST-3 @thread-T5
  Rule: The operating system can configure the memory that firmware has not
    @id:BIOSFIRST-3.1
    Scenario: A region beside firmware's
      Given firmware configures the memory of vmem0 as soft reserved
      When a volatile region of 256M is created in window 0 on vmem1
      Then the region is enabled
      And the region occupies 512M-768M of window 0

  @id:BIOSFIRST-4 @ACPI-6.5-5.2.16.2
  Rule: The SRAT gives the node of the memory that firmware has configured
    @id:BIOSFIRST-4.1
    Scenario Outline: A memory affinity for what decoders map, as <kind>
      Given firmware configures the memory of vmem0 as <kind>
      Then the SRAT has these memory affinities in the windows:
        | window | range  | domain |
        | 0      | 0-512M | 1      |

      Examples: special-purpose memory, and ordinary memory
        | kind          |
        | soft reserved |
        | RAM           |

    @id:BIOSFIRST-4.2
    Scenario: Soft reserved memory comes online on that node
      Given firmware configures the memory of vmem0 as soft reserved
      And there is 1 region
      Then 512M of the region's memory is online on node 1

    @id:BIOSFIRST-4.3
    Scenario: RAM is online on that node since boot
      Given firmware configures the memory of vmem0 as RAM
      Then 512M of memory is online on node 1

  @id:BIOSFIRST-5
  Rule: An operating system without CXL support can use the memory
    @id:BIOSFIRST-5.1
    Scenario: It is online on its node
      Given firmware configures the memory of vmem0 as RAM
      And an operating system without CXL support
      Then 512M of memory is online on node 1

    @id:BIOSFIRST-5.2
    Scenario: Data are stored in the device
      Given firmware configures the memory of vmem0 as RAM
      And an operating system without CXL support
      When 64K of data are stored on node 1
      Then node 1 yields the data
      And the media of vmem0 hold the data from DPA 0

  @id:BIOSFIRST-6 @ACPI-6.5-5.2.28.4 @thread-T14
  Rule: The HMAT gives latency and bandwidth from the processors to the media
    @id:BIOSFIRST-6.1
    Scenario: Values of the device's CDAT
      Given firmware configures the memory of vmem0 as soft reserved
      Then access from domain 0 to domain 1 by the HMAT has:
        | read latency | write latency | read bandwidth | write bandwidth |
        | 150 ns       | 250 ns        | 16000 MB/s     | 16000 MB/s      |

    @id:BIOSFIRST-6.2
    Scenario: Memory interleaved across two devices has the bandwidth of both
      Given these host bridges:
        | id    | bus | root ports |
        | cxl.2 | 40  | rp2, rp3   |
      And these Type 3 devices:
        | id    | port | volatile | persistent |
        | vmem2 | rp2  | 512M     | 0          |
      And these fixed memory windows:
        | size | targets      | granularity |
        | 4G   | cxl.1, cxl.2 | 1K          |
      And firmware configures the memory of vmem0, vmem2 as soft reserved
      Then access from domain 0 to domain 1 by the HMAT has:
        | read latency | write latency | read bandwidth | write bandwidth |
        | 150 ns       | 250 ns        | 32000 MB/s     | 32000 MB/s      |

    @id:BIOSFIRST-6.3
    Scenario: Behind a host bridge with a Generic Port, the path to it is included
      Given these NUMA nodes:
        | node | RAM | processors |
        | 0    | 2G  | 0, 1       |
        | 1    | 0   |            |
      And these Generic Ports:
        | host bridge | node |
        | cxl.1       | 1    |
      And these latencies and bandwidths:
        | from | to | latency | bandwidth |
        | 0    | 0  | 10      | 8G        |
        | 0    | 1  | 100     | 4G        |
      And firmware configures the memory of vmem0 as soft reserved
      Then access from domain 0 to domain 2 by the HMAT has:
        | read latency | write latency | read bandwidth | write bandwidth |
        | 250 ns       | 350 ns        | 4096 MB/s      | 4096 MB/s       |

  @id:BIOSFIRST-7 @CXL-3.1-8.2.4.20.13
  Rule: Decoders that firmware has locked do not change
    @id:BIOSFIRST-7.1
    Scenario Outline: The decoder of <owner> cannot be reprogrammed
      Given firmware configures the memory of vmem0 as soft reserved, with locked decoders
      When decoder 0 of <owner> is committed for 512M-1G of window 0
      Then decoder 0 of <owner> maps 0-512M of window 0

      Examples: a host bridge and a device
        | owner |
        | cxl.1 |
        | vmem0 |

    @id:BIOSFIRST-7.2
    Scenario: Linux assembles a region from locked decoders
      Given firmware configures the memory of vmem0 as soft reserved, with locked decoders
      Then there is 1 region
      And the region is enabled
      And the region maps 512M of window 0 to vmem0

  @id:BIOSFIRST-8 @ACPI-6.5-15
  Rule: Persistent memory that firmware has configured is described as persistent
    Background:
      Given these host bridges:
        | id    | bus | root ports |
        | cxl.2 | 40  | rp2, rp3   |
      And these Type 3 devices:
        | id    | port | volatile | persistent |
        | pmem0 | rp2  | 0        | 512M       |
        | both0 | rp3  | 256M     | 512M       |
      And these fixed memory windows:
        | size | targets | granularity |
        | 4G   | cxl.2   | 256         |

    @id:BIOSFIRST-8.1
    Scenario: In the memory map
      Given firmware configures the memory of pmem0 as soft reserved and persistent
      Then the memory map has these entries in the windows:
        | window | range  | type       |
        | 1      | 0-512M | persistent |

    @id:BIOSFIRST-8.2 @ACPI-6.5-5.2.16.2
    Scenario: In the SRAT, on its own domain after that of the device's volatile memory
      Given firmware configures the memory of both0 as soft reserved and persistent
      Then the SRAT has these memory affinities in the windows:
        | window | range     | domain | non-volatile |
        | 1      | 0-256M    | 1      | no           |
        | 1      | 256M-768M | 2      | yes          |

    @id:BIOSFIRST-8.3
    Scenario: Linux assembles a persistent region from it
      Given firmware configures the memory of pmem0 as soft reserved and persistent
      Then there is 1 region
      And the region is persistent
      And the region is enabled
      And the region occupies 0-512M of window 1

    @id:BIOSFIRST-8.4
    Scenario: A device has a region of each kind
      Given firmware configures the memory of both0 as soft reserved and persistent
      Then there are 2 regions
      And the first region is volatile
      And the first region occupies 0-256M of window 1
      And the second region is persistent
      And the second region occupies 256M-768M of window 1
