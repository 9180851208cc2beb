import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { rankFindings } from '../../src/investigations/rank-findings.ts';
import { termsOf } from '../../src/investigations/terms.ts';
import { aKnown } from '../findings/builders.ts';

const issue = (number: number) => ({ number, labels: [] });
const known = (id: string, over: Partial<Finding>) =>
  aKnown({ id, state: 'open', evidence: [], location: undefined, description: 'A flaw.', ...over });
const login = known('F-aaaaaaaa', {
  title: 'Login accepts an empty password',
  location: { path: 'src/auth/login.ts', symbol: 'Session.verifyPassword' },
  category: 'security',
  severity: 1,
  issue: issue(4),
});
const total = known('F-bbbbbbbb', {
  title: 'Totals start at 1',
  location: { path: 'src/shop/total.ts' },
  category: 'bug',
  severity: 3,
  issue: issue(12),
});
const slow = known('F-cccccccc', {
  title: 'The search reads every order',
  description: 'Each search of orders loads all of them into memory.',
  category: 'performance',
  severity: 2,
});
const ids = (question: string, asked: number | undefined = undefined, findings = [total, slow, login]) =>
  rankFindings(findings, { question, issue: asked }).map(({ finding }) => finding.id);

describe('the findings that bear on a question', () => {
  it.each<[string, string, string]>([
    ['its id', 'What about F-bbbbbbbb and the login with an empty password?', total.id],
    ['its issue', 'Is #12 the reason why orders are slow to search?', total.id],
    ['its path', 'What does src/shop/total.ts do to the search of orders?', total.id],
    ["its file's name", 'Who calls total.ts?', total.id],
    ['its symbol', 'Is verifyPassword safe?', login.id],
    ['words of its title, whatever their form', 'Why do passwords that are EMPTY work?', login.id],
    ['words of its description', 'Why does memory grow with orders?', slow.id],
    ['its category', 'Is there a performance trouble?', slow.id],
  ])('begin with the one that it names by %s', (_, question, first) => {
    expect(ids(question)[0]).toBe(first);
  });

  it('begin with the one on whose issue it stands', () => {
    expect(ids('Why is this so?', 12)).toEqual([total.id]);
    expect(ids('Why is this so?', 99)).toHaveLength(3);
  });

  it('leave out what shares nothing with it', () => {
    expect(ids('Why is the password empty?')).toEqual([login.id]);
  });

  it('do not take a part of a number or of a name for the whole', () => {
    expect(ids('See #120 for the mytotal.tsx of old', 4)[0]).toBe(login.id);
    expect(ids('See #120')).toEqual(ids('Anything?'));
  });

  it('are the worst where it names nothing, a few of them', () => {
    expect(ids('What is wrong here?')).toEqual([login.id, slow.id, total.id]);
    const many = Array.from({ length: 30 }, (_, index) => known(`F-${String(index).padStart(8, '0')}`, {}));
    expect(ids('What is wrong here?', undefined, many)).toHaveLength(5);
  });

  it('are open ones: what people ignore and what is resolved is not brought up', () => {
    const closed = [
      { ...login, state: 'ignored' as const },
      { ...total, state: 'resolved' as const },
    ];
    expect(ids('password login total.ts #12 F-aaaaaaaa', 12, closed)).toEqual([]);
    expect(ids('password', undefined, [{ ...login, state: 'investigated' }])).toEqual([login.id]);
  });

  it('come in one order, whatever the order of the ledger and whatever the question', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 300 }),
        fc.shuffledSubarray([login, total, slow], { minLength: 3 }),
        (question, findings) => {
          expect(ids(question, 12, findings)).toEqual(ids(question, 12));
        },
      ),
    );
  });
});

describe('the words of a text', () => {
  it('are taken out of names of code, without those that stand everywhere', () => {
    expect([...termsOf('Why does parseConfig_file of HTTPServer fail?')].toSorted()).toEqual(
      ['config', 'fail', 'http', 'httpserver', 'parse', 'parseconfig_file', 'server'].toSorted(),
    );
  });
});
