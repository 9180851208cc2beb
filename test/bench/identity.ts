import { identifyFindings } from '../../src/findings/identify-findings.ts';
import { aKnown, aRaised } from '../findings/builders.ts';
import type { Comparison } from './harness.ts';
import { createRandom, sentenceOf } from './random.ts';

/** Two scans of a repository of 400 files without one finding in common: every pass has to look at all of them. */
export function manyFindings({ known, raised, files }: { known: number; raised: number; files: number }) {
  const random = createRandom(1);
  const words = (index: number) => ({
    title: sentenceOf(random, 6),
    description: sentenceOf(random, 40),
    evidence: [],
    fingerprint: `1:${random()}`,
    location: { path: `src/${index % files}.js`, startLine: 1 + Math.floor(random() * 900) },
  });
  return {
    known: Array.from({ length: known }, (_, index) => aKnown({}, words(index))),
    raised: Array.from({ length: raised }, (_, index) => aRaised(words(index))),
  };
}

/** Recognising findings, beside a comparison of each raised one with each known one by the words of their titles. */
export function identity(): Comparison {
  const { known, raised } = manyFindings({ known: 10_000, raised: 500, files: 400 });
  return {
    what: 'recognising 500 findings among 10,000',
    beside: 'the words of all 5,000,000 pairs of titles',
    repetitions: 9,
    courier: () => identifyFindings(raised, known),
    other: () => {
      const titles = known.map(({ title }) => new Set(title.split(' ')));
      return raised.map(({ title }) => {
        const words = title.split(' ');
        let best = 0;
        for (const other of titles) {
          let common = 0;
          for (const word of words) if (other.has(word)) common += 1;
          best = Math.max(best, common);
        }
        return best;
      });
    },
  };
}
