import { expect, it } from 'vitest';
import { lineHasher } from '../../src/reports/line-hasher.ts';
import { renderReportFiles } from '../../src/reports/report-files.ts';
import { aCheckFinding, aFinding, aReport } from './builders.ts';
import { aFullReport } from './sample.ts';

const lineHash = () => undefined;
const jsonOf = (report = aFullReport()) =>
  JSON.parse(renderReportFiles(report, { lineHash }).find(({ path }) => path === 'report.json')?.text ?? '');

it('renders all four files, each with its findings', () => {
  const files = renderReportFiles(aFullReport(), { lineHash });
  expect(files.map(({ path }) => path)).toEqual(['report.html', 'report.md', 'report.sarif', 'report.json']);
  for (const { text } of files) {
    expect(text).toContain('Order search builds SQL from the query string');
    expect(text.endsWith('\n')).toBe(true);
  }
});

it('shows a masked secret in no file', () => {
  for (const { text } of renderReportFiles(aFullReport(), { lineHash })) {
    expect(text).not.toMatch(/AKIAQ3EGRTZ5|d9Kq2mP7xV4c/);
  }
});

it('has a stable shape as JSON', () => {
  const json = jsonOf();
  expect(Object.keys(json)).toEqual([
    'version',
    'generatedAt',
    'courier',
    'repository',
    'conclusion',
    'counts',
    'findings',
    'checks',
    'coverage',
    'session',
  ]);
  expect(json.version).toBe(1);
  expect(json.counts).toEqual({ new: 3, known: 3, resolved: 2, reopened: 1, held: 23, findings: 6, withheld: 0 });
  expect(json.coverage).toMatchObject([{ scan: 'security', share: 0.0833, shareSoFar: 0.3997, files: 905 }]);
  expect(json.conclusion.clean).toBe(false);
  expect(json.findings.map(({ priority }: { priority: string }) => priority)).toEqual([
    'critical',
    'critical',
    'high',
    'medium',
    'medium',
    'low',
  ]);
  expect(json.findings[2].places).toEqual([
    { path: 'src/render/template.js', startLine: 22, url: expect.stringMatching(/#L22$/) },
    { path: 'src/render/template.js', startLine: 48, url: expect.stringMatching(/#L48$/) },
  ]);
});

it('is clean as JSON after a complete scan without findings only', () => {
  expect(jsonOf(aReport()).conclusion.clean).toBe(true);
  expect(jsonOf(aReport({ checks: [] })).conclusion.clean).toBe(false);
});

it('is the same text for the same report, whatever the order of its findings', () => {
  const findings = [aFinding(), aCheckFinding([3, 4]), aFinding({ severity: 4 })];
  const one = renderReportFiles(aReport({ findings }), { lineHash });
  expect(renderReportFiles(aReport({ findings: findings.toReversed() }), { lineHash })).toEqual(one);
});

it('hashes a line of a known file only', () => {
  const hash = lineHasher(new Map([['a.js', 'one\ntwo\none\n']]));
  expect(hash('a.js', 1)).toMatch(/^[0-9a-f]+:1$/);
  expect(hash('a.js', 1)).not.toBe(hash('a.js', 2));
  expect(hash('a.js', 99)).toBeUndefined();
  expect(hash('b.js', 1)).toBeUndefined();
});
