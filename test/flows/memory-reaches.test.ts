import { afterEach, describe, expect, it } from 'vitest';
import { controlSession } from '../../src/flows/control-session.ts';
import { scan } from '../../src/flows/scan.ts';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { withAnswers } from '../../src/memory/memory.ts';
import { Session } from '../../src/sessions/session.ts';
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
const ask = { name: 'ask_question', input: { question: 'Who reads the price list?' } };
const assume = { name: 'record_assumption', input: { text: 'Nobody does.', questionId: 'q1' } };

async function start() {
  const scans = await startScans(files, (request) =>
    request.messages.length > 1 ? { toolUses: [finish] } : { toolUses: [ask, assume] },
  );
  open.push(scans);
  const memory = async () => (await readLedger(await scans.store.read())).readMemory();
  return { ...scans, memory };
}

describe('a scan of a pull request', () => {
  const onPull = (fork: boolean) => ({
    name: 'pull_request' as const,
    actor: 'octocat',
    ref: 'refs/pull/7/merge',
    pullRequest: { number: 7, baseRef: 'main', baseCommit: 'a'.repeat(40), fork },
  });
  const changed = { changedLines: async () => new Map([['src/price.ts', [[1, 1] as const]]]) };

  async function scanPull(fork: boolean) {
    const scans = await start();
    await updateLedger(scans.store, 'answered', async (ledger) => ({
      memory: withAnswers(await ledger.readMemory(), [
        anAnswer({ question: 'Who reads the price list?', options: [] }),
      ]),
    }));
    const before = await scans.store.read();
    const outcome = await scan(
      {
        ...{ trigger: onPull(fork), overrides: {}, configPath: undefined, ledgerKey: undefined, hasModelKey: true },
        ...{ strict: true, signal: new AbortController().signal },
      },
      { ...scans.ports, repository: aRepository(files, changed) },
    );
    return { scans, outcome, before };
  }

  it('of the repository itself is told what is settled, and asks none of it', async () => {
    const { scans, outcome } = await scanPull(false);
    expect(JSON.stringify(scans.api.requests[0]?.body)).toContain('What is settled');
    expect(outcome.session.questions[0]?.aside).toMatchObject({ why: 'settled' });
  });

  it('of a fork runs no agent at all', async () => {
    const { scans } = await scanPull(true);
    expect(scans.api.requests).toEqual([]);
  });
});

describe('an answer on the command line to a session that has ended', () => {
  it('leaves its record as it was closed, stands in the place of what was assumed, and is told to later sessions', async () => {
    const scans = await start();
    const { session } = await scans.run();
    const say = (text: string | undefined) =>
      controlSession(
        {
          order: { kind: 'answer', session: session.id, question: 'q1', text },
          ...{ by: 'ada', from: 'cli', trigger: { name: 'cli', actor: 'ada', ref: undefined, pullRequest: undefined } },
          configPath: undefined,
        },
        { ...scans.ports, repository: aRepository(files) },
      );
    const recordOf = async () => (await readLedger(await scans.store.read())).readSession(session.id, Session);
    const before = await recordOf();
    const { said } = await say('The shop does.');
    expect(said.join()).toMatch(/Q1 of session S\S+ is answered\. It has ended \(completed\)/);
    expect(await recordOf()).toEqual(before);
    expect(await scans.memory()).toMatchObject({
      answers: [{ id: 'Q1', answer: 'The shop does.', by: 'ada', from: 'cli' }],
      assumptions: [{ id: 'A1', state: 'superseded' }],
    });
    const second = await scans.run();
    expect(second.session.questions[0]?.aside).toMatchObject({ why: 'settled' });
    await say(undefined);
    expect((await scans.memory()).assumptions[0]?.state).toBe('proposed');
  });
});
