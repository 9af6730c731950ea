import { createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import { expect } from 'expect';
import { dropbearKey } from './dropbear-key';

test('a host key has its type, and the public key after the private one', () => {
  const key = Buffer.from(dropbearKey());
  expect(key.subarray(0, 15).toString('latin1')).toBe('\0\0\0\x0bssh-ed25519');
  expect([key.readUInt32BE(15), key.length]).toEqual([64, 83]);
  const [d, x] = [key.subarray(19, 51), key.subarray(51)].map((part) => part.toString('base64url'));
  const jwk = { kty: 'OKP', crv: 'Ed25519', d: `${d}`, x: `${x}` };
  expect(createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'jwk' }).x).toBe(x);
});

test('each key is another one', () => expect(dropbearKey()).not.toEqual(dropbearKey()));
