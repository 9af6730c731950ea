@command-line
Feature: Nodes, distances, latencies and caches fit together
  They become tables that the operating system believes without asking back. What contradicts
  itself must not get that far.

  Background:
    Given the QEMU options:
      """
      -M q35,cxl=on,hmat=on -m 1G -smp 2
      -object memory-backend-ram,id=n0,size=1G -numa node,nodeid=0,cpus=0-1,memdev=n0
      -device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=12 -device cxl-rp,id=rp0,bus=cxl.1
      """

  @id:OPTION-23 @QEMU-hw/core/numa.c
  Rule: Nodes are numbered without holes, share the RAM and the processors, and each has its own

    @id:OPTION-23.1
    Scenario Outline: <what>
      Given the QEMU options <options>
      Then the machine is refused: <message>

      Examples: numbers
        | what                                | options                              | message                              |
        | A node 2, but no 1                  | -numa node,nodeid=2                  | numa: Node ID missing: 1             |
        | Two nodes 0                         | -numa node,nodeid=0                  | Duplicate NUMA nodeid: 0             |
        | A node 128                          | -numa node,nodeid=128                | Max number of NUMA nodes reached: 128 |

      Examples: memory
        | what                                | options                              | message                                                                       |
        | More RAM than that of nodes         | -m 2G                                | total memory for NUMA nodes (0x40000000) should equal RAM size (0x80000000)   |
        | Memory that is not there            | -numa node,nodeid=1,memdev=n1        | memdev=n1 is ambiguous                                                        |
        | Memory by size beside a backend     | -numa node,nodeid=1,mem=1G           | numa configuration should use either mem= or memdev=,mixing both is not allowed |
        | Memory of two nodes                 | -m 2G -numa node,nodeid=1,memdev=n0  | memory backend n0 can't be used multiple times.                               |

      Examples: processors
        | what                                | options                              | message                                            |
        | A processor that is not there       | -numa node,nodeid=1,cpus=2           | CPU index (2) should be smaller than maxcpus (2)   |
        | A processor of two nodes            | -numa node,nodeid=1,cpus=1           | CPU is already assigned to node-id: 0              |
        | A socket that is not there          | -numa cpu,node-id=0,socket-id=9      | no match found                                     |
        | A processor of no node              | -numa cpu,node-id=1,socket-id=0      | Invalid node-id=1, NUMA node must be defined with -numa node,nodeid=ID before it's used with -numa cpu,node-id=ID |

      Examples: initiators
        | what                                | options                              | message                                                                 |
        | One that is not there               | -numa node,nodeid=1,initiator=7      | NUMA node 7 is missing, use '-numa node' option to declare it first     |
        | One without processors              | -numa node,nodeid=1,initiator=1      | The initiator of NUMA node 1 is invalid                                 |

      Examples: what is none of this
        | what                                | options                              | message                                          |
        | Another word for a node             | -numa nodes,nodeid=1                 | Parameter 'type' does not accept value 'nodes'   |

  @id:OPTION-24 @QEMU-hw/core/numa.c
  Rule: Distances are at least 10, 10 within a node, and complete

    @id:OPTION-24.1
    Scenario Outline: <what>
      Given the QEMU options -numa node,nodeid=1 -numa node,nodeid=2 <options>
      Then the machine is refused: <message>

      Examples: one of them
        | what                          | options                          | message                                                                                             |
        | Nearer than near              | -numa dist,src=0,dst=1,val=5     | NUMA distance (5) is invalid, it shouldn't be less than 10.                                         |
        | Farther than far              | -numa dist,src=0,dst=1,val=256   | Parameter 'val' expects uint8_t                                                                     |
        | A node away from itself       | -numa dist,src=0,dst=0,val=11    | Local distance of node 0 should be 10.                                                              |
        | From a node that is not there | -numa dist,src=3,dst=1,val=20    | Source/Destination NUMA node is missing. Please use '-numa node' option to declare it first.        |
        | To one that can never be      | -numa dist,src=0,dst=200,val=20  | Parameter 'dst' expects an integer between 0 and 127                                                |
        | A distance of nothing         | -numa dist,src=0,dst=1           | Parameter 'val' is missing                                                                          |

      Examples: all of them
        | what               | options                                                                                                                         | message                                                                                                                       |
        | One is missing     | -numa dist,src=0,dst=1,val=20                                                                                                   | The distance between node 0 and 2 is missing, at least one distance value between each nodes should be provided.              |
        | One way differs    | -numa dist,src=0,dst=1,val=20 -numa dist,src=1,dst=0,val=30 -numa dist,src=0,dst=2,val=20 -numa dist,src=1,dst=2,val=20         | At least one asymmetrical pair of distances is given, please provide distances for both directions of all node pairs.         |

  @id:OPTION-25 @QEMU-hw/core/numa.c @thread-T10
  Rule: Latency and bandwidth are from an initiator to a node, told once, and fit into an HMAT

    @id:OPTION-25.1
    Scenario Outline: <what>
      Given the QEMU options -numa node,nodeid=1
      And the QEMU options -numa hmat-lb,hierarchy=memory,data-type=access-<locality>
      Then the machine is refused: <message>

      Examples: between nodes that are none
        | what                                | locality                                  | message                                                               |
        | An initiator that is not there      | latency,initiator=5,target=0,latency=10   | Invalid initiator=5, it should be less than 2                         |
        | An initiator just beyond the last   | latency,initiator=2,target=0,latency=10   | Invalid initiator=2, it isn't an initiator proximity domain           |
        | An initiator without processors     | latency,initiator=1,target=0,latency=10   | Invalid initiator=1, it isn't an initiator proximity domain           |
        | A target that is not there          | latency,initiator=0,target=3,latency=10   | Invalid target=3, it should be less than 2                            |
        | A target just beyond the last       | latency,initiator=0,target=2,latency=10   | The target=2 should point to an existing node                         |

      Examples: of the wrong kind
        | what                                | locality                                               | message                                                          |
        | No latency                          | latency,initiator=0,target=0                           | Missing 'latency' option                                         |
        | No bandwidth                        | bandwidth,initiator=0,target=0                         | Missing 'bandwidth' option                                       |
        | A bandwidth beside the latency      | latency,initiator=0,target=0,latency=10,bandwidth=1M   | Invalid option 'bandwidth' since the data type is latency        |
        | A latency beside the bandwidth      | bandwidth,initiator=0,target=0,latency=10,bandwidth=1M | Invalid option 'latency' since the data type is bandwidth        |
        | Neither                             | time,initiator=0,target=0,latency=10                   | Parameter 'data-type' does not accept value 'access-time'        |

      Examples: of another unit
        | what                                | locality                                        | message                                                                     |
        | 1000 bytes a second                 | bandwidth,initiator=0,target=0,bandwidth=1000   | Bandwidth 1000 between initiator=0 and target=0 should be 1MB aligned       |

      Examples: told twice
        | what       | locality                                                                                                                              | message                                                                   |
        | A latency  | latency,initiator=0,target=0,latency=10 -numa hmat-lb,hierarchy=memory,data-type=access-latency,initiator=0,target=0,latency=10       | Duplicate configuration of the latency for initiator=0 and target=0       |
        | A bandwidth | bandwidth,initiator=0,target=0,bandwidth=1M -numa hmat-lb,hierarchy=memory,data-type=access-bandwidth,initiator=0,target=0,bandwidth=2M | Duplicate configuration of the bandwidth for initiator=0 and target=0   |

      Examples: too far from each other for 16 bits
        | what       | locality                                                                                                                              | message                                                                   |
        | Latencies  | latency,initiator=0,target=0,latency=1 -numa hmat-lb,hierarchy=memory,data-type=access-latency,initiator=0,target=1,latency=70000     | Latency 70000 between initiator=0 and target=1 should not differ from previously entered min or max values on more than 65534 |
        | Bandwidths | bandwidth,initiator=0,target=0,bandwidth=64T -numa hmat-lb,hierarchy=memory,data-type=access-bandwidth,initiator=0,target=1,bandwidth=1M | Bandwidth 1048576 between initiator=0 and target=1 should not differ from previously entered values on more than 65534 |

    @id:OPTION-25.2
    Scenario: A single latency that no 16 bits hold
      Given the QEMU options -numa hmat-lb,hierarchy=memory,data-type=access-latency,initiator=0,target=0,latency=65535
      Then the machine is refused: Latency 65535 between initiator=0 and target=0 should not differ from previously entered min or max values on more than 65534

    @id:OPTION-25.3 @thread-T18
    Scenario: A Generic Port does not make its node an initiator
      Given the QEMU options -numa node,nodeid=1 -object acpi-generic-port,id=gp,pci-bus=cxl.1,node=1
      And the QEMU options -numa hmat-lb,hierarchy=memory,data-type=access-latency,initiator=1,target=0,latency=10
      Then the machine is refused: Invalid initiator=1, it isn't an initiator proximity domain

    @id:OPTION-25.4 @thread-T19
    Scenario Outline: A Generic Initiator makes its node one, <where> the option on the command line
      Given the QEMU options -numa node,nodeid=1 <first> <second>
      Then the machine is accepted

      Examples: whichever comes first
        | where  | first                                                                                             | second                                                                                            |
        | before | -object acpi-generic-initiator,id=gi,pci-dev=rp0,node=1                                           | -numa hmat-lb,hierarchy=memory,data-type=access-latency,initiator=1,target=0,latency=10           |
        | behind | -numa hmat-lb,hierarchy=memory,data-type=access-latency,initiator=1,target=0,latency=10           | -object acpi-generic-initiator,id=gi,pci-dev=rp0,node=1                                           |

    @id:OPTION-25.5
    Scenario Outline: Without an HMAT, <what>
      Given the QEMU options -M hmat=off -numa <option>
      Then the machine is refused: ACPI Heterogeneous Memory Attribute Table (HMAT) is disabled, enable it with -machine hmat=on before using any of hmat specific options

      Examples: all that would be in it
        | what         | option                                                                                                     |
        | latencies    | hmat-lb,hierarchy=memory,data-type=access-latency,initiator=0,target=0,latency=10                          |
        | caches       | hmat-cache,node-id=0,size=10K,level=1,associativity=direct,policy=write-back,line=8                        |
        | initiators   | node,nodeid=1,initiator=0                                                                                  |

  @id:OPTION-26 @QEMU-hw/core/numa.c
  Rule: Caches are of memory whose latency and bandwidth are known, and each level is larger than the one before

    @id:OPTION-26.1
    Scenario Outline: <what>
      Given the QEMU options:
        """
        -numa hmat-lb,hierarchy=memory,data-type=access-latency,initiator=0,target=0,latency=10
        -numa hmat-lb,hierarchy=memory,data-type=access-bandwidth,initiator=0,target=0,bandwidth=1G
        -numa node,nodeid=1
        """
      And the QEMU options -numa hmat-cache,associativity=direct,policy=write-back,line=8,<cache>
      Then the machine is refused: <message>

      Examples: of another node
        | what                  | cache                        | message                                                                                                            |
        | Not there             | node-id=2,level=1,size=10K   | Invalid node-id=2, it should be less than 2                                                                        |
        | Without latency       | node-id=1,level=1,size=10K   | The latency and bandwidth information of node-id=1 should be provided before memory side cache attributes          |

      Examples: of a level
        | what                  | cache                        | message                                                                           |
        | 0                     | node-id=0,level=0,size=10K   | Invalid level=0, it should be larger than 0 and less than or equal to 3           |
        | 4                     | node-id=0,level=4,size=10K   | Invalid level=4, it should be larger than 0 and less than or equal to 3           |
        | 2, but no 1           | node-id=0,level=2,size=10K   | Cache level=1 shall be defined first                                              |

      Examples: beside another one
        | what                  | cache                                                                                                                          | message                                                                                       |
        | Told twice            | node-id=0,level=1,size=10K -numa hmat-cache,associativity=direct,policy=write-back,line=8,node-id=0,level=1,size=10K           | Duplicate configuration of the side cache for node-id=0 and level=1                           |
        | No larger             | node-id=0,level=1,size=10K -numa hmat-cache,associativity=direct,policy=write-back,line=8,node-id=0,level=2,size=10K           | Invalid size=10240, the size of level=2 should be larger than the size(10240) of level=1      |

      Examples: without what it must have
        | what                  | cache              | message                           |
        | A size                | node-id=0,level=1  | Parameter 'size' is missing       |

  @id:OPTION-27 @QEMU-qapi/qom.json
  Rule: A memory backend has an id, a size, and a file where it is one

    @id:OPTION-27.1
    Scenario Outline: <backend>
      Given the QEMU options -object <backend>
      Then the machine is refused: <message>

      Examples: without what it must have
        | backend                                  | message                          |
        | memory-backend-ram,size=1M               | Parameter 'id' is missing        |
        | memory-backend-ram,id=m                  | Parameter 'size' is missing      |
        | memory-backend-file,id=m,size=1M         | Parameter 'mem-path' is missing  |

      Examples: with what it cannot have
        | backend                                  | message                                                                |
        | memory-backend-ram,id=m,size=big         | Parameter 'size' expects a size value                                  |
        | memory-backend-ram,id=m,size=0           | property 'size' of memory-backend-ram doesn't take value '0'           |
        | memory-backend-ram,id=m,size=1M,foo=1    | Invalid parameter 'foo'                                                |
        | memory-backend-rom,id=m,size=1M          | Parameter 'qom-type' does not accept value 'memory-backend-rom'        |
        | memory-backend-ram,id=n0,size=1M         | Duplicate ID 'n0' for object                                           |
