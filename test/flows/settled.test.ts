import { afterEach, describe, expect, it } from 'vitest';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import type { AssumptionRecord } from '../../src/memory/assumption.ts';
import { withAnswers, withAssumptions } from '../../src/memory/memory.ts';
import { approve, correct, decline, type Reviewed } from '../../src/memory/review.ts';
import type { AcceptedRequest } from '../fakes/anthropic/check-request.ts';
import type { ScriptedReply } from '../fakes/anthropic/script.ts';
import { anAnswer } from '../memory/builders.ts';
import { aRepository } from './ports.ts';
import { type ScriptedScans, startScans } from './scripted-scans.ts';

const open: ScriptedScans[] = [];
afterEach(async () => {
  for (const scans of open.splice(0)) await scans.close();
});

const files = {
  'src/price.ts': 'export const price = 100;\n',
  '.github/courier.yml': 'presets: none\nscans:\n  audit: { prompt: Look., paths: ["src/**"] }\n',
};
const finish = { name: 'finish', input: { summary: 'Looked at it.' } };
const assume = (text: string) => ({ name: 'record_assumption', input: { text } });

async function start(script: (request: AcceptedRequest) => ScriptedReply) {
  const scans = await startScans(files, script);
  open.push(scans);
  const memory = async () => (await readLedger(await scans.store.read())).readMemory();
  /** What a person does to each assumption, by its id. */
  async function review(acts: Record<string, (record: AssumptionRecord) => Reviewed>) {
    await updateLedger(scans.store, 'reviewed', async (ledger) => {
      const before = await ledger.readMemory();
      const records = before.assumptions.map((record) => {
        const reviewed = acts[record.id]?.(record) ?? { record };
        if ('refused' in reviewed) throw new Error(reviewed.refused);
        return reviewed.record;
      });
      return { memory: withAssumptions(before, records) };
    });
  }
  const notesOf = (index: number) => JSON.stringify(scans.api.requests.at(index)?.body).replaceAll('\\n', '\n');
  return { ...scans, memory, review, notesOf };
}

const ada = { by: 'ada', at: '2026-11-02T05:00:00Z', from: 'https://github.test/acme/shop/issues/12', revision: 1 };

const ask = (question: string, more: object = {}) => ({ name: 'ask_question', input: { question, ...more } });
const options = [{ label: 'cents' }, { label: 'euros' }];

/** A model that asks in its first turn, and ends with what it heard. */
function asking(...asked: readonly { name: string; input: object }[]) {
  return (request: AcceptedRequest): ScriptedReply =>
    request.messages.length > 1 ? { toolUses: [finish] } : { toolUses: asked };
}

