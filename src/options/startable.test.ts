import { test } from 'node:test';
import { expect } from 'expect';
import { startable } from './startable';

const cases: { title: string; given: string[]; options: string[]; setAside?: string[] }[] = [
  {
    title: 'what makes the machine stays',
    given: ['-M', 'q35', '-m', '4G', '-usb'],
    options: ['-M', 'q35', '-m', '4G', '-usb'],
  },
  {
    title: 'an option that is not known stays, with its value',
    given: ['-new', 'a=b', '-newer'],
    options: ['-new', 'a=b', '-newer'],
  },
  { title: 'two dashes are one', given: ['--m', '4G'], options: ['-m', '4G'] },
  {
    title: 'accelerators, kernels and displays are set aside',
    given: ['-enable-kvm', '-accel', 'kvm', '-kernel', 'bzImage', '-append', 'a b', '-nographic', '-display', 'none'],
    options: [],
    setAside: ['-enable-kvm', '-accel', '-kernel', '-append', '-nographic', '-display'],
  },
  { title: 'a disk without an option is set aside', given: ['disk.img', '...'], options: [], setAside: ['disk.img'] },
  {
    title: 'devices and objects of the host are set aside by their kinds',
    given: ['-device', '{"driver":"vfio-pci","host":"08:00.0"}', '-object', 'secret,id=s,file=key'],
    options: [],
    setAside: ['-device vfio-pci', '-object secret'],
  },
  {
    title: 'networks and character devices go nowhere',
    given: ['-netdev', 'tap,fd=32,id=n0', '-chardev', '{"backend":"socket","id":"c0"}'],
    options: ['-netdev', 'hubport,hubid=0,id=n0', '-chardev', 'null,id=c0'],
  },
  {
    title: 'disks are empty ones',
    given: [
      '-drive',
      'file=a.img,if=none,id=d,format=raw',
      '-blockdev',
      '{"driver":"file","node-name":"b","filename":"c"}',
    ],
    options: [
      '-drive',
      'driver=null-co,read-zeroes=on,id=d,if=none',
      '-blockdev',
      '{"driver":"null-co","node-name":"b","read-zeroes":true}',
    ],
  },
  { title: 'flash is set aside', given: ['-drive', 'if=pflash,file=OVMF.fd'], options: [], setAside: ['-drive'] },
  {
    title: 'a machine loses what the host and its firmware are to it',
    given: ['-machine', 'pc-q35-8.1,accel=kvm,usb=off,pflash0=flash,cxl=on'],
    options: ['-machine', 'pc-q35-8.1,usb=off,cxl=on'],
  },
  {
    title: 'a processor of the host has as many address bits',
    given: ['-cpu', 'host,migratable=on'],
    options: ['-cpu', 'max,phys-bits=46'],
  },
  {
    title: 'address bits that are given stay',
    given: ['-cpu', 'EPYC,phys-bits=52'],
    options: ['-cpu', 'EPYC,phys-bits=52'],
  },
  {
    title: 'a memory backend is a file of its own, and not allocated in advance',
    given: [
      '-object',
      'memory-backend-file,id=m0,share=on,mem-path=/tmp/a.raw,size=1G,prealloc=on,host-nodes=0,policy=bind',
    ],
    options: ['-object', 'memory-backend-file,id=m0,share=on,mem-path=m0.memory,size=1G'],
  },
  {
    title: 'so is one that JSON describes, whose numbers stay numbers',
    given: [
      '-object',
      '{"qom-type":"memory-backend-file","id":"m0","mem-path":"/dev/hugepages","size":1024,"prealloc":true}',
    ],
    options: ['-object', '{"qom-type":"memory-backend-file","id":"m0","mem-path":"m0.memory","size":1024}'],
  },
];

for (const { title, given, options, setAside = [] } of cases) {
  test(`a command line is made ready to be started here: ${title}`, () => {
    const ready = startable(given);
    expect({ options: ready.options, setAside: ready.setAside }).toEqual({ options, setAside });
  });
}

test('what is replaced is said', () => {
  expect(startable(['-netdev', 'user,id=n0']).replaced).toEqual([
    { option: '-netdev', given: 'user,id=n0', started: 'hubport,hubid=0,id=n0' },
  ]);
});

test('a variable without a value is told, where it makes the machine', () => {
  expect(() => startable(['-m', '$RAM'])).toThrow(
    new SyntaxError('-m $RAM: $RAM has no value; set it in the text, or write the value in its place'),
  );
  expect(startable(['-kernel', '$KERNEL']).setAside).toEqual(['-kernel']);
});
