@command-line @needs:hardware
Feature: Hot-plug is refused for devices and buses that do not support it

  Background:
    Given the machine "one Type 3 device"

  @id:RUNTIME-1 @QEMU-system/qdev-monitor.c
  Rule: A device that cannot be hot-plugged is refused with the reason
    @id:RUNTIME-1.1
    Scenario Outline: Hot-plug refused: <what>
      When QMP's device_add is given <device>
      Then QMP refuses: <message>

      Examples: devices and buses without hot-plug, ids and slots in use
        | what                        | device                          | message                                                                                                 |
        | another host bridge         | pxb-cxl,id=new0,bus=pcie.0      | Device 'pxb-cxl' does not support hotplugging                                                           |
        | another root port           | cxl-rp,id=new0,bus=cxl.1        | Device 'cxl-rp' does not support hotplugging                                                            |
        | the root bus of the machine | cxl-upstream,id=new0,bus=pcie.0 | Bus 'pcie.0' does not support hotplugging                                                               |
        | the bus of a host bridge    | cxl-upstream,id=new0,bus=cxl.1  | Bus 'cxl.1' does not support hotplugging                                                                |
        | a bus that does not exist   | cxl-upstream,id=new0,bus=nope   | Bus 'nope' not found                                                                                    |
        | an id in use                | cxl-upstream,id=dev,bus=rp1     | Duplicate device ID 'dev'                                                                               |
        | the slot of another device  | cxl-upstream,id=new0,bus=rp0    | PCI: slot 0 function 0 already occupied by cxl-type3, new func cxl-upstream cannot be exposed to guest. |

  @id:RUNTIME-2 @QEMU-hw/mem/cxl_type3.c
  Rule: A refused device leaves nothing behind
    @id:RUNTIME-2.1
    Scenario: A persistent device without a label area, 8 times
      When 8 times QMP's device_add is given cxl-type3,id=new0,bus=rp1,memdev=dev-persistent
      Then QMP refuses: lsa property must be set for persistent devices
