@command-line
Feature: What QEMU does where a property is left out
  A command line in a mail names few properties. Whoever reads it relies on what QEMU does without the others.

  @id:DEFAULT-1 @QEMU-system/qdev-monitor.c
  Rule: A device without bus is plugged into the newest root bus

    @id:DEFAULT-1.1
    Scenario Outline: <device>, behind a host bridge
      Given the QEMU options -M q35,cxl=on -m 1G -object memory-backend-ram,id=m0,size=256M -object memory-backend-ram,id=l0,size=1M
      And the QEMU options -device pxb-cxl,id=cxl.1,bus_nr=12 -device cxl-rp,id=rp0 -device <device>
      Then the machine is refused: PCI: Only PCI/PCIe bridges can be plugged into pxb-cxl

      Examples: what is plugged into no host bridge
        | device                          |
        | cxl-type3,id=t,memdev=m0,lsa=l0 |
        | pxb-cxl,id=cxl.2,bus_nr=52      |

    @id:DEFAULT-1.2
    Scenario: A host bridge, and a root port of it
      Given the QEMU command line:
        """
        qemu-system-x86_64 -M q35,cxl=on,cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G -m 1G
          -object memory-backend-ram,id=mem0,size=256M -object memory-backend-ram,id=lsa0,size=1M
          -device pxb-cxl,id=cxl.1,bus_nr=12 -device cxl-rp,id=rp0
          -device cxl-type3,id=dev,bus=rp0,persistent-memdev=mem0,lsa=lsa0,sn=0x1
        """
      Then dev is a memdev with 0 of volatile and 256M of persistent capacity
      And _CRS of cxl.1 covers the buses and BARs of 1 CXL memory device and of the ports above

  @id:DEFAULT-2 @QEMU-hw/mem/cxl_type3.c
  Rule: A Type 3 device without sn has no serial number

    @id:DEFAULT-2.1
    Scenario: Its serial number is 0 to the operating system
      Given the QEMU command line:
        """
        qemu-system-x86_64 -M q35,cxl=on,cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G -m 1G
          -object memory-backend-ram,id=mem0,size=256M -object memory-backend-ram,id=lsa0,size=1M
          -device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=12 -device cxl-rp,id=rp0,bus=cxl.1
          -device cxl-type3,id=dev,bus=rp0,persistent-memdev=mem0,lsa=lsa0
        """
      Then dev is a memdev with 0 of volatile and 256M of persistent capacity

  @id:DEFAULT-3 @QEMU-hw/pci-bridge/cxl_root_port.c @needs:hardware
  Rule: A port without port has the number 0

    @id:DEFAULT-3.1
    Scenario: A root port
      Given the QEMU command line:
        """
        qemu-system-x86_64 -M q35,cxl=on -m 1G
          -device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=12 -device cxl-rp,id=rp0,bus=cxl.1
          -device cxl-rp,id=rp1,bus=cxl.1,port=1,slot=1
        """
      Then PCI Express Link Capabilities of rp0 has portNumber clear
      And PCI Express Link Capabilities of rp1 has portNumber set

  @id:DEFAULT-4 @QEMU-hw/cxl/cxl-host.c
  Rule: A fixed memory window without granularity interleaves at 256 bytes

    @id:DEFAULT-4.1
    Scenario: A window with a size and a target
      Given the QEMU command line:
        """
        qemu-system-x86_64 -M q35,cxl=on,cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G -m 1G
          -device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=12 -device cxl-rp,id=rp0,bus=cxl.1
        """
      Then the CEDT has these fixed memory windows:
        | size | targets | granularity |
        | 4G   | cxl.1   | 256         |

  @id:DEFAULT-5 @QEMU-system/qdev-monitor.c @needs:hardware
  Rule: A device without id is known to QMP by its number among those without

    @id:DEFAULT-5.1
    Scenario: A Type 3 device
      Given the machine "one host bridge"
      And these Type 3 devices:
        | id        | port | volatile | persistent |
        | device[0] | rp0  | 0        | 256M       |
      When this general-media-event is injected into device[0]:
        | log              | warning |
        | flags            | 1       |
        | dpa              | 0       |
        | descriptor       | 0       |
        | type             | 0       |
        | transaction-type | 0       |
      Then the warning log of device[0] has the record 1
