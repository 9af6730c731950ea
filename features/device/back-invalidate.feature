@device @needs:hardware @CXL-3.1-8.2.4.27
Feature: Back-invalidation by a Type 3 device
  A device with memory of type HDM-DB invalidates lines in the caches of the host. Software has to find that it can, and to
  enable it in the device, in each port above, and in the decoders of the memory.

  Background:
    Given the machine "a managed switch"
    And these Type 3 devices:
      | id | port | volatile | persistent | x-256b-flit | hdm-db |
      | bi | rp1  | 0        | 512M       | on          | on     |

  @id:BACKINV-1 @CXL-3.1-8.2.4
  Rule: A device that supports back-invalidation has a BI decoder
    @id:BACKINV-1.1
    Scenario: Capabilities of the device
      Then bi has the component capabilities RAS, Link, HDM Decoder, BI Decoder

    @id:BACKINV-1.2
    Scenario: The BI decoder overlaps nothing
      Then no two capabilities of bi overlap

  @id:BACKINV-2 @CXL-3.1-8.2.4.20
  Rule: HDM decoders use back-invalidation where the device supports it
    @id:BACKINV-2.1
    Scenario: Coherency models of the device
      Then HDM Decoder Capability of bi has coherencyModel set

    @id:BACKINV-2.2
    Scenario: Back-invalidation is enabled in a decoder
      When backInvalidate is written to HDM Decoder 0 Control of bi
      Then HDM Decoder 0 Control of bi has backInvalidate set

    @id:BACKINV-2.3
    Scenario: A device without back-invalidation
      When backInvalidate is written to HDM Decoder 0 Control of m0
      Then HDM Decoder 0 Control of m0 is unchanged

  @id:BACKINV-3
  Rule: A BI decoder can be enabled, and answers to Commit
    @id:BACKINV-3.1
    Scenario Outline: The BI decoder of <component> is enabled
      When enable is written to BI Decoder Control of <component>
      Then BI Decoder Control of <component> has enable set

      Examples: a device, and ports
        | component |
        | bi        |
        | rp1       |
        | ds0       |

    @id:BACKINV-3.2
    Scenario: A downstream port of a switch needs an explicit Commit
      Then BI Decoder Capability of ds0 has explicitCommit set

    @id:BACKINV-3.3 @needs:clock
    Scenario Outline: Commit of <component>
      Given 2 seconds passed
      When commit is written to BI Decoder Control of <component>
      And 2 seconds pass
      Then BI Decoder Status of <component> has committed set

      Examples: a downstream port and a device
        | component |
        | ds0       |
        | bi        |

    @id:BACKINV-3.4 @needs:clock
    Scenario Outline: Commit of <component> as soon as the machine is powered on
      When commit is written to BI Decoder Control of <component>
      And 2 seconds pass
      Then BI Decoder Status of <component> has committed set

      Examples: a downstream port and a device
        | component |
        | ds0       |
        | bi        |

  @id:BACKINV-4 @CXL-3.1-8.1.8.3
  Rule: A device with flits of 256 bytes has negotiated no flits of 68 bytes
    @id:BACKINV-4.1
    Scenario: The link of the device
      Then Flex Bus Port DVSEC Control and Status of bi has only ioEnable, io, mem set
