@command-line
Feature: Nodes, distances, latencies and caches are consistent
  They become tables that the operating system relies on without checking. A contradiction must
  not get that far.

  Background:
    Given the QEMU options:
      """
      -M q35,cxl=on,hmat=on -m 1G -smp 2
      -object memory-backend-ram,id=n0,size=1G -numa node,nodeid=0,cpus=0-1,memdev=n0
      -device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=12 -device cxl-rp,id=rp0,bus=cxl.1
      """

  @id:OPTION-23 @QEMU-hw/core/numa.c
  Rule: Nodes are numbered without gaps, and the RAM and the processors are divided among them
    @id:OPTION-23.1
    Scenario Outline: Invalid nodes: <what>
      Given the QEMU options <options>
      Then the machine is refused: <message>

      Examples: numbers and memory
        | what                          | options                             | message                                                                         |
        | node 2 without node 1         | -numa node,nodeid=2                 | numa: Node ID missing: 1                                                        |
        | node 0 twice                  | -numa node,nodeid=0                 | Duplicate NUMA nodeid: 0                                                        |
        | node 128                      | -numa node,nodeid=128               | Max number of NUMA nodes reached: 128                                           |
        | more RAM than the nodes have  | -m 2G                               | total memory for NUMA nodes (0x40000000) should equal RAM size (0x80000000)     |
        | a backend that does not exist | -numa node,nodeid=1,memdev=n1       | memdev=n1 is ambiguous                                                          |
        | mem= beside memdev=           | -numa node,nodeid=1,mem=1G          | numa configuration should use either mem= or memdev=,mixing both is not allowed |
        | one backend for two nodes     | -m 2G -numa node,nodeid=1,memdev=n0 | memory backend n0 can't be used multiple times.                                 |

      Examples: processors, initiators, and an unknown type
        | what                                      | options                         | message                                                                                                           |
        | a processor that does not exist           | -numa node,nodeid=1,cpus=2      | CPU index (2) should be smaller than maxcpus (2)                                                                  |
        | one processor on two nodes                | -numa node,nodeid=1,cpus=1      | CPU is already assigned to node-id: 0                                                                             |
        | a socket that does not exist              | -numa cpu,node-id=0,socket-id=9 | no match found                                                                                                    |
        | a processor on a node that does not exist | -numa cpu,node-id=1,socket-id=0 | Invalid node-id=1, NUMA node must be defined with -numa node,nodeid=ID before it's used with -numa cpu,node-id=ID |
        | an initiator that does not exist          | -numa node,nodeid=1,initiator=7 | NUMA node 7 is missing, use '-numa node' option to declare it first                                               |
        | an initiator without processors           | -numa node,nodeid=1,initiator=1 | The initiator of NUMA node 1 is invalid                                                                           |
        | an unknown type                           | -numa nodes,nodeid=1            | Parameter 'type' does not accept value 'nodes'                                                                    |

  @id:OPTION-24 @QEMU-hw/core/numa.c
  Rule: Distances are at least 10, 10 within a node, and complete
    @id:OPTION-24.1
    Scenario Outline: Invalid distances: <what>
      Given the QEMU options -numa node,nodeid=1 -numa node,nodeid=2 <options>
      Then the machine is refused: <message>

      Examples: a single distance, and the whole matrix
        | what                            | options                                                                                                                 | message                                                                                                               |
        | less than 10                    | -numa dist,src=0,dst=1,val=5                                                                                            | NUMA distance (5) is invalid, it shouldn't be less than 10.                                                           |
        | more than 255                   | -numa dist,src=0,dst=1,val=256                                                                                          | Parameter 'val' expects uint8_t                                                                                       |
        | a local distance other than 10  | -numa dist,src=0,dst=0,val=11                                                                                           | Local distance of node 0 should be 10.                                                                                |
        | from a node that does not exist | -numa dist,src=3,dst=1,val=20                                                                                           | Source/Destination NUMA node is missing. Please use '-numa node' option to declare it first.                          |
        | to an invalid node              | -numa dist,src=0,dst=200,val=20                                                                                         | Parameter 'dst' expects an integer between 0 and 127                                                                  |
        | no value                        | -numa dist,src=0,dst=1                                                                                                  | Parameter 'val' is missing                                                                                            |
        | one missing                     | -numa dist,src=0,dst=1,val=20                                                                                           | The distance between node 0 and 2 is missing, at least one distance value between each nodes should be provided.      |
        | one direction differs           | -numa dist,src=0,dst=1,val=20 -numa dist,src=1,dst=0,val=30 -numa dist,src=0,dst=2,val=20 -numa dist,src=1,dst=2,val=20 | At least one asymmetrical pair of distances is given, please provide distances for both directions of all node pairs. |

  @id:OPTION-25 @QEMU-hw/core/numa.c @thread-T10
  Rule: Latency and bandwidth are from an initiator to a node, given once, and fit into an HMAT
    @id:OPTION-25.1
    Scenario Outline: Invalid latency or bandwidth: <what>
      Given the QEMU options -numa node,nodeid=1
      And the QEMU options -numa hmat-lb,hierarchy=memory,data-type=access-<locality>
      Then the machine is refused: <message>

      Examples: invalid nodes
        | what                                   | locality                                | message                                                     |
        | an initiator that does not exist       | latency,initiator=5,target=0,latency=10 | Invalid initiator=5, it should be less than 2               |
        | an initiator just beyond the last node | latency,initiator=2,target=0,latency=10 | Invalid initiator=2, it isn't an initiator proximity domain |
        | an initiator without processors        | latency,initiator=1,target=0,latency=10 | Invalid initiator=1, it isn't an initiator proximity domain |
        | a target that does not exist           | latency,initiator=0,target=3,latency=10 | Invalid target=3, it should be less than 2                  |
        | a target just beyond the last node     | latency,initiator=0,target=2,latency=10 | The target=2 should point to an existing node               |

      Examples: the wrong kind of value, and an invalid unit
        | what                           | locality                                               | message                                                               |
        | no latency                     | latency,initiator=0,target=0                           | Missing 'latency' option                                              |
        | no bandwidth                   | bandwidth,initiator=0,target=0                         | Missing 'bandwidth' option                                            |
        | a bandwidth beside the latency | latency,initiator=0,target=0,latency=10,bandwidth=1M   | Invalid option 'bandwidth' since the data type is latency             |
        | a latency beside the bandwidth | bandwidth,initiator=0,target=0,latency=10,bandwidth=1M | Invalid option 'latency' since the data type is bandwidth             |
        | an unknown data type           | time,initiator=0,target=0,latency=10                   | Parameter 'data-type' does not accept value 'access-time'             |
        | 1000 bytes per second          | bandwidth,initiator=0,target=0,bandwidth=1000          | Bandwidth 1000 between initiator=0 and target=0 should be 1MB aligned |

      Examples: given twice, and a range that 16 bits cannot hold
        | what        | locality                                                                                                                                 | message                                                                                                                       |
        | a latency   | latency,initiator=0,target=0,latency=10 -numa hmat-lb,hierarchy=memory,data-type=access-latency,initiator=0,target=0,latency=10          | Duplicate configuration of the latency for initiator=0 and target=0                                                           |
        | a bandwidth | bandwidth,initiator=0,target=0,bandwidth=1M -numa hmat-lb,hierarchy=memory,data-type=access-bandwidth,initiator=0,target=0,bandwidth=2M  | Duplicate configuration of the bandwidth for initiator=0 and target=0                                                         |
        | latencies   | latency,initiator=0,target=0,latency=1 -numa hmat-lb,hierarchy=memory,data-type=access-latency,initiator=0,target=1,latency=70000        | Latency 70000 between initiator=0 and target=1 should not differ from previously entered min or max values on more than 65534 |
        | bandwidths  | bandwidth,initiator=0,target=0,bandwidth=64T -numa hmat-lb,hierarchy=memory,data-type=access-bandwidth,initiator=0,target=1,bandwidth=1M | Bandwidth 1048576 between initiator=0 and target=1 should not differ from previously entered values on more than 65534        |

    @id:OPTION-25.2
    Scenario: A single latency that 16 bits cannot hold
      Given the QEMU options -numa hmat-lb,hierarchy=memory,data-type=access-latency,initiator=0,target=0,latency=65535
      Then the machine is refused: Latency 65535 between initiator=0 and target=0 should not differ from previously entered min or max values on more than 65534

    @id:OPTION-25.3 @thread-T18
    Scenario: A Generic Port does not make its node an initiator
      Given the QEMU options -numa node,nodeid=1 -object acpi-generic-port,id=gp,pci-bus=cxl.1,node=1
      And the QEMU options -numa hmat-lb,hierarchy=memory,data-type=access-latency,initiator=1,target=0,latency=10
      Then the machine is refused: Invalid initiator=1, it isn't an initiator proximity domain

    @id:OPTION-25.4 @thread-T19
    Scenario Outline: A Generic Initiator makes its node an initiator, given <where> the latency
      Given the QEMU options -numa node,nodeid=1 <first> <second>
      Then the machine is accepted

      Examples: both orders
        | where  | first                                                                                   | second                                                                                  |
        | before | -object acpi-generic-initiator,id=gi,pci-dev=rp0,node=1                                 | -numa hmat-lb,hierarchy=memory,data-type=access-latency,initiator=1,target=0,latency=10 |
        | behind | -numa hmat-lb,hierarchy=memory,data-type=access-latency,initiator=1,target=0,latency=10 | -object acpi-generic-initiator,id=gi,pci-dev=rp0,node=1                                 |

    @id:OPTION-25.5
    Scenario Outline: Without an HMAT, <what> are refused
      Given the QEMU options -M hmat=off -numa <option>
      Then the machine is refused: ACPI Heterogeneous Memory Attribute Table (HMAT) is disabled, enable it with -machine hmat=on before using any of hmat specific options

      Examples: everything that goes into an HMAT
        | what       | option                                                                              |
        | latencies  | hmat-lb,hierarchy=memory,data-type=access-latency,initiator=0,target=0,latency=10   |
        | caches     | hmat-cache,node-id=0,size=10K,level=1,associativity=direct,policy=write-back,line=8 |
        | initiators | node,nodeid=1,initiator=0                                                           |

  @id:OPTION-26 @QEMU-hw/core/numa.c
  Rule: Cached memory has a known latency and bandwidth, and each level of cache is larger than the one before
    @id:OPTION-26.1
    Scenario Outline: Invalid cache: <what>
      Given the QEMU options:
        """
        -numa hmat-lb,hierarchy=memory,data-type=access-latency,initiator=0,target=0,latency=10
        -numa hmat-lb,hierarchy=memory,data-type=access-bandwidth,initiator=0,target=0,bandwidth=1G
        -numa node,nodeid=1
        """
      And the QEMU options -numa hmat-cache,associativity=direct,policy=write-back,line=8,<cache>
      Then the machine is refused: <message>

      Examples: the node and the level
        | what                       | cache                      | message                                                                                                   |
        | a node that does not exist | node-id=2,level=1,size=10K | Invalid node-id=2, it should be less than 2                                                               |
        | a node without latency     | node-id=1,level=1,size=10K | The latency and bandwidth information of node-id=1 should be provided before memory side cache attributes |
        | level 0                    | node-id=0,level=0,size=10K | Invalid level=0, it should be larger than 0 and less than or equal to 3                                   |
        | level 4                    | node-id=0,level=4,size=10K | Invalid level=4, it should be larger than 0 and less than or equal to 3                                   |
        | level 2 without level 1    | node-id=0,level=2,size=10K | Cache level=1 shall be defined first                                                                      |

      Examples: beside another cache, and missing properties
        | what                       | cache                                                                                                                | message                                                                                  |
        | a level given twice        | node-id=0,level=1,size=10K -numa hmat-cache,associativity=direct,policy=write-back,line=8,node-id=0,level=1,size=10K | Duplicate configuration of the side cache for node-id=0 and level=1                      |
        | a level that is not larger | node-id=0,level=1,size=10K -numa hmat-cache,associativity=direct,policy=write-back,line=8,node-id=0,level=2,size=10K | Invalid size=10240, the size of level=2 should be larger than the size(10240) of level=1 |
        | no size                    | node-id=0,level=1                                                                                                    | Parameter 'size' is missing                                                              |

  @id:OPTION-27 @QEMU-qapi/qom.json
  Rule: A memory backend has an id, a size, and a path if it is a file
    @id:OPTION-27.1
    Scenario Outline: The backend <backend>
      Given the QEMU options -object <backend>
      Then the machine is refused: <message>

      Examples: missing and invalid properties
        | backend                               | message                                                         |
        | memory-backend-ram,size=1M            | Parameter 'id' is missing                                       |
        | memory-backend-ram,id=m               | Parameter 'size' is missing                                     |
        | memory-backend-file,id=m,size=1M      | Parameter 'mem-path' is missing                                 |
        | memory-backend-ram,id=m,size=big      | Parameter 'size' expects a size value                           |
        | memory-backend-ram,id=m,size=0        | property 'size' of memory-backend-ram doesn't take value '0'    |
        | memory-backend-ram,id=m,size=1M,foo=1 | Invalid parameter 'foo'                                         |
        | memory-backend-rom,id=m,size=1M       | Parameter 'qom-type' does not accept value 'memory-backend-rom' |
        | memory-backend-ram,id=n0,size=1M      | Duplicate ID 'n0' for object                                    |
