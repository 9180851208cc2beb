import { afterEach, describe, expect, it } from 'vitest';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import type { AssumptionRecord } from '../../src/memory/assumption.ts';
import { withAssumptions } from '../../src/memory/memory.ts';
import { approve, correct, decline, type Reviewed } from '../../src/memory/review.ts';
import type { AcceptedRequest } from '../fakes/anthropic/check-request.ts';
import type { ScriptedReply } from '../fakes/anthropic/script.ts';
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
