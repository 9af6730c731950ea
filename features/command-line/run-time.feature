@command-line @needs:hardware
Feature: What is plugged into a running machine is of a kind, and goes to a place, for that

  Background:
    Given a machine with 2G of RAM, maxmem 2G
    And these host bridges:
      | id    | bus | root ports |
      | cxl.1 | 12  | rp0, rp1   |
    And these Type 3 devices:
      | id   | root port | volatile | persistent |
      | dev0 | rp0       | 0        | 256M       |

  @id:RUNTIME-1 @QEMU-system/qdev-monitor.c
  Rule: What cannot be plugged in is refused, and QEMU says why

    @id:RUNTIME-1.1
    Scenario Outline: <what>
      When QMP's device_add is given <device>
      Then QMP refuses: <message>

      Examples: kinds of devices
        | what                | device                     | message                                       |
        | Another host bridge | pxb-cxl,id=new0,bus=pcie.0 | Device 'pxb-cxl' does not support hotplugging |
        | Another root port   | cxl-rp,id=new0,bus=cxl.1   | Device 'cxl-rp' does not support hotplugging  |

      Examples: places
        | what                           | device                          | message                                   |
        | On the root bus of the machine | cxl-upstream,id=new0,bus=pcie.0 | Bus 'pcie.0' does not support hotplugging |
        | On that of a host bridge       | cxl-upstream,id=new0,bus=cxl.1  | Bus 'cxl.1' does not support hotplugging  |
        | Nowhere                        | cxl-upstream,id=new0,bus=nope   | Bus 'nope' not found                      |
        | Under a name that is taken     | cxl-upstream,id=dev0,bus=rp1    | Duplicate device ID 'dev0'                |

      Examples: a slot that is taken
        | what                     | device                       | message                                                                                                 |
        | In the place of a device | cxl-upstream,id=new0,bus=rp0 | PCI: slot 0 function 0 already occupied by cxl-type3, new func cxl-upstream cannot be exposed to guest. |

  @id:RUNTIME-2 @QEMU-hw/mem/cxl_type3.c
  Rule: What was refused leaves nothing behind, and can be refused again

    @id:RUNTIME-2.1
    Scenario: A persistent device without labels
      When 8 times QMP's device_add is given cxl-type3,id=new0,bus=rp1,memdev=dev0-persistent
      Then QMP refuses: lsa property must be set for persistent devices
