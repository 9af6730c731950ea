import { test } from 'node:test';
import { expect } from 'expect';
import { argumentsFor } from './ssh';

for (const [address, expected] of [
  ['root@host', ['--', 'root@host']],
  ['host:2222', ['-p', '2222', '--', 'host']],
  ['me@[fe80::1%eth0]:22', ['-p', '22', '--', 'me@fe80::1%eth0']],
] as const) {
  test(`${address} is passed to ssh behind --`, () => {
    const args = argumentsFor(address).slice(0, -1);
    expect(args.slice(-expected.length)).toEqual(expected);
  });
}

for (const address of ['-oProxyCommand=x', '-l@host', 'root@-oProxyCommand=x', '', 'a b', 'root@host:port']) {
  test(`${JSON.stringify(address)} is no address`, () => {
    expect(() => argumentsFor(address)).toThrow(`--ssh ${address} is not USER@HOST[:PORT]`);
  });
}
