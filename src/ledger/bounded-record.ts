import { truncate } from '../lib/text.ts';
import { stableJson } from './json.ts';

/** Longest texts to try, in UTF-16 units, until the whole record fits. */
const textLimits = [8000, 2000, 500, 120];
const sizeLimit = 200_000;

/**
 * A record with its texts cut so that it stays small: every clone carries it, for ever. Lists and numbers are never cut; the full texts are
 * in the session's artifact.
 */
export function boundedRecord(record: object): unknown {
  let bounded: unknown = record;
  for (const limit of textLimits) {
    bounded = cut(record, limit);
    if (stableJson(bounded).length <= sizeLimit) break;
  }
  return bounded;
}

function cut(value: unknown, limit: number): unknown {
  if (typeof value === 'string') return truncate(value, limit);
  if (Array.isArray(value)) return value.map((item) => cut(item, limit));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cut(inner, limit)]));
}
