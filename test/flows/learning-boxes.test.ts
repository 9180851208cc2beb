import { afterEach, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.ts';
import { renderDashboard } from '../../src/dashboard/render-dashboard.ts';
import { understandRepositoryEvent } from '../../src/events/understand-delivery.ts';
import { answerLearningBoxes } from '../../src/flows/answer-learning-boxes.ts';
import type { Learning } from '../../src/memory/learning.ts';
import { precisionOf } from '../../src/memory/precision.ts';
import { aContent } from '../dashboard/builders.ts';
import { aCommentsBed, type CommentsBed, gate } from './comments-bed.ts';

const beds: CommentsBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

const learning = (id: string): Learning => ({
  ...{ id, text: `Do not report ${id}.`, why: 'Two people said so.', state: 'proposed', sources: [] },
  ...{ scope: { paths: [], categories: [] }, history: [] },
});
const { permissions } = parseConfig('', 'courier.yml');

async function learned() {
  const bed = await aCommentsBed();
  beds.push(bed);
  const learnings = { version: 1, learnings: [learning('L1'), learning('L2')], rules: [] } as const;
  await bed.seed({ learnings });
  const issue = bed.repository.issues[1] ?? expect.fail('no dashboard');
  const shown = aContent({ learned: { learnings, precision: precisionOf([], []) } });
  issue.body = `Ours.\n\n${renderDashboard(shown, { gate, url: 'https://github.test/acme/shop' })}`;
  const github = bed.connect();
  const desk = {
    ...{ github, store: bed.store, remote: await github.repository(), permissions, clock: bed.clock, gate },
  };
  /** As GitHub tells of an edit. */
  const tick = (login: string, which: RegExp, type = 'User') => {
    const from = issue.body;
    issue.body = from.replace(new RegExp(`- \\[ \\] (<!-- courier:learning ${which.source})`), '- [x] $1');
    const payload = {
      action: 'edited',
      issue: { number: 2, body: issue.body },
      changes: { body: { from } },
      sender: { login, type },
    };
    return understandRepositoryEvent('issues', payload);
  };
  const answer = async (event: ReturnType<typeof tick>) => {
    if (event?.kind !== 'dashboard') return expect.fail(`no tick: ${event?.kind}`);
    return answerLearningBoxes(event.edit, desk);
  };
  const states = async () => (await (await bed.ledger()).readLearnings()).learnings.map(({ state }) => state);
  return { bed, issue, tick, answer, states };
}

it('decides what a person with write ticked, once, and shows it', async () => {
  const { bed, issue, tick, answer, states } = await learned();
  const event = tick('wanda', /L1 \w+ approve/);
  expect(await answer(event)).toMatchObject({ done: [expect.stringMatching(/^L1 is approved/)], not: [] });
  expect(await states()).toEqual(['approved', 'proposed']);
  expect(issue.body).toMatch(/^Ours\./);
  expect(issue.body).toContain('**L1**, approved by wanda');
  expect(issue.body).not.toContain('[x]');
  expect(bed.audit()).toMatchObject([{ action: 'review-learning', target: 'L1', actor: 'wanda' }]);
  // The same delivery again.
  await answer(event);
  expect(bed.audit()).toHaveLength(1);
  await answer(tick('wanda', /L2 \w+ delete/));
  expect(await states()).toEqual(['approved', 'declined']);
});

it('does nothing on the word of somebody who may not, and takes the tick away', async () => {
  const { issue, tick, answer, states } = await learned();
  expect(await answer(tick('tom', /L1 \w+ approve/))).toMatchObject({
    not: [expect.stringMatching(/tom may not decide/)],
  });
  expect(await states()).toEqual(['proposed', 'proposed']);
  expect(issue.body).not.toContain('[x]');
});

it('does nothing where it cannot be looked up who that is, and for what apps tick', async () => {
  const { bed, tick, answer, states } = await learned();
  expect(tick('stale[bot]', /L1 \w+ approve/, 'Bot')).toBeUndefined();
  bed.double.fail({ operation: 'repos/get-collaborator-permission-level', status: 403, times: 9 });
  expect(await answer(tick('wanda', /L2 \w+ approve/))).toMatchObject({
    not: [expect.stringMatching(/could not be looked up/)],
  });
  expect(await states()).toEqual(['proposed', 'proposed']);
});

it('approves no words that changed since, and nothing in an issue that is not the dashboard', async () => {
  const { bed, tick, answer, states } = await learned();
  const event = tick('wanda', /L1 \w+ approve/);
  const other = { ...learning('L1'), text: 'Report nothing at all.' };
  await bed.seed({ learnings: { version: 1, learnings: [other, learning('L2')], rules: [] } });
  expect(await answer(event)).toMatchObject({ done: [], not: ['L1 has another text since: read it again.'] });
  if (event?.kind !== 'dashboard') return expect.fail('no tick');
  const elsewhere = { ...event, edit: { ...event.edit, issue: 3 } };
  expect(await answer(elsewhere)).toEqual({ done: [], not: [] });
  expect(await states()).toEqual(['proposed', 'proposed']);
});
