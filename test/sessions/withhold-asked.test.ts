import { expect, it } from 'vitest';
import { Session } from '../../src/sessions/session.ts';
import { discoveryForEverybody, forEverybody } from '../../src/sessions/withhold-asked.ts';
import { aRaised } from '../findings/builders.ts';
import { aFinding } from '../ledger/builders.ts';
import { aDiscovery } from './builders.ts';

const secret = 'Is the token of /admin checked anywhere?';
const session = Session.parse({
  ...aDiscovery().session,
  raised: ['F-0000000a', 'F-0000000b'],
  questions: [
    { id: 'Q1', scan: 'security', question: secret, options: [{ label: secret }], default: secret, blocking: true },
    { id: 'Q2', scan: 'docs', question: 'Who reads this?', options: [{ label: 'ops' }] },
    { id: 'Q3', scan: 'docs', question: secret, findings: ['F-0000000a'] },
  ],
  assumptions: [
    { id: 'A1', scan: 'security', text: secret, basis: secret },
    { id: 'A2', scan: 'docs', text: 'Ops read it.', questionId: 'Q2' },
    { id: 'A3', scan: 'docs', text: secret, questionId: 'Q3' },
  ],
});
const findings = [
  aFinding({ id: 'F-0000000a', category: 'security', origin: { kind: 'agent', name: 'security' } }),
  aFinding({ id: 'F-0000000b', category: 'docs', origin: { kind: 'agent', name: 'docs' } }),
];

it('keeps the words of questions and assumptions about security out of a record that everybody can read', () => {
  const record = forEverybody(session, findings, 'public');
  expect(JSON.stringify(record)).not.toContain(secret);
  expect(record.questions.map(({ id, question, blocking }) => [id, question, blocking])).toEqual([
    ['Q1', 'Q1 is withheld on a public repository.', true],
    ['Q2', 'Who reads this?', false],
    ['Q3', 'Q3 is withheld on a public repository.', false],
  ]);
  expect(record.questions[1]?.options).toEqual([{ label: 'ops' }]);
  expect(record.assumptions.map(({ text }) => text)).toEqual([
    'A1 is withheld on a public repository.',
    'Ops read it.',
    'A3 is withheld on a public repository.',
  ]);
  expect(forEverybody(record, findings, 'public')).toEqual(record);
});

it('leaves the record of a private repository as it is', () => {
  expect(forEverybody(session, findings, 'private')).toBe(session);
});

it('keeps them out of what a scan hands to another job, where it raised such a finding or asks about one that is known', () => {
  const seen = {
    ...aDiscovery({
      visibility: 'public',
      raised: [aRaised({ category: 'security', origin: { kind: 'agent', name: 'security' } })],
    }),
    session: { ...session, raised: [] },
  };
  const { session: kept } = discoveryForEverybody(seen, findings);
  expect(JSON.stringify(kept)).not.toContain(secret);
  expect(kept.questions[1]?.question).toBe('Who reads this?');
  const own = discoveryForEverybody({ ...seen, visibility: 'private' }, findings);
  expect(own.session.questions).toEqual(session.questions);
});
