import { expect, it } from 'vitest';
import { ownRef, partName, refOfPart, scanOfPart } from '../../src/sessions/part-name.ts';

it('tells the scan and the question of each agent of a scan, and gives nobody the answer to another one’s', () => {
  const name = partName('security (web)', { number: 2, count: 4 });
  expect(name).toBe('security (web) (2 of 4)');
  expect([scanOfPart(name), scanOfPart('security (web)')]).toEqual(['security (web)', 'security (web)']);
  const asked = { scan: 'security (web)', ref: refOfPart(2, 'Q1') };
  expect(ownRef(name, asked)).toBe('Q1');
  expect(ownRef(partName('security (web)', { number: 3, count: 4 }), asked)).toBeUndefined();
  expect(ownRef(name, { scan: 'other', ref: '2/Q1' })).toBeUndefined();
  expect(ownRef('other', { scan: 'other', ref: 'Q1' })).toBe('Q1');
});
