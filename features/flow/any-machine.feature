@flow @any-machine @thread-T17
Feature: What holds of any machine
  These rules hold whatever a machine is made of. `cxl-conformance check` checks a pasted command line by them; a machine
  that runs already is checked by the first two as it is, and nothing about it is changed.

  Background:
    Given this machine, or the machine under check:
      """
      -machine q35,cxl=on -m 2G,maxmem=4G,slots=4 -smp 2
      -object memory-backend-ram,id=m0,size=512M -object memory-backend-ram,id=m1,size=256M
      -object memory-backend-ram,id=m2,size=512M -object memory-backend-ram,id=m3,size=512M
      -object memory-backend-ram,id=l2,size=1M -object memory-backend-ram,id=l3,size=1M
      -device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=12 -device pxb-cxl,id=cxl.2,bus=pcie.0,bus_nr=40
      -device cxl-rp,id=rp0,bus=cxl.1,port=0,chassis=0,slot=0 -device cxl-rp,id=rp1,bus=cxl.1,port=1,chassis=0,slot=1
      -device cxl-rp,id=rp2,bus=cxl.2,port=0,chassis=1,slot=0 -device cxl-rp,id=rp3,bus=cxl.2,port=1,chassis=1,slot=1
      -device cxl-upstream,id=us0,bus=rp3
      -device cxl-downstream,id=ds0,bus=us0,port=0,chassis=2,slot=0 -device cxl-downstream,id=ds1,bus=us0,port=1,chassis=2,slot=1
      -device cxl-type3,id=vmem0,bus=rp0,volatile-memdev=m0,sn=1
      -device cxl-type3,id=both0,bus=rp1,volatile-memdev=m1,persistent-memdev=m2,lsa=l2,sn=2
      -device cxl-type3,id=pmem0,bus=ds1,persistent-memdev=m3,lsa=l3,sn=3
      -M cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G,
         cxl-fmw.1.targets.0=cxl.1,cxl-fmw.1.targets.1=cxl.2,cxl-fmw.1.size=4G,cxl-fmw.1.interleave-granularity=8k
      """

  @id:ANY-1
  Rule: Firmware's tables describe memory in a window if and only if firmware has committed its decoders
    @id:ANY-1.1
    Scenario: Tables and decoders are consistent
      Given any other machine will do
      Then what firmware has handed over is consistent

  @id:ANY-2 @thread-T1
  Rule: A window overlaps nothing else in the address space
    @id:ANY-2.1
    Scenario: PCI BARs and component registers
      Given any other machine will do
      Then no PCI BAR overlaps a fixed memory window
      And no fixed memory window overlaps component registers

    @id:ANY-2.2
    Scenario: RAM, hot-pluggable memory and other windows
      Then no fixed memory window overlaps another
      And no fixed memory window overlaps RAM
      And no fixed memory window overlaps hot-pluggable memory

  @id:ANY-3 @ACPI-6.5-15
  Rule: The memory map describes all RAM, and no address twice
    @id:ANY-3.1
    Scenario: Its entries
      Then the memory map describes all RAM of the machine
      And no memory map entry overlaps another

  @id:ANY-4 @ACPI-6.5-5.2.6
  Rule: ACPI tables have checksums
    @id:ANY-4.1
    Scenario: All tables that QEMU may build
      Then the bytes of each ACPI table sum to zero

  @id:ANY-5 @CXL-3.1-9.18.1
  Rule: The CEDT has each host bridge and each fixed memory window once
    @id:ANY-5.1
    Scenario: CHBS
      Then each host bridge has one CHBS with 64K of component registers

    @id:ANY-5.2
    Scenario: CFMWS, with size, targets and granularity
      Then each fixed memory window has one CFMWS

  @id:ANY-6 @thread-T8
  Rule: The operating system finds each Type 3 device
    @id:ANY-6.1
    Scenario: Each is a memdev with its capacities
      Then each Type 3 device is a memdev with its capacities

    @id:ANY-6.2
    Scenario: BARs do not overlap
      Then no PCI BAR overlaps another

  @id:ANY-7 @needs:hardware @CXL-3.1-8.2.4.20.12
  Rule: HDM decoders commit and uncommit
    @id:ANY-7.1
    Scenario: Decoder 0 of all host bridges, switches and devices
      When decoder 0 of each host bridge, switch and device is committed, and released
      Then each has answered Committed, and was free at the end

  @id:ANY-8 @needs:hardware @CXL-3.1-8.1 @CXL-3.1-8.2
  Rule: Capabilities of host bridges, ports and devices are well-formed
    @id:ANY-8.1
    Scenario: Capabilities do not overlap
      Then no two capabilities of any function overlap

    @id:ANY-8.2
    Scenario: DVSECs have the lengths of their revisions
      Then the DVSECs of each function have the lengths of their revisions

    @id:ANY-8.3
    Scenario: DVSECs have no reserved bits set
      Then no reserved bit of a DVSEC of any function is set

  @id:ANY-9 @needs:hardware @CXL-3.1-8.2.8.4
  Rule: The mailbox of each memory device works
    @id:ANY-9.1
    Scenario: Commands without effects that its Command Effects Log lists
      Then each memory device answers what its Command Effects Log says that it can be asked

    @id:ANY-9.2
    Scenario: Memory Device Status and Background Command Status
      Then each memory device has media that are ready, and runs nothing in the background

  @id:ANY-10 @thread-T14 @CDAT-1.03-2.1
  Rule: The CDAT of each memory device describes all its memory
    @id:ANY-10.1
    Scenario: The CDAT that the operating system has read
      Then the CDAT of each memdev sums to zero, and describes all its memory

  @id:ANY-11 @thread-T12 @thread-T22
  Rule: A region can be created in each window on devices behind its host bridges
    @id:ANY-11.1
    Scenario: One region after the other
      When a region is created in each fixed memory window, on devices of its host bridges
      Then each region was enabled, and yielded what was stored in it
