import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupResults } from '../../src/checks/group-results.ts';
import type { RawResult } from '../../src/checks/raw-result.ts';

const aResult = (over: Partial<RawResult> = {}): RawResult => ({
  rule: 'no-eval',
  ruleName: 'Avoid eval',
  level: 'warning',
  message: 'eval is harmful',
  path: 'src/a.js',
  startLine: 2,
  endLine: 2,
  tags: [],
  ...over,
});
const file = Array.from({ length: 60 }, (_, index) => `line ${index + 1}`).join('\n');
const options = { tool: 'lint', readText: async () => file };
const group = (results: readonly RawResult[], over = {}) => groupResults(results, { ...options, ...over });
const only = async (results: readonly RawResult[], over = {}) => {
  const { findings } = await group(results, over);
  expect(findings).toHaveLength(1);
  return findings[0]!.candidate;
};

describe('results of a tool', () => {
  it('become one finding for each rule and file, with all places as evidence', async () => {
    const lines = [9, 2, 5];
    const candidate = await only(lines.map((startLine) => aResult({ startLine, endLine: startLine })));
    expect(candidate.title).toBe('Avoid eval in src/a.js');
    expect(candidate.location).toEqual({ path: 'src/a.js', startLine: 2, endLine: 2 });
    expect(candidate.evidence.map(({ quote }) => quote)).toEqual(['line 2', 'line 5', 'line 9']);
    expect(candidate.description).toContain('3 places in this file (lines 2, 5, 9).');
  });

  it('stay apart by rule and by file', async () => {
    const { findings } = await group([aResult(), aResult({ rule: 'other' }), aResult({ path: 'src/b.js' })]);
    expect(findings).toHaveLength(3);
  });

  it('that say the same of the same lines count once', async () => {
    expect((await only([aResult(), aResult()])).evidence).toHaveLength(1);
  });

  it('are listed up to 20 places; the rest is counted', async () => {
    const candidate = await only(
      Array.from({ length: 25 }, (_, index) => aResult({ startLine: index + 1, endLine: index + 1 })),
    );
    expect(candidate.evidence).toHaveLength(20);
    expect(candidate.description).toContain('25 places in this file');
    expect(candidate.description).toContain('and 5 more places');
  });

  it('above the cap are held back and counted, the least severe first', async () => {
    const results = [
      aResult({ rule: 'note', level: 'note', path: 'a.js' }),
      aResult({ rule: 'warning', path: 'a.js' }),
      aResult({ rule: 'error', level: 'error', path: 'z.js' }),
      aResult({ rule: 'note', level: 'note', path: 'b.js' }),
    ];
    const { findings, held } = await group(results, { maxFindings: 2 });
    expect(findings.map(({ rule }) => rule)).toEqual(['error', 'warning']);
    expect(held).toEqual({ findings: 2, rules: ['note'] });
  });

  it.each([
    [{ level: 'error' }, 2],
    [{ level: 'warning' }, 3],
    [{ level: 'note' }, 4],
    [{ level: 'none' }, 4],
    [{ level: 'note', securitySeverity: 9.8 }, 1],
    [{ level: 'error', securitySeverity: 7 }, 2],
    [{ level: 'error', securitySeverity: 4 }, 3],
    [{ level: 'error', securitySeverity: 0.1 }, 4],
  ] as const)('with %j have the severity %i', async (over, severity) => {
    expect((await only([aResult(over)])).severity).toBe(severity);
  });

  it('take the worst severity of the places', async () => {
    expect((await only([aResult({ level: 'note' }), aResult({ level: 'error', startLine: 5 })])).severity).toBe(2);
  });

  it('with a score, a weakness or a tag are about security', async () => {
    expect((await only([aResult({ tags: ['Security'] })])).category).toBe('security');
    expect((await only([aResult({ cwe: 'CWE-79' })])).category).toBe('security');
    expect((await only([aResult({ level: 'error' })])).category).toBe('bug');
    expect((await only([aResult()])).category).toBe('quality');
  });

  it('have a readable title where the rule has only an id', async () => {
    expect((await only([aResult({ ruleName: 'no-eval' })])).title).toBe('eval is harmful in src/a.js');
  });

  it('without a place still become a finding', async () => {
    const { path: _, startLine: __, endLine: ___, ...nowhere } = aResult();
    const candidate = await only([nowhere]);
    expect(candidate).toMatchObject({ title: 'Avoid eval', evidence: [] });
    expect(candidate).not.toHaveProperty('location');
  });

  it('beyond the end of the file name the file and quote nothing', async () => {
    expect(await only([aResult({ startLine: 400, endLine: 400 })])).toMatchObject({
      location: { path: 'src/a.js' },
      evidence: [],
    });
  });

  it('in a file that cannot be read quote nothing', async () => {
    expect((await only([aResult()], { readText: async () => undefined })).evidence).toEqual([]);
  });

  it('quote at most five lines, and long lines from their beginning', async () => {
    expect((await only([aResult({ startLine: 1, endLine: 50 })])).evidence[0]).toMatchObject({
      startLine: 1,
      endLine: 5,
    });
    const long = async () => `short\n${'x'.repeat(5000)}\nafter`;
    const [quote] = (await only([aResult({ startLine: 1, endLine: 3 })], { readText: long })).evidence;
    expect(quote).toMatchObject({ startLine: 1, endLine: 2, quote: `short\n${'x'.repeat(300)}` });
  });

  it('give the same findings in whatever order they come', async () => {
    const results = fc.array(
      fc.record({
        rule: fc.constantFrom('a', 'b'),
        path: fc.constantFrom('x.js', 'y.js'),
        startLine: fc.integer({ min: 1, max: 30 }),
      }),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(results, async (list) => {
        const raw = list.map((over) => aResult({ ...over, endLine: over.startLine }));
        expect(await group(raw.toReversed())).toEqual(await group(raw));
      }),
    );
  });
});
