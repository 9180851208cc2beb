import { afterEach, describe, expect, it } from 'vitest';
import type { Learning } from '../../src/memory/learning.ts';
import { aCommentsBed, type CommentsBed } from './comments-bed.ts';

const beds: CommentsBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

const learning = (id: string, over: Partial<Learning> = {}): Learning => ({
  ...{ id, text: `Do not report ${id}.`, why: 'Two people said so.', state: 'proposed', sources: [] },
  scope: { paths: ['src/**'], categories: ['quality'] },
  history: [
    { what: 'proposed', by: 'courier', at: '2026-11-20T10:00:00Z', from: 'F-0000000a', text: `Do not report ${id}.` },
  ],
  ...over,
});

async function learned(...learnings: Learning[]) {
  const bed = await aCommentsBed();
  beds.push(bed);
  await bed.seed({ learnings: { version: 1, learnings, rules: [] } });
  const say = async (who: string, text: string, issue = 2) => {
    bed.double.act.comment(who, text, { issue });
    await bed.handle(issue);
    return bed.replies(issue).at(-1) ?? '';
  };
  const read = async () => (await bed.ledger()).readLearnings();
  return { bed, say, read };
}

describe('learnings on the dashboard', () => {
  it('act only once somebody with write approved them, each by itself', async () => {
    const { bed, say, read } = await learned(learning('L1'), learning('L2'), learning('L3'));
    expect(await say('tom', '/courier approve L1')).toMatch(/needs the role write/);
    expect(await say('wanda', '/courier approve l1')).toMatch(/L1 is approved/);
    expect(await say('wanda', '/courier decline L2 it is worth knowing')).toMatch(/L2 is declined/);
    expect(await say('wanda', '/courier correct L3: Leave generated code alone.')).toMatch(/L3 has your words/);
    expect((await read()).learnings).toMatchObject([
      { id: 'L1', state: 'approved', history: [{}, { what: 'approved', by: 'wanda' }] },
      { id: 'L2', state: 'declined', history: [{}, { what: 'declined', text: 'it is worth knowing' }] },
      { id: 'L3', state: 'approved', text: 'Leave generated code alone.', history: [{}, { what: 'corrected' }] },
    ]);
    expect((await read()).learnings[0]?.history[1]?.from).toMatch(/issues\/2#issuecomment-\d+$/);
    expect(bed.audit().map(({ action, target }) => [action, target])).toEqual(
      expect.arrayContaining([
        ['approve-learning', 'L1'],
        ['decline-learning', 'L2'],
        ['correct-learning', 'L3'],
      ]),
    );
  });

  it('are deleted by whoever may approve them, and told apart from those that are not there', async () => {
    const { say, read } = await learned(learning('L1', { state: 'approved' }));
    expect(await say('wanda', '/courier decline L1 L9')).toMatch(/L1 is deleted.*There is no learning L9/);
    expect((await read()).learnings).toMatchObject([{ state: 'deleted' }]);
    expect(await say('wanda', '/courier approve L1')).toMatch(/L1 was deleted/);
    expect(await say('wanda', '/courier approve all')).toMatch(/No learning is proposed/);
  });

  it('are approved in the words that a person saw: what changed since is read again', async () => {
    const { bed, read } = await learned(learning('L1'));
    bed.double.act.comment('wanda', '/courier approve L1\n/courier approve all', { issue: 2 });
    const later = new Date(Date.now() + 60_000).toISOString();
    const news = { what: 'refined', by: 'courier', at: later, from: 'F-0000000b', text: 'Do not report anything.' };
    const [known] = (await read()).learnings;
    if (!known) return expect.fail('no learning');
    const changed = { ...known, text: news.text, history: [...known.history, news] };
    await bed.seed({ learnings: { version: 1, learnings: [changed], rules: [] } });
    await bed.handle(2);
    expect(bed.replies(2).at(-1)).toMatch(/L1 has another text since/);
    expect((await read()).learnings).toMatchObject([{ state: 'proposed' }]);
  });

  it('are reviewed nowhere else', async () => {
    const { say, read } = await learned(learning('L1'));
    await say('wanda', '/courier approve L1', 1);
    expect((await read()).learnings).toMatchObject([{ state: 'proposed' }]);
  });
});

describe('rules by command', () => {
  it('are kept with their paths, answered with their id, and deleted', async () => {
    const { say, read } = await learned();
    expect(await say('wanda', '/courier rule legacy/**,old/*.js: Report data loss only.')).toMatch(
      /Rule R1 frames .*`legacy\/\*\*`, `old\/\*\.js`/,
    );
    expect(await say('wanda', '/courier rule Legacy code: report only data loss.')).toMatch(/Rule R2 frames .*`\*\*`/);
    expect((await read()).rules).toMatchObject([
      { id: 'R1', paths: ['legacy/**', 'old/*.js'], text: 'Report data loss only.', by: 'wanda' },
      { id: 'R2', paths: ['**'], text: 'Legacy code: report only data loss.' },
    ]);
    expect(await say('wanda', '/courier decline R2')).toMatch(/R2 is deleted/);
    expect(await say('wanda', '/courier rule Be kind.')).toMatch(/Rule R3 frames/);
    expect(await say('wanda', '/courier approve R1')).toMatch(/R1 is a rule/);
  });

  it('need write, one to three sentences, and paths below the root', async () => {
    const { say, read } = await learned();
    expect(await say('tom', '/courier rule Be kind.')).toMatch(/needs the role write/);
    expect(await say('wanda', '/courier rule One. Two! Three? Four.')).toMatch(/one to three sentences, not 4/);
    expect(await say('wanda', `/courier rule ${'long '.repeat(300)}`)).toMatch(/at most 1000 characters/);
    expect(await say('wanda', '/courier rule ../other/**: Be kind.')).toMatch(/without `?\.\.`?/);
    expect((await read()).rules).toEqual([]);
    expect(
      await say('wanda', '/courier rule Code from e.g. v1.2 or `a. b. c. d.` is old. Look at it closely.'),
    ).toMatch(/Rule R1/);
  });
});
