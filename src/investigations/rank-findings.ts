import type { Finding } from '../findings/finding.ts';
import { isOpen } from '../findings/judge-verdicts.ts';
import { termsOf, weighTerms } from './terms.ts';

/** `named`: the question itself points at it, or stands on its issue. */
export type RankedFinding = { finding: Finding; score: number; named: boolean };

export type Asked = {
  question: string;
  /** The issue that the question stands on. */
  issue?: number | undefined;
};

const weights = {
  named: 1000,
  standsOn: 500,
  path: 60,
  symbol: 40,
  name: 25,
  category: 6,
  title: 4,
  place: 3,
  text: 1,
};
const whenNothingMatches = 5;

/**
 * The open findings that bear on a question, most relevant first: those that it names (`F-…`, `#12`) or stands on, then by paths, symbols,
 * the category and words that they share, rare words counting more (TF-IDF without the frequency: a finding is short). Where nothing
 * matches, the few worst: a question such as "what is wrong here?" names nothing.
 */
export function rankFindings(findings: readonly Finding[], asked: Asked): readonly RankedFinding[] {
  const open = findings.filter(isOpen);
  const words = termsOf(asked.question);
  const described = open.map((finding) => ({ finding, ...describe(finding) }));
  const weigh = weighTerms(described.map(({ all }) => all));
  const ranked = described.map(({ finding, ...terms }) => {
    const named = isNamed(finding, asked);
    const overlap = [...words].reduce((sum, word) => sum + weigh(word) * weightOf(word, terms), 0);
    const standsOn = finding.issue !== undefined && finding.issue.number === asked.issue;
    const pointed = (named ? weights.named : 0) + (standsOn ? weights.standsOn : 0);
    return { finding, score: pointed + placeScore(finding, asked.question) + overlap, named: named || standsOn };
  });
  const matching = ranked.filter(({ score }) => score > 0).toSorted(byScore);
  if (matching.length > 0) return matching;
  return ranked.toSorted(byScore).slice(0, whenNothingMatches);
}

function byScore(a: RankedFinding, b: RankedFinding): number {
  if (a.score !== b.score) return b.score - a.score;
  if (a.finding.severity !== b.finding.severity) return a.finding.severity - b.finding.severity;
  return a.finding.id < b.finding.id ? -1 : 1;
}

type Terms = { title: ReadonlySet<string>; place: ReadonlySet<string>; all: ReadonlySet<string>; category: string };

function describe({ title, description, location, evidence, category }: Finding): Terms {
  const place = termsOf([location?.path, location?.symbol, ...evidence.map(({ path }) => path)].join(' '));
  const head = termsOf(title);
  const text = termsOf(description);
  return { title: head, place, all: new Set([...head, ...place, ...text]), category };
}

function weightOf(word: string, { title, place, all, category }: Terms): number {
  if (!all.has(word)) return word === category ? weights.category : 0;
  const inTitle = title.has(word) ? weights.title : 0;
  const inPlace = place.has(word) ? weights.place : 0;
  return weights.text + inTitle + inPlace + (word === category ? weights.category : 0);
}

function isNamed({ id, issue }: Finding, { question }: Asked): boolean {
  const names = question.toLowerCase();
  if (names.includes(id.toLowerCase())) return true;
  return issue !== undefined && new RegExp(`(?:^|[^\\w&])#${issue.number}(?!\\w)`).test(question);
}

/** A path, a file's name or a symbol that the question spells out. */
function placeScore({ location, evidence }: Finding, question: string): number {
  const paths = new Set([...(location ? [location.path] : []), ...evidence.map(({ path }) => path)]);
  let score = 0;
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (spells(question, path)) score = Math.max(score, weights.path);
    else if (name.length > 3 && spells(question, name)) score = Math.max(score, weights.name);
  }
  const symbol = location?.symbol?.split(/[.#:]/).at(-1) ?? '';
  return score + (symbol.length > 3 && spells(question, symbol) ? weights.symbol : 0);
}

/** Whether it stands there by itself, not as a part of a longer name. */
function spells(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + name.length] ?? ' '}`;
    if (!/[\p{L}\p{N}_]/u.test(around)) return true;
  }
  return false;
}
