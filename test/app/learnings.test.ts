import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderDashboard } from '../../src/dashboard/render-dashboard.ts';
import type { Learnings } from '../../src/memory/learning.ts';
import { precisionOf } from '../../src/memory/precision.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { renderWorkflow } from '../../src/setup/render-workflow.ts';
import { aContent } from '../dashboard/builders.ts';
import { addIssue } from '../fakes/github/state.ts';
import { type AppGitHub, aGitHubWithApp, anApp, patience } from './app-bed.ts';
import { seedLedger } from './ledger-bed.ts';

const learnings: Learnings = {
  version: 1,
  learnings: [
    {
      ...{
        id: 'L1',
        text: 'Do not report generated code.',
        why: 'Two people said so.',
        state: 'proposed',
        sources: [],
      },
      ...{ scope: { paths: [], categories: [] }, history: [] },
    },
  ],
  rules: [],
};

const inLedger = (github: AppGitHub) =>
  JSON.parse(github.files('acme/shop', 'courier-ledger')['learnings.json'] ?? '{}').learnings?.map(
    ({ state }: { state: string }) => state,
  );

it('leaves the boxes that take a checkout to the workflow, which the same edit starts', async () => {
  const github = await aGitHubWithApp();
  const shown = aContent({ learned: { learnings, precision: precisionOf([], []) } });
  const body = renderDashboard(shown, { gate: createGate({ secrets: [] }), url: 'https://github.test/acme/shop' });
  const issue = addIssue(github.repository(), { title: 'Courier dashboard', body, labels: ['courier'] });
  const link = { number: 1, url: 'https://github.test/acme/shop/issues/1' };
  await seedLedger(github, { dashboard: { version: 1, issue: link, sessions: [] }, learnings });
  const { worked, idle } = await anApp(github);
  await idle();
  // What it does on start.
  expect(await worked()).toBe(2);
  const ticked = issue.body.replace(/- \[ \] (<!-- courier:(?:scan-now|verify))/g, '- [x] $1');
  expect(ticked).toContain('[x] <!-- courier:scan-now');
  github.act.rewrite('wanda', ticked);
  await idle();
  expect([await worked(), github.repository().runs, issue.body]).toEqual([2, [], ticked]);
  const workflow = renderWorkflow({ uses: 'codecourier/courier@v1', name: 'acme/shop' });
  expect(parse(workflow).on.issues.types).toContain('edited');
});

it('decides about a learning when somebody with write ticks its box, and not for anybody else', async () => {
  const github = await aGitHubWithApp();
  const shown = aContent({ learned: { learnings, precision: precisionOf([], []) } });
  const body = renderDashboard(shown, { gate: createGate({ secrets: [] }), url: 'https://github.test/acme/shop' });
  const issue = addIssue(github.repository(), { title: 'Courier dashboard', body, labels: ['courier'] });
  const dashboard = {
    version: 1,
    issue: { number: 1, url: 'https://github.test/acme/shop/issues/1' },
    sessions: [],
  } as const;
  await seedLedger(github, { dashboard: { ...dashboard, sessions: [] }, learnings });
  const { idle } = await anApp(github);
  const ticked = () => issue.body.replace(/- \[ \] (<!-- courier:learning L1 \w+ approve)/, '- [x] $1');
  github.act.rewrite('tom', ticked());
  await expect.poll(() => issue.body.includes('[x]'), patience).toBe(false);
  await idle();
  expect(inLedger(github)).toEqual(['proposed']);
  github.act.rewrite('wanda', ticked());
  await expect.poll(() => inLedger(github), patience).toEqual(['approved']);
  await expect.poll(() => issue.body, patience).toContain('**L1**, approved by wanda');
  await idle();
  expect(github.violations).toEqual([]);
});
