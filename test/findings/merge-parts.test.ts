import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RaisedFinding } from '../../src/findings/finding.ts';
import { mergeParts } from '../../src/findings/merge-parts.ts';
import { aRaised } from './builders.ts';

const at = (path: string, startLine: number, over: Partial<RaisedFinding> = {}) => {
  const line = `code ${path} ${startLine}`;
  return aRaised({
    title: `Wrong in ${path} at ${startLine}`,
    location: { path, startLine },
    evidence: [{ path, startLine, quote: line }],
    anchor: { path, line, block: `${line} around`, scope: 'run' },
    fingerprint: `1:${path}:${startLine}`,
    ...over,
  });
};

describe('what several agents found side by side', () => {
  it('is one where they tell the same line and weakness in other words, the better proven one, with the worse severity', () => {
    const one = at('a.ts', 4, { title: 'SQL put together from the request', severity: 3, fingerprint: '1:x' });
    const other = at('a.ts', 4, {
      title: 'Injection through q',
      severity: 2,
      cwe: 'CWE-89',
      fingerprint: '1:y',
      verified: 'reproduced',
    });
    const merged = mergeParts([[{ ...one, cwe: 'CWE-89' }], [other]]);
    expect(merged).toHaveLength(1);
    expect(merged[0]).toMatchObject({ title: 'Injection through q', severity: 2, verified: 'reproduced' });
  });

  it('is one where they cite the same known finding of the same file', () => {
    const merged = mergeParts([
      [at('a.ts', 4, { known: 'F-abcd2345' })],
      [at('a.ts', 90, { title: 'Else', known: 'F-abcd2345' })],
    ]);
    expect(merged).toHaveLength(1);
    expect(merged[0]?.known).toBe('F-abcd2345');
  });

  it('stays two where they speak of neighbouring lines, or of two weaknesses of one line', () => {
    const neighbours = [[at('a.ts', 4)], [at('a.ts', 5)]];
    expect(mergeParts(neighbours)).toHaveLength(2);
    const weaknesses = [
      [at('a.ts', 4, { title: 'SQL injection', cwe: 'CWE-89', fingerprint: '1:x' })],
      [at('a.ts', 4, { title: 'Password in the log', cwe: 'CWE-532', fingerprint: '1:y' })],
    ];
    expect(mergeParts(weaknesses)).toHaveLength(2);
  });

  it('is neither lost nor doubled: as many as there are places, and alone exactly what was raised', () => {
    const somePlaces = fc.uniqueArray(fc.tuple(fc.constantFrom('a.ts', 'b.ts'), fc.integer({ min: 1, max: 30 })), {
      selector: ([path, line]) => `${path}:${line}`,
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.array(somePlaces, { minLength: 1, maxLength: 4 }), (parts) => {
        const raised = parts.map((places) => places.map(([path, line]) => at(path, line)));
        const places = new Set(parts.flat().map(([path, line]) => `${path}:${line}`));
        expect(mergeParts(raised)).toHaveLength(places.size);
        expect(mergeParts([raised[0] ?? [], [], []])).toEqual(raised[0]);
      }),
    );
  });
});
