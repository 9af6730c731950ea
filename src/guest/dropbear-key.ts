/** Host keys in the file format of dropbear: signkey.c: buf_put_priv_key(), ed25519.c: buf_put_ed25519_priv_key(). */
import { generateKeyPairSync } from 'node:crypto';

const TYPE = 'ssh-ed25519';

/** A new one: name of its type, then private and public key as one string; each string after its length in 32 bits, big-endian. */
export function dropbearKey(): Uint8Array {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const keys = Buffer.concat([d, x].map((key) => Buffer.from(key, 'base64url')));
  return Buffer.concat([string(Buffer.from(TYPE)), string(keys)]);
}

function string(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
