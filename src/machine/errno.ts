/** The operating system refused. `code` is the errno by name, the message what the tool said. */
export class Errno extends Error {
  override readonly name = 'Errno';

  constructor(
    readonly code: ErrnoName,
    message: string,
  ) {
    super(message);
  }
}

/** What glibc says for each errno that CXL operations yield. */
export const STRERROR = {
  EPERM: 'Operation not permitted',
  EIO: 'Input/output error',
  ENXIO: 'No such device or address',
  EACCES: 'Permission denied',
  EBUSY: 'Device or resource busy',
  ENODEV: 'No such device',
  EINVAL: 'Invalid argument',
  ENOSPC: 'No space left on device',
  ERANGE: 'Numerical result out of range',
  EOPNOTSUPP: 'Operation not supported',
  ETIMEDOUT: 'Connection timed out',
} as const;

export type ErrnoName = keyof typeof STRERROR;
