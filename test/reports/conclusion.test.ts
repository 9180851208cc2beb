import { describe, expect, it } from 'vitest';
import { countsText, heldText, toConclusion, withheldText } from '../../src/reports/conclusion.ts';
import { renderHtmlReport } from '../../src/reports/html-report.ts';
import { renderJsonReport } from '../../src/reports/json-report.ts';
import { renderMarkdownReport } from '../../src/reports/markdown-report.ts';
import type { Report } from '../../src/reports/report.ts';
import { renderSummary } from '../../src/reports/summary.ts';
import { renderTable } from '../../src/reports/table.ts';
import { aCheck, aFinding, aReport, aSession } from './builders.ts';

const anAgent = (change = {}): Report['session']['agents'][number] => ({
  scan: 'security',
  tool: 'anthropic',
  model: 'opus',
  prompt: '',
  ending: 'finished',
  outcome: 'complete',
  currentIteration: 3,
  maxIterations: 40,
  finalText: '',
  ...change,
});
const counts = { new: 0, known: 0, resolved: 0, reopened: 0, held: 0 };

const same = (text: string) => text;
const notClean: [string, Partial<Report>][] = [
  [
    'a check could not determine anything',
    { checks: [aCheck(), aCheck({ check: 'npm-audit', state: 'undetermined', reason: 'offline' })] },
  ],
  ['the session is partial', { session: aSession({ result: 'partial' }) }],
  ['the session failed', { session: aSession({ result: 'failed' }) }],
  ['the session was skipped', { session: aSession({ result: 'skipped' }) }],
  ['nothing was examined', { checks: [aCheck({ state: 'not-applicable', reason: 'no files' })] }],
  ['no check ran at all', { checks: [] }],
  [
    'an agent did not finish',
    { session: aSession({ agents: [anAgent({ ending: 'limited', outcome: 'incomplete' })] }) },
  ],
  ['an agent left nothing to read', { session: aSession({ agents: [anAgent({ outcome: 'no-json' })] }) }],
  ['findings are held back', { counts: { ...counts, held: 2 } }],
  ['findings are withheld', { withheld: 1 }],
];

const renderers: [string, (report: Report) => string][] = [
  ['table', (report) => renderTable(report, { width: 100, colour: false })],
  ['Markdown report', renderMarkdownReport],
  ['HTML report', renderHtmlReport],
  ['summary', (report) => renderSummary(report, { gate: { inline: same, cell: same, codeSpan: same } })],
  ['JSON report', (report) => JSON.stringify(renderJsonReport(report))],
];

describe.each(renderers)('the %s', (_, render) => {
  it('says "No findings" after a complete scan', () => {
    expect(render(aReport())).toMatch(/No findings(?! in what)/);
    expect(render(aReport({ checks: [], session: aSession({ agents: [anAgent()] }) }))).toMatch(
      /No findings(?! in what)/,
    );
  });

  it.each(notClean)('does not say so when %s', (_name, change) => {
    expect(render(aReport(change))).not.toMatch(/No findings(?! in what could be examined)/);
  });

  it('names every check that could not determine anything, with its reason', () => {
    const checks = ['one', 'two'].map((check) =>
      aCheck({ check, state: 'undetermined', reason: `because of ${check}` }),
    );
    for (const findings of [[], [aFinding()]]) {
      const text = render(aReport({ checks, findings }));
      expect(text).toContain('because of one');
      expect(text).toContain('because of two');
      expect(text.toLowerCase()).toMatch(/could not determine|undetermined/);
    }
  });
});

it('counts findings by priority and says when there may be more', () => {
  const findings = [aFinding({ severity: 1 }), aFinding({ severity: 4 }), aFinding({ severity: 4 })];
  expect(toConclusion(aReport({ findings })).headline).toBe('3 findings: 1 critical, 2 low');
  expect(toConclusion(aReport({ findings, session: aSession({ result: 'partial' }) })).headline).toBe(
    '3 findings: 1 critical, 2 low; the scan is not complete, there may be more',
  );
});

it('does not tell a reason twice', () => {
  const checks = [aCheck({ check: 'npm-audit', state: 'undetermined', reason: 'offline' })];
  const session = aSession({
    result: 'partial',
    reasons: ['npm-audit could not determine: offline', 'The disk is full.'],
  });
  expect(toConclusion(aReport({ checks, session }))).toMatchObject({
    undetermined: ['npm-audit: offline'],
    reasons: ['The disk is full.'],
  });
});

it('counts what is ignored by itself', () => {
  expect(countsText({ counts: { ...counts, known: 2, ignored: 4 } })).toBe('2 known, 4 ignored');
});

it('says what is held back and withheld', () => {
  const checks = [aCheck({ check: 'oxlint', held: 5, heldRules: ['no-eval', 'no-var'] }), aCheck({ check: 'tsc' })];
  expect(heldText({ counts: { ...counts, held: 7 }, checks })).toBe('7 held back (oxlint 5 of no-eval, no-var).');
  expect(heldText({ counts, checks })).toBeUndefined();
  expect(withheldText({ withheld: 1 })).toMatch(/^1 security finding is withheld/);
  expect(withheldText({ withheld: 2 })).toMatch(/^2 security findings are withheld/);
});
