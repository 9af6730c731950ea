/** CXL r3.1 Section 8.2.9.9.3: Health information and alerts. */
import { ALERT, AlertConfiguration, SetAlertConfiguration } from '../../../codec/cxl/mailbox/alerts';
import { RETURN_CODE } from '../../../codec/cxl/mailbox/return-code';
import { type CommandContext, type Handlers, NOTHING, Refused } from './command';

/** As QEMU has them; in percent and degrees Celsius. */
const INITIAL = {
  lifeUsedCriticalAlertThreshold: 75,
  lifeUsedWarningThreshold: 40,
  overTemperatureCriticalAlertThreshold: 35,
  underTemperatureCriticalAlertThreshold: 10,
  overTemperatureWarningThreshold: 25,
  underTemperatureWarningThreshold: 20,
  volatileErrorWarningThreshold: 0,
  persistentErrorWarningThreshold: 0,
};

type Threshold = keyof typeof ALERT;

const THRESHOLDS = Object.keys(ALERT) as Threshold[];
const ALL = THRESHOLDS.reduce((bits, name) => bits | ALERT[name], 0);

export function alertCommands({ quirks }: CommandContext): Handlers {
  let thresholds = INITIAL;
  /** Bits of {@link ALERT}. */
  let enabled = 0;

  function get(): Uint8Array {
    const swapped = quirks.has('enabled-alerts-said-programmable');
    const alerts = { validAlerts: swapped ? 0 : enabled, programmableAlerts: swapped ? enabled : ALL };
    return AlertConfiguration.encode({ ...alerts, ...thresholds });
  }

  function put(input: Uint8Array): Uint8Array {
    const { validActions, enableActions, ...wanted } = SetAlertConfiguration.decode(input);
    const named = THRESHOLDS.filter((name) => validActions & ALERT[name]);
    if (!quirks.has('refused-alerts-half-set')) for (const name of named) check(name, wanted[name]);
    for (const name of named) {
      check(name, wanted[name]);
      if (!quirks.has('alert-thresholds-not-kept')) thresholds = { ...thresholds, [name]: wanted[name] };
      const enable = enableActions & ALERT[name] || quirks.has('alerts-enabled-unasked');
      enabled = enable ? enabled | ALERT[name] : enabled & ~ALERT[name];
    }
    return NOTHING;
  }

  /** @throws Refused for a warning that would come after the alert. */
  function check(name: Threshold, value: number): void {
    if (quirks.has('alert-thresholds-unchecked')) return;
    const degrees = quirks.has('alert-temperatures-unsigned') ? value & 0xffff : value;
    const late =
      (name === 'lifeUsedWarningThreshold' && value >= thresholds.lifeUsedCriticalAlertThreshold) ||
      (name === 'overTemperatureWarningThreshold' && degrees >= thresholds.overTemperatureCriticalAlertThreshold) ||
      (name === 'underTemperatureWarningThreshold' && degrees <= thresholds.underTemperatureCriticalAlertThreshold);
    if (late) throw new Refused(RETURN_CODE.invalidInput);
  }

  return { getAlertConfiguration: get, setAlertConfiguration: put };
}
