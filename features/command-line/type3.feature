@command-line
Feature: A Type 3 device has its own memory backends, and QEMU refuses invalid ones
  Many cover letters are wrong here at first: properties differ between releases, and a device
  needs a label area for persistent memory, and backends that no other device uses.

  Background:
    Given the QEMU options:
      """
      -M q35,cxl=on -m 1G
      -device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=12
      -device cxl-rp,id=rp0,bus=cxl.1,port=0,chassis=0,slot=0
      -device cxl-rp,id=rp1,bus=cxl.1,port=1,chassis=0,slot=1
      -object memory-backend-ram,id=m0,size=256M -object memory-backend-ram,id=m1,size=256M
      -object memory-backend-ram,id=odd,size=300M -object memory-backend-ram,id=small,size=100M
      -object memory-backend-ram,id=l0,size=1M
      """

  @id:OPTION-15 @QEMU-hw/mem/cxl_type3.c
  Rule: A device has a capacity, and a label area if it is persistent
    @id:OPTION-15.1
    Scenario Outline: A device with <device>
      Given the QEMU options -device cxl-type3,id=t,bus=rp0,<device>
      Then the machine is refused: <message>

      Examples: no capacity, static or dynamic
        | device                                 | message                                  |
        | sn=1                                   | at least one memdev property must be set |
        | lsa=l0                                 | at least one memdev property must be set |
        | volatile-dc-memdev=m0                  | at least one memdev property must be set |
        | num-dc-regions=0,volatile-dc-memdev=m0 | at least one memdev property must be set |

      Examples: no label area, and the old and the new name of one property
        | device                                | message                                                       |
        | memdev=m0                             | lsa property must be set for persistent devices               |
        | persistent-memdev=m0                  | lsa property must be set for persistent devices               |
        | memdev=m0,persistent-memdev=m1,lsa=l0 | [memdev] cannot be used with new [persistent-memdev] property |

  @id:OPTION-16 @QEMU-hw/core/qdev-properties.c
  Rule: Memory is an existing backend, and properties have values within their ranges
    @id:OPTION-16.1
    Scenario Outline: A device with <device>
      Given the QEMU options -device cxl-type3,id=t,bus=rp0,<device>
      Then the machine is refused: <message>

      Examples: backends that do not exist
        | device                                   | message                                                       |
        | memdev=nope,lsa=l0                       | Device 'nope' not found                                       |
        | volatile-memdev=nope                     | Device 'nope' not found                                       |
        | memdev=m0,lsa=nope                       | Device 'nope' not found                                       |
        | num-dc-regions=1,volatile-dc-memdev=nope | Device 'nope' not found                                       |
        | memdev=rp1,lsa=l0                        | Invalid parameter type for 'memdev', expected: memory-backend |

      Examples: invalid values and unknown properties
        | device                                   | message                                    |
        | memdev=m0,lsa=l0,sn=x                    | Parameter 'sn' expects integer             |
        | memdev=m0,lsa=l0,sn=18446744073709551616 | Parameter 'sn' expects integer             |
        | num-dc-regions=256,volatile-dc-memdev=m0 | Parameter 'num-dc-regions' expects uint8_t |
        | memdev=m0,lsa=l0,size=256M               | Property 'cxl-type3.size' not found        |

  @id:OPTION-17 @QEMU-hw/mem/cxl_type3.c @thread-T20
  Rule: A memory backend has one user
    @id:OPTION-17.1
    Scenario Outline: One backend for two users: <what>
      Given the QEMU options <options>
      Then the machine is refused: memory backend m0 can't be used multiple times.

      Examples: one device, two devices, and the machine
        | what                                 | options                                                                               |
        | volatile and persistent memory       | -device cxl-type3,bus=rp0,volatile-memdev=m0,persistent-memdev=m0,lsa=l0              |
        | volatile memory and dynamic capacity | -device cxl-type3,bus=rp0,volatile-memdev=m0,num-dc-regions=1,volatile-dc-memdev=m0   |
        | two devices                          | -device cxl-type3,bus=rp0,memdev=m0,lsa=l0 -device cxl-type3,bus=rp1,memdev=m0,lsa=l0 |
        | the machine and a device             | -m 256M -M memory-backend=m0 -device cxl-type3,bus=rp0,memdev=m0,lsa=l0               |

  @id:OPTION-18 @QEMU-hw/mem/cxl_type3.c
  Rule: Dynamic capacity has a backend, and up to 8 regions that begin and end at multiples of 256 MiB
    @id:OPTION-18.1
    Scenario Outline: A device with <device>
      Given the QEMU options -device cxl-type3,id=t,bus=rp0,<device>
      Then the machine is refused: <message>

      Examples: no backend, or one of another size
        | device                                                       | message                                                |
        | num-dc-regions=2                                             | dynamic capacity must have a backing device            |
        | volatile-memdev=m0,num-dc-regions=2                          | dynamic capacity must have a backing device            |
        | num-dc-regions=2,volatile-dc-memdev=m0                       | backend size is not multiple of region len: 0x8000000  |
        | num-dc-regions=1,volatile-dc-memdev=odd                      | backend size is not multiple of region len: 0x12c00000 |
        | volatile-memdev=small,num-dc-regions=1,volatile-dc-memdev=m0 | DC region base not aligned to 0x10000000               |

    @id:OPTION-18.2
    Scenario: 9 regions
      Given the QEMU options -object memory-backend-ram,id=d,size=2304M
      And the QEMU options -device cxl-type3,id=t,bus=rp0,num-dc-regions=9,volatile-dc-memdev=d
      Then the machine is refused

  @id:OPTION-19 @QEMU-hw/mem/cxl_type3.c
  Rule: Back-invalidation needs flits of 256 bytes
    @id:OPTION-19.1
    Scenario: Device-managed coherence with flits of 68 bytes
      Given the QEMU options -device cxl-type3,id=t,bus=rp0,memdev=m0,lsa=l0,hdm-db=on
      Then the machine is refused: hdm-db requires operating in 256b flit

  @id:OPTION-20 @QEMU-hw/pci/pci.c
  Rule: A device is in a free slot below a port
    @id:OPTION-20.1
    Scenario Outline: A device on <bus>, <device>
      Given the QEMU options -device cxl-type3,id=u,bus=rp0,memdev=m1,lsa=l0
      And the QEMU options -device cxl-type3,id=t,bus=<bus>,<device>
      Then the machine is refused: <message>

      Examples: a bus for ports only, and a slot in use
        | bus   | device                    | message                                                                      |
        | cxl.1 | memdev=m0,lsa=l0          | PCI: Only PCI/PCIe bridges can be plugged into pxb-cxl                       |
        | rp0   | memdev=m0,lsa=l0,addr=0   | PCI: slot 0 function 0 not available for cxl-type3, in use by cxl-type3,id=u |
        | rp0   | memdev=m0,lsa=l0,addr=0.1 | PCI: single function device can't be populated in function 0.1               |

  @id:OPTION-21 @QEMU-hw/cxl/cxl-cdat.c
  Rule: A CDAT file holds a valid CDAT
    @id:OPTION-21.1
    Scenario Outline: A CDAT from <what>
      Given a file short.cdat that holds 00000000000000000000
      And the QEMU options -device cxl-type3,id=t,bus=rp0,memdev=m0,lsa=l0,cdat=<file>
      Then the machine is refused: <message>

      Examples: no content, and too little
        | what                       | file        | message                                                                              |
        | a file that does not exist | absent.cdat | CDAT: File read failed: Failed to open file 'absent.cdat': No such file or directory |
        | an empty file              | /dev/null   | CDAT: File too short                                                                 |
        | a truncated header         | short.cdat  | CDAT: File too short                                                                 |

    @id:OPTION-21.2
    Scenario Outline: A CDAT with <what>
      Given a file a.cdat that holds 1c000000020000000000000000000000 <structure>
      And the QEMU options -device cxl-type3,id=t,bus=rp0,memdev=m0,lsa=l0,cdat=a.cdat
      Then the machine is refused: <message>

      Examples: invalid structures
        | what                  | structure                        | message               |
        | a reserved type       | 0900080000000000                 | Type 9 is reserved    |
        | a truncated structure | 00001800000000000000000000000000 | CDAT: Truncated table |

    @id:OPTION-21.3
    Scenario: A CDAT with a structure of another length
      Given a file a.cdat that holds 20000000020000000000000000000000 00001000000000000000000000000000
      And the QEMU options -device cxl-type3,id=t,bus=rp0,memdev=m0,lsa=l0,cdat=a.cdat
      Then the machine is refused

  @id:OPTION-22 @QEMU-hw/mem/cxl_type3.c
  Rule: Unusual but valid configurations are accepted
    @id:OPTION-22.1
    Scenario Outline: Accepted: <what>
      Given the QEMU options <options>
      Then the machine is accepted

      Examples: places
        | what                     | options                                       |
        | a device on the root bus | -device cxl-type3,bus=pcie.0,memdev=m0,lsa=l0 |
