@device @thread-T8 @thread-T14
Feature: The CDAT of a Type 3 device
  Firmware and operating systems place CXL memory by the CDAT of the device: where each of its capacities
  begins, its latency and bandwidth, and its EFI memory type. QEMU has no ACPI table with that.

  Background:
    Given the machine "one host bridge"

  @id:CDAT-1 @CDAT-1.03-2.1
  Rule: Each capacity of a device has a DSMAS
    @id:CDAT-1.1
    Scenario Outline: <volatile> of volatile and <persistent> of persistent capacity
      Given these Type 3 devices:
        | id       | port | volatile   | persistent   |
        | <device> | rp0  | <volatile> | <persistent> |
      Then the CDAT of <device> describes this memory:
        | DPA   | memory   |
        | <DPA> | <memory> |

      Examples: capacity of one kind
        | device | volatile | persistent | DPA    | memory     |
        | pmem0  | 0        | 512M       | 0-512M | persistent |
        | vmem0  | 512M     | 0          | 0-512M | volatile   |

    @id:CDAT-1.2
    Scenario: Persistent capacity behind volatile capacity
      Given these Type 3 devices:
        | id    | port | volatile | persistent |
        | both0 | rp0  | 256M     | 512M       |
      Then the CDAT of both0 describes this memory:
        | DPA       | memory     |
        | 0-256M    | volatile   |
        | 256M-768M | persistent |

    @id:CDAT-1.3
    Scenario Outline: <dynamic> of dynamic capacity behind <volatile> of volatile and <persistent> of persistent capacity
      Given these Type 3 devices:
        | id  | port | volatile   | persistent   | dynamic   |
        | dev | rp0  | <volatile> | <persistent> | <dynamic> |
      Then the CDAT of dev describes this memory:
        | DPA          | memory          |
        | <first DPA>  | <first memory>  |
        | <second DPA> | <second memory> |
        | <third DPA>  | <third memory>  |

      Examples: behind other capacity
        | volatile | persistent | dynamic  | first DPA | first memory | second DPA | second memory    | third DPA | third memory     |
        | 256M     | 0          | 2 x 256M | 0-256M    | volatile     | 256M-512M  | dynamic volatile | 512M-768M | dynamic volatile |
        | 0        | 256M       | 2 x 256M | 0-256M    | persistent   | 256M-512M  | dynamic volatile | 512M-768M | dynamic volatile |
        | 256M     | 256M       | 1 x 512M | 0-256M    | volatile     | 256M-512M  | persistent       | 512M-1G   | dynamic volatile |

  @id:CDAT-2 @CDAT-1.03-2.2
  Rule: Each capacity has DSLBISs with latency and bandwidth of reads and writes
    @id:CDAT-2.1
    Scenario Outline: <volatile> of volatile and <persistent> of persistent capacity
      Given these Type 3 devices:
        | id       | port | volatile   | persistent   |
        | <device> | rp0  | <volatile> | <persistent> |
      Then the CDAT of <device> describes this memory:
        | DPA    | read latency | write latency | read bandwidth | write bandwidth |
        | 0-512M | 150 ns       | 250 ns        | 16000 MB/s     | 16000 MB/s      |

      Examples: capacity of one kind
        | device | volatile | persistent |
        | pmem0  | 0        | 512M       |
        | vmem0  | 512M     | 0          |

    @id:CDAT-2.2
    Scenario: Persistent capacity behind volatile capacity
      Given these Type 3 devices:
        | id    | port | volatile | persistent |
        | both0 | rp0  | 256M     | 512M       |
      Then the CDAT of both0 describes this memory:
        | DPA       | read latency | write latency | read bandwidth | write bandwidth |
        | 0-256M    | 150 ns       | 250 ns        | 16000 MB/s     | 16000 MB/s      |
        | 256M-768M | 150 ns       | 250 ns        | 16000 MB/s     | 16000 MB/s      |

    @id:CDAT-2.3
    Scenario Outline: <dynamic> of dynamic capacity behind <volatile> of volatile and <persistent> of persistent capacity
      Given these Type 3 devices:
        | id  | port | volatile   | persistent   | dynamic   |
        | dev | rp0  | <volatile> | <persistent> | <dynamic> |
      Then the CDAT of dev describes this memory:
        | DPA          | read latency | write latency | read bandwidth | write bandwidth |
        | <first DPA>  | 150 ns       | 250 ns        | 16000 MB/s     | 16000 MB/s      |
        | <second DPA> | 150 ns       | 250 ns        | 16000 MB/s     | 16000 MB/s      |

      Examples: alone, and behind other capacity
        | volatile | persistent | dynamic  | first DPA | second DPA |
        | 0        | 0          | 2 x 256M | 0-256M    | 256M-512M  |
        | 256M     | 0          | 1 x 512M | 0-256M    | 256M-768M  |
        | 0        | 256M       | 1 x 512M | 0-256M    | 256M-768M  |

  @id:CDAT-3 @CDAT-1.03-2.5
  Rule: Each capacity has a DSEMTS with its EFI memory type
    @id:CDAT-3.1
    Scenario Outline: <volatile> of volatile and <persistent> of persistent capacity are <EFI memory type>
      Given these Type 3 devices:
        | id       | port | volatile   | persistent   |
        | <device> | rp0  | <volatile> | <persistent> |
      Then the CDAT of <device> describes this memory:
        | DPA    | EFI memory type   |
        | 0-512M | <EFI memory type> |

      Examples: capacity of one kind
        | device | volatile | persistent | EFI memory type  |
        | pmem0  | 0        | 512M       | reserved         |
        | vmem0  | 512M     | 0          | specific purpose |

    @id:CDAT-3.2
    Scenario: Persistent capacity behind volatile capacity
      Given these Type 3 devices:
        | id    | port | volatile | persistent |
        | both0 | rp0  | 256M     | 512M       |
      Then the CDAT of both0 describes this memory:
        | DPA       | EFI memory type  |
        | 0-256M    | specific purpose |
        | 256M-768M | reserved         |

    @id:CDAT-3.3
    Scenario Outline: <dynamic> of dynamic capacity behind <volatile> of volatile and <persistent> of persistent capacity
      Given these Type 3 devices:
        | id  | port | volatile   | persistent   | dynamic   |
        | dev | rp0  | <volatile> | <persistent> | <dynamic> |
      Then the CDAT of dev describes this memory:
        | DPA          | memory           | EFI memory type         |
        | <first DPA>  | <first memory>   | <first EFI memory type> |
        | <second DPA> | dynamic volatile | specific purpose        |

      Examples: alone, and behind other capacity
        | volatile | persistent | dynamic  | first DPA | first memory     | first EFI memory type | second DPA |
        | 0        | 0          | 2 x 256M | 0-256M    | dynamic volatile | specific purpose      | 256M-512M  |
        | 256M     | 0          | 1 x 512M | 0-256M    | volatile         | specific purpose      | 256M-768M  |
        | 0        | 256M       | 1 x 512M | 0-256M    | persistent       | reserved              | 256M-768M  |

  @id:CDAT-4 @CDAT-1.03-2
  Rule: The bytes of a CDAT sum to zero
    @id:CDAT-4.1
    Scenario Outline: <volatile> of volatile and <persistent> of persistent capacity
      Given these Type 3 devices:
        | id       | port | volatile   | persistent   |
        | <device> | rp0  | <volatile> | <persistent> |
      Then the bytes of the CDAT of <device> sum to zero

      Examples: tables of 160 and of 304 bytes
        | device | volatile | persistent |
        | pmem0  | 0        | 512M       |
        | vmem0  | 512M     | 0          |
        | both0  | 256M     | 512M       |

    @id:CDAT-4.2
    Scenario Outline: <dynamic> of dynamic capacity behind <volatile> of volatile and <persistent> of persistent capacity
      Given these Type 3 devices:
        | id  | port | volatile   | persistent   | dynamic   |
        | dev | rp0  | <volatile> | <persistent> | <dynamic> |
      Then the bytes of the CDAT of dev sum to zero

      Examples: every mix with dynamic capacity, of two regions
        | volatile | persistent | dynamic  |
        | 0        | 0          | 2 x 256M |
        | 256M     | 0          | 2 x 256M |
        | 0        | 256M       | 2 x 256M |
        | 256M     | 256M       | 2 x 256M |
