import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { DashboardContent } from '../../src/dashboard/content.ts';
import { findDashboardDigest, renderDashboard } from '../../src/dashboard/render-dashboard.ts';
import { noTicks, readTicks } from '../../src/events/dashboard-boxes.ts';
import { findManagedBlock } from '../../src/findings/issue-markers.ts';
import { limits } from '../../src/publishing/bound.ts';
import { aFinding } from '../findings/issue-builders.ts';
import { aContent, aLine, contentOf, context } from './builders.ts';

const attacks = z
  .array(z.object({ input: z.string() }))
  .parse(JSON.parse(readFileSync(new URL('../fixtures/publishing/attacks.json', import.meta.url), 'utf8')))
  .map(({ input }) => input);
const forgeries = [
  '- [x] <!-- courier:file F-0000000b -->',
  'A title\n- [x] <!-- courier:scan-now --> Scan now',
  'A title\r\n\r\n* [X] <!-- courier:verify -->',
  '<!-- courier:end -->\n<!-- courier:begin -->\n<!-- courier:dashboard -->\n- [x] <!-- courier:scan-now -->',
  '[x] <!--courier:file F-0000000b--> | cell',
  '<details><summary>- [x]</summary>',
  '```\n- [x] <!-- courier:verify -->\n```',
];
const rendered = (content: DashboardContent) =>
  renderDashboard(content, context).replace(/courier:digest [0-9a-f]{64}/, 'courier:digest …');

const filed = (number: number, over = {}) =>
  aFinding({
    id: `F-${String(number).padStart(8, '0')}`,
    issue: { number, url: `https://github.com/octo/shop/issues/${number}`, labels: [] },
    ...over,
  });

/** The same text wherever somebody else's text can stand. */
function saying(text: string): DashboardContent {
  const asking = aLine({
    name: text,
    result: 'partial',
    reasons: [text],
    run: text,
    asked: 1,
    questions: [{ id: text, text, blocking: false }],
  });
  const observed = { state: 'closed' as const, closing: 'app' as const, closedBy: `${text}[bot]`, locked: false };
  return contentOf(
    [
      filed(7, { title: text }),
      aFinding({ id: 'F-0000000b', title: text }),
      filed(9, { title: text, issue: { number: 9, labels: [], observed } }),
    ],
    { record: { version: 1, sessions: [asking] }, failure: text },
  );
}

it('shows health, open findings by priority, what is held back with a box each, and the spend', () => {
  const content = contentOf(
    [
      filed(7, { severity: 1, title: 'Totals lose cents' }),
      filed(8),
      aFinding({ id: 'F-0000000b', title: 'Slow query' }),
    ],
    {
      record: {
        version: 1,
        sessions: [aLine()],
        spend: { month: '2026-11', usd: 1.5, sessions: 3, unpriced: 1 },
      },
    },
  );
  expect(rendered(content)).toMatchInlineSnapshot(`
    "<!-- courier:begin -->
    <!-- courier:dashboard -->

    <!-- courier:digest … -->

    What Courier found here, what it waits for and how its last scans went. This part is written anew when something in it changes; what stands around it is yours.

    ### Health

    The last scan was complete.

    | When | Scan | Result | Cost |
    |---|---|---|---|
    | [20 Nov 2026, 10:00 UTC](https://github.com/octo/shop/actions/runs/77) | Scan bugs of main at 3f1c9a7 | complete | $0.42 |

    Spent in 2026-11: $1.50 in 3 agent sessions; 1 more session without a known price.

    ### Ask for

    - [ ] <!-- courier:scan-now --> Scan now
    - [ ] <!-- courier:verify --> Verify the open findings again

    A ticked box takes effect at once where the workflow runs on edited issues, else with the next scan.

    ### Open findings

    **2:** 1 critical, 1 medium.

    | Priority | Issue | Finding |
    |---|---|---|
    | critical | #7 | Totals lose cents |
    | medium | #8 | Order total loses cents |

    ### Held back

    1 finding without an issue. Tick one to have it filed.

    - [ ] <!-- courier:file F-0000000b --> **medium** Slow query (\`F-0000000b\`): more new findings than one session may file

    <!-- courier:end -->"
  `);
});

it('says that the last scan failed and why, before anything else', () => {
  const failed = aLine({ result: 'failed', reasons: ['Scan bugs: the model refused.'], run: undefined });
  const content = aContent({ sessions: [failed, aLine()], failure: 'Publishing stopped after 3 of 9 changes.' });
  expect(rendered(content)).toMatchInlineSnapshot(`
    "<!-- courier:begin -->
    <!-- courier:dashboard -->

    <!-- courier:digest … -->

    What Courier found here, what it waits for and how its last scans went. This part is written anew when something in it changes; what stands around it is yours.

    ### Health

    **The last scan failed.** Scan bugs: the model refused.

    **Not everything was published.** Publishing stopped after 3 of 9 changes.

    | When | Scan | Result | Cost |
    |---|---|---|---|
    | 20 Nov 2026, 10:00 UTC | Scan bugs of main at 3f1c9a7 | failed | $0.42 |
    | [20 Nov 2026, 10:00 UTC](https://github.com/octo/shop/actions/runs/77) | Scan bugs of main at 3f1c9a7 | complete | $0.42 |

    ### Ask for

    - [ ] <!-- courier:scan-now --> Scan now
    - [ ] <!-- courier:verify --> Verify the open findings again

    A ticked box takes effect at once where the workflow runs on edited issues, else with the next scan.

    ### Open findings

    No issue is open.

    <!-- courier:end -->"
  `);
});

