import { test } from 'node:test';
import { expect } from 'expect';
import { buildCommand, imageName, imageNamed } from './architecture';
import { guestArguments } from './boot';

for (const [name, suite, architecture, command] of [
  ['trixie', 'trixie', 'amd64', '--suite trixie'],
  ['trixie-arm64', 'trixie', 'arm64', '--suite trixie --arch arm64'],
  ['trixie-backports', 'trixie-backports', 'amd64', '--suite trixie-backports'],
] as const) {
  test(`image ${name} is that of Debian ${suite} for ${architecture}, and the command that makes it says so`, () => {
    expect(imageNamed(name)).toEqual({ suite, architecture });
    expect(imageName(suite, architecture)).toBe(name);
    expect(buildCommand(name)).toBe(`npx cxl-conformance guest build ${command}`);
  });
}

for (const [architecture, processor, serial] of [
  ['amd64', 'max,-hypervisor', 'console=ttyS0'],
  ['arm64', 'max', 'console=ttyAMA0 efi=debug'],
] as const) {
  test(`a guest for ${architecture} is booted on processor ${processor}, and its kernel with ${serial}`, () => {
    const image = { name: 'trixie', architecture, directory: '/images/trixie', kernel: '6.12', recipe: 3 };
    const words = guestArguments({ image, port: 2222, accelerator: 'tcg', serialLog: 'log', bios: 'firmware.fd' });
    expect(words[words.indexOf('-cpu') + 1]).toBe(processor);
    expect(words[words.indexOf('-append') + 1]).toMatch(new RegExp(`^${serial} nokaslr`));
    expect(words.slice(words.indexOf('-bios'))[1]).toBe('firmware.fd');
  });
}
