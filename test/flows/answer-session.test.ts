import { afterEach, expect, it } from 'vitest';
import { findOpen } from '../../src/flows/find-open.ts';
import { keepPanel } from '../../src/flows/keep-panel.ts';
import { settleProposals } from '../../src/flows/settle-proposals.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { Session } from '../../src/sessions/session.ts';
import { aDiscovery } from '../sessions/builders.ts';
import { aReviewBed, id } from './review-bed.ts';

type Bed = Awaited<ReturnType<typeof aReviewBed>>;

const beds: Bed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) await double.close();
});
async function aBed(options: Parameters<typeof aReviewBed>[0] = {}) {
  const bed = await aReviewBed(options);
  beds.push(bed);
  return bed;
}

const basis = [{ path: 'README.md', startLine: 1, quote: '# The shop sells books.' }];
const answering = Session.parse({
  ...aDiscovery().session,
  ...{ id: 'S20261122-110000-bbbb', kind: 'answer', answering: { session: id } },
});

/** What an answering session that began when all of it was open comes to now. */
async function settle(bed: Bed, { withdraws = [] }: { withdraws?: readonly string[] } = {}) {
  const names = ['A1', 'A2', 'A3', 'A4'];
  const proposed = {
    session: id,
    proposals: names.map((assumption, at) => ({ id: `p${at}`, assumption, text: `Refined ${assumption}.`, basis })),
    withdrawals: withdraws.map((questionId) => ({ questionId, answer: 'It is in the readme.', basis })),
    seen: Object.fromEntries(names.map((name) => [name, 1])),
  };
  const remote = await bed.connect().repository();
  const { decided } = await updateLedger(
    bed.store,
    'settled',
    async (ledger) => {
      const settled = await settleProposals(answering, proposed, { ledger, remote });
      return { ...settled.changes, settled };
    },
    { repositoryId: remote.id },
  );
  return decided.settled;
}

it('leaves what people approve, decline and correct while it works as they said it, and lists what came too late', async () => {
  const bed = await aBed();
  await keepPanel(id, bed.place());
  await bed.say('wanda', '/courier approve A1');
  await bed.say('wanda', '/courier decline A2 It differs.');
  await bed.say('wanda', '/courier correct A3: In my words.');
  const { session } = await settle(bed);
  const { assumptions } = await (await bed.ledger()).readMemory();
  expect(assumptions.map(({ state, text, correctedText }) => [state, correctedText ?? text])).toEqual([
    ['approved', 'Text of A1.'],
    ['declined', 'Text of A2.'],
    ['corrected', 'In my words.'],
    ['proposed', 'Refined A4.'],
  ]);
  expect(session.assumptions.map(({ text }) => text)).toEqual(['Refined A4.']);
  expect(session.rejected.map(({ title }) => title)).toEqual(['Refined A1.', 'Refined A2.', 'Refined A3.']);
});

it('withdraws no question that a person answered meanwhile', async () => {
  const bed = await aBed();
  await keepPanel(id, bed.place());
  await bed.say('wanda', '/courier answer Q1: The old one.');
  const { session } = await settle(bed, { withdraws: ['Q1'] });
  expect(session.answering?.withdrawn).toEqual([]);
  expect(session.rejected).toContainEqual({ title: 'Withdrawal of Q1', reason: 'Q1 is not open any more.' });
  expect((await (await bed.ledger()).readMemory()).answers).toMatchObject([{ answer: 'The old one.', by: 'wanda' }]);
});

it('is told on a public repository of nothing that hangs on a security finding', async () => {
  const questions = [
    { id: 'Q1', scan: 'audit', ref: 'q1', question: 'Which key is used?', findings: ['F-0000000a'] },
    { id: 'Q2', scan: 'docs', ref: 'q2', question: 'Who reads this?', findings: [] },
  ];
  const bed = await aBed({
    over: { questions: Session.shape.questions.parse(questions) },
    records: [],
    visibility: 'public',
  });
  const { findings } = await bed.ledger();
  await bed.seed({ findings: findings.map((finding) => ({ ...finding, category: 'security' as const })) });
  const ledger = await bed.ledger();
  const open = await findOpen(id, ledger, { visibility: 'public' });
  expect([open?.questions.map((question) => question.id), open?.findings]).toEqual([['Q2'], []]);
  const all = await findOpen(id, ledger, { visibility: 'private' });
  expect(all?.questions.map((question) => question.id)).toEqual(['Q1', 'Q2']);
});
