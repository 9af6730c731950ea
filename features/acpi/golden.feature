@acpi
Feature: Tables equal those of QEMU's own test
  QEMU's bios-tables-test compares its tables with stored ones that were reviewed. The same bytes are in
  src/codec/acpi/golden, and a machine with the same command line has tables that equal them.

  @id:GOLDEN-1 @needs:q35 @QEMU-tests/qtest/bios-tables-test.c
  Rule: Tables of the machines of bios-tables-test equal the stored ones byte for byte
    @id:GOLDEN-1.1
    Scenario: acpi/q35/cxl
      Given the QEMU command line:
        """
        -machine q35 -machine cxl=on -object memory-backend-file,id=cxl-mem1,mem-path=mem1,size=256M
        -object memory-backend-file,id=cxl-mem2,mem-path=mem2,size=256M
        -object memory-backend-file,id=cxl-mem3,mem-path=mem3,size=256M
        -object memory-backend-file,id=cxl-mem4,mem-path=mem4,size=256M
        -object memory-backend-file,id=lsa1,mem-path=lsa1,size=256M
        -object memory-backend-file,id=lsa2,mem-path=lsa2,size=256M
        -object memory-backend-file,id=lsa3,mem-path=lsa3,size=256M
        -object memory-backend-file,id=lsa4,mem-path=lsa4,size=256M
        -device pxb-cxl,bus_nr=12,bus=pcie.0,id=cxl.1 -device pxb-cxl,bus_nr=222,bus=pcie.0,id=cxl.2
        -device cxl-rp,port=0,bus=cxl.1,id=rp1,chassis=0,slot=2
        -device cxl-type3,bus=rp1,memdev=cxl-mem1,lsa=lsa1
        -device cxl-rp,port=1,bus=cxl.1,id=rp2,chassis=0,slot=3
        -device cxl-type3,bus=rp2,memdev=cxl-mem2,lsa=lsa2
        -device cxl-rp,port=0,bus=cxl.2,id=rp3,chassis=0,slot=5
        -device cxl-type3,bus=rp3,memdev=cxl-mem3,lsa=lsa3
        -device cxl-rp,port=1,bus=cxl.2,id=rp4,chassis=0,slot=6
        -device cxl-type3,bus=rp4,memdev=cxl-mem4,lsa=lsa4
        -M cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G,cxl-fmw.0.interleave-granularity=8k,cxl-fmw.1.targets.0=cxl.1,cxl-fmw.1.targets.1=cxl.2,cxl-fmw.1.size=4G,cxl-fmw.1.interleave-granularity=8k
        """
      Then the CEDT equals cedt-cxl, cedt-cxl-back-invalidate byte for byte

    @id:GOLDEN-1.2
    Scenario: acpi/q35/acpihmat
      Given the QEMU command line:
        """
        -machine q35 -machine hmat=on -smp 2,sockets=2 -m 128M,slots=2,maxmem=1G
        -object memory-backend-ram,size=64M,id=m0 -object memory-backend-ram,size=64M,id=m1
        -numa node,nodeid=0,memdev=m0 -numa node,nodeid=1,memdev=m1,initiator=0 -numa cpu,node-id=0,socket-id=0
        -numa cpu,node-id=0,socket-id=1
        -numa hmat-lb,initiator=0,target=0,hierarchy=memory,data-type=access-latency,latency=1
        -numa hmat-lb,initiator=0,target=0,hierarchy=memory,data-type=access-bandwidth,bandwidth=65534M
        -numa hmat-lb,initiator=0,target=1,hierarchy=memory,data-type=access-latency,latency=65534
        -numa hmat-lb,initiator=0,target=1,hierarchy=memory,data-type=access-bandwidth,bandwidth=32767M
        -numa hmat-cache,node-id=0,size=10K,level=1,associativity=direct,policy=write-back,line=8
        -numa hmat-cache,node-id=1,size=10K,level=1,associativity=direct,policy=write-back,line=8
        """
      Then the SRAT equals srat-acpihmat byte for byte
      And the HMAT equals hmat-acpihmat byte for byte

    @id:GOLDEN-1.3
    Scenario: acpi/q35/acpihmat-noinitiator
      Given the QEMU command line:
        """
        -machine q35 -machine hmat=on -smp 4,sockets=2 -m 128M -object memory-backend-ram,size=32M,id=ram0
        -object memory-backend-ram,size=32M,id=ram1 -object memory-backend-ram,size=64M,id=ram2
        -numa node,nodeid=0,memdev=ram0 -numa node,nodeid=1,memdev=ram1 -numa node,nodeid=2,memdev=ram2
        -numa cpu,node-id=0,socket-id=0 -numa cpu,node-id=0,socket-id=0 -numa cpu,node-id=1,socket-id=1
        -numa cpu,node-id=1,socket-id=1
        -numa hmat-lb,initiator=0,target=0,hierarchy=memory,data-type=access-latency,latency=10
        -numa hmat-lb,initiator=0,target=0,hierarchy=memory,data-type=access-bandwidth,bandwidth=10485760
        -numa hmat-lb,initiator=0,target=1,hierarchy=memory,data-type=access-latency,latency=20
        -numa hmat-lb,initiator=0,target=1,hierarchy=memory,data-type=access-bandwidth,bandwidth=5242880
        -numa hmat-lb,initiator=0,target=2,hierarchy=memory,data-type=access-latency,latency=30
        -numa hmat-lb,initiator=0,target=2,hierarchy=memory,data-type=access-bandwidth,bandwidth=1048576
        -numa hmat-lb,initiator=1,target=0,hierarchy=memory,data-type=access-latency,latency=20
        -numa hmat-lb,initiator=1,target=0,hierarchy=memory,data-type=access-bandwidth,bandwidth=5242880
        -numa hmat-lb,initiator=1,target=1,hierarchy=memory,data-type=access-latency,latency=10
        -numa hmat-lb,initiator=1,target=1,hierarchy=memory,data-type=access-bandwidth,bandwidth=10485760
        -numa hmat-lb,initiator=1,target=2,hierarchy=memory,data-type=access-latency,latency=30
        -numa hmat-lb,initiator=1,target=2,hierarchy=memory,data-type=access-bandwidth,bandwidth=1048576
        """
      Then the SRAT equals srat-acpihmat-noinitiator byte for byte
      And the HMAT equals hmat-acpihmat-noinitiator byte for byte

    @id:GOLDEN-1.4
    Scenario: acpi/q35/acpihmat-genericx
      Given the QEMU command line:
        """
        -machine q35 -machine hmat=on,cxl=on -smp 3,sockets=3 -m 128M,maxmem=384M,slots=2
        -device pcie-root-port,chassis=1,id=pci.1 -device pci-testdev,bus=pci.1,multifunction=on,addr=00.0
        -device pci-testdev,bus=pci.1,addr=00.1 -device pci-testdev,bus=pci.1,id=gidev,addr=00.2
        -device pxb-cxl,bus_nr=64,bus=pcie.0,id=cxl.1 -object memory-backend-ram,size=64M,id=ram0
        -object memory-backend-ram,size=64M,id=ram1 -numa node,nodeid=0,cpus=0,memdev=ram0 -numa node,nodeid=1
        -object acpi-generic-initiator,id=gi0,pci-dev=gidev,node=1 -numa node,nodeid=2
        -object acpi-generic-port,id=gp0,pci-bus=cxl.1,node=2 -numa node,nodeid=3,cpus=1
        -numa node,nodeid=4,memdev=ram1 -numa node,nodeid=5,cpus=2
        -numa hmat-lb,initiator=0,target=0,hierarchy=memory,data-type=access-latency,latency=10
        -numa hmat-lb,initiator=0,target=0,hierarchy=memory,data-type=access-bandwidth,bandwidth=800M
        -numa hmat-lb,initiator=0,target=2,hierarchy=memory,data-type=access-latency,latency=100
        -numa hmat-lb,initiator=0,target=2,hierarchy=memory,data-type=access-bandwidth,bandwidth=200M
        -numa hmat-lb,initiator=0,target=4,hierarchy=memory,data-type=access-latency,latency=100
        -numa hmat-lb,initiator=0,target=4,hierarchy=memory,data-type=access-bandwidth,bandwidth=200M
        -numa hmat-lb,initiator=0,target=5,hierarchy=memory,data-type=access-latency,latency=200
        -numa hmat-lb,initiator=0,target=5,hierarchy=memory,data-type=access-bandwidth,bandwidth=400M
        -numa hmat-lb,initiator=1,target=0,hierarchy=memory,data-type=access-latency,latency=500
        -numa hmat-lb,initiator=1,target=0,hierarchy=memory,data-type=access-bandwidth,bandwidth=100M
        -numa hmat-lb,initiator=1,target=2,hierarchy=memory,data-type=access-latency,latency=50
        -numa hmat-lb,initiator=1,target=2,hierarchy=memory,data-type=access-bandwidth,bandwidth=400M
        -numa hmat-lb,initiator=1,target=4,hierarchy=memory,data-type=access-latency,latency=50
        -numa hmat-lb,initiator=1,target=4,hierarchy=memory,data-type=access-bandwidth,bandwidth=800M
        -numa hmat-lb,initiator=1,target=5,hierarchy=memory,data-type=access-latency,latency=500
        -numa hmat-lb,initiator=1,target=5,hierarchy=memory,data-type=access-bandwidth,bandwidth=100M
        -numa hmat-lb,initiator=3,target=0,hierarchy=memory,data-type=access-latency,latency=20
        -numa hmat-lb,initiator=3,target=0,hierarchy=memory,data-type=access-bandwidth,bandwidth=400M
        -numa hmat-lb,initiator=3,target=2,hierarchy=memory,data-type=access-latency,latency=80
        -numa hmat-lb,initiator=3,target=2,hierarchy=memory,data-type=access-bandwidth,bandwidth=200M
        -numa hmat-lb,initiator=3,target=4,hierarchy=memory,data-type=access-latency,latency=80
        -numa hmat-lb,initiator=3,target=4,hierarchy=memory,data-type=access-bandwidth,bandwidth=200M
        -numa hmat-lb,initiator=3,target=5,hierarchy=memory,data-type=access-latency,latency=20
        -numa hmat-lb,initiator=3,target=5,hierarchy=memory,data-type=access-bandwidth,bandwidth=400M
        -numa hmat-lb,initiator=5,target=0,hierarchy=memory,data-type=access-latency,latency=20
        -numa hmat-lb,initiator=5,target=0,hierarchy=memory,data-type=access-bandwidth,bandwidth=400M
        -numa hmat-lb,initiator=5,target=2,hierarchy=memory,data-type=access-latency,latency=80
        -numa hmat-lb,initiator=5,target=2,hierarchy=memory,data-type=access-bandwidth,bandwidth=200M
        -numa hmat-lb,initiator=5,target=4,hierarchy=memory,data-type=access-latency,latency=80
        -numa hmat-lb,initiator=5,target=4,hierarchy=memory,data-type=access-bandwidth,bandwidth=200M
        -numa hmat-lb,initiator=5,target=5,hierarchy=memory,data-type=access-latency,latency=10
        -numa hmat-lb,initiator=5,target=5,hierarchy=memory,data-type=access-bandwidth,bandwidth=800M
        """
      Then the SRAT equals srat-acpihmat-generic-x byte for byte
      And the HMAT equals hmat-acpihmat-generic-x byte for byte
      And the CEDT equals cedt-acpihmat-generic-x byte for byte
