import { understandPriority } from '../findings/severity.ts';
import { type Command, type CommandOf, exportFormats } from './command.ts';
import { missingId } from './name-assumption.ts';
import { parseAnswers } from './parse-answers.ts';
import { parseRule } from './parse-rule.ts';
import { parseRun } from './parse-run.ts';
import type { Verb } from './verbs.ts';
import { type Misuse, takeFinding, takeSession, takeWord, toFindingId, toSessionId, toText } from './words.ts';

type Parsers = {
  [V in Verb]: (rest: string, following: readonly string[]) => CommandOf<V> | Misuse;
};

/**
 * Arguments by verb: a closed grammar. What does not fit is refused, and nothing in it is ever an option of Courier, a path or a part of a
 * command line.
 */
const parsers: Parsers = {
  run: parseRun,
  retry: (rest) => none(rest) ?? { verb: 'retry' },
  chain: parseChain,
  scan: (rest) => ({ verb: 'scan', ...textOf(rest) }),
  verify: (rest) => {
    const findings = listOf(rest, toFindingId);
    return findings ? { verb: 'verify', findings } : { misused: 'only ids of findings may follow' };
  },
  stop: (rest) => onSession(rest, (session) => ({ verb: 'stop', ...session })),
  resume: (rest) => onSession(rest, (session) => ({ verb: 'resume', ...session })),
  kill: (rest) => onSession(rest, (session) => ({ verb: 'kill', ...session })),
  clone: (rest) => onSession(rest, (session) => ({ verb: 'clone', ...session })),
  archive: (rest) => onSession(rest, (session) => ({ verb: 'archive', ...session })),
  delete: parseDelete,
  tell: (rest) =>
    sayOnSession(rest, (session, text) => ({ verb: 'tell', ...session, text }), 'it says nothing to the session'),
  rename: (rest) =>
    sayOnSession(
      rest,
      (session, name) => ({ verb: 'rename', ...session, name: name.slice(0, 100) }),
      'the new name is missing',
    ),
  ask: (rest) => {
    const question = toText(rest);
    return question === undefined ? { misused: 'the question is missing' } : { verb: 'ask', question };
  },
  answer: parseAnswers,
  skip: (rest) => {
    const questions = listOf(rest, (word) => (/^Q[1-9]\d{0,5}$/i.test(word) ? word.toUpperCase() : undefined));
    return questions && questions.length > 0
      ? { verb: 'skip', questions }
      : { misused: 'only questions follow, as `Q1`' };
  },
  'answer-session': (rest) => none(rest) ?? { verb: 'answer-session' },
  approve: parseApprove,
  decline: parseDecline,
  correct: parseCorrect,
  ignore: parseIgnore,
  unignore: (rest) => onFinding(rest, (finding) => ({ verb: 'unignore', ...finding })),
  priority: parsePriority,
  status: (rest) => none(rest) ?? { verb: 'status' },
  sessions: (rest) => none(rest) ?? { verb: 'sessions' },
  show: parseShow,
  help: () => ({ verb: 'help' }),
  rate: parseRate,
  export: parseExport,
  rule: parseRule,
  file: (rest) => {
    const findings = listOf(rest, toFindingId);
    return findings && findings.length > 0
      ? { verb: 'file', findings }
      : { misused: 'ids of findings follow, `F-` and eight letters and digits' };
  },
  'delete-all': (rest) => {
    const sure = isSure(rest);
    return sure === undefined ? { misused: 'only `yes` may follow' } : { verb: 'delete-all', sure };
  },
  pause: (rest) => none(rest) ?? { verb: 'pause' },
  unpause: (rest) => none(rest) ?? { verb: 'unpause' },
};

/** @param following the lines behind the command that belong to it. */
export function parseArguments(verb: Verb, rest: string, following: readonly string[]): Command | Misuse {
  return parsers[verb](rest, following);
}

function none(rest: string): Misuse | undefined {
  return rest.trim() === '' ? undefined : { misused: 'nothing may follow' };
}

function textOf(rest: string): { text?: string } {
  const text = toText(rest);
  return text === undefined ? {} : { text };
}

/** Up to fifty words, all of one kind and each once; `undefined` where one is of another. */
function listOf(rest: string, understand: (word: string) => string | undefined): string[] | undefined {
  const words = rest.split(/[\s,]+/).filter(Boolean);
  const understood = words.flatMap((word) => understand(word) ?? []);
  return understood.length === words.length && words.length <= 50 ? [...new Set(understood)] : undefined;
}

function onSession<C extends Command>(rest: string, make: (session: { session?: string }) => C): C | Misuse {
  const taken = takeSession(rest);
  if ('misused' in taken) return taken;
  const { rest: behind, ...session } = taken;
  return behind === '' ? make(session) : { misused: 'only the id of a session may follow' };
}

function sayOnSession<C extends Command>(
  rest: string,
  make: (session: { session?: string }, text: string) => C,
  missing: string,
): C | Misuse {
  const taken = takeSession(rest);
  if ('misused' in taken) return taken;
  const { rest: behind, ...session } = taken;
  const text = toText(behind);
  return text === undefined ? { misused: missing } : make(session, text);
}

function onFinding<C extends Command>(rest: string, make: (finding: { finding?: string }) => C): C | Misuse {
  const taken = takeFinding(rest);
  if ('misused' in taken) return taken;
  const { rest: behind, ...finding } = taken;
  return behind === '' ? make(finding) : { misused: 'only the id of a finding may follow' };
}

/** `undefined`: neither nothing nor the word. */
function isSure(rest: string): boolean | undefined {
  const word = rest.trim().toLowerCase();
  return word === '' || word === 'yes' ? word === 'yes' : undefined;
}

