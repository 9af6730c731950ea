/** What every script consists of, in POSIX sh: how QEMU is started, and how accesses are made. */
import type { StartedWith } from '../target/tape';

/** Finds the QEMU, and gives the script a folder that is gone when it ends. */
export const PRELUDE = (binary: string): string => `qemu=\${QEMU:-${binary}}
qemu=$(command -v "$qemu") || { echo "cannot tell: there is no QEMU \${QEMU:-${binary}}; QEMU=PATH names another"; exit 3; }
case $qemu in /*) ;; *) qemu=$PWD/$qemu ;; esac
# gdb starts a script's shell, and follows it
shell=
[ "$(head -c 2 "$qemu" | tr -d '\\0')" = '#!' ] && shell=$(command -v sh)
log=none
[ -n "\${QTEST_LOG-}" ] && log=/dev/fd/2
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 3' HUP INT TERM
cd "$work" || exit 3
: > answers
`;

/** The machine's options behind those of the command that is given. */
export const machineIn = (options: string): string => `machine() {\n  "$@" ${broken(options)}\n}`;

/** Over several lines, where no word is quoted. */
const broken = (options: string): string =>
  options.includes("'") ? options : options.replaceAll(/ -(?=[a-zA-Z])/g, ' \\\n    -');

/** A file of one byte over and over, or of a few bytes. */
export const filesIn = (files: StartedWith['files']): string[] =>
  files.map(({ name, bytes }) => {
    const [first = 0] = bytes;
    if (bytes.length > 1 && bytes.every((byte) => byte === first)) {
      return `head -c ${bytes.length} /dev/zero | tr '\\0' '${octal(first)}' > ${name}`;
    }
    return `printf '${[...bytes].map(octal).join('')}' > ${name}`;
  });

const octal = (byte: number): string => `\\${byte.toString(8).padStart(3, '0')}`;

/** Accesses that qtest alone makes: a reset ends the QEMU. `play gdb` does so under gdb. */
export const STDIO = `play() {
  accesses | sed '/^#/d' > commands
  echo 'outb 0xcf9 0x6' >> commands
  if [ "\${1-}" = gdb ]; then
    [ "$debug" = run ] || echo 'Set breakpoints, then: run' >&2
    set -- gdb -q -ex 'handle SIGUSR1 nostop noprint' -ex "set exec-wrapper sh -c 'exec \\"\\$@\\" <commands >answers' sh"
    [ "$debug" = run ] && set -- "$@" -ex run
    machine "$@" --args $shell "$qemu" -qtest stdio -qtest-log "$log" -no-reboot
  else
    machine "$qemu" -qtest stdio -qtest-log "$log" -no-reboot < commands > answers
  fi
  status=$?
}`;

/** Accesses of which some are QMP's: each waits for the one before it. */
export const PIPES = `mkfifo qtest.in qtest.out qmp.in qmp.out || exit 3
exec 3<>qtest.in 4<>qtest.out 5<>qmp.in 6<>qmp.out

# qtest LINE, qmp LINE, event NAME: 1 if QEMU has ended
qtest() {
  echo "$1" >&3
  while read -r answer <&4; do
    case $answer in OK* | FAIL* | ERR*) return 0 ;; END*) return 1 ;; esac
  done
}
events=
qmp() {
  echo "$1" >&5
  while read -r answer <&6; do
    case $answer in
      '{"return"'* | '{"error"'*) return 0 ;;
      END*) return 1 ;;
      *'"event":'*) events="$events$answer" ;;
    esac
  done
}
event() {
  while :; do
    case $events in *"\\"event\\": \\"$1\\""*) events=; answer=; return 0 ;; esac
    read -r answer <&6
    case $answer in END*) return 1 ;; *) events="$events$answer" ;; esac
  done
}
drive() {
  qmp '{"execute": "qmp_capabilities"}' || return
  accesses | while read -r line; do
    case $line in
      '#'*) continue ;;
      '{'*) qmp "$line" || break ;;
      'event '*) event "\${line#event }" || break ;;
      'file '*)
        set -- $line
        answer=$(od -A n -v -t x1 -j "$3" -N "$4" "$2" | tr -d ' \\n')
        ;;
      *) qtest "$line" || break ;;
    esac
    case $answer in OK*) echo "$answer" ;; *) echo "OK $answer" ;; esac
  done > answers
  [ -s ended ] || echo '{"execute": "quit"}' >&5
}
play() {
  drive &
  set -- "\${1-}" $shell "$qemu" -chardev pipe,id=qtest,path=qtest -qtest chardev:qtest -qtest-log "$log"
  set -- "$@" -chardev pipe,id=qmp,path=qmp -qmp chardev:qmp
  if [ "$1" = gdb ]; then
    shift
    [ "$debug" = run ] || echo 'Set breakpoints, then: run' >&2
    if [ "$debug" = run ]; then set -- -ex run --args "$@"; else set -- --args "$@"; fi
    machine gdb -q -ex 'handle SIGUSR1 nostop noprint' "$@"
  else
    shift
    machine "$@"
  fi
  status=$?
  echo "$status" > ended
  echo END >&4
  echo END >&6
  wait
}`;
