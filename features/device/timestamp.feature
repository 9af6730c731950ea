@device @needs:hardware @needs:clock @CXL-3.1-8.2.9.4
Feature: The timestamp of a Type 3 device
  The timestamp of a device is 0 until software sets it. From then on it counts, and event records have its time.

  Background:
    Given the machine "one Type 3 device"

  @id:TIMESTAMP-1
  Rule: The timestamp is 0 until it is set
    @id:TIMESTAMP-1.1
    Scenario: Long after power-on
      Given 4 seconds passed
      Then dev answers Get Timestamp with timestamp 0

  @id:TIMESTAMP-2
  Rule: The timestamp counts from the value that it was set to
    @id:TIMESTAMP-2.1
    Scenario: Immediately
      Given dev has accepted Set Timestamp with timestamp 0x0102030405060708
      Then dev answers Get Timestamp with timestamp 0x0102030405060708

    @id:TIMESTAMP-2.2
    Scenario: After 4 seconds
      Given dev has accepted Set Timestamp with timestamp 1000000000
      When 4 seconds pass
      Then the timestamp of dev is 5 seconds

    @id:TIMESTAMP-2.3
    Scenario: Across a reset of the machine
      Given dev has accepted Set Timestamp with timestamp 1000000000
      And 4 seconds passed
      When the machine is reset
      Then the timestamp of dev is 5 seconds