function parseDelete(rest: string): CommandOf<'delete'> | Misuse {
  const taken = takeSession(rest);
  if ('misused' in taken) return taken;
  const { rest: behind, ...session } = taken;
  const sure = isSure(behind);
  return sure === undefined
    ? { misused: 'only the id of a session and `yes` may follow' }
    : { verb: 'delete', ...session, sure };
}

function parseChain(rest: string): CommandOf<'chain'> | Misuse {
  const issues = listOf(rest, (word) => /^#?([1-9]\d{0,8})$/.exec(word)?.[1]);
  if (!issues || issues.length === 0) return { misused: 'numbers of issues follow, as `#1 #2`' };
  if (issues.length < rest.split(/[\s,]+/).filter(Boolean).length) return { misused: 'each issue is named once' };
  return { verb: 'chain', issues: issues.map(Number) };
}

const assumptionId = (word: string) => (/^[ALR][1-9]\d{0,5}$/i.test(word) ? word.toUpperCase() : undefined);

function parseApprove(rest: string): CommandOf<'approve'> | Misuse {
  const [, ids = rest, number, unit = ''] = /^(.*?)(?:^|[\s,])(\d{1,5})([dw])\s*$/is.exec(rest) ?? [];
  const days = number === undefined ? undefined : toDays(number, unit);
  if (days !== undefined && !isLasting(days)) return { misused: notLasting };
  const lasts = days === undefined ? {} : { days };
  if (ids.trim() === '') return { verb: 'approve', ...lasts };
  if (ids.trim().toLowerCase() === 'all') return { verb: 'approve', assumptions: 'all', ...lasts };
  const assumptions = listOf(ids, assumptionId);
  return assumptions ? { verb: 'approve', assumptions, ...lasts } : { misused: missingId.approve };
}

/** Begins with what an id looks like, or with the word that only `approve` takes. */
const likeId = /^(?:[ALR]\d+\b|all\s*$)/i;

/** Assumptions at the beginning, then the reason. */
function parseDecline(rest: string): CommandOf<'decline'> | Misuse {
  const [, ids = '', reason = rest] = /^((?:[ALR][1-9]\d{0,5}(?:[\s,:]+|$))+)(.*)$/is.exec(rest.trim()) ?? [];
  const assumptions = listOf(ids.replaceAll(':', ' '), assumptionId);
  if (!assumptions || (ids === '' && likeId.test(rest.trim()))) return { misused: missingId.decline };
  const text = toText(reason);
  return {
    verb: 'decline',
    ...(assumptions.length === 0 ? {} : { assumptions }),
    ...(text === undefined ? {} : { reason: text }),
  };
}

function parseCorrect(rest: string): CommandOf<'correct'> | Misuse {
  const [, id = '', said = rest] = /^([ALR][1-9]\d{0,5})(?:\s*:|\s)(.*)$/is.exec(rest.trim()) ?? [];
  const text = toText(said);
  if (text === undefined || (id === '' && likeId.test(rest.trim()))) return { misused: missingId.correct };
  return { verb: 'correct', ...(id === '' ? {} : { assumption: id.toUpperCase() }), text };
}

const longest = 3650;
const notLasting = `it may last from 1 to ${longest} days`;

function toDays(number: string, unit: string): number {
  return Number(number) * (unit.toLowerCase() === 'w' ? 7 : 1);
}

function isLasting(days: number): boolean {
  return days >= 1 && days <= longest;
}

function parseIgnore(rest: string): CommandOf<'ignore'> | Misuse {
  const taken = takeFinding(rest);
  if ('misused' in taken) return taken;
  const { rest: behind, ...finding } = taken;
  const [, number = '', unit = '', words = ''] = /^(\d{1,5})([dw])(?:\s+(.*))?$/is.exec(behind) ?? [];
  const days = number === '' ? undefined : toDays(number, unit);
  if (days !== undefined && !isLasting(days)) return { misused: notLasting };
  const reason = toText(days === undefined ? behind : words);
  return {
    verb: 'ignore',
    ...finding,
    ...(days === undefined ? {} : { days }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function parsePriority(rest: string): CommandOf<'priority'> | Misuse {
  const taken = takeFinding(rest);
  if ('misused' in taken) return taken;
  const { rest: behind, ...finding } = taken;
  const priority = understandPriority(behind);
  return priority
    ? { verb: 'priority', ...finding, priority }
    : { misused: 'one of critical, high, medium and low follows' };
}

function parseShow(rest: string): CommandOf<'show'> | Misuse {
  const word = rest.trim();
  if (word === '') return { verb: 'show' };
  const id = toFindingId(word) ?? toSessionId(word);
  return id === undefined
    ? { misused: 'the id of a finding (`F-…`) or of a session (`S…`) may follow' }
    : { verb: 'show', id };
}

function parseRate(rest: string): CommandOf<'rate'> | Misuse {
  const taken = /^\s*F-/i.test(rest) ? takeFinding(rest) : takeSession(rest);
  if ('misused' in taken) return taken;
  const { rest: behind, ...about } = taken;
  const { word, rest: said } = takeWord(behind);
  const rating = (['up', 'down'] as const).find((each) => each === word.toLowerCase());
  return rating ? { verb: 'rate', ...about, rating, ...textOf(said) } : { misused: '`up` or `down` follows' };
}

function parseExport(rest: string): CommandOf<'export'> | Misuse {
  const taken = takeSession(rest);
  if ('misused' in taken) return taken;
  const { rest: behind, ...session } = taken;
  const formats = [...exportFormats, 'assumptions'] as const;
  const format = formats.find((each) => each === behind.toLowerCase());
  if (format === 'assumptions' && 'session' in session)
    return { misused: '`assumptions` are those of all sessions: none is named' };
  return format ? { verb: 'export', ...session, format } : { misused: `one of ${formats.join(', ')} follows` };
}
