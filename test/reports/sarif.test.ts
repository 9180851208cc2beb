import { gzipSync } from 'node:zlib';
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/reports/report.ts';
import { renderSarif, toJsonText } from '../../src/reports/sarif.ts';
import { aCheck, aCheckFinding, aFinding, aReport, aSession, hostile } from './builders.ts';
import { aFullReport } from './sample.ts';

const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
ajv.addFormat('uri', (text) => URL.canParse(text));
ajv.addFormat('uri-reference', /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]*$/);
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
// The published schema is a draft 4 that uses nothing which later drafts read otherwise.
const { $schema: _, id: __, ...rules } = schema;
const validate = ajv.compile(rules);

const sarifOf = (report: Report, hash: string | undefined = 'c0ffee:1') => renderSarif(report, () => hash);
const runOf = (report: Report, hash?: string) => sarifOf(report, hash).runs[0];
const { location: _location, ...placeless } = aFinding({ title: 'No tests run in CI', evidence: [], severity: 3 });

/** What GitHub asks for beyond the schema (docs.github.com, "SARIF support for code scanning"). */
function expectAccepted(report: Report) {
  const log = sarifOf(report);
  const text = toJsonText(log);
  validate(JSON.parse(text));
  expect(validate.errors ?? []).toEqual([]);
  expect(gzipSync(text).byteLength).toBeLessThan(10_000_000);
  expect(log.runs).toHaveLength(1);
  const [run] = log.runs;
  expect(run.results.length).toBeLessThanOrEqual(5_000);
  const { rules: ruleList } = run.tool.driver;
  expect(new Set(ruleList.map(({ id }) => id)).size).toBe(ruleList.length);
  for (const rule of ruleList) {
    expect(rule.name.length).toBeLessThanOrEqual(255);
    for (const part of [rule.shortDescription, rule.fullDescription, rule.help]) {
      expect(part.text).not.toBe('');
      expect(part.text.length).toBeLessThanOrEqual(1024);
    }
    expect(rule.properties.tags.length).toBeLessThanOrEqual(20);
    const severity = rule.properties['security-severity'];
    if (severity !== undefined) expect(Number(severity)).toBeGreaterThan(0);
  }
  for (const result of run.results) {
    expect(ruleList[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
    expect(result.message.text).not.toBe('');
    expect(result.locations).toHaveLength(1);
    expect((result.relatedLocations ?? []).length).toBeLessThanOrEqual(100);
    const [{ physicalLocation }] = result.locations;
    const { uri } = physicalLocation.artifactLocation;
    expect(uri).toMatch(/^(?!\/)[A-Za-z0-9\-._~/%]+$/);
    expect(decodeURIComponent(uri)).not.toMatch(/(^|\/)\.\.(\/|$)/);
    expect(physicalLocation.region.startLine).toBeGreaterThanOrEqual(1);
    expect(physicalLocation.region.endLine).toBeGreaterThanOrEqual(physicalLocation.region.startLine);
  }
}

describe('the SARIF report', () => {
  it('is refused by the schema when it is wrong', () => {
    const log = sarifOf(aFullReport());
    validate({ ...log, runs: [{ ...log.runs[0], results: [{ level: 'high' }] }] });
    expect(validate.errors?.length).toBeGreaterThan(0);
  });

  it.each<[string, () => Report]>([
    ['a report with everything', () => aFullReport()],
    ['an empty report', () => aReport()],
    ['a failed session', () => aReport({ session: aSession({ result: 'failed', reasons: ['The API is down.'] }) })],
    ['findings in no file', () => aReport({ findings: [placeless] })],
    ['hostile texts', () => aReport({ findings: hostileFindings() })],
  ])('is what the schema and GitHub accept for %s', (_name, report) => {
    expectAccepted(report());
  });

  it('has one result for each place of a check, and one with related places for an agent', () => {
    const evidence = [3, 8, 12].map((startLine) => ({ path: 'src/db.js', startLine, quote: `line ${startLine}` }));
    const findings = [
      aCheckFinding([4, 9]),
      aFinding({ location: { path: 'src/db.js', startLine: 8, symbol: 'find' }, evidence }),
    ];
    const { results } = runOf(aReport({ findings }));
    const lines = results.map(({ ruleId, locations }) => [ruleId, locations[0].physicalLocation.region.startLine]);
    expect(lines).toEqual([
      ['oxlint/no-eval', 4],
      ['oxlint/no-eval', 9],
      ['courier/security', 8],
    ]);
    const related = results[2]?.relatedLocations?.map(({ physicalLocation }) => physicalLocation.region.startLine);
    expect(related).toEqual([3, 12]);
    expect(results[2]?.locations[0].logicalLocations).toEqual([{ fullyQualifiedName: 'find' }]);
  });

  it('says level and security severity as GitHub reads them', () => {
    for (const [severity, level, score] of [
      [1, 'error', '9.5'],
      [2, 'error', '8.0'],
      [3, 'warning', '5.5'],
      [4, 'note', '3.0'],
    ] as const) {
      const run = runOf(
        aReport({
          findings: [aFinding({ severity, cwe: 'CWE-79' }), aCheckFinding([1], { severity, category: 'bug' })],
        }),
      );
      expect(run.results.map((result) => result.level)).toEqual([level, level]);
      const byId = Object.fromEntries(run.tool.driver.rules.map((rule) => [rule.id, rule.properties]));
      expect(byId['courier/security']).toEqual({
        tags: ['security', 'external/cwe/cwe-079'],
        'security-severity': score,
      });
      expect(byId['oxlint/no-eval']).toEqual({ tags: ['bug'] });
    }
  });

  it('has a rule once, as severe as its worst finding', () => {
    const run = runOf(
      aReport({ findings: [aFinding({ severity: 4 }), aFinding({ severity: 1 }), aFinding({ severity: 3 })] }),
    );
    expect(run.tool.driver.rules).toHaveLength(1);
    expect(run.tool.driver.rules[0]?.properties['security-severity']).toBe('9.5');
  });

  it('carries the line hash of each place and the id of its finding', () => {
    const finding = aCheckFinding([4, 9]);
    const { results } = renderSarif(aReport({ findings: [finding] }), (path, line) => `${path}:${line}`).runs[0];
    expect(results.map(({ partialFingerprints }) => partialFingerprints)).toEqual([
      { primaryLocationLineHash: 'src/app.js:4', 'courierFindingId/v1': finding.id },
      { primaryLocationLineHash: 'src/app.js:9', 'courierFindingId/v1': finding.id },
    ]);
    const unknown = renderSarif(aReport({ findings: [finding] }), () => undefined).runs[0].results[0];
    expect(unknown?.partialFingerprints).toEqual({ 'courierFindingId/v1': finding.id });
  });

  it('encodes paths and takes the first line of a whole file', () => {
    const finding = aFinding({ location: { path: 'docs/50% [a] ü.md' }, evidence: [] });
    const [result] = runOf(aReport({ findings: [finding] })).results;
    expect(result?.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'docs/50%25%20%5Ba%5D%20%C3%BC.md', uriBaseId: '%SRCROOT%' },
      region: { startLine: 1, endLine: 1 },
    });
  });

  it('tells findings in no file, and what could not be determined, as notifications', () => {
    const checks = [aCheck({ check: 'npm-audit', state: 'undetermined', reason: 'offline' })];
    const outside = aFinding({ location: { path: '../etc/passwd', startLine: 1 }, evidence: [] });
    const run = runOf(aReport({ findings: [placeless, outside], checks, withheld: 2 }));
    expect(run.results).toEqual([]);
    const told = run.invocations[0].toolExecutionNotifications.map(({ message }) => message.text);
    expect(told).toEqual([
      expect.stringContaining('2 security findings are withheld'),
      'Could not determine: npm-audit: offline',
      expect.stringContaining(`${outside.id}: SQL is built`),
      expect.stringContaining(`${placeless.id}: No tests run in CI`),
    ]);
  });

  it('is unsuccessful only where nothing could be examined', () => {
    const successful = (result: 'complete' | 'partial' | 'failed' | 'skipped') =>
      runOf(aReport({ session: aSession({ result }) })).invocations[0].executionSuccessful;
    expect([successful('complete'), successful('partial'), successful('failed'), successful('skipped')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('keeps the worst 5,000 results and says how many are left out', () => {
    const findings = [
      aCheckFinding(
        Array.from({ length: 5_500 }, (_, index) => index + 1),
        { severity: 4 },
      ),
      aFinding({ severity: 1 }),
    ];
    const report = aReport({ findings });
    const run = runOf(report);
    expect(run.results).toHaveLength(5_000);
    expect(run.results[0]?.ruleId).toBe('courier/security');
    expect(run.invocations[0].toolExecutionNotifications[0]?.message.text).toMatch(/^501 further results left out/);
    expectAccepted(report);
  });

  it('stays below 10 MB after gzip, whatever the texts', () => {
    const noise = (seed: number) =>
      Array.from({ length: 900 }, (_, index) =>
        String.fromCharCode(0x4e00 + ((seed * 7919 + index * index * 104_729) % 20_000)),
      ).join('');
    const findings = Array.from({ length: 4_000 }, (_, index) => aFinding({ description: noise(index) }));
    const report = aReport({ findings });
    expectAccepted(report);
    expect(runOf(report).invocations[0].toolExecutionNotifications[0]?.message.text).toContain('left out');
  });

  it('makes no links of untrusted text', () => {
    const [result] = runOf(
      aReport({ findings: [aFinding({ description: 'see [this](http://evil.example) and [that](1)' })] }),
    ).results;
    expect(result?.message.text).not.toMatch(/\]\(/);
  });
});

function hostileFindings() {
  return Object.values(hostile).map((text) =>
    aFinding({
      title: text,
      description: text,
      cwe: text,
      location: { path: text, startLine: 1, symbol: text },
      origin: { kind: 'check', name: text, rule: text },
      evidence: [{ path: text, startLine: 9, endLine: 2, quote: text }],
      nextSteps: [text],
    }),
  );
}
