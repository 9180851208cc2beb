import type { Gate } from '../publishing/gate.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import { type Deed, type ReviewDeed, verdicts } from './panel.ts';

/** A box of the panel: an option of a question, its own words, a word on an assumption, or something about all of it. */
export type Box =
  | { kind: 'option'; question: string; option: number; ticked: boolean; label: SafeText }
  | { kind: 'other'; question: string; ticked: boolean; label: SafeText }
  | { kind: 'review'; assumption: string; revision: number; verdict: ReviewDeed['verdict']; ticked: boolean }
  | { kind: 'submit' }
  | { kind: 'answering-session' }
  | { kind: 'pull-request' };

/** `pull-request`: the assumptions are to be reviewed in one. */
export type PanelDeed = Deed | ReviewDeed | { kind: 'pull-request' };

/** `a` for the first option. */
export function letterOf(option: number): string {
  return String.fromCharCode(97 + option);
}

/** One item of a list, with a hidden mark by which it is read back (the pattern is Renovate's). Labels are one line. */
export function renderBox(box: Box, gate: Gate): SafeText {
  if (box.kind === 'submit') return safe`- [ ] <!-- courier:submit --> **Submit**: that is all there is to say now`;
  if (box.kind === 'answering-session')
    return safe`- [ ] <!-- courier:answering-session --> **Refine these with an answering session**: the answering agent looks for what is open in the repository`;
  if (box.kind === 'pull-request')
    return safe`- [ ] <!-- courier:pull-request --> **Review these in a pull request**, with those of all sessions`;
  const state = box.ticked ? safe`x` : safe` `;
  if (box.kind === 'review') {
    const mark = safe`courier:assumption ${gate.inline(box.assumption)} ${box.revision} ${gate.inline(box.verdict)}`;
    return safe`- [${state}] <!-- ${mark} --> ${box.verdict === 'approve' ? safe`Approve` : safe`Decline`}`;
  }
  const id = gate.inline(box.question);
  if (box.kind === 'other') return safe`- [${state}] <!-- courier:answer ${id} other --> Other: ${box.label}`;
  const letter = gate.inline(letterOf(box.option));
  return safe`- [${state}] <!-- courier:answer ${id} ${letter} --> **${letter}** ${box.label}`;
}

// At the beginning of a line only, where no text of others can stand.
const boxLine =
  /^ {0,3}[-*+] \[([ xX])\] <!-- courier:(submit|answering-session|pull-request|answer Q[1-9]\d{0,5} (?:[a-z]|other)|assumption A[1-9]\d{0,5} [1-9]\d{0,5} (?:approve|decline)) -->(?:[ \t]*Other:)?([^\r\n]*)\r?$/gm;

/** Whether a text holds anything that looks like a box of a panel: cheap, and no proof. */
export function mayBePanel(text: string): boolean {
  return /<!-- courier:(?:answer|assumption|submit|answering-session)/.test(text);
}

type Read = { ticked: boolean; words: string };

/** The boxes of a panel by their marks; the first of each counts. */
function readBoxes(body: string): Map<string, Read> {
  const boxes = new Map<string, Read>();
  for (const [, state, mark = '', rest = ''] of body.matchAll(boxLine)) {
    if (boxes.has(mark)) continue;
    boxes.set(mark, { ticked: state !== ' ', words: mark.endsWith(' other') ? rest.trim() : '' });
  }
  return boxes;
}

/** What the box of a mark says now. */
function toDeed(mark: string, { ticked, words }: Read): PanelDeed | undefined {
  const [kind, id = '', third = '', fourth] = mark.split(' ');
  if (kind === 'submit' || kind === 'answering-session' || kind === 'pull-request')
    return ticked ? { kind } : undefined;
  const verdict = verdicts.find((each) => each === fourth);
  if (verdict) return { kind: 'review', assumption: id, revision: Number(third), verdict, on: ticked };
  if (third === 'other') return { kind: 'say', question: id, ...(ticked && words !== '' ? { text: words } : {}) };
  return { kind: 'tick', question: id, option: third.charCodeAt(0) - 'a'.charCodeAt(0), on: ticked };
}

/**
 * What somebody did who turned one text of the panel into the other. Only boxes that are in both count: text that was damaged or added says
 * nothing. Words behind Other are an answer once its box is ticked; writing them ticks it.
 */
export function deedsBetween(from: string, to: string): PanelDeed[] {
  const before = readBoxes(from);
  const deeds: PanelDeed[] = [];
  for (const [mark, now] of readBoxes(to)) {
    const then = before.get(mark);
    if (!then || (then.ticked === now.ticked && then.words === now.words)) continue;
    const written = then.words !== now.words && now.words !== '' && then.ticked === now.ticked;
    const deed = toDeed(mark, { ticked: now.ticked || written, words: now.words });
    if (deed) deeds.push(deed);
  }
  return deeds;
}
