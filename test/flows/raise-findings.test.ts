import { expect, it } from 'vitest';
import { extractFindings } from '../../src/findings/extract/extract-findings.ts';
import { toClaims } from '../../src/flows/raise-findings.ts';

const manyOf = (issue: (at: number) => object, count: number) =>
  JSON.stringify({ issues: Array.from({ length: count }, (_, at) => issue(at)) });
const claimsIn = (text: string) => toClaims(extractFindings(text), { kind: 'agent', name: 'scan' }, '/home/user/repo');

it('takes a thousand findings of a scan and counts the others', () => {
  const text = manyOf((at) => ({ title: `Problem ${at}`, description: 'It is wrong.' }), 1500);
  const { claims, rejected } = claimsIn(text);
  expect(claims).toHaveLength(1000);
  expect(rejected).toEqual([{ title: '500 further findings', reason: 'One scan may hand over 1000.' }]);
});

it('lists two hundred rejected ones and counts the others', () => {
  const { claims, rejected } = claimsIn(manyOf((at) => ({ title: `Problem ${at}` }), 50_000));
  expect(claims).toEqual([]);
  expect(rejected).toHaveLength(201);
  expect(rejected.at(-1)?.title).toBe('49800 further rejected findings');
});
