import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderSession } from '../../src/cli/render-session.ts';
import { Assumption, Question } from '../../src/questions/question.ts';
import { displayWidth, toPlainLine } from '../../src/reports/plain-text.ts';
import { renderTable } from '../../src/reports/table.ts';
import { aCheck, aCheckFinding, aFinding, aReport, aSession, hostile } from './builders.ts';
import { aFullReport } from './sample.ts';

const esc = String.fromCharCode(27);

it('lists findings by priority in columns', () => {
  const findings = [aCheckFinding([4, 9, 12], { severity: 3, category: 'bug' }), aFinding({ severity: 1 })];
  const [head, first, second] = renderTable(aReport({ findings }), { width: 100, colour: false }).split('\n');
  expect(head).toBe('priority  category  where                   title');
  expect(first).toBe('critical  security  src/db.js:3             SQL is built from the request');
  expect(second).toBe('medium    bug       src/app.js:4 (+2 more)  eval runs text as code');
});

it('closes with counts, the checks and what could not be determined', () => {
  const text = renderTable(aFullReport(), { width: 120, colour: false });
  expect(text).toContain(
    '6 findings: 2 critical, 1 high, 2 medium, 1 low; the scan is not complete, there may be more',
  );
  expect(text).toContain('(3 new, 3 known, 2 resolved, 1 reopened, 23 held back)');
  expect(text).toContain('Checks: 2 with findings, 1 clean, 2 could not determine, 1 not applicable');
  expect(text).toContain('Could not determine: npm-audit: The registry did not answer within 30 s.');
  expect(text).toContain('Could not determine: shellcheck: shellcheck is not installed.');
  expect(text).toContain('23 held back (ast-grep 23 of no-console, empty-catch).');
});

it('cuts neither place nor title: what is too long for its column goes on in the next line', () => {
  const path = `${'very/'.repeat(12)}deep/file.js`;
  const finding = aFinding({
    location: { path, startLine: 12 },
    evidence: [],
    title: `Start ${'long '.repeat(12)}end`,
  });
  for (const width of [40, 80, 100]) {
    const text = renderTable(aReport({ findings: [finding] }), { width, colour: false }).split('\n\n')[0] ?? '';
    expect(text).not.toContain('…');
    expect(text.match(/long/g)).toHaveLength(12);
    expect(text.match(/very/g)?.length).toBeGreaterThan(9);
  }
});

it('keeps the places of ordinary paths in one piece at 80 columns', () => {
  const path = '.github/workflows/triage.yml';
  const findings = [
    aFinding({ location: { path, startLine: 9, endLine: 11 }, evidence: [], title: 'A long title '.repeat(5) }),
  ];
  const text = renderTable(aReport({ findings }), { width: 80, colour: false });
  expect(text).toContain(`${path}:9`);
});

it('does not say the file twice', () => {
  const findings = [aFinding({ title: 'SQL built from values in src/db.js', evidence: [] })];
  const text = renderTable(aReport({ findings }), { width: 100, colour: false });
  expect(text.split('\n')[1]).toMatch(/src\/db\.js\S* +SQL built from values$/);
});

it('puts place and title under one another on a narrow terminal', () => {
  const text = renderTable(aReport({ findings: [aFinding()] }), { width: 50, colour: false });
  expect(text.split('\n').slice(0, 2)).toEqual(['high security src/db.js:3', '  SQL is built from the request']);
});

it('never makes a row wider than the terminal, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 40, max: 160 }), (title, width) => {
      const finding = aFinding({ title, location: { path: `src/${title}/x.js`, startLine: 1 } });
      const rows = renderTable(aReport({ findings: [finding] }), { width, colour: false }).split('\n\n')[0] ?? '';
      for (const row of rows.split('\n')) expect(displayWidth(row)).toBeLessThanOrEqual(width);
    }),
  );
});

it('counts wide characters as two columns and marks as none', () => {
  expect(displayWidth('日本')).toBe(4);
  expect(displayWidth('e\u0301')).toBe(1);
  expect(displayWidth('🚀x')).toBe(3);
});

it('lets no untrusted text move the cursor, open links, forge a line or hide', () => {
  const findings = Object.values(hostile).map((text) =>
    aFinding({ title: text, location: { path: text, startLine: 1 }, evidence: [] }),
  );
  const checks = [aCheck({ check: hostile.terminal, state: 'undetermined', reason: hostile.rightToLeft })];
  const text = renderTable(aReport({ findings, checks }), { width: 200, colour: false });
  expect(text).not.toMatch(/(?!\n)\p{Cc}|[\p{Cf}\u2028\u2029]/u);
  expect(text.split('\n').filter((line) => line.startsWith('forged'))).toEqual([]);
  expect(toPlainLine(hostile.terminal)).toBe('click 31mred forged line');
});

it('colours only where asked', () => {
  const report = aReport({ findings: [aFinding({ severity: 1 })] });
  expect(renderTable(report, { width: 100, colour: false })).not.toContain(esc);
  expect(renderTable(report, { width: 100, colour: true })).toContain(`${esc}[1;31mcritical${esc}[0m`);
});

it('says how much was asked and assumed, and where to read it', () => {
  const [first, second] = ['Are prices cents?', 'Who calls this?'].map((question, index) =>
    Question.parse({ id: `Q${index + 1}`, question }),
  );
  const questions = [first, { ...second, aside: { why: 'same', as: 'Q1' } }].map((one) => Question.parse(one));
  const assumptions = [Assumption.parse({ id: 'A1', text: 'Prices are cents.' })];
  const text = renderTable(aReport({ session: aSession({ questions, assumptions }) }), { width: 120, colour: false });
  expect(text).toContain(
    `Asked and assumed: 1 question, 1 assumption (courier show ${aSession().id}, and the reports)`,
  );
  expect(renderTable(aReport(), { width: 120, colour: false })).not.toContain('Asked');
});

it('shows a session with what an answer names, and with the answer that it heard', () => {
  const asked = Question.parse({ id: 'Q1', question: 'Which?', options: [{ label: 'cents' }, { label: 'euros' }] });
  const answers = [{ question: 'Q1', text: 'euros', by: 'mona', at: '2026-11-20T10:01:00Z', from: 'cli' }];
  expect(renderSession(aSession({ questions: [asked] }))).toContain('- Q1: Which? (a: cents, b: euros)');
  expect(renderSession(aSession({ questions: [asked], answers }))).toContain('b: euros) – answered by mona: euros');
});
