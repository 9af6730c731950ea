@device @needs:hardware @CXL-3.1-8.2
Feature: Register blocks of host bridges, ports and devices
  A driver finds the capabilities of a component in the array at the start of its registers, and follows its pointers;
  offsets differ from one release to the next.

  Background:
    Given the machine "a device beside a switch"
    And these host bridges:
      | id    | bus | root ports |
      | cxl.2 | 222 | rp2        |

  @id:REGISTERS-1 @CXL-3.1-8.2.4
  Rule: A component has the capabilities of its kind
    @id:REGISTERS-1.1
    Scenario: A device and an upstream port have HDM decoders
      Then dev has the component capabilities RAS, Link, HDM Decoder
      And us0 has the component capabilities RAS, Link, HDM Decoder

    @id:REGISTERS-1.2
    Scenario: A root port has no HDM decoder
      Then rp0 has the component capabilities RAS, Link, Extended Security, Snoop Filter, optionally BI Decoder

    @id:REGISTERS-1.3
    Scenario: A downstream port has no HDM decoder
      Then ds0 has the component capabilities RAS, Link, optionally BI Decoder

    @id:REGISTERS-1.4
    Scenario: A host bridge with two root ports has HDM decoders
      Then cxl.1 has the component capabilities Link, HDM Decoder, Extended Security, Snoop Filter

    @id:REGISTERS-1.5
    Scenario: A host bridge with one root port has no HDM decoder
      Then cxl.2 has the component capabilities Link, Extended Security, Snoop Filter

  @id:REGISTERS-2 @CXL-3.1-8.2.4 @CXL-3.1-8.2.8.2
  Rule: The capabilities in a block of registers do not overlap
    @id:REGISTERS-2.1
    Scenario Outline: The capabilities of <component>
      Then no two capabilities of <component> overlap

      Examples: ports
        | component |
        | rp0       |
        | us0       |
        | ds0       |

  @id:REGISTERS-3 @CXL-3.1-8.2.2
  Rule: A write of less than 4 bytes to a component register has no effect
    @id:REGISTERS-3.1
    Scenario Outline: A write of <bytes> bytes
      Given zeros were written to RAS Correctable Error Mask of dev
      When ones are written to the first <bytes> bytes of RAS Correctable Error Mask of dev
      Then RAS Correctable Error Mask of dev is unchanged

      Examples: less than 4 bytes
        | bytes |
        | 1     |
        | 2     |

    @id:REGISTERS-3.2
    Scenario: A write of 4 bytes
      When zeros are written to RAS Correctable Error Mask of dev
      Then RAS Correctable Error Mask of dev has no bit set

  @id:REGISTERS-4 @CXL-3.1-8.2.8
  Rule: A device register can be read in accesses of any width
    @id:REGISTERS-4.1
    Scenario Outline: Memory Device Status, <bytes> bytes at a time
      Then Memory Device Status of dev reads the same in parts of <bytes> bytes

      Examples: 1, 2 and 4 bytes
        | bytes |
        | 1     |
        | 2     |
        | 4     |

    @id:REGISTERS-4.2
    Scenario Outline: <register>, <bytes> bytes at a time
      Given 2 general-media-events were injected into the warning log of dev
      Then <register> of dev reads the same in parts of <bytes> bytes

      Examples: registers of the mailbox, and events
        | register                     | bytes |
        | Primary Mailbox Capabilities | 1     |
        | Primary Mailbox Capabilities | 2     |
        | Device Status Event Status   | 1     |
        | Device Status Event Status   | 2     |
        | Device Status Event Status   | 4     |

  @id:REGISTERS-5 @CXL-3.1-8.2.8.1 @CXL-3.1-8.2.8.4.3
  Rule: Read-only registers keep their values when they are written
    @id:REGISTERS-5.1
    Scenario: Capabilities Array
      When zeros are written to capability array Capabilities Array of dev
      Then capability array Capabilities Array of dev is unchanged

    @id:REGISTERS-5.2
    Scenario: Mailbox Capabilities
      When ones are written to Primary Mailbox Capabilities of dev
      Then Primary Mailbox Capabilities of dev is unchanged

    @id:REGISTERS-5.3
    Scenario: Memory Device Status
      When zeros are written to Memory Device Status of dev
      Then Memory Device Status of dev is unchanged

    @id:REGISTERS-5.4
    Scenario Outline: <register> of the mailbox, in <bytes> bytes
      When ones are written to the first <bytes> bytes of Primary Mailbox <register> of dev
      Then Primary Mailbox <register> of dev is unchanged

      Examples: status registers, which have 8 bytes
        | register                  | bytes |
        | Status                    | 4     |
        | Status                    | 8     |
        | Background Command Status | 4     |
        | Background Command Status | 8     |

  @id:REGISTERS-6 @CXL-3.1-8.2.4.20.1
  Rule: HDM decoders can interleave by address bits 8 to 14
    @id:REGISTERS-6.1
    Scenario Outline: The decoders of <component>
      Then HDM Decoder Capability of <component> has a11to8Interleave, a14to12Interleave set

      Examples: a device, a switch and a host bridge
        | component |
        | dev       |
        | us0       |
        | cxl.1     |

    @id:REGISTERS-6.2
    Scenario Outline: <component> interleaves by powers of two alone
      Then HDM Decoder Capability of <component> has ways3612, ways16 clear

      Examples: a switch and a host bridge
        | component |
        | us0       |
        | cxl.1     |

    @id:REGISTERS-6.3
    Scenario: A device interleaves by 3, 6, 12 and 16 ways too
      Then HDM Decoder Capability of dev has ways3612, ways16 set

  @id:REGISTERS-7 @CXL-3.1-8.2.4.1
  Rule: The array of component capabilities begins with the versions of its layout

    @id:REGISTERS-7.1
    Scenario Outline: The header of <component>
      Then capability array CXL Capability Header of <component> has id, version, cacheMemVersion, arraySize set

      Examples: a device, ports and a host bridge
        | component |
        | dev       |
        | us0       |
        | ds0       |
        | rp0       |
        | cxl.1     |
