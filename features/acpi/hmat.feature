@acpi @ACPI-6.5-5.2.28
Feature: The HMAT describes latency and bandwidth of memory from each node, and memory side caches
  The operating system has latency and bandwidth from the HMAT alone before it has probed a device. The path from
  processors to a Generic Port, which is the first half of the path to any CXL memory, is in no other table.

  Background:
    Given a machine with 2G of RAM, maxmem 2G
    And these NUMA nodes:
      | node | RAM  | processors | initiator |
      | 0    | 1G   | 0          |           |
      | 1    | 0    |            |           |
      | 2    | 512M | 1          |           |
      | 3    | 512M |            | 2         |

  @id:HMAT-1 @ACPI-6.5-5.2.28.3
  Rule: Each node with memory is described with its initiator, and no other node is
    @id:HMAT-1.1
    Scenario: Of four nodes one has no memory, and one has memory without processors
      Given these latencies and bandwidths:
        | from | to | latency | bandwidth |
        | 0    | 0  | 10      | 8G        |
      Then the HMAT has these memory proximity domains:
        | domain | initiator |
        | 0      | 0         |
        | 2      | 2         |
        | 3      | 2         |

  @id:HMAT-2 @ACPI-6.5-5.2.28.4
  Rule: Latency and bandwidth have the values of the command line, whatever base unit the table uses
    @id:HMAT-2.1
    Scenario Outline: <latency> and <more latency> nanoseconds, <bandwidth> and <more bandwidth> a second
      Given these latencies and bandwidths:
        | from | to | latency        | bandwidth        |
        | 0    | 0  | <latency>      | <bandwidth>      |
        | 2    | 3  | <more latency> | <more bandwidth> |
      Then the HMAT has these latencies and bandwidths:
        | from | to | latency        | bandwidth        |
        | 0    | 0  | <latency>      | <bandwidth>      |
        | 2    | 3  | <more latency> | <more bandwidth> |

      Examples: a base unit of 1, a larger one, and the widest range that one base unit allows
        | latency | more latency | bandwidth | more bandwidth |
        | 7       | 130          | 1M        | 3M             |
        | 100     | 5000         | 8G        | 12G            |
        | 1       | 65534        | 1G        | 65534G         |

  @id:HMAT-3 @ACPI-6.5-5.2.28.4
  Rule: Reads, writes, and each level of memory side cache have their own values
    @id:HMAT-3.1
    Scenario: Values for any access, reads, writes, and three levels of cache
      Given these latencies and bandwidths:
        | from | to | access | of                 | latency | bandwidth |
        | 0    | 0  | any    | memory             | 100     | 8G        |
        | 0    | 0  | read   | memory             | 90      | 9G        |
        | 0    | 0  | write  | memory             | 120     | 7G        |
        | 0    | 0  | any    | first-level cache  | 10      | 80G       |
        | 2    | 0  | read   | second-level cache | 20      | 40G       |
        | 2    | 3  | write  | third-level cache  | 30      | 20G       |
      Then the HMAT has these latencies and bandwidths:
        | from | to | access | of                 | latency | bandwidth |
        | 0    | 0  | any    | memory             | 100     | 8G        |
        | 0    | 0  | read   | memory             | 90      | 9G        |
        | 0    | 0  | write  | memory             | 120     | 7G        |
        | 0    | 0  | any    | first-level cache  | 10      | 80G       |
        | 2    | 0  | read   | second-level cache | 20      | 40G       |
        | 2    | 3  | write  | third-level cache  | 30      | 20G       |

  @id:HMAT-4 @ACPI-6.5-5.2.28.5
  Rule: Each memory side cache of a node is described
    @id:HMAT-4.1
    Scenario: Two caches of one node, one of another
      Given these latencies and bandwidths:
        | from | to | latency | bandwidth |
        | 0    | 0  | 10      | 8G        |
        | 2    | 3  | 20      | 4G        |
      And these memory side caches:
        | node | level | size | associativity | policy        | line |
        | 0    | 1     | 64K  | direct        | write-back    | 64   |
        | 3    | 1     | 1G   | none          | none          | 0    |
        | 0    | 2     | 16M  | complex       | write-through | 128  |
      Then the HMAT has these memory side caches:
        | node | levels | level | size | associativity | policy        | line |
        | 0    | 2      | 1     | 64K  | direct        | write-back    | 64   |
        | 0    | 2      | 2     | 16M  | complex       | write-through | 128  |
        | 3    | 1      | 1     | 1G   | none          | none          | 0    |