describe('a question that people settled', () => {
  it('is answered in the moment that an agent asks it, blocks nothing, and is not put to people again', async () => {
    const question = 'Are prices in cents or in euros?';
    const scans = await start(asking(ask(question, { options, blocking: true }), ask('Who reads the price list?')));
    const blocking = {
      ...files,
      '.github/courier.yml': `${files['.github/courier.yml'].replace(' }', ', questions: block }')}`,
    };
    const answer = anAnswer({
      question: 'Are the prices in cents, or in euros?',
      scope: { paths: ['src/**'], categories: [] },
    });
    await updateLedger(scans.store, 'answered', async (ledger) => ({
      memory: withAnswers(await ledger.readMemory(), [answer]),
    }));
    const { session } = await scans.run({ repository: aRepository(blocking) });
    expect(session).toMatchObject({ phase: 'completed', result: 'complete' });
    expect(session.questions.map(({ id, aside }) => [id, aside])).toEqual([
      ['Q1', { why: 'settled', by: `${answer.session}/Q1`, told: `ada said so on 2026-11-21 (${answer.from})` }],
      ['Q2', undefined],
    ]);
    expect(session.answers).toEqual([{ question: 'Q1', text: 'cents', by: 'ada', at: answer.at, from: answer.from }]);
    const heard = scans.notesOf(-1);
    expect(heard).toMatch(/Stored as q1\. This was settled before[\s\S]*cents\nada said so on 2026-11-21/);
    expect(heard).toContain('Stored as q2. No answer will come in this session.');
    expect(scans.written.get('raw/audit/questions.json')).toContain(`"settled":{"by":"${answer.session}/Q1"`);
  });

  it('may be asked in other words: the agent is told the answer, and asks again where it means something else', async () => {
    const scans = await start(({ messages }) => {
      if (messages.length === 1)
        return { toolUses: [ask('The price, is it euros or cents?', { blocking: true }), ask('Is the price final?')] };
      return { toolUses: messages.length === 3 ? [ask('Is a price of euros cents, too?')] : [finish] };
    });
    await updateLedger(scans.store, 'answered', async (ledger) => ({
      memory: withAnswers(await ledger.readMemory(), [anAnswer()]),
    }));
    const { session } = await scans.run();
    expect(session).toMatchObject({ phase: 'completed', result: 'complete' });
    expect(session.questions.map(({ question }) => question)).toEqual([
      'Is the price final?',
      'Is a price of euros cents, too?',
    ]);
    const heard = scans.notesOf(-1);
    expect(heard).toMatch(/Not stored[\s\S]*Are prices in cents or in euros\?\nAnswer: cents\nada said so/);
    expect(heard).toContain('Stored as q1. No answer');
  });

  it('is settled by an assumption that somebody approved, too, and by nothing that somebody declined', async () => {
    const scans = await start(
      asking(ask('Are prices in cents?'), {
        ...{ name: 'record_assumption', input: { text: 'Prices are in cents.', questionId: 'q1' } },
      }),
    );
    await scans.run();
    await scans.review({ A1: (record) => approve(record, ada) });
    const second = await scans.run();
    expect(second.session.questions[0]?.aside?.why).toBe('settled');
    expect(second.session.answers).toMatchObject([{ text: 'Prices are in cents.', by: 'ada' }]);
    await scans.review({ A1: (record) => (record.state === 'approved' ? decline(record, ada) : { record }) });
    const third = await scans.run();
    expect(third.session.questions[0]?.aside).toBeUndefined();
  });

  it('stays open where people said different things, or spoke of other files', async () => {
    const scans = await start(asking(ask('Are prices in cents or in euros?', { options })));
    const second = anAnswer({ session: 'S20261122-000000-aaaa', answer: 'euros' });
    const elsewhere = anAnswer({ scope: { paths: ['lib/**'], categories: [] } });
    const put = (...answers: ReturnType<typeof anAnswer>[]) =>
      updateLedger(scans.store, 'answered', async (ledger) => ({
        memory: withAnswers({ ...(await ledger.readMemory()), answers: [] }, answers),
      }));
    await put(anAnswer(), second);
    expect((await scans.run()).session.questions[0]?.aside).toBeUndefined();
    await put(elsewhere);
    expect((await scans.run()).session.questions[0]?.aside).toBeUndefined();
    await put(elsewhere, second);
    expect((await scans.run()).session.questions[0]?.aside?.why).toBe('settled');
  });
});

describe('what contradicts something settled', () => {
  it('is asked once, by the session that noticed it, and told to the next agents as what nobody may rely on', async () => {
    const found = { text: 'Prices are in euros.', basis: 'price.ts says 1.00.', contradicts: ['A1'] };
    const scans = await start((request) => {
      if (request.messages.length > 1) return { toolUses: [finish] };
      const isTold = JSON.stringify(request.system).includes('approved assumptions');
      const first = isTold ? { name: 'record_assumption', input: found } : assume('Prices are in cents.');
      return { toolUses: scans.api.requests.length > 5 ? [finish] : [first] };
    });
    await scans.run();
    await scans.review({ A1: (record) => approve(record, ada) });
    const { session } = await scans.run();
    const [ref = ''] = (await scans.memory()).assumptions.map((record) => `${record.session}/${record.id}`);
    expect(session.questions).toMatchObject([{ id: 'Q1', contradiction: [ref, `${session.id}/A1`] }]);
    expect(session.questions[0]?.question).toContain('“Prices are in cents.”');
    const third = await scans.run();
    expect(third.session.questions).toEqual([]);
    expect(scans.notesOf(-1)).toMatch(
      new RegExp(
        `contradictions\n- ${ref} \\(approved\\): Prices are in cents\\.\n  Contradicted by ${session.id}/A1: Prices`,
      ),
    );
    expect(scans.notesOf(-1)).not.toContain('approved assumptions');
  });

  it('is refused where the notes name no such thing', async () => {
    const scans = await start(asking({ name: 'record_assumption', input: { text: 'No.', contradicts: ['A7'] } }));
    await scans.run();
    expect(scans.notesOf(-1)).toContain('Nothing was done: your notes name nothing settled as A7');
  });
});