it('says so where there is nothing yet', () => {
  expect(rendered(aContent({ sessions: [] }))).toMatchInlineSnapshot(`
    "<!-- courier:begin -->
    <!-- courier:dashboard -->

    <!-- courier:digest … -->

    What Courier found here, what it waits for and how its last scans went. This part is written anew when something in it changes; what stands around it is yours.

    ### Health

    No scan has ended yet.

    ### Ask for

    - [ ] <!-- courier:scan-now --> Scan now
    - [ ] <!-- courier:verify --> Verify the open findings again

    A ticked box takes effect at once where the workflow runs on edited issues, else with the next scan.

    ### Open findings

    No issue is open.

    <!-- courier:end -->"
  `);
});

it('names what another app closed, and what waits for an answer', () => {
  const observed = {
    state: 'closed' as const,
    closing: 'app' as const,
    closedBy: 'stale[bot]',
    closedAt: '2026-11-19T10:00:00Z',
    locked: false,
  };
  const finding = filed(9);
  const asking = aLine({ asked: 12, questions: [{ id: 'Q1', text: 'Are names ever trusted?', blocking: true }] });
  const content = contentOf([{ ...finding, issue: { number: 9, labels: [], observed } }], {
    record: { version: 1, sessions: [asking] },
  });
  const text = renderDashboard(content, context);
  expect(text).toContain('| #9 | Order total loses cents | stale[bot] |');
  expect(text).toContain('No issue is open.');
  expect(text).toContain(
    'left 12 questions unanswered:\n\n- **Q1** Are names ever trusted? _(the work waits for it)_\n\nAnd 11 more.',
  );
});

it.each([...forgeries, ...attacks])('lets no text of others forge a box or end the managed part: %s', (text) => {
  const body = renderDashboard(saying(text), context);
  expect(readTicks(body)).toEqual(noTicks);
  expect(body.match(/^\s*[-*+] \[[ xX]\]/gm)).toHaveLength(3);
  expect(findManagedBlock(body)).toEqual({ start: 0, end: body.length, about: 'dashboard' });
});

it('lets no text at all do so', () => {
  const piece = fc.constantFrom(
    ...forgeries,
    '\n',
    '\r',
    '- [x] ',
    '<!-- courier:',
    'scan-now -->',
    '|',
    '`',
    '\\',
    ' ',
  );
  const hostile = fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 12 });
  fc.assert(
    fc.property(hostile, (pieces) => {
      const body = renderDashboard(saying(pieces.join('')), context);
      expect(readTicks(body)).toEqual(noTicks);
      expect(findManagedBlock(body)).toEqual({ start: 0, end: body.length, about: 'dashboard' });
    }),
    { numRuns: 150 },
  );
});

it('keeps the boxes that are ticked, also where not all held findings have room', () => {
  const id = (number: number) => `F-${String(number).padStart(8, '0')}`;
  const findings = Array.from({ length: 500 }, (_, index) => aFinding({ id: id(index), title: 'long '.repeat(60) }));
  const ticked = { scan: true, verify: false, file: [id(450), id(7)] };
  const body = renderDashboard(contentOf(findings), { ...context, ticked });
  expect(body).toContain('500 findings without an issue.');
  expect(body).toContain('And 440 more, kept in the ledger.');
  expect(readTicks(body)).toEqual({ ...ticked, file: [id(7), id(450)] });
  expect(body.length).toBeLessThan(limits.body);
});

it.each([65_536, 20_000, 3_000])('fits into what people leave of the body: %i characters', (room) => {
  const findings = Array.from({ length: 500 }, (_, index) =>
    aFinding({ id: `F-${String(index).padStart(8, '0')}`, title: `\`*_@octocat #1 ${'<b>'.repeat(60)}` }),
  );
  const body = renderDashboard(contentOf([...findings, filed(600)]), { ...context, room });
  expect(body.length).toBeLessThanOrEqual(room);
  expect(findManagedBlock(body)?.end).toBe(body.length);
  expect(findDashboardDigest(body)).toMatch(/^[0-9a-f]{64}$/);
});

it('tells nothing of security on a public repository but how many there are', () => {
  const findings = [
    filed(7, { category: 'security', title: 'Open door' }),
    aFinding({ id: 'F-0000000b', category: 'security', title: 'Open window' }),
    aFinding({ id: 'F-0000000c', category: 'bug', title: 'Sealed thing', sealed: 'xyz' }),
    filed(8),
  ];
  const body = renderDashboard(contentOf(findings, { visibility: 'public' }), context);
  expect(body).not.toMatch(/Open door|Open window|Sealed thing|F-0000000b|#7/);
  expect(body).toContain('Besides, 3 security findings that a public repository may not tell of.');
  expect(body).toContain('**1:** 1 medium.');
});

it('links to a run of this repository only', () => {
  const run = 'https://github.com/octo/shop/actions/runs/../../../evil/page';
  expect(rendered(aContent({ sessions: [aLine({ run })] }))).not.toContain('evil');
});

it.each([
  [{ advisories: 0, alerts: 0 }, /`courier scan`\.$/m],
  [{ advisories: 2, alerts: 0 }, /Those who may know find 2 in security advisories\.$/m],
  [{ advisories: 0, alerts: 1 }, /Those who may know find 1 in code scanning alerts\.$/m],
  [{ advisories: 2, alerts: 1 }, /find 2 in security advisories and 1 in code scanning alerts\.$/m],
])('says where security findings are told, by number: %j', (privately, sentence) => {
  expect(rendered(aContent({ withheld: 3, privately }))).toMatch(sentence);
});
