@decode @needs:hardware
Feature: Committing HDM decoders
  Software programs a decoder and sets Commit; the decoder checks its registers, and sets Committed or Error Not
  Committed. A decoder decodes only while it is committed.

  Background:
    Given the machine "one host bridge"
    And these Type 3 devices:
      | id  | port | volatile | persistent |
      | dev | rp0  | 0        | 1G         |

  @id:COMMIT-1 @CXL-3.1-8.2.4.20.12
  Rule: A decoder decodes while it is committed
    @id:COMMIT-1.1
    Scenario Outline: Decoder 0 of <owner> is committed
      When decoder 0 of <owner> is committed for 256M-512M of window 0
      Then decoder 0 of <owner> answers Committed

      Examples: a host bridge and a device
        | owner |
        | cxl.1 |
        | dev   |

    @id:COMMIT-1.2
    Scenario: Data stored in its range are on the media
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
    Scenario Outline: Data are inaccessible after Commit of <owner> is cleared
      Given window 0 is routed to dev
      And decoder 0 of dev was committed for 256M-512M of window 0
      And 4K of data were stored at 256M of window 0
      When Commit of decoder 0 of <owner> is cleared
      Then 256M of window 0 does not yield the data

      Examples: a host bridge and a device
        | owner |
        | cxl.1 |
        | dev   |

    @id:COMMIT-1.5
    Scenario: Data stored outside its range are lost
      Given window 0 is routed to dev
      And decoder 0 of dev was committed for 256M-512M of window 0
      When 4K of data are stored at 512M of window 0
      Then 512M of window 0 does not yield the data

    @id:COMMIT-1.6
    Scenario: Data stored outside the range of the host bridge's decoder are lost
      Given decoder 0 of cxl.1 was committed for 256M-512M of window 0
      And decoder 0 of dev was committed for 0-512M of window 0
      When 4K of data are stored at 0 of window 0
      Then 0 of window 0 does not yield the data

  @id:COMMIT-2 @CXL-3.1-8.2.4.20.12
  Rule: Decoders commit in order of their number
    @id:COMMIT-2.1
    Scenario Outline: Decoder 1 of <owner> before decoder 0
      When decoder 1 of <owner> is committed for 256M-512M of window 0
      Then decoder 1 of <owner> answers Error Not Committed

      Examples: a host bridge and a device
        | owner |
        | cxl.1 |
        | dev   |

    @id:COMMIT-2.2
    Scenario: Decoder 1 of dev after decoder 0
      Given decoder 0 of dev was committed for 0-256M of window 0
      When decoder 1 of dev is committed for 256M-512M of window 0
      Then decoder 1 of dev answers Committed

  @id:COMMIT-3 @CXL-3.1-8.2.4.20.12
  Rule: Each decoder maps addresses above those of the previous decoder
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
  Rule: DPA skip and size of a device's decoders are within its capacity
    @id:COMMIT-4.1
    Scenario Outline: <range> of 1G, with a DPA skip of <skip>
      When decoder 0 of dev is committed for <range> of window 0, with a DPA skip of <skip>
      Then decoder 0 of dev answers <answer>

      Examples: all of the capacity, and more
        | range   | skip | answer              |
        | 0-1G    | 0    | Committed           |
        | 0-256M  | 768M | Committed           |
        | 0-1280M | 0    | Error Not Committed |
        | 0-512M  | 768M | Error Not Committed |

    @id:COMMIT-4.2
    Scenario: A second decoder for more than the first one leaves
      Given decoder 0 of dev was committed for 0-768M of window 0
      When decoder 1 of dev is committed for 768M-1280M of window 0
      Then decoder 1 of dev answers Error Not Committed

    @id:COMMIT-4.3
    Scenario: Data are stored behind the skipped capacity
      Given window 0 is routed to dev
      And decoder 0 of dev was committed for 0-256M of window 0, with a DPA skip of 512M
      When 4K of data are stored at 0 of window 0
      Then the media of dev hold the data from DPA 512M

  @id:COMMIT-5 @CXL-3.1-8.2.4.20.7
  Rule: Reserved encodings of interleave ways and granularity do not commit
    @id:COMMIT-5.1
    Scenario Outline: Interleave ways encoded as <ways>, granularity as <granularity>
      When decoder 0 of dev is committed for 0-768M of window 0, with interleave ways <ways> and granularity <granularity>
      Then decoder 0 of dev answers Error Not Committed

      Examples: reserved encodings of ways, and of granularity
        | ways | granularity |
        | 5    | 0           |
        | 7    | 0           |
        | 11   | 0           |
        | 15   | 0           |
        | 0    | 7           |

    @id:COMMIT-5.2
    Scenario: An access to the window with such a decoder
      Given window 0 is routed to dev
      And decoder 0 of dev was programmed for 0-256M of window 0, with interleave ways 5
      When 4K of data are stored at 1G of window 0
      Then 1G of window 0 does not yield the data

  @id:COMMIT-6 @CXL-3.1-8.2.4.20.13
  Rule: A decoder that is committed with Lock On Commit does not change
    @id:COMMIT-6.1
    Scenario: It cannot be reprogrammed
      Given decoder 0 of dev was committed for 0-256M of window 0, with Lock On Commit
      When decoder 0 of dev is committed for 512M-1G of window 0
      Then decoder 0 of dev maps 0-256M of window 0

    @id:COMMIT-6.2
    Scenario: Commit cannot be cleared
      Given decoder 0 of dev was committed for 0-256M of window 0, with Lock On Commit
      When Commit of decoder 0 of dev is cleared
      Then decoder 0 of dev answers Committed

    @id:COMMIT-6.3
    Scenario: A decoder that is not locked can be reprogrammed
      Given decoder 0 of dev was committed for 0-256M of window 0
      When decoder 0 of dev is committed for 512M-1G of window 0
      Then decoder 0 of dev maps 512M-1G of window 0

  @id:COMMIT-7 @CXL-3.1-8.2.4.20.2
  Rule: A device decodes by its HDM decoders only while they are enabled
    @id:COMMIT-7.1
    Scenario: HDM decoders are disabled
      Given window 0 is routed to dev
      And decoder 0 of dev was committed for 0-256M of window 0
      And 4K of data were stored at 0 of window 0
      When the HDM decoders of dev are disabled
      Then 0 of window 0 does not yield the data

    @id:COMMIT-7.2
    Scenario: HDM decoders are disabled while decoder 0 is interleaved
      Given window 0 is routed to dev
      And decoder 0 of dev was committed for 3G-3584M of window 0, with interleave ways 1 and granularity 0
      And 256 of data were stored at 3G of window 0
      When the HDM decoders of dev are disabled
      Then 3G of window 0 does not yield the data

  @id:COMMIT-8 @CXL-3.1-8.2.4.20.12
  Rule: A reset clears decoders, locked ones included
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
    Scenario: Data are inaccessible after a reset until a decoder of the device is committed again
      Given window 0 is routed to dev
      And decoder 0 of dev was committed for 256M-512M of window 0
      And 4K of data were stored at 256M of window 0
      And the machine was reset
      When window 0 is routed to dev
      Then 256M of window 0 does not yield the data

  @id:COMMIT-9 @CXL-3.1-8.2.4.20.7
  Rule: A host bridge interleaves across no more root ports than its target list holds
    @id:COMMIT-9.1
    Scenario Outline: Interleave ways encoded as <ways>, which is <meaning>
      When decoder 0 of cxl.1 is committed for 0-3G of window 0, with interleave ways <ways> and granularity 0
      Then decoder 0 of cxl.1 answers Error Not Committed

      Examples: more than 8 ways, and a multiple of 3
        | ways | meaning |
        | 4    | 16 ways |
        | 8    | 3 ways  |

    @id:COMMIT-9.2
    Scenario: An access to the window with such a decoder
      Given decoder 0 of cxl.1 was programmed for 0-4G of window 0, with interleave ways 4
      When 4K of data are stored at 1G of window 0
      Then 1G of window 0 does not yield the data

  @id:COMMIT-10 @CXL-3.1-8.2.4.20
  Rule: What is stored where no device is connected is lost, and nothing fails

    Background:
      Given these host bridges:
        | id    | bus | root ports |
        | cxl.2 | 32  | rp2        |
        | cxl.3 | 48  | rp3        |
        | cxl.4 | 64  | rp4, rp5   |
      And these switches:
        | id  | root port | downstream ports |
        | us0 | rp3       | ds0, ds1         |
      And these Type 3 devices:
        | id | port | volatile | persistent |
        | m1 | rp4  | 0        | 256M       |
      And these fixed memory windows:
        | size | targets | granularity |
        | 1G   | cxl.2   | 256         |
        | 1G   | cxl.3   | 256         |
        | 1G   | cxl.4   | 256         |

    @id:COMMIT-10.1
    Scenario: A host bridge whose only root port is empty
      When 4K of data are stored at 0 of window 1
      Then 0 of window 1 does not yield the data

    @id:COMMIT-10.2
    Scenario: A host bridge without a committed decoder
      When 4K of data are stored at 0 of window 3
      Then 0 of window 3 does not yield the data

    @id:COMMIT-10.3
    Scenario: A switch without a committed decoder
      When 4K of data are stored at 0 of window 2
      Then 0 of window 2 does not yield the data

    @id:COMMIT-10.4
    Scenario: A device that is removed
      Given window 3 is routed to m1
      And decoder 0 of m1 was committed for 0-256M of window 3
      And 4K of data were stored at 0 of window 3
      When m1 is removed
      Then 0 of window 3 does not yield the data
