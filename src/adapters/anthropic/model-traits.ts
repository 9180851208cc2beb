import type { Effort } from '../../agents/model.ts';

/** What a model takes, as far as it differs between generations. */
export type ModelTraits = {
  /** `adaptive`: it decides itself, by effort. `budget`: it thinks when given a number of tokens. */
  thinking: 'adaptive' | 'budget';
  /** How the model spells our efforts; absent: it has none. */
  efforts: Readonly<Record<Effort, 'low' | 'medium' | 'high' | 'max'>> | undefined;
  /** Only the older models take a sampling temperature, and only under API version 2023-06-01. */
  temperature: boolean;
};

const allEfforts = { low: 'low', medium: 'medium', high: 'high', max: 'max' } as const;

const newest: ModelTraits = { thinking: 'adaptive', efforts: allEfforts, temperature: false };
const generation46: ModelTraits = { thinking: 'adaptive', efforts: allEfforts, temperature: true };
const opus45: ModelTraits = { thinking: 'budget', efforts: { ...allEfforts, max: 'high' }, temperature: true };
const older: ModelTraits = { thinking: 'budget', efforts: undefined, temperature: true };

/**
 * By the version in the id. An id that we do not know (a gateway's, a later model's) is taken for the newest kind.
 * Source: the vendor's pages on effort, thinking and API version 2026-10-21, and its migration guides.
 */
export function traitsOf(model: string): ModelTraits {
  const match = /^claude-([a-z]+)-(\d+)(?:-(\d{1,2}))?(?:-\d{8})?$/.exec(model);
  if (!match) return newest;
  const [, family, major, minor = '0'] = match;
  const version = Number(major) * 100 + Number(minor);
  if (version >= 407) return newest;
  if (version === 406) return generation46;
  return version === 405 && family === 'opus' ? opus45 : older;
}
