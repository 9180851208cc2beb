import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/commands/command.ts';
import { parseCommands } from '../../src/commands/parse-commands.ts';
import { registry } from '../../src/commands/registry.ts';
import { verbs } from '../../src/commands/verbs.ts';
import { takeName } from '../../src/commands/words.ts';

const one = (body: string) => {
  const [parsed, ...others] = parseCommands(body);
  expect(others).toEqual([]);
  return parsed;
};
const session = 'S20261121-181500-ab3d';
const finding = 'F-0123abcd';

describe('a command', () => {
  it.each<[string, Command]>([
    ['run', { verb: 'run' }],
    ['RUN', { verb: 'run' }],
    ['run fix', { verb: 'run', text: 'fix' }],
    ['run branch=courier/x', { verb: 'run', branch: 'courier/x' }],
    [
      'run fix branch=a.b/c_d base=main model=claude-opus-5:1m use the new API, a=b',
      { verb: 'run', branch: 'a.b/c_d', base: 'main', model: 'claude-opus-5:1m', text: 'fix use the new API, a=b' },
    ],
    ['retry', { verb: 'retry' }],
    ['chain #1 #2,3', { verb: 'chain', issues: [1, 2, 3] }],
    ['scan', { verb: 'scan' }],
    ['scan security look at  the API', { verb: 'scan', text: 'security look at the API' }],
    ['verify', { verb: 'verify', findings: [] }],
    ['verify f-0123ABCD', { verb: 'verify', findings: [finding] }],
    ['stop', { verb: 'stop' }],
    [`kill ${session}`, { verb: 'kill', session }],
    [`resume ${session.toLowerCase()}`, { verb: 'resume', session }],
    ['clone', { verb: 'clone' }],
    ['tell Look at the tests first.', { verb: 'tell', text: 'Look at the tests first.' }],
    [`tell ${session} stop here`, { verb: 'tell', session, text: 'stop here' }],
    ['ask Why is it slow?', { verb: 'ask', question: 'Why is it slow?' }],
    ['answer Q1 b', { verb: 'answer', answers: [{ question: 'Q1', choices: ['b'] }] }],
    [
      'answer q1=B Q2 a, c Q3 2',
      {
        verb: 'answer',
        answers: [
          { question: 'Q1', choices: ['b'] },
          { question: 'Q2', choices: ['a', 'c'] },
          { question: 'Q3', choices: ['2'] },
        ],
      },
    ],
    ['answer Q1 a bee', { verb: 'answer', answers: [{ question: 'Q1', text: 'a bee' }] }],
    ['answer Q1: no, and  that , too', { verb: 'answer', answers: [{ question: 'Q1', text: 'no, and that , too' }] }],
    ['answer Q1 b, but not c', { verb: 'answer', answers: [{ question: 'Q1', text: 'b, but not c' }] }],
    ['answer Q1: b', { verb: 'answer', answers: [{ question: 'Q1', text: 'b' }] }],
    ['skip Q1 q2', { verb: 'skip', questions: ['Q1', 'Q2'] }],
    ['answer-session', { verb: 'answer-session' }],
    ['approve a1, A2', { verb: 'approve', assumptions: ['A1', 'A2'] }],
    ['approve ALL', { verb: 'approve', assumptions: 'all' }],
    ['approve A1, A2 90d', { verb: 'approve', assumptions: ['A1', 'A2'], days: 90 }],
    ['approve all 2W', { verb: 'approve', assumptions: 'all', days: 14 }],
    ['approve 30d', { verb: 'approve', days: 30 }],
    ['decline A3', { verb: 'decline', assumptions: ['A3'] }],
    ['decline A3 A4: not here', { verb: 'decline', assumptions: ['A3', 'A4'], reason: 'not here' }],
    ['correct A4: it is PostgreSQL', { verb: 'correct', assumption: 'A4', text: 'it is PostgreSQL' }],
    ['ignore', { verb: 'ignore' }],
    ['ignore 30d the old API goes', { verb: 'ignore', days: 30, reason: 'the old API goes' }],
    [`ignore ${finding} 2w`, { verb: 'ignore', finding, days: 14 }],
    ['ignore it is fine', { verb: 'ignore', reason: 'it is fine' }],
    ['unignore', { verb: 'unignore' }],
    ['priority HIGH', { verb: 'priority', priority: 'high' }],
    [`priority ${finding} low`, { verb: 'priority', finding, priority: 'low' }],
    ['status', { verb: 'status' }],
    ['sessions', { verb: 'sessions' }],
    [`show ${finding}`, { verb: 'show', id: finding }],
    [`show ${session}`, { verb: 'show', id: session }],
    ['help me', { verb: 'help' }],
    ['', { verb: 'help' }],
    ['rate up', { verb: 'rate', rating: 'up' }],
    ['rate down too many words', { verb: 'rate', rating: 'down', text: 'too many words' }],
    ['rename The big one', { verb: 'rename', name: 'The big one' }],
    ['export PDF', { verb: 'export', format: 'pdf' }],
    ['archive', { verb: 'archive' }],
    ['rule Report only crashes.', { verb: 'rule', text: 'Report only crashes.' }],
    [`file ${finding}`, { verb: 'file', findings: [finding] }],
    [`delete ${session}`, { verb: 'delete', session, sure: false }],
    [`delete ${session} YES`, { verb: 'delete', session, sure: true }],
    ['delete yes', { verb: 'delete', sure: true }],
    ['delete-all', { verb: 'delete-all', sure: false }],
    ['delete-all yes', { verb: 'delete-all', sure: true }],
    ['pause', { verb: 'pause' }],
    ['unpause', { verb: 'unpause' }],
  ])('is understood: /courier %s', (text, command) => {
    expect(one(`/courier ${text}`)).toEqual({ line: 0, command });
  });

  it.each([
    ['run branch=-x', /branch/],
    ['run branch=$(id)', /branch/],
    ['run branch=a;b', /branch/],
    ['run branch=a..b', /branch/],
    ['run branch=a.lock', /branch/],
    ['run branch=refs/heads/main', /branch/],
    ['run branch=a//b', /branch/],
    ['run branch=a@{1}', /branch/],
    ['run branch=`id`', /branch/],
    ['run base=--upload-pack=x', /base/],
    ['run branch=a branch=b', /once/],
    ['run model=--help', /model/],
    ['run --config.key=value', /options are/],
    ['run openai.key=x', /options are/],
    ['run fix config=x', /options are/],
    ['retry now', /nothing may follow/],
    ['chain', /numbers of issues/],
    ['chain #1 #2 #1', /each issue is named once/],
    ['chain #0', /numbers of issues/],
    ['verify everything', /ids of findings/],
    ['stop everything', /id of a session/],
    ['stop S20261121-x', /id of a session/],
    ['tell', /says nothing/],
    ['ask', /question is missing/],
    ['answer', /names no question/],
    ['answer b', /begins with its question/],
    ['answer Q1', /without an answer/],
    ['answer Q1:   ', /without an answer/],
    ['answer Q1 a Q1 b', /twice/],
    ['skip', /questions follow/],
    ['correct', /your words follow/],
    ['approve A1 and A2', /assumptions follow/],
    ['approve all A1', /assumptions follow/],
    ['decline all', /assumption follows/],
    ['decline A0', /assumption follows/],
    ['correct A4', /your words follow/],
    ['ignore F-1', /id of a finding/],
    ['ignore 0d', /from 1 to 3650 days/],
    ['ignore 99999d', /from 1 to 3650 days/],
    ['priority', /critical, high/],
    ['priority P1', /critical, high/],
    ['show everything', /id of a finding/],
    ['rate 5', /up/],
    ['rename', /name is missing/],
    ['export docx', /md, html/],
    ['rule', /rule is missing/],
    ['rule src/**:', /rule is missing/],
    ['rule src/**, docs/*.md : ', /rule is missing/],
    ['file', /ids of findings/],
    ['delete-all --yes', /only `yes` may follow/],
    ['delete everything', /only the id of a session and `yes` may follow/],
  ])('is told what is wrong with it: /courier %s', (text, why) => {
    expect(one(`/courier ${text}`)).toMatchObject({
      problem: { kind: 'misused', verb: text.split(' ')[0], why: expect.stringMatching(why) },
    });
  });

  it.each([
    ['aprove A1', 'approve'],
    ['statsu', 'status'],
    ['answer–session', 'answer-session'],
    ['explode', undefined],
    ['x'.repeat(5000), undefined],
    ['--help', 'help'],
    ['constructor', undefined],
    ['__proto__', undefined],
  ])('that is none is answered with what may have been meant: %.20s', (text, suggestion) => {
    expect(one(`/courier ${text}`)).toMatchObject({ problem: { kind: 'unknown', suggestion } });
  });

  it('takes a numbered reply behind a bare answer, and no list behind any other', () => {
    const reply = '/courier answer\n\n1. b\r\n2) a, C\n 3.  so that it works\n12. 2\nThanks';
    expect(one(reply)).toMatchObject({
      command: {
        answers: [
          { question: 'Q1', choices: ['b'] },
          { question: 'Q2', choices: ['a', 'c'] },
          { question: 'Q3', text: 'so that it works' },
          { question: 'Q12', choices: ['2'] },
        ],
      },
    });
    expect(one('/courier answer Q1 b\n1. first\nQ2: c')).toMatchObject({
      command: { answers: [{ question: 'Q1', choices: ['b'] }] },
    });
    expect(one('/courier answer\n1. \n2. b')).toMatchObject({ problem: { kind: 'misused' } });
    expect(one('/courier answer\n1. a\nQ1: b')).toMatchObject({ problem: { why: 'Q1 is answered twice' } });
    expect(one('/courier answer\n0. a')).toMatchObject({ problem: { kind: 'misused' } });
  });

  it('takes the lines with answers that follow it, and nothing else', () => {
    const body = '/courier answer Q1 b\r\n\r\nQ3: some text\r\nq4:  more  of it \r\nThank you!\r\nQ5: too late';
    expect(one(body)).toMatchObject({
      command: {
        answers: [
          { question: 'Q1', choices: ['b'] },
          { question: 'Q3', text: 'some text' },
          { question: 'Q4', text: 'more of it' },
        ],
      },
    });
    expect(one('/courier answer\nQ1:  \t')).toMatchObject({ problem: { kind: 'misused' } });
  });

  it('is one of several, each on a line of its own', () => {
    const parsed = parseCommands('/courier approve A1\nand\n/courier aprove A2\n> /courier delete-all\n\n/courier run');
    expect(parsed.map((each) => ('command' in each ? each.command.verb : each.problem.kind))).toEqual([
      'approve',
      'unknown',
      'run',
    ]);
  });

  it('is not followed where there are too many, or where it may be a quote', () => {
    expect(one('/courier status\n'.repeat(21))).toEqual({ line: 0, problem: { kind: 'too-many', most: 20 } });
    expect(parseCommands('/courier status\n'.repeat(20))).toHaveLength(20);
    expect(one('> it is good\n/courier approve all')).toEqual({ line: 1, problem: { kind: 'unclear' } });
  });

  it('holds no control character, whatever was written', () => {
    const body = '/courier tell a\u0000b\u001b[31mc\u2028d';
    expect(one(body)).toEqual({ line: 0, command: { verb: 'tell', text: 'a b [31mc d' } });
  });

  it('never holds a value that a program could take for an option, and never fails', () => {
    const word = fc.oneof(
      fc.constantFrom(...verbs, 'branch=', 'base=-', 'model=--', 'Q1', 'A1', finding, session, '30d', 'all', '#1', ':'),
      fc.string({ maxLength: 12 }),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...verbs), fc.array(word, { maxLength: 8 }), (verb, words) => {
        for (const parsed of parseCommands(`/courier ${verb} ${words.join(' ')}`)) {
          if (!('command' in parsed)) continue;
          const { command } = parsed;
          for (const [key, value] of Object.entries(command)) {
            if (['branch', 'base', 'model'].includes(key)) expect(value).toMatch(/^[A-Za-z0-9][A-Za-z0-9._:/@-]*$/);
            expect(JSON.stringify(value)).not.toMatch(/\\u00[01]/);
          }
        }
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('the registry', () => {
  it('shows how each command is written, by a line that the parser takes', () => {
    for (const verb of verbs) expect(registry[verb].usage.split(' ')[0]).toBe(verb);
    expect(Object.keys(registry)).toEqual([...verbs]);
  });
});

describe('a name at the beginning of a text', () => {
  it.each([
    ['security look', { name: 'security', text: 'look' }],
    ['SECURITY', { name: 'security' }],
    ['securities', { text: 'securities' }],
    [undefined, {}],
  ])('is told apart by the configuration: %s', (text, expected) => {
    expect(takeName(text, ['security', 'docs'])).toEqual(expected);
  });
});
