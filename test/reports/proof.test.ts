import { expect, it } from 'vitest';
import { renderSession } from '../../src/cli/render-session.ts';
import { renderHtmlReport } from '../../src/reports/html-report.ts';
import { renderMarkdownReport } from '../../src/reports/markdown-report.ts';
import { renderSummary } from '../../src/reports/summary.ts';
import { aReport, aSession } from './builders.ts';

const same = (text: string) => text;
const plain = { inline: same, cell: same, codeSpan: same };

it('tells in every report what was checked again and what commands showed', () => {
  const verdict = { finding: 'F-0a1b2c3d', by: 'reproduce' as const, proof: 'It <b>ran</b> and was silent.' };
  const session = aSession({
    notes: ['Commands of 2 findings were run: 1 showed the problem, 1 did not.'],
    verdicts: [{ ...verdict, verdict: 'gone' }],
  });
  const report = aReport({ session });
  expect(renderSummary(report, { gate: plain })).toContain('F-0a1b2c3d** gone: It');
  expect(renderMarkdownReport(report)).toMatch(/## Proof\n\n- Commands of 2 findings.*\n- \*\*F-0a1b2c3d\*\* gone: It/);
  const html = renderHtmlReport(report);
  expect(html).toContain('<b>gone</b>: <bdi>It');
  expect(html).not.toContain('<b>ran</b>');
  expect(renderSession(session)).toContain('F-0a1b2c3d gone: It');
});
