/** CXL r3.1 Section 8.2.9.9.3: Health information and alerts. */
import { i16, struct, u8, u16, u32 } from '../../struct';
import type { CommandRows } from './row';

/** Section 8.2.9.9.3.1: Get Health Info (Opcode 4200h): what a Memory Module Event Record has too. Life used in percent, temperature in degrees Celsius. */
export const HEALTH = {
  healthStatus: u8,
  mediaStatus: u8,
  additionalStatus: u8,
  lifeUsed: u8,
  temperature: i16,
  dirtyShutdownCount: u32,
  correctedVolatileErrorCount: u32,
  correctedPersistentErrorCount: u32,
};

const HealthInfo = struct('Get Health Info', HEALTH);

/** Section 8.2.9.9.3.2: Get Alert Configuration (Opcode 4201h). Life used in percent, temperatures in degrees Celsius. */
export const AlertConfiguration = struct('Get Alert Configuration', {
  validAlerts: u8,
  programmableAlerts: u8,
  lifeUsedCriticalAlertThreshold: u8,
  lifeUsedWarningThreshold: u8,
  overTemperatureCriticalAlertThreshold: i16,
  underTemperatureCriticalAlertThreshold: i16,
  overTemperatureWarningThreshold: i16,
  underTemperatureWarningThreshold: i16,
  volatileErrorWarningThreshold: u16,
  persistentErrorWarningThreshold: u16,
});

/** Section 8.2.9.9.3.3: Set Alert Configuration (Opcode 4202h). */
export const SetAlertConfiguration = struct('Set Alert Configuration', {
  validActions: u8,
  enableActions: u8,
  lifeUsedWarningThreshold: u8,
  reserved: u8,
  overTemperatureWarningThreshold: i16,
  underTemperatureWarningThreshold: i16,
  volatileErrorWarningThreshold: u16,
  persistentErrorWarningThreshold: u16,
});

/** Of `validActions` and the like: a bit for each threshold that can be set. */
export const ALERT = {
  lifeUsedWarningThreshold: 1 << 0,
  overTemperatureWarningThreshold: 1 << 1,
  underTemperatureWarningThreshold: 1 << 2,
  volatileErrorWarningThreshold: 1 << 3,
  persistentErrorWarningThreshold: 1 << 4,
} as const;

export const ALERT_COMMANDS = {
  getHealthInfo: { opcode: 0x4200, asks: true, output: HealthInfo },
  getAlertConfiguration: {
    opcode: 0x4201,
    since: { device: '10.1' },
    asks: true,
    output: AlertConfiguration,
    observed: { device: [{}] },
  },
  setAlertConfiguration: {
    opcode: 0x4202,
    since: { device: '10.1' },
    effects: ['immediatePolicyChange'],
    input: SetAlertConfiguration,
    refusals: ['invalidInput'],
  },
} as const satisfies CommandRows;
