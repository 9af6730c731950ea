@command-line
Feature: Fixed memory windows are properties of the machine, and QEMU refuses invalid ones
  A window takes a dozen keys in one long option. A misspelt one must not result in a machine
  without that window, or with one of another size.

  Background:
    Given the QEMU options -m 1G -device pxb-cxl,id=cxl.1,bus_nr=12

  @id:OPTION-1 @QEMU-hw/cxl/cxl-host.c
  Rule: A window has a multiple of 256 MiB as size, a valid number of targets, and a valid granularity
    @id:OPTION-1.1
    Scenario Outline: A window with <what>
      Given the QEMU options -M q35,cxl=on,<window>
      Then the machine is refused: <message>

      Examples: invalid sizes, missing and unknown keys
        | what                     | window                                                      | message                                                        |
        | 300 MiB                  | cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=300M               | Size of a CXL fixed memory window must be a multiple of 256MiB |
        | 4 GiB and a byte         | cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4294967297         | Size of a CXL fixed memory window must be a multiple of 256MiB |
        | no size                  | cxl-fmw.0.targets.0=cxl.1                                   | Parameter 'cxl-fmw.0.size' is missing                          |
        | a size that is no number | cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=big                | Parameter 'cxl-fmw.0.size' expects size                        |
        | no target                | cxl-fmw.0.size=4G                                           | Parameter 'cxl-fmw.0.targets' is missing                       |
        | an unknown key           | cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G,cxl-fmw.0.foo=1 | Parameter 'cxl-fmw.0.foo' is unexpected                        |

      Examples: granularities that no decoder has, and a target that is no host bridge
        | what                            | window                                                                            | message                                                   |
        | a granularity of 300            | cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G,cxl-fmw.0.interleave-granularity=300  | Interleave granularity: 300 invalid                       |
        | a granularity of 128            | cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G,cxl-fmw.0.interleave-granularity=128  | Interleave granularity: 128 invalid                       |
        | a granularity of 32 KiB         | cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G,cxl-fmw.0.interleave-granularity=32k  | Interleave granularity: 32768 invalid                     |
        | a granularity that is no number | cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G,cxl-fmw.0.interleave-granularity=fine | Parameter 'cxl-fmw.0.interleave-granularity' expects size |
        | a target that does not exist    | cxl-fmw.0.targets.0=nope,cxl-fmw.0.size=4G                                        | Could not resolve CXLFM target nope                       |

    @id:OPTION-1.2
    Scenario Outline: A window with <count> targets
      Given <count> targets of a window among the QEMU options
      Then the machine is refused: Interleave ways: <count> not supported

      Examples: invalid interleave ways
        | count |
        | 5     |
        | 7     |
        | 9     |
        | 10    |
        | 11    |
        | 13    |
        | 14    |
        | 15    |
        | 17    |

    @id:OPTION-1.3
    Scenario Outline: A window with <count> targets
      Given <count> targets of a window among the QEMU options
      Then the machine is accepted

      Examples: valid interleave ways, of which early releases support no more than 8
        | count |
        | 2     |
        | 3     |
        | 4     |
        | 6     |
        | 8     |
        | 12    |
        | 16    |

  @id:OPTION-2 @QEMU-util/keyval.c
  Rule: Windows and targets are numbered without gaps, all in one option
    @id:OPTION-2.1
    Scenario Outline: Invalid list: <what>
      Given the QEMU options <options>
      Then the machine is refused: <message>

      Examples: gaps, several options, and a key without a value
        | what                       | options                                                                                                     | message                                    |
        | window 1 without window 0  | -M q35,cxl=on,cxl-fmw.1.targets.0=cxl.1,cxl-fmw.1.size=4G                                                   | Parameter 'cxl-fmw.0' missing              |
        | windows 0 and 2            | -M q35,cxl=on,cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G,cxl-fmw.2.targets.0=cxl.1,cxl-fmw.2.size=4G       | Parameter 'cxl-fmw.1' missing              |
        | target 1 without target 0  | -M q35,cxl=on,cxl-fmw.0.targets.1=cxl.1,cxl-fmw.0.size=4G                                                   | Parameter 'cxl-fmw.0.targets.0' missing    |
        | targets 0 and 2            | -M q35,cxl=on,cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.targets.2=cxl.1,cxl-fmw.0.size=4G                         | Parameter 'cxl-fmw.0.targets.1' missing    |
        | a window in two options    | -M q35,cxl=on -M cxl-fmw.0.targets.0=cxl.1 -M cxl-fmw.0.size=4G                                             | Parameters 'cxl-fmw.*' used inconsistently |
        | two windows in two options | -M q35,cxl=on -M cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G -M cxl-fmw.1.targets.0=cxl.1,cxl-fmw.1.size=4G | Parameters 'cxl-fmw.*' used inconsistently |
        | cxl without on or off      | -M q35,cxl                                                                                                  | Expected '=' after parameter 'cxl'         |

  @id:OPTION-3 @QEMU-hw/cxl/cxl-host.c
  Rule: CXL is on or off, on a machine type that supports it
    @id:OPTION-3.1
    Scenario Outline: The machine <machine>
      Given the QEMU options -M <machine>
      Then the machine is refused: <message>

      Examples: neither on nor off, and machine types without PCI
        | machine                                             | message                                      |
        | q35,cxl=maybe                                       | Parameter 'cxl' expects 'on' or 'off'        |
        | microvm,cxl=on                                      | Property 'microvm-machine.cxl' not found     |
        | none,cxl=on                                         | Property 'none-machine.cxl' not found        |
        | microvm,cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G | Property 'microvm-machine.cxl-fmw' not found |

    @id:OPTION-3.3
    Scenario: A host bridge on a machine with conventional PCI only
      Given the QEMU options -M pc,cxl=on
      Then the machine is refused: pxb-cxl devices cannot reside on a PCI bus

    @id:OPTION-3.4
    Scenario: An ISA machine with CXL
      Given the QEMU options -M isapc,cxl=on
      Then the machine is refused: Property 'isapc-machine.cxl' not found

    @id:OPTION-3.2
    Scenario Outline: A host bridge on the machine <machine>
      Given the QEMU options -M <machine>
      Then the machine is refused: CXL host bridges present, but cxl=off

      Examples: machines with CXL off
        | machine                                         |
        | q35                                             |
        | q35,cxl=off                                     |
        | q35,cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G |

  @id:OPTION-4 @QEMU-hw/i386/pc.c
  Rule: All windows are within the physical address space of the processors
    @id:OPTION-4.1
    Scenario Outline: A window of <size>, with <processor>
      Given the QEMU options -M q35,cxl=on,cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=<size> -cpu <processor>
      Then the machine is refused: Address space limit <limit> < <last> phys-bits too low (<bits>)

      Examples: including the 64-bit PCI hole above the windows
        | size | processor           | limit        | last          | bits |
        | 64G  | qemu64,phys-bits=36 | 0xfffffffff  | 0x193fffffff  | 36   |
        | 990G | qemu64              | 0xffffffffff | 0x1ffbfffffff | 40   |
        | 2T   | max                 | 0xffffffffff | 0x3083fffffff | 40   |

  @id:OPTION-5 @QEMU-hw/core/machine.c
  Rule: maxmem is larger than the RAM, and comes with slots
    @id:OPTION-5.1
    Scenario Outline: RAM of <memory>
      Given the QEMU options -M q35,cxl=on -m <memory>
      Then the machine is refused: <message>

      Examples: too little maxmem, and invalid slots
        | memory                 | message                                                                                                                                    |
        | 2G,maxmem=1G,slots=1   | invalid value of maxmem: maximum memory size (0x40000000) must be at least the initial memory size (0x80000000)                            |
        | 2G,maxmem=2G,slots=1   | invalid value of maxmem: memory slots were specified but maximum memory size (0x80000000) is equal to the initial memory size (0x80000000) |
        | 2G,slots=4             | slots specified but no max-size                                                                                                            |
        | 2G,maxmem=4G,slots=257 | unsupported amount of memory slots: 257                                                                                                    |
        | big                    | Parameter 'size' expects a non-negative number below 2^64                                                                                  |

  @id:OPTION-6 @QEMU-hw/cxl/cxl-host.c
  Rule: Unusual but valid configurations are accepted
    @id:OPTION-6.1
    Scenario Outline: Accepted: <what>
      Given the QEMU options -M <machine>
      Then the machine is accepted

      Examples: windows
        | what                            | machine                                                                          |
        | a window of size 0              | q35,cxl=on,cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=0                            |
        | one host bridge twice as target | q35,cxl=on,cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.targets.1=cxl.1,cxl-fmw.0.size=4G |

  @id:OPTION-30 @QEMU-hw/intc/apic_common.c
  Rule: Processors that no interrupt can reach are refused
    @id:OPTION-30.1 @needs:q35
    Scenario Outline: <count> processors
      Given the QEMU options -M q35,cxl=on -smp <count>
      Then the machine is refused

      Examples: more than there are APIC ids of 8 bits
        | count |
        | 256   |
        | 300   |

    @id:OPTION-30.2
    Scenario: 255 processors
      Given the QEMU options -M q35,cxl=on,cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=0 -smp 255
      Then the machine is accepted

  @id:OPTION-31 @PCIe-6.0-7.5.1.2.1
  Rule: The size of a BAR is a power of two
    @id:OPTION-31.1
    Scenario Outline: A test device with <membar>
      Given the QEMU options -M q35,cxl=on -device pci-testdev,bus=pcie.0,membar=<membar>
      Then the machine is refused

      Examples: not powers of two
        | membar |
        | 3M     |
        | 1000   |

  @id:OPTION-32 @PCIe-6.0-7.7
  Rule: Devices with MSI or MSI-X are refused on a machine whose processors have no APIC
    @id:OPTION-32.1
    Scenario Outline: The device <device>
      Given the QEMU options -M q35,cxl=on -cpu qemu64,-apic
      And the QEMU options -object memory-backend-ram,id=m0,size=256M -object memory-backend-ram,id=l0,size=1M
      And the QEMU options -device <device>
      Then the machine is refused: <message>

      Examples: a device, and ports
        | device                                | message                                        |
        | cxl-type3,bus=pcie.0,memdev=m0,lsa=l0 | MSI-X is not supported by interrupt controller |
        | cxl-upstream,bus=pcie.0               | MSI is not supported by interrupt controller   |
        | cxl-downstream,bus=pcie.0             | MSI is not supported by interrupt controller   |
        | pcie-root-port                        | MSI-X is not supported by interrupt controller |
