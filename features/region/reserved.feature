@region @thread-T2 @thread-T1
Feature: A RESERVED entry makes a window unusable
  This is the defect of October 2022, reproduced on purpose: the range is claimed once by E820 and
  once by the region driver, and creating a region fails.

  Background:
    Given the machine "one host bridge"
    And these Type 3 devices:
      | id    | port | volatile | persistent |
      | vmem0 | rp0  | 512M     | 0          |
      | both0 | rp1  | 256M     | 512M       |
    And these fixed memory windows:
      | size | targets | granularity |
      | 4G   | cxl.1   | 256         |
      | 4G   | cxl.1   | 256         |
    And these ranges that firmware reserves:
      | window | range   |
      | 0      | 0-1G    |
      | 1      | 0-3584M |
      | 2      | 0-4G    |

  @id:RESERVED-1
  Rule: No region can be created in a window that a RESERVED entry covers
    @id:RESERVED-1.1
    Scenario Outline: A <type> region
      When a <type> region of 256M is created in window 2 on both0
      Then region creation fails with ERANGE: Numerical result out of range
      And there is no region
      And window 2 holds a Reserved resource of 4G

      Examples: of either type
        | type       |
        | persistent |
        | volatile   |

  @id:RESERVED-2
  Rule: A RESERVED entry over part of a window leaves the rest of it usable
    @id:RESERVED-2.1
    Scenario Outline: <reserved> of window <window> is reserved
      When a volatile region of 512M is created in window <window> on vmem0
      Then the region is enabled
      And the region occupies <region> of window <window>

      Examples: the beginning, and all but the end
        | window | reserved | region   |
        | 0      | 0-1G     | 1G-1536M |
        | 1      | 0-3584M  | 3584M-4G |
