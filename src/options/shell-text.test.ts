import { test } from 'node:test';
import { expect } from 'expect';
import { commandIn } from './shell-text';

const OPTIONS = ['-M', 'q35,cxl=on', '-m', '4G'];

const texts: { title: string; text: string; expected?: string[] }[] = [
  { title: 'options alone', text: '-M q35,cxl=on -m 4G' },
  { title: 'a program and its options', text: 'sudo -E /opt/bin/qemu-system-x86_64 -M q35,cxl=on -m 4G' },
  {
    title: 'a prompt and a quoted mail',
    text: '> Run\n> $ qemu-system-x86_64 -M q35,cxl=on \\\n>   -m 4G\n> and see.',
  },
  {
    title: 'a comma before the next option',
    text: 'qemu -M q35,cxl=on, \\\n  -m 4G',
    expected: ['-M', 'q35,cxl=on,', '-m', '4G'],
  },
  { title: 'a mailer that breaks lines', text: 'qemu-system-x86_64 -M\nq35,cxl=on\n-m 4G\n\nRegards' },
  {
    title: 'an ellipsis, as in documents',
    text: 'qemu-system-x86_64 -M q35,cxl=on \\\n...\n-m 4G',
    expected: ['-M', 'q35,cxl=on', '...', '-m', '4G'],
  },
  { title: 'variables', text: `RAM=4G\nQEMU=qemu-system-x86_64\nexport M="q35,cxl=on"\n$QEMU -M $M -m \${RAM}` },
  { title: 'a default', text: `VM_MEMORY=\${VM_MEMORY:-4G}\nexec qemu-system-x86_64 -M q35,cxl=on -m $VM_MEMORY` },
  { title: 'a variable that is a command', text: 'Q=/x/qemu\nCMD="$Q \\\n  -M q35,cxl=on \\\n  -m 4G"\neval $CMD' },
  { title: 'an array', text: `cmd=(\n  qemu-system-x86_64\n  -M q35,cxl=on\n)\ncmd+=("-m" "4G")\n"\${cmd[@]}"` },
  { title: 'what follows it', text: 'qemu-system-x86_64 -M q35,cxl=on -m 4G 2>&1 | tee -a log; ssh -p 22 host -m 1' },
  {
    title: 'other commands around it',
    text: 'rm -f /tmp/lsa\nqemu-system-x86_64 -M q35,cxl=on -m 4G &\nssh -p 22 host',
  },
  {
    title: 'a log of libvirt',
    text: `2025-01-01 10:00:00.000+0000: starting up libvirt version: 10.0.0, qemu version: 8.2.2, kernel: 6.8
LC_ALL=C \\
PATH=/usr/bin \\
/usr/bin/qemu-system-x86_64 \\
-M q35,cxl=on \\
-m 4G
char device redirected to /dev/pts/1 (label charserial0)
2025-01-01T10:00:01.000000Z qemu-system-x86_64: terminating on signal 15 from pid 1`,
  },
  {
    title: 'a variable that is not set',
    text: 'qemu -M q35,cxl=on -m $RAM',
    expected: ['-M', 'q35,cxl=on', '-m', '$RAM'],
  },
  {
    title: 'a variable in single quotes',
    text: "RAM=4G\nqemu -M q35,cxl=on -m 4G -append '$RAM'",
    expected: [...OPTIONS, '-append', '$RAM'],
  },
];

for (const { title, text, expected = OPTIONS } of texts) {
  test(`a QEMU command is found in a text: ${title}`, () => {
    expect(commandIn(text)).toEqual(expected);
  });
}

test('a text without a QEMU command is told', () => {
  expect(() => commandIn('Dear all,\n\nplease review.')).toThrow(
    new SyntaxError('the text has no QEMU command: none of its lines has -M, -device or -object'),
  );
});
