/** What a run makes on a machine that is others' as well, and how the machine itself undoes it: by a record, newest first. */

/** Of all that a run makes, mounts and scratch files included. A machine forgets it with its regions, when it is reset. */
export const DIRECTORY = '/run/cxl-conformance';

/** For how long a run may be silent, in seconds, until the machine takes it for lost: much longer than a command may take. */
export const SILENCE_LIMIT = 180;

/** How often the machine looks for that, in seconds. */
const PERIOD = 2;

/**
 * A script that undoes what the record beside it says: a line each, with the name of the function that undoes it. A region
 * is known by its inode too, which no other object of sysfs has had or will have, so that no namesake is taken for it; and a
 * label area by the uuids that it had or the run has given to namespaces. With the name of a region as its argument it
 * writes back what that region's namespace held, and does nothing else. What cannot be undone it prints, and keeps.
 */
const UNDO = `d=$(dirname "$0")
cxl=/sys/bus/cxl/devices
is_same() { [ "$(stat -c %i $cxl/$1/ 2>/dev/null)" = "$2" ]; }
node() {
  grep -q " $d/$1 " /proc/mounts && { umount $d/$1 || return 1; }
  [ ! -e $d/$1 ] || rmdir $d/$1
}
bytes() {
  is_same $1 $2 || return 0
  block=$(ls -d /sys/bus/nd/devices/$1/namespace*/block/* | head -n 1)
  dd if=$d/$3 of=/dev/\${block##*/} bs=4096 oflag=direct
}
region() {
  is_same $1 $2 || return 0
  ndctl destroy-namespace -f -r $1 all
  cxl destroy-region -f $1
  ! is_same $1 $2
}
dimm_of() {
  for n in /sys/bus/nd/devices/nmem*; do
    pmem=$(cat $n/cxl/provider 2>/dev/null) || continue
    [ "$(basename $(dirname $(readlink -f $cxl/$pmem)))" = $1 ] && basename $n && return
  done
}
uuids_of() { ndctl read-labels -j $1 2>/dev/null | sed -n 's/.*"uuid":"\\([^"]*\\)".*/\\1/p' | grep -v '^[0-]*$'; }
labels() {
  for m in $cxl/mem*; do
    [ "$(cat $m/serial)" = $1 ] || continue
    mem=$(basename $m)
    cxl read-labels $mem | cmp -s - $d/$2 && return
    dimm=$(dimm_of $mem)
    [ -n "$dimm" ] || return
    for uuid in $(uuids_of $dimm); do grep -qx $uuid $d/uuids || return 0; done
    ndctl disable-dimm $dimm && ndctl write-labels -i $d/$2 $dimm
    ndctl enable-dimm $dimm
    cxl read-labels $mem | cmp -s - $d/$2
    return
  done
}
main() {
  [ -e $d/record ] || return 0
  tac $d/record | while read -r kind rest; do
    [ -z "$1" ] || case "$kind $rest" in "bytes $1 "*) ;; *) echo "$kind $rest"; continue;; esac
    $kind $rest >/dev/null 2>&1 </dev/null || echo "$kind $rest"
  done >$d/left
  tac $d/left >$d/record
  rm -f $d/left
  [ -z "$1" ] && [ -s $d/record ] || return 0
  cat $d/record
  return 1
}
main "$@"; exit
`;

/** The start of a process in clock ticks, by which a later one with its number is told apart; empty if it has ended. */
const START_OF = 'start_of() { set -- $(cut -d " " -f 3,22 /proc/$1/stat 2>/dev/null); [ "$1" = Z ] || echo "$2"; }';

/**
 * Takes the record for the shell that runs this, and undoes what an earlier run has left of it. Ends with status 16, and
 * the process that has it, while another shell has it; with 17, and what is left, if that cannot be undone.
 */
export const take = (d: string): string => `umask 077
${START_OF}
mkdir -p ${d} && mkdir ${d}/taking 2>/dev/null || exit 16
read -r pid start <${d}/holder
if [ -n "$pid" ] && [ "$(start_of $pid)" = "$start" ]; then rmdir ${d}/taking; echo $pid; exit 16; fi
echo "$$ $(start_of $$)" >${d}/holder
rmdir ${d}/taking
[ ! -e ${d}/undo ] || sh ${d}/undo || { rm -f ${d}/holder; exit 17; }
rm -f ${d}/record ${d}/uuids ${d}/saved.*
echo >${d}/beat`;

/** What the shell that has the record runs at its end: undoes, and if all is undone, leaves nothing. */
export const atEnd = (d: string): string =>
  `sh ${d}/undo >/dev/null && rm -f ${d}/record ${d}/uuids ${d}/saved.* ${d}/beat ${d}/undo ${d}/watch; rm -f ${d}/holder; rmdir ${d} 2>/dev/null`;

/** A script that does this in the place of the shell with that number, start and scratch folder, if it was killed or is silent for too long. */
const watch = (d: string): string => `${START_OF}
while [ "$(start_of $1)" = "$2" ] && [ $(($(date +%s) - $(stat -c %Y ${d}/beat))) -lt ${SILENCE_LIMIT} ]; do sleep ${PERIOD}; done
while [ "$(start_of $1)" = "$2" ]; do kill -9 $1; sleep ${PERIOD}; done
rm -rf "$3"
[ -e ${d}/undo ] && (${take(d)}) && { ${atEnd(d)}; }
`;

/** Writes the scripts beside the record, and starts the one that watches. */
export const install = (d: string): string => `${START_OF}
cat >${d}/undo <<'END_OF_UNDO'
${UNDO}END_OF_UNDO
cat >${d}/watch <<'END_OF_WATCH'
${watch(d)}END_OF_WATCH
sh ${d}/watch $$ $(start_of $$) "$cxl_dir" </dev/null >/dev/null 2>&1 &`;
