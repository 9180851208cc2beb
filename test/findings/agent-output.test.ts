import { describe, expect, test } from 'vitest';
import { extractFindings } from '../../src/findings/extract/extract-findings.ts';
import { computingMsOf } from '../computing-time.ts';
import { complaintsAbout, readOutputCases, readOwnOutputCases } from './agent-output-cases.ts';

describe('an agent output', () => {
  for (const { expected, read } of readOutputCases()) {
    test(`${expected.id} (${expected.tier})`, () => {
      const bytes = read();
      const took = computingMsOf(() => expect(complaintsAbout(extractFindings(bytes), expected)).toEqual([]));
      // The limit is of a fast machine; what hangs takes minutes.
      expect(took).toBeLessThan(10 * expected.limitMs);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    });
  }
});

describe('an agent output of our own collection', () => {
  for (const { name, input, outcome, titles } of readOwnOutputCases()) {
    test(`${name}: ${outcome}`, () => {
      const extraction = extractFindings(input);
      expect(extraction.issues.map((issue) => issue.title)).toEqual(titles);
      expect(extraction.outcome, extraction.notes.join(' ')).toBe(outcome);
    });
  }
});
