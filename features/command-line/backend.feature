@command-line
Feature: A memory backend is the memory of one thing
  Two users of one backend overwrite each other's data, and nothing reports it: a device that names a backend in use is
  refused, whatever it is to be, and so is one that names something else.

  Background:
    Given the QEMU options:
      """
      -M q35,cxl=on -m 1G,maxmem=2G,slots=4
      -device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=12
      -device cxl-rp,id=rp0,bus=cxl.1,port=0,chassis=0,slot=0
      -device cxl-rp,id=rp1,bus=cxl.1,port=1,chassis=0,slot=1
      -object memory-backend-ram,id=m0,size=256M -object memory-backend-ram,id=m1,size=256M
      -object memory-backend-ram,id=l0,size=1M -object memory-backend-ram,id=l1,size=1M
      -object rng-builtin,id=random
      """

  @id:BACKEND-1 @QEMU-hw/mem/cxl_type3.c @thread-T20
  Rule: A backend in use cannot be the media of a device
    @id:BACKEND-1.1
    Scenario Outline: memdev is <user>
      Given the QEMU options <options>
      And the QEMU options -device cxl-type3,bus=rp1,memdev=m0,lsa=l0
      Then the machine is refused: memory backend m0 can't be used multiple times.

      Examples: media of another device, and RAM
        | user                                | options                                                          |
        | persistent memory of another device | -device cxl-type3,bus=rp0,memdev=m0,lsa=l1                       |
        | volatile memory of another device   | -device cxl-type3,bus=rp0,volatile-memdev=m0                     |
        | dynamic capacity of another device  | -device cxl-type3,bus=rp0,num-dc-regions=1,volatile-dc-memdev=m0 |
        | a NUMA node                         | -m 256M -numa node,memdev=m0                                     |
        | the machine's RAM                   | -m 256M -M memory-backend=m0                                     |

      @needs:q35
      Examples: a memory module, which virt has with firmware only
        | user                                | options                                                          |
        | a memory module                     | -device pc-dimm,memdev=m0                                        |

    @id:BACKEND-1.2
    Scenario Outline: persistent-memdev is <user>
      Given the QEMU options <options>
      And the QEMU options -device cxl-type3,bus=rp1,persistent-memdev=m0,lsa=l0
      Then the machine is refused: memory backend m0 can't be used multiple times.

      Examples: media of another device, and RAM
        | user                                | options                                                          |
        | persistent memory of another device | -device cxl-type3,bus=rp0,memdev=m0,lsa=l1                       |
        | volatile memory of another device   | -device cxl-type3,bus=rp0,volatile-memdev=m0                     |
        | dynamic capacity of another device  | -device cxl-type3,bus=rp0,num-dc-regions=1,volatile-dc-memdev=m0 |
        | a NUMA node                         | -m 256M -numa node,memdev=m0                                     |
        | the machine's RAM                   | -m 256M -M memory-backend=m0                                     |

      @needs:q35
      Examples: a memory module, which virt has with firmware only
        | user                                | options                                                          |
        | a memory module                     | -device pc-dimm,memdev=m0                                        |

    @id:BACKEND-1.3
    Scenario Outline: volatile-memdev is <user>
      Given the QEMU options <options>
      And the QEMU options -device cxl-type3,bus=rp1,volatile-memdev=m0
      Then the machine is refused: memory backend m0 can't be used multiple times.

      Examples: media of another device, and RAM
        | user                                | options                                                          |
        | persistent memory of another device | -device cxl-type3,bus=rp0,memdev=m0,lsa=l1                       |
        | volatile memory of another device   | -device cxl-type3,bus=rp0,volatile-memdev=m0                     |
        | dynamic capacity of another device  | -device cxl-type3,bus=rp0,num-dc-regions=1,volatile-dc-memdev=m0 |
        | a NUMA node                         | -m 256M -numa node,memdev=m0                                     |
        | the machine's RAM                   | -m 256M -M memory-backend=m0                                     |

      @needs:q35
      Examples: a memory module, which virt has with firmware only
        | user                                | options                                                          |
        | a memory module                     | -device pc-dimm,memdev=m0                                        |

    @id:BACKEND-1.4
    Scenario Outline: volatile-dc-memdev is <user>
      Given the QEMU options <options>
      And the QEMU options -device cxl-type3,bus=rp1,num-dc-regions=1,volatile-dc-memdev=m0
      Then the machine is refused: memory backend m0 can't be used multiple times.

      Examples: media of another device, and RAM
        | user                                | options                                                          |
        | persistent memory of another device | -device cxl-type3,bus=rp0,memdev=m0,lsa=l1                       |
        | volatile memory of another device   | -device cxl-type3,bus=rp0,volatile-memdev=m0                     |
        | dynamic capacity of another device  | -device cxl-type3,bus=rp0,num-dc-regions=1,volatile-dc-memdev=m0 |
        | a NUMA node                         | -m 256M -numa node,memdev=m0                                     |
        | the machine's RAM                   | -m 256M -M memory-backend=m0                                     |

      @needs:q35
      Examples: a memory module, which virt has with firmware only
        | user                                | options                                                          |
        | a memory module                     | -device pc-dimm,memdev=m0                                        |

    @id:BACKEND-1.5
    Scenario: memdev is the label area of another device
      Given the QEMU options -device cxl-type3,bus=rp0,memdev=m1,lsa=m0
      And the QEMU options -device cxl-type3,bus=rp1,memdev=m0,lsa=l0
      Then the machine is refused: memory backend m0 can't be used multiple times.

    @id:BACKEND-1.6
    Scenario: persistent-memdev is the label area of another device
      Given the QEMU options -device cxl-type3,bus=rp0,memdev=m1,lsa=m0
      And the QEMU options -device cxl-type3,bus=rp1,persistent-memdev=m0,lsa=l0
      Then the machine is refused: memory backend m0 can't be used multiple times.

    @id:BACKEND-1.7
    Scenario: volatile-memdev is the label area of another device
      Given the QEMU options -device cxl-type3,bus=rp0,memdev=m1,lsa=m0
      And the QEMU options -device cxl-type3,bus=rp1,volatile-memdev=m0
      Then the machine is refused: memory backend m0 can't be used multiple times.

    @id:BACKEND-1.8
    Scenario: volatile-dc-memdev is the label area of another device
      Given the QEMU options -device cxl-type3,bus=rp0,memdev=m1,lsa=m0
      And the QEMU options -device cxl-type3,bus=rp1,num-dc-regions=1,volatile-dc-memdev=m0
      Then the machine is refused: memory backend m0 can't be used multiple times.

  @id:BACKEND-2 @QEMU-hw/mem/cxl_type3.c
  Rule: A backend in use cannot be the label area of a device
    @id:BACKEND-2.1
    Scenario Outline: lsa is <user>
      Given the QEMU options <options>
      And the QEMU options -device cxl-type3,bus=rp1,memdev=m1,lsa=m0
      Then the machine is refused: memory backend m0 can't be used multiple times.

      Examples: media of another device, and RAM
        | user                                | options                                                          |
        | persistent memory of another device | -device cxl-type3,bus=rp0,memdev=m0,lsa=l1                       |
        | volatile memory of another device   | -device cxl-type3,bus=rp0,volatile-memdev=m0                     |
        | dynamic capacity of another device  | -device cxl-type3,bus=rp0,num-dc-regions=1,volatile-dc-memdev=m0 |
        | a NUMA node                         | -m 256M -numa node,memdev=m0                                     |
        | the machine's RAM                   | -m 256M -M memory-backend=m0                                     |

      @needs:q35
      Examples: a memory module, which virt has with firmware only
        | user                                | options                                                          |
        | a memory module                     | -device pc-dimm,memdev=m0                                        |

      Examples: labels
        | user                             | options                                             |
        | the label area of another device | -device cxl-type3,bus=rp0,volatile-memdev=l1,lsa=m0 |

    @id:BACKEND-2.2
    Scenario Outline: lsa is <key> of the same device
      Given the QEMU options -device cxl-type3,bus=rp1,<device>
      Then the machine is refused: memory backend m0 can't be used multiple times.

      Examples: its media
        | key                | device                                        |
        | memdev             | memdev=m0,lsa=m0                              |
        | persistent-memdev  | persistent-memdev=m0,lsa=m0                   |
        | volatile-memdev    | volatile-memdev=m0,lsa=m0                     |
        | volatile-dc-memdev | num-dc-regions=1,volatile-dc-memdev=m0,lsa=m0 |

  @id:BACKEND-3 @QEMU-hw/mem/pc-dimm.c @needs:q35
  Rule: A backend of a device cannot be a memory module
    @id:BACKEND-3.1
    Scenario Outline: A memory module is <key> of a device
      Given the QEMU options -device cxl-type3,bus=rp1,<device>
      And the QEMU options -device pc-dimm,memdev=m0
      Then the machine is refused: can't use already busy memdev: m0

      Examples: media and labels
        | key                | device                                 |
        | memdev             | memdev=m0,lsa=l0                       |
        | persistent-memdev  | persistent-memdev=m0,lsa=l0            |
        | volatile-memdev    | volatile-memdev=m0                     |
        | volatile-dc-memdev | num-dc-regions=1,volatile-dc-memdev=m0 |
        | lsa                | memdev=m1,lsa=m0                       |

  @id:BACKEND-4 @QEMU-qom/object.c
  Rule: A link names a backend that exists when the device is made
    @id:BACKEND-4.1
    Scenario Outline: <key> is a name that nothing has
      Given the QEMU options -device cxl-type3,id=t,bus=rp1,<device>
      Then the machine is refused: Device 'nothing' not found

      Examples: no such backend
        | key                | device                                      |
        | memdev             | memdev=nothing,lsa=l0                       |
        | persistent-memdev  | persistent-memdev=nothing,lsa=l0            |
        | volatile-memdev    | volatile-memdev=nothing                     |
        | volatile-dc-memdev | num-dc-regions=1,volatile-dc-memdev=nothing |
        | lsa                | memdev=m1,lsa=nothing                       |

    @id:BACKEND-4.2
    Scenario Outline: <key> is a device that comes later
      Given the QEMU options -device cxl-type3,id=t,bus=rp1,<device>
      And the QEMU options -device cxl-type3,id=u,bus=rp0,volatile-memdev=m0
      Then the machine is refused: Device 'u' not found

      Examples: what does not exist yet
        | key                | device                                |
        | memdev             | memdev=u,lsa=l0                       |
        | persistent-memdev  | persistent-memdev=u,lsa=l0            |
        | volatile-memdev    | volatile-memdev=u                     |
        | volatile-dc-memdev | num-dc-regions=1,volatile-dc-memdev=u |
        | lsa                | memdev=m1,lsa=u                       |

    @id:BACKEND-4.3
    Scenario Outline: <key> is a port
      Given the QEMU options -device cxl-type3,id=t,bus=rp1,<device>
      Then the machine is refused: Invalid parameter type for '<key>', expected: memory-backend

      Examples: devices
        | key                | device                                  |
        | memdev             | memdev=rp0,lsa=l0                       |
        | persistent-memdev  | persistent-memdev=rp0,lsa=l0            |
        | volatile-memdev    | volatile-memdev=rp0                     |
        | volatile-dc-memdev | num-dc-regions=1,volatile-dc-memdev=rp0 |
        | lsa                | memdev=m1,lsa=rp0                       |

    @id:BACKEND-4.4
    Scenario Outline: <key> is another object
      Given the QEMU options -device cxl-type3,id=t,bus=rp1,<device>
      Then the machine is refused: Invalid parameter type for '<key>', expected: memory-backend

      Examples: objects of another type
        | key                | device                                     |
        | memdev             | memdev=random,lsa=l0                       |
        | persistent-memdev  | persistent-memdev=random,lsa=l0            |
        | volatile-memdev    | volatile-memdev=random                     |
        | volatile-dc-memdev | num-dc-regions=1,volatile-dc-memdev=random |
        | lsa                | memdev=m1,lsa=random                       |

    @id:BACKEND-4.5
    Scenario Outline: <key> without a name is absent
      Given the QEMU options -device cxl-type3,bus=rp1,<device>
      Then the machine is refused: <message>

      Examples: links without a name
        | key                | device                               | message                                         |
        | memdev             | memdev=,lsa=l0                       | at least one memdev property must be set        |
        | persistent-memdev  | persistent-memdev=,lsa=l0            | at least one memdev property must be set        |
        | volatile-memdev    | volatile-memdev=                     | at least one memdev property must be set        |
        | volatile-dc-memdev | num-dc-regions=1,volatile-dc-memdev= | dynamic capacity must have a backing device     |
        | lsa                | memdev=m1,lsa=                       | lsa property must be set for persistent devices |

    @id:BACKEND-4.6
    Scenario Outline: <key> is the device itself
      Given the QEMU options -device cxl-type3,id=t,bus=rp1,<device>
      Then the machine is refused: Invalid parameter type for '<key>', expected: memory-backend

      Examples: what exists, for the device has its id by then
        | key                | device                                |
        | memdev             | memdev=t,lsa=l0                       |
        | persistent-memdev  | persistent-memdev=t,lsa=l0            |
        | volatile-memdev    | volatile-memdev=t                     |
        | volatile-dc-memdev | num-dc-regions=1,volatile-dc-memdev=t |
        | lsa                | memdev=m1,lsa=t                       |

  @id:BACKEND-5 @QEMU-hw/mem/cxl_type3.c
  Rule: Backends of a device's own are accepted, by name or by path
    @id:BACKEND-5.1
    Scenario Outline: Accepted: <device>
      Given the QEMU options -device cxl-type3,bus=rp1,<device>
      Then the machine is accepted

      Examples: a path, and a property that is given twice
        | device                             |
        | memdev=/objects/m0,lsa=/objects/l0 |
        | memdev=m1,memdev=m0,lsa=l0         |
