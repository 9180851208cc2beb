import { describe, expect, it } from 'vitest';
import { pairsToJudge } from '../../src/findings/pairs-to-judge.ts';
import { aKnown, aRaised } from './builders.ts';

const told = (path: string, over: object = {}) => ({
  title: 'SQL injection by the user name',
  description: 'The user name reaches users.find and its select statement.',
  cwe: 'CWE-89',
  evidence: [],
  location: { path, startLine: 4 },
  fingerprint: `1:${path}`,
  ...over,
});

describe('what a judge is asked', () => {
  it('is which problem of another file has the same cause', () => {
    const known = aKnown({}, told('dao.js'));
    const raised = aRaised(told('route.js', { title: 'User name reaches a query' }));
    expect(pairsToJudge([raised], [known], {})).toEqual([{ raised, finding: known, near: false }]);
  });

  it('is nothing about another weakness, other words, checks, what is withheld, or what was recognised', () => {
    const raised = aRaised(told('route.js'));
    for (const known of [
      aKnown({}, told('dao.js', { cwe: 'CWE-79' })),
      aKnown({}, told('dao.js', { title: 'Template built by hand', description: 'Markup is joined.' })),
      aKnown({}, told('dao.js', { origin: { kind: 'check', name: 'semgrep', rule: 'sql' } })),
      aKnown({}, told('dao.js', { description: '' })),
    ])
      expect(pairsToJudge([raised], [known], {})).toEqual([]);
    expect(pairsToJudge([raised], [aKnown({}, told('dao.js')), aKnown({}, told('route.js'))], {})).toEqual([]);
  });

  it('is bounded, with the pairs of one file first', () => {
    const twins = [aKnown({}, told('a.js')), aKnown({}, told('a.js'))];
    const others = Array.from({ length: 30 }, (_, index) => aKnown({}, told(`other${index}.js`)));
    const raised = ['a.js', ...Array.from({ length: 20 }, (_, index) => `new${index}.js`)].map((path) =>
      aRaised(told(path, { fingerprint: `1:again ${path}` })),
    );
    const pairs = pairsToJudge(raised, [...twins, ...others], {});
    expect(pairs).toHaveLength(40);
    expect(pairs.map(({ near }) => near).slice(0, 3)).toEqual([true, true, false]);
  });
});
