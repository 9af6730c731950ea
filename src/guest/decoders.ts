import type { HdmDecoder } from '../machine/host';

/**
 * Prints a line for each committed decoder below the root: name, kind, region, start, size, ways, granularity, and whose it is.
 * A decoder that is part of a region has its range before it is committed.
 */
export const LIST_DECODERS = `cd /sys/bus/cxl/devices 2>/dev/null || exit 0
for d in decoder*; do
  kind=$(cat $d/devtype 2>/dev/null) || continue
  region=$(cat $d/region 2>/dev/null)
  [ $kind = cxl_decoder_root ] || [ $(cat $d/size) = 0x0 ] && continue
  [ -z "$region" ] || [ "$(cat $region/commit)" = 1 ] || continue
  device=$(readlink -f $(dirname $(readlink -f $d))/uport)
  case $kind in cxl_decoder_endpoint) device=$(dirname $device);; esac
  echo $d $kind \${region:--} $(cat $d/start $d/size $d/interleave_ways $d/interleave_granularity) \
    $(basename $device) $(cat $device/firmware_node/uid 2>/dev/null)
done`;

/** What {@link LIST_DECODERS} printed, without the decoders of these regions. */
export const parseDecoderLines = (text: string, regions: readonly string[] = []): HdmDecoder[] =>
  text
    .split('\n')
    .filter((line) => line !== '' && !regions.includes(line.split(' ')[2] ?? ''))
    .map((line) => {
      const [name = '', kind, , start = '0', size = '0', ways, granularity, device = '', uid] = line.split(' ');
      const where = device.startsWith('pci') ? `host bridge ${uid}` : device;
      return {
        name: `decoder ${name.split('.')[1]} of ${where}`,
        of: kind === 'cxl_decoder_endpoint' ? 'endpoint' : 'port',
        base: BigInt(start),
        size: BigInt(size),
        ways: Number(ways),
        granularity: Number(granularity),
      };
    });
