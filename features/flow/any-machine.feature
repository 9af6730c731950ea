@flow @thread-T17
Feature: Any machine with fixed memory windows
  Some rules hold whatever a machine is made of. A machine that runs already is held against them as it is, whoever
  put it together, and nothing about it is changed.

  Background:
    Given a machine with 2G of RAM, maxmem 4G
    And these host bridges:
      | id    | bus | root ports |
      | cxl.1 | 12  | rp0, rp1   |
    And these Type 3 devices:
      | id    | root port | volatile | persistent |
      | vmem0 | rp0       | 512M     | 0          |
      | both0 | rp1       | 256M     | 512M       |
    And these fixed memory windows:
      | size | targets | granularity |
      | 4G   | cxl.1   | 256         |
      | 4G   | cxl.1   | 256         |
    And any other machine will do

  @id:ANY-1
  Rule: Memory in a window is described in firmware's tables if firmware has committed its decoders, and not otherwise

    @id:ANY-1.1
    Scenario: Tables and decoders agree
      Then what firmware has handed over is consistent

  @id:ANY-2 @thread-T1
  Rule: Nothing else answers in a window

    @id:ANY-2.1
    Scenario: Neither a PCI BAR nor the registers of a host bridge
      Then no PCI BAR overlaps a fixed memory window
      And no component registers overlap a fixed memory window
