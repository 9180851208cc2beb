import { expect, it } from 'vitest';
import type { FileFacts } from '../../src/coverage/file-facts.ts';
import { coverageAfter, coverageByPath, fileKeyFor, toDiscoveredCoverage } from '../../src/flows/keep-coverage.ts';

const files: FileFacts[] = ['src/auth.ts', 'src/b.ts'].map((path) => ({
  path,
  blob: 'a'.repeat(12),
  lines: 100,
  kind: 'code',
}));
const totals = { files: 2, lines: 200, looked: { files: 1, lines: 100 }, soFar: { files: 1, lines: 100 } };
const looks = [{ path: 'src/auth.ts', seen: 0xffff, ranges: [[1, 100] as const] }];
const scans = [
  { record: { scan: 'security' }, attention: { day: '2026-11-21', looks, totals, before: { files: 0, lines: 0 } } },
];

it.each([undefined, 'a key of the ledger'])(
  'names no file where everybody can read it, and knows each again the next time (key: %s)',
  (key) => {
    const keyOf = fileKeyFor('public', key);
    const { coverage } = toDiscoveredCoverage({ files, coverage: new Map(), marked: new Set() }, keyOf, scans);
    if (!coverage) throw new Error('nothing was kept');
    expect(JSON.stringify(coverage)).not.toMatch(/auth|src/);
    const kept = coverageAfter(new Map(), coverage);
    expect(coverageByPath(kept, files, keyOf).get('security')?.get('src/auth.ts')).toMatchObject({ seen: 0xffff });
    expect(coverageByPath(kept, files, fileKeyFor('public', 'another key')).get('security')?.size).toBe(0);
  },
);
