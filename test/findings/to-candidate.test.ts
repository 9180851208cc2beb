import { describe, expect, test } from 'vitest';
import { extractFindings } from '../../src/findings/extract/extract-findings.ts';
import { normaliseIssue } from '../../src/findings/extract/normalise-issue.ts';
import { Candidate } from '../../src/findings/finding.ts';
import { toCandidate } from '../../src/findings/to-candidate.ts';

function candidateOf(element: object) {
  const issue = normaliseIssue(element);
  if (issue === undefined) throw new Error('no title');
  return toCandidate(issue, { workspace: '/home/user/repo' });
}

describe('an element of an agent list', () => {
  test('in the documented form becomes a candidate as it is', () => {
    const element = {
      id: 'r1',
      title: 'SQL built from input',
      description: 'The name reaches the query.',
      priority: 'P1',
      category: 'security',
      cwe: 89,
      location: { path: '/home/user/repo/src/db.ts', startLine: 4, endLine: 6, symbol: 'find' },
      evidence: [{ path: './src/db.ts', startLine: 4, quote: 'db.query("select " + name)' }],
      reproduce: { command: 'node poc.js', present: { exitCode: 1, match: 'root' } },
      expected: 'one row',
      actual: 'all rows',
      nextSteps: ['Bind it'],
      suggestedPrompt: 'Bind the name.',
      confidence: 0.9,
      known: 'F-0a1b2c3d',
    };
    const { id, priority: _, ...kept } = element;
    const result = candidateOf(element);
    expect(result).toEqual({
      candidate: {
        ...kept,
        ref: id,
        severity: 2,
        cwe: 'CWE-89',
        location: { ...element.location, path: 'src/db.ts' },
        evidence: [{ ...element.evidence[0], path: 'src/db.ts' }],
      },
    });
    expect('candidate' in result && Candidate.safeParse(result.candidate).success).toBe(true);
  });

  test.each([
    [
      { file: 'src/a.ts', line: '42' },
      { path: 'src/a.ts', startLine: 42 },
    ],
    [{ location: 'src/a.ts:42-50' }, { path: 'src/a.ts', startLine: 42, endLine: 50 }],
    [{ location: 'src/a.ts#L42-L50' }, { path: 'src/a.ts', startLine: 42, endLine: 50 }],
    [
      { filename: 'src/a.ts', lines: [42, 50] },
      { path: 'src/a.ts', startLine: 42, endLine: 50 },
    ],
    [
      { file_path: 'src/a.ts', start_line: 42, end_line: 50 },
      { path: 'src/a.ts', startLine: 42, endLine: 50 },
    ],
    [{ locations: [{ file: 'src\\a.ts', lineNumber: 42 }] }, { path: 'src/a.ts', startLine: 42 }],
    [
      { location: { path: 'src/a.ts', range: { start: { line: 42 }, end: { line: 50 } } } },
      { path: 'src/a.ts', startLine: 42, endLine: 50 },
    ],
    [{ file: 'src/a.ts', line: 123456789012345678901234567890n.toString() }, { path: 'src/a.ts' }],
    [
      { file: 'src/a.ts', startLine: 50, endLine: 42 },
      { path: 'src/a.ts', startLine: 50 },
    ],
  ])('places %j', (place, location) => {
    expect(candidateOf({ title: 'A', description: 'B', ...place })).toMatchObject({ candidate: { location } });
    const result = candidateOf({ title: 'A', description: 'B', ...place });
    expect('candidate' in result && result.candidate.location).toEqual(location);
  });

  test.each([
    [
      { name: 'A title', goal: 'B' },
      { title: 'A title', description: 'B' },
    ],
    [
      { title: 'A', summary: 'B' },
      { title: 'A', description: 'B' },
    ],
    [{ title: 'A', description: 'B', recommendation: 'Do it' }, { nextSteps: ['Do it'] }],
    [{ title: 'A', description: 'B', remediation: ['x', { step: 'y' }] }, { nextSteps: ['x', 'y'] }],
    [{ title: 'A', description: 'B', severity: { level: 'High', score: 7 } }, { severity: 2 }],
    [{ title: 'A', description: 'B', severity: 'odd', priority: 'low' }, { severity: 4 }],
    [{ title: 'A', description: 'B', confidence: '85%' }, { confidence: 0.85 }],
    [{ title: 'A', description: 'B', confidence: 'high' }, { confidence: 0.9 }],
    [{ title: 'A', description: 'B', reproduce: 'npm test' }, { reproduce: { command: 'npm test' } }],
    [{ title: 'A', expected: 'x', actual: 'y' }, { description: 'Expected: x\n\nActual: y' }],
    [{ title: 'A', evidence: [{ path: 'a.ts', quote: 'x = 1;' }] }, { evidence: [{ path: 'a.ts', quote: 'x = 1;' }] }],
    [
      { title: 'A', description: 'B', file: 'a.ts', line: 3, code: '```js\nx = 1;\n```' },
      { evidence: [{ path: 'a.ts', startLine: 3, quote: 'x = 1;' }] },
    ],
    [
      { title: 'A\n  title\u0007', description: 'B\u0000\ud800' },
      { title: 'A title', description: 'B\ufffd' },
    ],
  ])('reads %j', (element, expected) => {
    expect(candidateOf(element)).toMatchObject({ candidate: expected });
  });

  test('keeps a sentence given as evidence, but not as a quote', () => {
    const evidence = 'The query text is concatenated from user input.';
    expect(candidateOf({ title: 'A', description: 'B', file: 'a.ts', evidence })).toMatchObject({
      candidate: { evidence: [], actual: evidence },
    });
  });

  test.each([
    [{ title: '<short title>', description: 'what and why' }, /placeholder/],
    [{ title: 'TODO', description: 'x' }, /placeholder/],
    [{ title: 'A' }, /no description/],
    [{ title: 'A', description: '...' }, /no description/],
    [{ title: 'A', description: 'B', file: '../../etc/passwd' }, /not inside the repository/],
    [{ title: 'A', description: 'B', file: '/etc/passwd' }, /not inside the repository/],
  ])('%j is rejected with its reason', (element, reason) => {
    expect(candidateOf(element)).toMatchObject({ rejected: expect.stringMatching(reason) });
  });

  test('is bounded', () => {
    const long = 'x'.repeat(1_000_000);
    const result = candidateOf({
      title: long,
      description: long,
      actual: long,
      nextSteps: Array(1000).fill(long),
      reproduce: long,
      evidence: [{ path: 'a.ts', quote: long }],
    });
    expect(JSON.stringify(result).length).toBeLessThan(600_000);
    expect('candidate' in result && result.candidate.reproduce).toBeUndefined();
  });

  test('takes nothing from what it inherits', () => {
    const { issues, rejected } = extractFindings('{"issues":[{"__proto__":{"title":"inherited"},"severity":"high"}]}');
    expect([issues, rejected.length]).toEqual([[], 1]);
  });
});
