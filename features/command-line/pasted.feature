@command-line
Feature: A command line from a cover letter describes a machine
  A patch series says how to try it: a dozen lines, quoted, wrapped by a mailer, with
  comments and with options that have nothing to do with CXL. It is pasted, not retyped.

  @id:PASTED-1 @QEMU-docs/system/devices/cxl.rst
  Rule: Options that describe CXL are parsed, and others are ignored
    @id:PASTED-1.1
    Scenario: Two host bridges, two of four ports in use, quoted and wrapped at a comma
      Given the QEMU command line:
        """
        > $ ./build/qemu-system-x86_64 -M q35,cxl=on -m 4G,maxmem=8G,slots=8 -smp 4 -nographic \
        >  -object memory-backend-file,id=cxl-mem1,share=on,mem-path=/tmp/cxltest.raw,size=256M \
        >  -object memory-backend-file,id=cxl-mem2,share=on,mem-path=/tmp/cxltest2.raw,size=256M \
        >  -object memory-backend-file,id=cxl-lsa1,share=on,mem-path=/tmp/lsa.raw,size=256M \
        >  -object memory-backend-file,id=cxl-lsa2,share=on,mem-path=/tmp/lsa2.raw,size=256M \
        >  -netdev user,id=net0 -device virtio-net-pci,netdev=net0 \  # for ssh
        >  -device pxb-cxl,bus_nr=12,bus=pcie.0,id=cxl.1 \
        >  -device pxb-cxl,bus_nr=222,bus=pcie.0,id=cxl.2 \
        >  -device cxl-rp,port=0,bus=cxl.1,id=root_port13,chassis=0,slot=2 \
        >  -device cxl-type3,bus=root_port13,memdev=cxl-mem1,lsa=cxl-lsa1,id=cxl-pmem0 \
        >  -device cxl-rp,port=1,bus=cxl.1,id=root_port14,chassis=0,slot=3 \
        >  -device cxl-rp,port=0,bus=cxl.2,id=root_port15,chassis=0,slot=5 \
        >  -device '{"driver": "cxl-type3", "bus": "root_port15", "memdev": "cxl-mem2", "lsa": "cxl-lsa2"}' \
        >  -device cxl-rp,port=1,bus=cxl.2,id=root_port16,chassis=0,slot=6 \
        >  -M cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.targets.1=cxl.2,
        >     cxl-fmw.0.size=4G,cxl-fmw.0.interleave-granularity=8k
        """
      Then the CEDT has these fixed memory windows:
        | size | targets      | granularity |
        | 4G   | cxl.1, cxl.2 | 8K          |

    @id:PASTED-1.2
    Scenario: A switch with a device at each downstream port
      Given the QEMU command line:
        """
        qemu-system-x86_64 -machine q35,cxl=on,cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G,cxl-fmw.0.interleave-granularity=4k
          -m 4096 -smp cpus=2
          # one of the four backends that the documentation has
          -object memory-backend-ram,id=mem0,size=256M -object memory-backend-ram,id=lsa0,size=1M
          -device pxb-cxl,bus_nr=12,bus=pcie.0,id=cxl.1 -device cxl-rp,port=0,bus=cxl.1,id=root_port0,chassis=0,slot=0
          -device cxl-upstream,bus=root_port0,id=us0
          -device cxl-downstream,port=0,bus=us0,id=swport0,chassis=0,slot=4
          -device cxl-type3,bus=swport0,persistent-memdev=mem0,lsa=lsa0,id=cxl-pmem0,sn=0x1
        """
      Then the CEDT has these fixed memory windows:
        | size | targets | granularity |
        | 4G   | cxl.1   | 4K          |
