import { randomBase32 } from '../lib/hash.ts';

/** Marks text that others wrote, so that it cannot pass for ours. */
export type Fence = {
  /** The random word on the marks' lines, new in every session. */
  readonly word: string;
  /** The text between two marks. A mark inside it is broken. */
  around(label: string, text: string): string;
};

export function createFence(word = randomBase32(20)): Fence {
  return {
    word,
    around(label, text) {
      const without = (part: string) => part.replaceAll(word, '[removed]');
      return `<<<${word} ${oneLineLabel(without(label))}\n${without(text).trimEnd()}\n${word}>>>`;
    },
  };
}

/** Paths come from the repository too: no line breaks and no control characters in a label. */
function oneLineLabel(label: string): string {
  return label.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?').slice(0, 300);
}
