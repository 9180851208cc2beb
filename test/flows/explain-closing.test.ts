import { expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { planIssueChanges } from '../../src/findings/plan-issue-changes.ts';
import { explainClosings } from '../../src/flows/explain-closing.ts';
import { ExternalError } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import { aRequest, context, published } from '../findings/issue-builders.ts';

const fixedAt = 'd'.repeat(40);

/** Resolved findings with an open issue each, as a plan closes them. */
function closings(count: number, over: (index: number) => Partial<Finding> = () => ({})) {
  const all = Array.from({ length: count }, (_, index) => {
    const digits = String(index).padStart(8, '0');
    const { finding, issue } = published({ id: `F-${digits}`, ...over(index) }, { number: index + 1 });
    const resolution = { at: '2026-11-22T10:00:00Z', commit: fixedAt, proof: 'It is fixed.' };
    return { finding: { ...finding, state: 'resolved' as const, resolution }, issue };
  });
  const findings = all.map(({ finding }) => finding);
  const issues = new Map(all.map(({ issue }) => [issue.number, issue]));
  return { findings, plan: planIssueChanges(aRequest({ findings, issues })) };
}

const range = (base: string, head: string) => ({
  ...{ base, head, total: 1 },
  commits: [{ sha: fixedAt, title: 'Repair it', author: 'ada', touches: true }],
});

async function explain(given: ReturnType<typeof closings>, failing = false) {
  const asked: string[] = [];
  const commitsBetween = async (base: string, head: string, path?: string) => {
    asked.push([base.slice(0, 1), head.slice(0, 1), path].join(' '));
    if (failing) throw new ExternalError('GitHub is down.');
    return range(base, head);
  };
  const { findings, plan } = given;
  const explained = await explainClosings(plan, { findings, context }, { github: { commitsBetween }, log: silentLog });
  const comments = explained.changes.map((change) => (change.kind === 'close' ? String(change.comment) : ''));
  return { asked, explained, comments };
}

it('adds the commits since the last sighting to the comment on a closing', async () => {
  const { asked, comments } = await explain(closings(1));
  expect(asked).toEqual(['c d src/total.ts']);
  expect(comments[0]).toMatch(
    /Proof: It is fixed\.[\s\S]*\[1 commit\]\(.*\/compare\/c{40}\.\.\.d{40}\)[\s\S]*Repair it/,
  );
});

it('asks once for the same commits, and ten times at most', async () => {
  const same = await explain(closings(30));
  expect(same.asked).toHaveLength(1);
  expect(same.comments.every((comment) => comment.includes('Repair it'))).toBe(true);
  const places = await explain(closings(30, (index) => ({ location: { path: `src/${index}.ts` } })));
  expect(places.asked).toHaveLength(10);
  expect(places.comments.filter((comment) => comment.includes('Repair it'))).toHaveLength(10);
  expect(places.comments.every((comment) => comment.includes('It is fixed.'))).toBe(true);
});

it('closes with the proof alone where the commits cannot be read, and asks no more', async () => {
  const { asked, explained, comments } = await explain(
    closings(3, (index) => ({ location: { path: `src/${index}.ts` } })),
    true,
  );
  expect(asked).toHaveLength(1);
  expect(explained.changes.map(({ kind }) => kind)).toEqual(['close', 'close', 'close']);
  expect(comments.every((comment) => comment.includes('It is fixed.'))).toBe(true);
});

it.each([undefined, fixedAt, 'main...evil', '../../user'])('asks for nothing from %s on', async (commit) => {
  const lastSeen = { session: 'S2', at: '2026-11-21T10:00:00Z', ...(commit === undefined ? {} : { commit }) };
  expect((await explain(closings(1, () => ({ lastSeen })))).asked).toEqual([]);
});

it('leaves every other change as it is', async () => {
  const { finding, issue } = published({});
  const changed = { ...finding, severity: 1 as const };
  const plan = planIssueChanges(aRequest({ findings: [changed], issues: new Map([[issue.number, issue]]) }));
  const { asked, explained } = await explain({ findings: [], plan });
  expect(asked).toEqual([]);
  expect(explained.changes).toEqual(plan.changes);
});
