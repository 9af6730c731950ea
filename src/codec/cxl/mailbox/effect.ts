/** CXL r3.1 Section 8.2.9.5.2.1: Command Effects Log: what a command can change. */
import { title } from './names';

/** CXL r3.1 Table 8-75: Command Effect, in the Command Effects Log. */
export const EFFECT = {
  configurationChangeAfterColdReset: 1 << 0,
  immediateConfigurationChange: 1 << 1,
  immediateDataChange: 1 << 2,
  immediatePolicyChange: 1 << 3,
  immediateLogChange: 1 << 4,
  securityStateChange: 1 << 5,
  backgroundOperation: 1 << 6,
  secondaryMailbox: 1 << 7,
  backgroundAbort: 1 << 8,
  configurationChangeAfterConventionalReset: 1 << 11,
  configurationChangeAfterCxlReset: 1 << 12,
} as const;

export type EffectName = keyof typeof EFFECT;

export const effectBits = (names: readonly EffectName[]): number =>
  names.reduce((bits, name) => bits | EFFECT[name], 0);

/** The effects that a command has, in words. */
export const showEffects = (bits: number): string =>
  Object.entries(EFFECT)
    .filter(([, bit]) => bits & bit)
    .map(([name]) => title(name).toLowerCase())
    .join(', ') || 'none';
