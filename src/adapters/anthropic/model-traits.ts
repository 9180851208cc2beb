import type { Effort, ModelContext } from '../../agents/model.ts';

/** What a model takes, as far as it differs between generations. */
export type ModelTraits = {
  /** `adaptive`: it decides itself, by effort. `budget`: it thinks when given a number of tokens. */
  thinking: 'adaptive' | 'budget';
  /** How the model spells our efforts; absent: it has none. */
  efforts: Readonly<Record<Effort, 'low' | 'medium' | 'high' | 'max'>> | undefined;
  /** Only the older models take a sampling temperature, and only under API version 2023-06-01. */
  temperature: boolean;
  context: ModelContext;
};

const allEfforts = { low: 'low', medium: 'medium', high: 'high', max: 'max' } as const;
const large: ModelContext = { windowTokens: 1_000_000, compacts: true };
const small: ModelContext = { windowTokens: 200_000, compacts: false };

const newest: ModelTraits = { thinking: 'adaptive', efforts: allEfforts, temperature: false, context: large };
const generation46: ModelTraits = { ...newest, temperature: true };
const opus45: ModelTraits = {
  thinking: 'budget',
  efforts: { ...allEfforts, max: 'high' },
  temperature: true,
  context: small,
};
const older: ModelTraits = { ...opus45, efforts: undefined };
/** A gateway's own name. It is taken for the newest kind, but for what a gateway may not know. */
const unknown: ModelTraits = { ...newest, context: small };

/**
 * By the version in the id. An id of a later model is taken for the newest kind.
 * Source: the vendor's pages on effort, thinking, compaction and API version 2026-10-21, and its migration guides.
 */
export function traitsOf(model: string): ModelTraits {
  if (model === 'claude-mythos-preview') return newest;
  const match = /^claude-([a-z]+)-(\d+)(?:-(\d{1,2}))?(?:-\d{8})?$/.exec(model);
  if (!match) return unknown;
  const [, family, major, minor = '0'] = match;
  const version = Number(major) * 100 + Number(minor);
  if (version >= 407) return newest;
  if (version === 406) return generation46;
  return version === 405 && family === 'opus' ? opus45 : older;
}
