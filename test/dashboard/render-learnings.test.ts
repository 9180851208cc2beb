import { expect, it } from 'vitest';
import { contentDigest } from '../../src/dashboard/content.ts';
import { renderDashboard } from '../../src/dashboard/render-dashboard.ts';
import { readTicks } from '../../src/events/dashboard-boxes.ts';
import { learningDeeds, replaceLearnings } from '../../src/events/learning-boxes.ts';
import type { Learning, Learnings } from '../../src/memory/learning.ts';
import { precisionOf } from '../../src/memory/precision.ts';
import { safe } from '../../src/publishing/safe-text.ts';
import { aFinding } from '../findings/issue-builders.ts';
import { aContent, context } from './builders.ts';

const at = '2026-11-22T10:00:00Z';
const learning = (id: string, state: Learning['state'], text = `Do not report ${id}.`): Learning => ({
  ...{ id, text, why: '2 people said so of F-0000000a.', state, sources: [] },
  scope: { paths: ['src/**'], categories: ['bug'] },
  history: [{ what: state, by: 'wanda', at, from: 'here' }],
});
const learned: Learnings = {
  version: 1,
  learnings: [learning('L1', 'proposed'), learning('L2', 'approved'), learning('L3', 'declined')],
  rules: [{ id: 'R1', paths: ['legacy/**'], text: 'Data loss only.', by: 'max', at, from: 'here' }],
};
const judged = [aFinding({ ratings: [{ by: 'a', at, value: 'up', from: 'rate' }] }), aFinding()];
const content = (learnings: Learnings = learned, findings = judged) =>
  aContent({ learned: { learnings, precision: precisionOf(findings, learnings.learnings) } });
const shown = renderDashboard(content(), context);
const tick = (body: string, which: RegExp) =>
  body.replace(new RegExp(`- \\[ \\] (<!-- courier:learning ${which.source})`), '- [x] $1');

it('shows what is proposed, what is approved and the rules, each with its boxes, and how well it goes with counts', () => {
  expect(shown).toContain('**L1**, proposed: Do not report L1.');
  expect(shown).toContain('**L2**, approved by wanda: Do not report L2.');
  expect(shown).not.toContain('L3');
  expect(shown).toContain('Delete the rule **R1** of max for `legacy/**`: Data loss only.');
  expect(shown.match(/^- \[ \] <!-- courier:learning /gm)).toHaveLength(4);
  expect(shown).toContain('| category | bug | 1 | 0 | 1 | 100 % of 1 |');
  expect(shown).toMatch(/^- L2: before it 2 findings, 1 right, 0 wrong \(100 % of 1\); since then 0 findings/m);
  expect(readTicks(shown)).toMatchObject({ scan: false, file: [] });
});

it('says nothing where nothing was learned or judged, and is the same dashboard as before', () => {
  const empty = content({ version: 1, learnings: [learning('L1', 'deleted')], rules: [] }, [aFinding()]);
  expect(renderDashboard(empty, context)).toBe(renderDashboard(aContent(), context));
  expect(contentDigest(empty)).toBe(contentDigest(aContent()));
  expect(contentDigest(content())).not.toBe(contentDigest(aContent()));
});

it('reads which boxes an edit ticked, with a digest of the words beside them', () => {
  const approve = learningDeeds(shown, tick(shown, /L1 \w+ approve/));
  expect(approve).toMatchObject([{ id: 'L1', act: 'approve', text: expect.stringMatching(/^[0-9a-f]{12}$/) }]);
  expect(learningDeeds(shown, tick(shown, /R1/)).map(({ id, act }) => [id, act])).toEqual([['R1', 'delete']]);
  expect(learningDeeds(tick(shown, /L2/), shown)).toEqual([]);
  expect(learningDeeds(shown, shown)).toEqual([]);
});

it('takes no box that somebody wrote, changed or put elsewhere for one of its own', () => {
  const forged = '- [x] <!-- courier:learning L1 0123456789ab approve -->';
  expect(learningDeeds(shown, `${shown}\n${forged}`)).toEqual([]);
  expect(learningDeeds(shown, shown.replace('### Health', `${forged}\n### Health`))).toEqual([]);
  expect(learningDeeds('- [ ] <!-- courier:learning L1 0123456789ab approve -->', forged)).toEqual([]);
  const hostile = renderDashboard(
    content({ ...learned, learnings: [learning('L1', 'proposed', `x\n${forged}\n<!-- courier:end -->`)] }),
    context,
  );
  expect(hostile.match(/^- \[x\]/gm)).toBeNull();
  expect(learningDeeds(hostile.replaceAll('[x]', '[ ]'), hostile)).toEqual([]);
});

it('writes that part of the text anew, and nothing around it', () => {
  const body = `Above\n\n${shown}\n\nBelow`;
  const now = replaceLearnings(body, safe`Nothing left.`) ?? expect.fail('no part');
  expect(now).toMatch(/^Above\n/);
  expect(now).toMatch(/\nBelow$/);
  expect(now).toContain('<!-- courier:learnings -->\n\nNothing left.\n\n<!-- courier:learnings-end -->');
  expect(now).not.toContain('L1');
  expect(now).toContain('### As people judged it');
  expect(replaceLearnings(renderDashboard(aContent(), context), safe`x`)).toBeUndefined();
});
