@device @thread-T7 @CXL-3.1-8.2.9.9.1.1
Feature: Capacities of a Type 3 device
  A device reports its capacities in multiples of 256M. It cannot report another capacity, and software must
  not see less than there is, or more.

  Background:
    Given a machine with 2G of RAM, maxmem 4G
    And these host bridges:
      | id    | bus | root ports    |
      | cxl.1 | 12  | rp0, rp1, rp2 |
    And these fixed memory windows:
      | size | targets | granularity |
      | 4G   | cxl.1   | 256         |

  @id:CAPACITY-1
  Rule: A device with a capacity that is not a multiple of 256M is no memdev
    @id:CAPACITY-1.1
    Scenario Outline: <device>, of odd0 with <volatile0> and <persistent0> and odd1 with <volatile1> and <persistent1>
      Given these Type 3 devices:
        | id   | port | volatile    | persistent    |
        | even | rp0  | 0           | 512M          |
        | odd0 | rp1  | <volatile0> | <persistent0> |
        | odd1 | rp2  | <volatile1> | <persistent1> |
      Then even is a memdev with 0 of volatile and 512M of persistent capacity
      And <device> is no memdev

      Examples: less than 256M and more, and one capacity of two that is a multiple
        | device | volatile0 | persistent0 | volatile1 | persistent1 |
        | odd0   | 0         | 128M        | 0         | 384M        |
        | odd1   | 0         | 128M        | 0         | 384M        |
        | odd0   | 384M      | 256M        | 256M      | 384M        |
        | odd1   | 384M      | 256M        | 256M      | 384M        |
