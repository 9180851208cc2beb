import { expect, it } from 'vitest';
import { titleOfScan } from '../../src/sessions/answer-settings.ts';

it.each([
  ['security', 'Scan security'],
  ['answer S20261121-100000-aaaa', 'Answering session for S20261121-100000-aaaa'],
  ['run-implementer-1', 'Step implementer'],
  ['run-implementer-3-2', 'Step implementer, round 2'],
  ['run-everything-1', 'Scan run-everything-1'],
])('what works under the name %s is called %s', (name, title) => {
  expect(titleOfScan(name)).toBe(title);
});
