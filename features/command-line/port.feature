@command-line
Feature: Ports and switches have their own slots, and QEMU accepts them wherever PCI allows them
  QEMU does not check whether a port is useful to CXL where it is. It refuses what PCI Express
  forbids.

  Background:
    Given the QEMU options:
      """
      -M q35,cxl=on -m 1G
      -device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=12
      -device cxl-rp,id=rp0,bus=cxl.1,port=0,chassis=0,slot=0
      -device cxl-upstream,id=us0,bus=rp0,addr=0.0,multifunction=on
      """

  @id:OPTION-10 @QEMU-hw/pci/pcie_port.c
  Rule: No two ports have the same slot of the same chassis
    @id:OPTION-10.1
    Scenario Outline: A second port, <port>
      Given the QEMU options -device <port>
      Then the machine is refused: Can't add chassis slot, error -16

      Examples: in the slot of rp0
        | port                                                  |
        | cxl-rp,id=rp1,bus=cxl.1,port=1,chassis=0,slot=0       |
        | cxl-rp,id=rp1,bus=cxl.1,port=1                        |
        | cxl-downstream,id=ds0,bus=us0,port=0,chassis=0,slot=0 |
        | pcie-root-port,id=rp1,bus=cxl.1,chassis=0,slot=0      |

  @id:OPTION-11 @QEMU-hw/core/qdev-properties.c
  Rule: Properties of ports have values within their ranges
    @id:OPTION-11.1
    Scenario Outline: The port <port>
      Given the QEMU options -device <port>
      Then the machine is refused: <message>

      Examples: root ports
        | port                                         | message                                        |
        | cxl-rp,id=rp1,bus=cxl.1,slot=1,port=256      | Parameter 'port' expects uint8_t               |
        | cxl-rp,id=rp1,bus=cxl.1,slot=1,chassis=256   | Parameter 'chassis' expects uint8_t            |
        | cxl-rp,id=rp1,bus=cxl.1,slot=65536           | Parameter 'slot' expects uint16_t              |
        | cxl-rp,id=rp1,bus=cxl.1,slot=1,hotplug=maybe | Parameter 'hotplug' expects 'on' or 'off'      |
        | cxl-rp,id=rp1,bus=cxl.1,slot=1,x-speed=7     | Parameter 'x-speed' does not accept value '7'  |
        | cxl-rp,id=rp1,bus=cxl.1,slot=1,x-width=3     | Parameter 'x-width' does not accept value '3'  |
        | cxl-rp,id=rp1,bus=cxl.1,slot=1,addr=20       | Property 'cxl-rp.addr' doesn't take value '20' |

      Examples: switches
        | port                                               | message                                                     |
        | cxl-upstream,id=us1,bus=rp0,addr=0.1,port=256      | Parameter 'port' expects uint8_t                            |
        | cxl-downstream,id=ds0,bus=us0,chassis=1,slot=x     | Parameter 'slot' expects integer                            |
        | cxl-switch-mailbox-cci,bus=rp0,addr=0.1,target=rp0 | Invalid parameter type for 'target', expected: cxl-upstream |
        | cxl-switch-mailbox-cci,bus=rp0,addr=0.1,target=us9 | Device 'us9' not found                                      |

      Examples: two values of which one is allowed
        | port                                                                | message                                             |
        | cxl-rp,id=rp1,bus=cxl.1,slot=1,pref32-reserve=1M,pref64-reserve=1M | PCI resource reserve cap: PREF32 and PREF64 conflict |

    @id:OPTION-11.2
    Scenario Outline: The port {..., <property>} in JSON
      Given the QEMU options -device '{"driver":"cxl-rp","id":"rp1","bus":"cxl.1","slot":1,<property>}'
      Then the machine is refused: <message>

      Examples: values of another type
        | property          | message                                                |
        | "port":"1"        | Parameter 'port' expects uint64                        |
        | "port":1.5        | Parameter 'port' expects uint64                        |
        | "mem-reserve":"1M" | Parameter 'mem-reserve' expects uint64                |
        | "hotplug":"on"    | Invalid parameter type for 'hotplug', expected: boolean |
        | "romfile":5       | Invalid parameter type for 'romfile', expected: string |
        | "addr":true       | Invalid parameter type for 'addr', expected int or str |

      Examples: numbers out of range
        | property    | message                                             |
        | "port":256  | Parameter 'port' expects uint8_t                    |
        | "addr":1000 | Parameter 'addr' expects a value between -1 and 255 |

  @id:OPTION-12 @QEMU-hw/pci/pci.c
  Rule: A PCI function has its own address
    @id:OPTION-12.1
    Scenario Outline: The function <function>
      Given the QEMU options -device cxl-rp,id=rp1,bus=cxl.1,port=1,slot=1 -device cxl-upstream,id=us1,bus=rp1
      And the QEMU options -device <function>
      Then the machine is refused: <message>

      Examples: an address in use, and beside a single-function device
        | function                                           | message                                                                              |
        | cxl-rp,id=rp2,bus=cxl.1,port=2,slot=2,addr=0       | PCI: slot 0 function 0 not available for cxl-rp, in use by cxl-rp,id=rp0             |
        | cxl-upstream,id=us2,bus=rp0,addr=0                 | PCI: slot 0 function 0 not available for cxl-upstream, in use by cxl-upstream,id=us0 |
        | cxl-upstream,id=us2,bus=rp1,addr=0.1               | PCI: single function device can't be populated in function 0.1                       |
        | cxl-switch-mailbox-cci,bus=rp1,addr=0.1,target=us1 | PCI: single function device can't be populated in function 0.1                       |

    @id:OPTION-12.2
    Scenario Outline: The function <function>
      Given the QEMU options -device <function>
      Then the machine is refused: Bus 'nope' not found

      Examples: a bus that does not exist
        | function                                   |
        | cxl-rp,id=rp1,bus=nope,slot=1              |
        | cxl-upstream,id=us1,bus=nope               |
        | cxl-downstream,id=ds0,bus=nope,slot=1      |
        | cxl-switch-mailbox-cci,bus=nope,target=us0 |

  @id:OPTION-13 @QEMU-hw/cxl/switch-mailbox-cci.c
  Rule: A switch mailbox CCI has a switch as target
    @id:OPTION-13.1
    Scenario: A mailbox CCI without a target
      Given the QEMU options -device cxl-switch-mailbox-cci,bus=rp0,addr=0.1
      Then the machine is refused: Target not set

  @id:OPTION-14 @QEMU-hw/pci-bridge/cxl_root_port.c
  Rule: A port is accepted on any PCI Express bus, with any port number
    @id:OPTION-14.1
    Scenario Outline: The port <port>
      Given the QEMU options -device <port>
      Then the machine is accepted

      Examples: places where CXL has no such port, and a port number in use
        | port                                            |
        | cxl-rp,id=rp1,bus=pcie.0,slot=1                 |
        | cxl-rp,id=rp1,slot=1                            |
        | cxl-rp,id=rp1,bus=us0,chassis=1                 |
        | pcie-root-port,id=rp1,bus=cxl.1,slot=1          |
        | cxl-upstream,id=us1,bus=cxl.1                   |
        | cxl-upstream,id=us1,bus=pcie.0                  |
        | cxl-downstream,id=ds0,bus=cxl.1,slot=1          |
        | cxl-downstream,id=ds0,bus=pcie.0,slot=1         |
        | cxl-rp,id=rp1,bus=cxl.1,port=0,chassis=0,slot=1 |