describe('a question that an agent asks in its closing words alone', () => {
  it('is on record', async () => {
    const summary = 'Looked at all of it.\n\nIs the old price list still read by anybody?';
    const scans = await start(() => ({ toolUses: [{ name: 'finish', input: { summary } }] }));
    const { session } = await scans.run();
    expect(session.questions).toMatchObject([
      { id: 'Q1', ref: 't1', question: 'Is the old price list still read by anybody?', blocking: false },
    ]);
  });
});

describe('a scan after people settled what the one before assumed', () => {
  it('is told exactly what was approved and corrected, the declined as what must not be assumed, and no guess', async () => {
    const first = [
      'Prices are in cents.',
      'Prices are gross.',
      'Prices may be negative.',
      'Nobody looked at this one.',
    ];
    const scans = await start((request) => {
      const isFirst = JSON.stringify(request.messages[0]).includes('Look.') && scans.api.requests.length <= 1;
      return { toolUses: [...(isFirst ? first.map(assume) : []), finish] };
    });
    await scans.run();
    const raised = await scans.memory();
    expect(raised.assumptions.map(({ id, state, text, scope }) => ({ id, state, text, scope }))).toEqual(
      first.map((text, index) => ({
        ...{ id: `A${index + 1}`, state: 'proposed', text },
        scope: { paths: ['src/**'], categories: [] },
      })),
    );
    await scans.review({
      A1: (record) => approve(record, ada),
      A2: (record) => correct(record, { ...ada, text: 'Prices are net.' }),
      A3: (record) => decline(record, { ...ada, reason: 'A price is never below zero.' }),
    });
    const { session } = await scans.run();
    const [of] = raised.assumptions.map((record) => record.session);
    expect(session.agents[0]?.settled).toEqual([`${of}/A1`, `${of}/A2`, `${of}/A3`]);
    const notes = scans.notesOf(-1);
    const part = (label: string) => new RegExp(`<<<\\w+ ${label}\n([\\s\\S]*?)\n\\w+>>>`).exec(notes)?.[1];
    expect(part('approved assumptions')).toBe(`- ${of}/A1: Prices are in cents.\n- ${of}/A2: Prices are net.`);
    expect(part('declined assumptions')).toBe(
      `- ${of}/A3: Prices may be negative.\n  Reason: A price is never below zero.`,
    );
    expect(notes).not.toContain('Prices are gross.');
    expect(notes).not.toContain('Nobody looked at this one.');
    expect(scans.notesOf(0)).not.toContain('What is settled');
  });

  it('is told with a remark what was approved on code that has changed since, and the ledger has it marked', async () => {
    const changing = { ...files };
    const scans = await startScans(changing, () => ({ toolUses: [assume('Prices are in cents.'), finish] }));
    open.push(scans);
    await scans.run();
    await updateLedger(scans.store, 'reviewed', async (ledger) => {
      const before = await ledger.readMemory();
      const evidence = [{ path: 'src/price.ts', quote: 'export const price = 100;' }];
      const records = before.assumptions.flatMap((record) => {
        const reviewed = approve({ ...record, evidence }, ada);
        return 'record' in reviewed ? reviewed.record : [];
      });
      return { memory: withAssumptions(before, records) };
    });
    const promptOf = () => JSON.stringify(scans.api.requests.at(-1)?.body);
    await scans.run();
    expect(promptOf()).toContain('approved assumptions');
    changing['src/price.ts'] = 'export const price = 1.0;\n';
    await scans.run();
    expect(promptOf()).not.toContain(' approved assumptions');
    expect(promptOf()).toMatch(
      /assumptions to look at again[^>]*src\/price\.ts does not say any more what it rests on/,
    );
    const { assumptions } = await (await readLedger(await scans.store.read())).readMemory();
    expect(assumptions.find(({ id, state }) => id === 'A1' && state === 'approved')?.stale?.why).toContain(
      'src/price.ts',
    );
  });

  it('of other files is told none of it', async () => {
    const scans = await start(() => ({ toolUses: [assume('Prices are in cents.'), finish] }));
    await scans.run();
    await scans.review({ A1: (record) => approve(record, ada) });
    await scans.run({}, { overrides: { paths: ['.github/**'] } });
    expect(scans.notesOf(-1)).not.toContain('What is settled');
    await scans.run();
    expect(scans.notesOf(-1)).toContain('Prices are in cents.');
  });
});
