import type { Gate } from '../publishing/gate.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import type { Deed } from './panel.ts';

/** A box of the panel: an option of a question, its own words, or that this was all. */
export type Box =
  | { kind: 'option'; question: string; option: number; ticked: boolean; label: SafeText }
  | { kind: 'other'; question: string; ticked: boolean; label: SafeText }
  | { kind: 'submit' };

/** `a` for the first option. */
export function letterOf(option: number): string {
  return String.fromCharCode(97 + option);
}

/** One item of a list, with a hidden mark by which it is read back (the pattern is Renovate's). Labels are one line. */
export function renderBox(box: Box, gate: Gate): SafeText {
  if (box.kind === 'submit') return safe`- [ ] <!-- courier:submit --> **Submit**: that is all there is to say now`;
  const state = box.ticked ? safe`x` : safe` `;
  const id = gate.inline(box.question);
  if (box.kind === 'other') return safe`- [${state}] <!-- courier:answer ${id} other --> Other: ${box.label}`;
  const letter = gate.inline(letterOf(box.option));
  return safe`- [${state}] <!-- courier:answer ${id} ${letter} --> **${letter}** ${box.label}`;
}

// At the beginning of a line only, where no text of others can stand.
const boxLine =
  /^ {0,3}[-*+] \[([ xX])\] <!-- courier:(?:(submit)|answer (Q[1-9]\d{0,5}) (?:([a-z])|(other))) -->(?:[ \t]*Other:)?([^\r\n]*)\r?$/gm;

type Read = { ticked: boolean; words: string; deed: (read: { ticked: boolean; words: string }) => Deed | undefined };

/** The boxes of a panel by what they are about; the first of each counts. */
function readBoxes(body: string): Map<string, Read> {
  const boxes = new Map<string, Read>();
  for (const [, mark, submit, question = '', letter, , rest = ''] of body.matchAll(boxLine)) {
    const key = submit ?? `${question} ${letter ?? 'other'}`;
    if (boxes.has(key)) continue;
    boxes.set(key, {
      ticked: mark !== ' ',
      words: letter ? '' : rest.trim(),
      deed: deedOf({ submit, question, letter }),
    });
  }
  return boxes;
}

type About = { submit: string | undefined; question: string; letter: string | undefined };

function deedOf({ submit, question, letter }: About): Read['deed'] {
  if (submit) return ({ ticked }) => (ticked ? { kind: 'submit' } : undefined);
  if (letter === undefined)
    return ({ ticked, words }) => ({ kind: 'say', question, ...(ticked && words !== '' ? { text: words } : {}) });
  const option = letter.charCodeAt(0) - 'a'.charCodeAt(0);
  return ({ ticked }) => ({ kind: 'tick', question, option, on: ticked });
}

/**
 * What somebody did who turned one text of the panel into the other. Only boxes that are in both count: text that was damaged or added says
 * nothing. Words behind Other are an answer once its box is ticked; writing them ticks it.
 */
export function deedsBetween(from: string, to: string): Deed[] {
  const before = readBoxes(from);
  const deeds: Deed[] = [];
  for (const [key, now] of readBoxes(to)) {
    const then = before.get(key);
    if (!then || (then.ticked === now.ticked && then.words === now.words)) continue;
    const written = then.words !== now.words && now.words !== '' && then.ticked === now.ticked;
    const deed = now.deed({ ticked: now.ticked || written, words: now.words });
    if (deed) deeds.push(deed);
  }
  return deeds;
}
