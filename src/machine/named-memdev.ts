/** How a request names a memdev. */

/** Its serial number; or its PCI address, where several have one serial number. */
export type MemdevName = bigint | string;

export const isNamed = ({ serial, host }: { serial: bigint; host: string }, name: MemdevName): boolean =>
  typeof name === 'string' ? host === name : serial === name;
