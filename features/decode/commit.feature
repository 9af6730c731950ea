@decode @needs:hardware
Feature: Committing HDM decoders
  Software programs a decoder and sets Commit; the decoder looks at what it was given, and answers that it is committed
  or that it is not. What is committed decodes: before that, and after Commit was cleared, it does not.

  Background:
    Given a machine with 2G of RAM, maxmem 2G
    And these host bridges:
      | id    | bus | root ports |
      | cxl.1 | 16  | rp0, rp1   |
    And these Type 3 devices:
      | id  | root port | volatile | persistent |
      | dev | rp0       | 0        | 1G         |
    And these fixed memory windows:
      | size | targets | granularity |
      | 4G   | cxl.1   | 256         |

  @id:COMMIT-1 @CXL-3.1-8.2.4.20.12
  Rule: A decoder decodes from when it is committed until Commit is cleared

    @id:COMMIT-1.1
    Scenario Outline: Decoder 0 of <owner> is committed
      When decoder 0 of <owner> is committed for 256M-512M of window 0
      Then decoder 0 of <owner> answers Committed

      Examples: a host bridge and a device
        | owner |
        | cxl.1 |
        | dev   |

    @id:COMMIT-1.2
    Scenario: What is stored in its range is on the media
      Given window 0 is routed to dev
      And decoder 0 of dev was committed for 256M-512M of window 0
      When 4K of data are stored at 256M of window 0
      Then 256M of window 0 yields the data
      And the media of dev hold the data from DPA 0

    @id:COMMIT-1.3
    Scenario Outline: Commit of decoder 0 of <owner> is cleared
      Given decoder 0 of <owner> was committed for 256M-512M of window 0
      When Commit of decoder 0 of <owner> is cleared
      Then decoder 0 of <owner> answers neither

      Examples: a host bridge and a device
        | owner |
        | cxl.1 |
        | dev   |

    @id:COMMIT-1.4
    Scenario Outline: Data are out of reach when Commit of <owner> is cleared
      Given window 0 is routed to dev
      And decoder 0 of dev was committed for 256M-512M of window 0
      And 4K of data were stored at 256M of window 0
      When Commit of decoder 0 of <owner> is cleared
      Then 256M of window 0 does not yield the data

      Examples: either end
        | owner |
        | cxl.1 |
        | dev   |

    @id:COMMIT-1.5
    Scenario: Data beside its range reach nothing
      Given window 0 is routed to dev
      And decoder 0 of dev was committed for 256M-512M of window 0
      When 4K of data are stored at 512M of window 0
      Then 512M of window 0 does not yield the data

    @id:COMMIT-1.6
    Scenario: Data beside the range of the host bridge reach nothing
      Given decoder 0 of cxl.1 was committed for 256M-512M of window 0
      And decoder 0 of dev was committed for 0-512M of window 0
      When 4K of data are stored at 0 of window 0
      Then 0 of window 0 does not yield the data

  @id:COMMIT-2 @CXL-3.1-8.2.4.20.12
  Rule: Decoders are committed in the order of their numbers

    @id:COMMIT-2.1
    Scenario Outline: Decoder 1 of <owner> before decoder 0
      When decoder 1 of <owner> is committed for 256M-512M of window 0
      Then decoder 1 of <owner> answers Error Not Committed

      Examples: a host bridge and a device
        | owner |
        | cxl.1 |
        | dev   |

    @id:COMMIT-2.2
    Scenario: The same in the right order
      Given decoder 0 of dev was committed for 0-256M of window 0
      When decoder 1 of dev is committed for 256M-512M of window 0
      Then decoder 1 of dev answers Committed

  @id:COMMIT-3 @CXL-3.1-8.2.4.20.12
  Rule: The addresses of a decoder lie above those of the decoder before

    @id:COMMIT-3.1
    Scenario Outline: <range> after 256M-768M in <owner>
      Given decoder 0 of <owner> was committed for 256M-768M of window 0
      When decoder 1 of <owner> is committed for <range> of window 0
      Then decoder 1 of <owner> answers Error Not Committed

      Examples: across its end, inside, the same, and below
        | owner | range     |
        | cxl.1 | 512M-1G   |
        | dev   | 512M-1G   |
        | dev   | 512M-768M |
        | dev   | 256M-768M |
        | dev   | 0-256M    |

  @id:COMMIT-4 @CXL-3.1-8.2.4.20.12
  Rule: What the decoders of a device skip and map is part of its capacity

    @id:COMMIT-4.1
    Scenario Outline: <range> of 1G, with a DPA skip of <skip>
      When decoder 0 of dev is committed for <range> of window 0, with a DPA skip of <skip>
      Then decoder 0 of dev answers <answer>

      Examples: all of it
        | range   | skip | answer    |
        | 0-1G    | 0    | Committed |
        | 0-256M  | 768M | Committed |

      Examples: more than it
        | range   | skip | answer              |
        | 0-1280M | 0    | Error Not Committed |
        | 0-512M  | 768M | Error Not Committed |

    @id:COMMIT-4.2
    Scenario: A second decoder over more than the first leaves
      Given decoder 0 of dev was committed for 0-768M of window 0
      When decoder 1 of dev is committed for 768M-1280M of window 0
      Then decoder 1 of dev answers Error Not Committed

    @id:COMMIT-4.3
    Scenario: Data are stored behind the capacity that is skipped
      Given window 0 is routed to dev
      And decoder 0 of dev was committed for 0-256M of window 0, with a DPA skip of 512M
      When 4K of data are stored at 0 of window 0
      Then the media of dev hold the data from DPA 512M

  @id:COMMIT-5 @CXL-3.1-8.2.4.20.7
  Rule: Reserved encodings of interleave are not committed

    @id:COMMIT-5.1
    Scenario Outline: Interleave ways encoded as <ways>, granularity as <granularity>
      When decoder 0 of dev is committed for 0-768M of window 0, with interleave ways <ways> and granularity <granularity>
      Then decoder 0 of dev answers Error Not Committed

      Examples: ways that are reserved
        | ways | granularity |
        | 5    | 0           |
        | 7    | 0           |
        | 11   | 0           |
        | 15   | 0           |

      Examples: a granularity that is reserved
        | ways | granularity |
        | 0    | 7           |

    @id:COMMIT-5.2
    Scenario: A machine lives with such a decoder
      Given window 0 is routed to dev
      And decoder 0 of dev was programmed for 0-256M of window 0, with interleave ways 5
      When 4K of data are stored at 1G of window 0
      Then 1G of window 0 does not yield the data

  @id:COMMIT-6 @CXL-3.1-8.2.4.20.13
  Rule: A decoder that was committed with Lock On Commit stays as it is

    @id:COMMIT-6.1
    Scenario: It cannot be programmed anew
      Given decoder 0 of dev was committed for 0-256M of window 0, with Lock On Commit
      When decoder 0 of dev is committed for 512M-1G of window 0
      Then decoder 0 of dev maps 0-256M of window 0

    @id:COMMIT-6.2
    Scenario: Commit cannot be cleared
      Given decoder 0 of dev was committed for 0-256M of window 0, with Lock On Commit
      When Commit of decoder 0 of dev is cleared
      Then decoder 0 of dev answers Committed

    @id:COMMIT-6.3
    Scenario: One that is not locked can be programmed anew
      Given decoder 0 of dev was committed for 0-256M of window 0
      When decoder 0 of dev is committed for 512M-1G of window 0
      Then decoder 0 of dev maps 512M-1G of window 0

  @id:COMMIT-7 @CXL-3.1-8.2.4.20.2
  Rule: A device goes by its HDM decoders while they are enabled

    @id:COMMIT-7.1
    Scenario: They are disabled
      Given window 0 is routed to dev
      And decoder 0 of dev was committed for 0-256M of window 0
      And 4K of data were stored at 0 of window 0
      When the HDM decoders of dev are disabled
      Then 0 of window 0 does not yield the data

    @id:COMMIT-7.2
    Scenario: They are disabled while decoder 0 takes part in an interleave
      Given window 0 is routed to dev
      And decoder 0 of dev was committed for 3G-3584M of window 0, with interleave ways 1 and granularity 0
      And 256 of data were stored at 3G of window 0
      When the HDM decoders of dev are disabled
      Then 3G of window 0 does not yield the data

  @id:COMMIT-8 @CXL-3.1-8.2.4.20.12
  Rule: A reset clears decoders, whether or not they are locked

    @id:COMMIT-8.1
    Scenario Outline: Decoder 0 of <owner> after a reset
      Given decoder 0 of <owner> was committed for 256M-512M of window 0, with Lock On Commit
      And the machine was reset
      When decoder 0 of <owner> is committed for 512M-1G of window 0
      Then decoder 0 of <owner> maps 512M-1G of window 0

      Examples: a host bridge and a device
        | owner |
        | cxl.1 |
        | dev   |

    @id:COMMIT-8.2
    Scenario: Data are out of reach after a reset, until a decoder of the device is committed again
      Given window 0 is routed to dev
      And decoder 0 of dev was committed for 256M-512M of window 0
      And 4K of data were stored at 256M of window 0
      And the machine was reset
      When window 0 is routed to dev
      Then 256M of window 0 does not yield the data

  @id:COMMIT-9 @CXL-3.1-8.2.4.20.7
  Rule: A host bridge takes turns among no more root ports than a target list can name

    @id:COMMIT-9.1
    Scenario Outline: Interleave ways encoded as <ways>, which is <meaning>
      When decoder 0 of cxl.1 is committed for 0-3G of window 0, with interleave ways <ways> and granularity 0
      Then decoder 0 of cxl.1 answers Error Not Committed

      Examples: more than 8, and multiples of 3
        | ways | meaning |
        | 4    | 16 ways |
        | 8    | 3 ways  |

    @id:COMMIT-9.2
    Scenario: A machine lives with such a decoder
      Given decoder 0 of cxl.1 was programmed for 0-4G of window 0, with interleave ways 4
      When 4K of data are stored at 1G of window 0
      Then 1G of window 0 does not yield the data
